//! Training a matcher: the classifier on everything, the refusal model on what a
//! classifier trained on less makes of the rest.

use super::far::FAR;
use super::refusal::{Refusal, Trial};
use super::signals::{Memory, Sight};
use super::space::{Space, Sparse};
use super::svm::{Example, Svm};
use super::{Kind, Matcher, rank, signals_of};
use crate::knowledge::Knowledge;
use crate::text::{Detector, Locale, Names, is_function_word};
use std::collections::HashSet;

/// One in this many topics, and one in this many utterances, is held out.
const FOLD: usize = 5;

/// An utterance ready to train on.
struct Utterance {
    words: Vec<String>,
    locale: Locale,
    class: u16,
    vector: Sparse,
}

pub(super) fn train(knowledge: &Knowledge) -> Matcher {
    let names = knowledge.names().clone();
    let detector = Detector::train(texts(knowledge).map(|(_, locale, text)| (locale, text)));
    let mut utterances: Vec<Utterance> = texts(knowledge)
        .map(|(class, locale, text)| {
            let words = names.words(text, |_| true);
            Utterance { words, locale, class, vector: Sparse::new() }
        })
        .collect();
    let space = Space::of(utterances.iter().map(|u| (u.words.as_slice(), u.locale)));
    for utterance in &mut utterances {
        utterance.vector = space.vector(&utterance.words, utterance.locale);
    }
    let classes: Vec<_> =
        knowledge.topics().map(|topic| (topic.id().clone(), Kind::from(topic))).collect();
    let count = u16::try_from(classes.len()).unwrap_or(u16::MAX);
    let all: Vec<&Utterance> = utterances.iter().collect();
    let refusal = Refusal::train(&trials(&utterances, count, &names));
    let vocabulary = utterances.iter().flat_map(|u| u.words.iter().cloned()).collect();
    Matcher {
        classes,
        names,
        vocabulary,
        detector,
        svm: classifier(&all, count, space.len()),
        memories: memories(&all, count, &space),
        refusal,
        space,
    }
}

/// Every text a topic is trained on: its title counts as one more utterance.
fn texts(knowledge: &Knowledge) -> impl Iterator<Item = (u16, Locale, &str)> {
    (0..).zip(knowledge.topics()).flat_map(|(class, topic)| {
        let titles = topic.title().into_iter().flat_map(|title| title.iter());
        let titles = titles.map(|(locale, title)| (locale, title.as_str()));
        let utterances = topic.utterances().iter().flat_map(|(locale, utterances)| {
            utterances.iter().map(move |utterance| (locale, utterance.as_str()))
        });
        titles.chain(utterances).map(move |(locale, text)| (class, locale, text))
    })
}

fn classifier(utterances: &[&Utterance], classes: u16, dimensions: usize) -> Svm {
    let examples: Vec<Example<'_>> =
        utterances.iter().map(|u| Example { vector: &u.vector, class: u.class }).collect();
    Svm::train(&examples, classes, dimensions)
}

fn memories(utterances: &[&Utterance], classes: u16, space: &Space) -> Vec<Memory> {
    let mut memories = vec![Memory::default(); usize::from(classes)];
    for utterance in utterances {
        let Some(memory) = memories.get_mut(usize::from(utterance.class)) else { continue };
        memory.vectors.push(utterance.vector.clone());
        let content = utterance.words.iter().filter(|w| !is_function_word(w, utterance.locale));
        memory.stems.extend(content.filter_map(|w| space.stem(w, utterance.locale).dimension));
    }
    memories
}

/// What a classifier trained without some topics and some utterances makes of them,
/// and of questions about anything else.
fn trials(utterances: &[Utterance], classes: u16, names: &Names) -> Vec<Trial> {
    let (mut kept, mut held) = (Vec::new(), Vec::new());
    for (at, utterance) in utterances.iter().enumerate() {
        let held_out = is_held(utterance.class) || at % FOLD == 0;
        if held_out { held.push(utterance) } else { kept.push(utterance) }
    }
    let space = Space::of(kept.iter().map(|u| (u.words.as_slice(), u.locale)));
    let lessened: Vec<Utterance> = kept
        .iter()
        .map(|u| Utterance {
            words: u.words.clone(),
            vector: space.vector(&u.words, u.locale),
            ..**u
        })
        .collect();
    let lessened: Vec<&Utterance> = lessened.iter().collect();
    let svm = classifier(&lessened, classes, space.len());
    let memories = memories(&lessened, classes, &space);
    let ask = |words: &[String], locale: Locale, class: Option<u16>| {
        let sight = Sight::of(words, locale, &space);
        let ranked = rank(&svm, &sight);
        let &(best, _) = ranked.first()?;
        let signals = signals_of(&sight, &ranked, memories.get(usize::from(best))?)?;
        Some(Trial { signals, right: class == Some(best) })
    };
    let near = held.iter().filter_map(|u| {
        ask(&u.words, u.locale, Some(u.class).filter(|&class| !is_held(class)))
    });
    let vocabulary: HashSet<&str> =
        utterances.iter().flat_map(|u| u.words.iter().map(String::as_str)).collect();
    let far = FAR.iter().filter_map(|&(locale, question)| {
        ask(&names.words(question, |word| vocabulary.contains(word)), locale, None)
    });
    near.chain(far).collect()
}

/// Whether a whole topic is held out.
fn is_held(class: u16) -> bool {
    usize::from(class) % FOLD == 2
}

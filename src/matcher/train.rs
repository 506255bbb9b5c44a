//! Training a matcher: the classifier on everything, the refusal model on what a
//! classifier trained on less makes of the rest.

use super::descent::Example;
use super::far::FAR;
use super::refusal::{Refusal, Trial};
use super::signals::{Memory, Sight, measure};
use super::space::Space;
use super::sparse::Sparse;
use super::svm::Svm;
use super::views::Views;
use super::{Kind, Matcher, rank};
use crate::knowledge::Knowledge;
use crate::text::{Detector, Locale, Localized, Names, is_function_word};
use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

/// One in this many topics, and one in this many utterances, is held out.
const FOLD: usize = 5;
/// Share, in the trials of the refusal model, of utterances whose topic is there.
/// The three shares are what members are taken to ask, not what can be held out:
/// whole topics yield more utterances than fifths of topics, and far questions are few.
const IN_SCOPE: f32 = 2.0;
/// Share of near misses: utterances of topics held out whole.
const NEAR_MISSES: f32 = 1.0;
/// Share of far questions.
const FAR_QUESTIONS: f32 = 1.0;

/// An utterance ready to be laid out in a space.
struct Utterance {
    words: Vec<String>,
    locale: Locale,
    class: u16,
    views: Views,
}

pub(super) fn train(knowledge: &Knowledge) -> Matcher {
    let names = knowledge.names().clone();
    let detector = Detector::train(texts(knowledge).map(|(_, locale, text)| (locale, text)));
    let utterances: Vec<Utterance> = texts(knowledge)
        .map(|(class, locale, text)| {
            let words = names.words(text, |_| true);
            Utterance {
                views: Views::of(&words, locale),
                words,
                locale,
                class,
            }
        })
        .collect();
    let classes: Vec<_> = knowledge
        .topics()
        .map(|topic| (topic.id().clone(), Kind::from(topic)))
        .collect();
    let count = u16::try_from(classes.len()).unwrap_or(u16::MAX);
    let vocabulary: HashSet<String> = utterances
        .iter()
        .flat_map(|u| u.words.iter().cloned())
        .collect();
    let all: Vec<&Utterance> = utterances.iter().collect();
    // One after the other: what the first has freed is the second's to use.
    let refusal = Refusal::train(&trials(&utterances, count, &vocabulary, &names));
    let Learnt {
        space,
        svm,
        memories,
    } = Learnt::from(&all, count);
    let exact = utterances.iter().rev().map(|u| (key(&u.words), u.class));
    Matcher {
        exact: exact.collect(),
        classes,
        names,
        vocabulary,
        detector,
        space,
        svm,
        memories,
        refusal,
    }
}

/// What the words of an utterance are looked up by: the standard library's hash, which
/// is the same within a process and is never stored.
pub(super) fn key(words: &[String]) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(words)
}

/// What is learnt from utterances, before anything is refused.
struct Learnt {
    space: Space,
    svm: Svm,
    memories: Vec<Memory>,
}

impl Learnt {
    fn from(utterances: &[&Utterance], classes: u16) -> Self {
        let space = Space::of(utterances.iter().map(|u| &u.views));
        let vectors: Vec<Sparse> = utterances.iter().map(|u| space.vector(&u.views)).collect();
        let examples: Vec<Example<'_>> = utterances
            .iter()
            .zip(&vectors)
            .map(|(u, vector)| Example {
                vector,
                class: u.class,
            })
            .collect();
        let svm = Svm::train(&examples, classes, space.len());
        let mut memories = vec![Memory::default(); usize::from(classes)];
        for (utterance, vector) in utterances.iter().zip(&vectors) {
            if let Some(memory) = memories.get_mut(usize::from(utterance.class)) {
                memory.add(vector, content_stems(utterance, &space));
            }
        }
        Self {
            space,
            svm,
            memories,
        }
    }
}

fn content_stems(utterance: &Utterance, space: &Space) -> Vec<u32> {
    let stems = utterance.words.iter().zip(&utterance.views.stems);
    stems
        .filter(|(word, _)| !is_function_word(word, utterance.locale))
        .filter_map(|(_, &stem)| space.stem(stem).dimension)
        .collect()
}

/// Every text a topic is trained on: its title counts as one more utterance.
fn texts(knowledge: &Knowledge) -> impl Iterator<Item = (u16, Locale, &str)> {
    (0..).zip(knowledge.topics()).flat_map(|(class, topic)| {
        let titles = topic.title().into_iter().flat_map(Localized::iter);
        let titles = titles.map(|(locale, title)| (locale, title.as_str()));
        let utterances = topic.utterances().iter().flat_map(|(locale, utterances)| {
            utterances
                .iter()
                .map(move |utterance| (locale, utterance.as_str()))
        });
        titles
            .chain(utterances)
            .map(move |(locale, text)| (class, locale, text))
    })
}

/// What a classifier trained without some topics and some utterances makes of them,
/// and of questions about anything else.
fn trials(
    utterances: &[Utterance],
    classes: u16,
    vocabulary: &HashSet<String>,
    names: &Names,
) -> Vec<Trial> {
    let (mut kept, mut held, mut near) = (Vec::new(), Vec::new(), Vec::new());
    for (at, utterance) in utterances.iter().enumerate() {
        let part = match (is_held(utterance.class), at % FOLD) {
            (true, _) => &mut near,
            (false, 0) => &mut held,
            (false, _) => &mut kept,
        };
        part.push(utterance);
    }
    let learnt = Learnt::from(&kept, classes);
    let ask = |words: &[String], locale: Locale, class: Option<u16>| {
        let sight = Sight::of(words, locale, &learnt.space);
        let ranked = rank(&learnt.svm, &sight);
        let &(best, _) = ranked.first()?;
        let signals = measure(&sight, &learnt.memories, &ranked)?;
        Some(Trial {
            signals,
            right: class == Some(best),
            weight: 1.0,
        })
    };
    let held = held
        .iter()
        .filter_map(|u| ask(&u.words, u.locale, Some(u.class)))
        .collect();
    let near = near
        .iter()
        .filter_map(|u| ask(&u.words, u.locale, None))
        .collect();
    let far = FAR.iter().filter_map(|&(locale, question)| {
        ask(
            &names.words(question, |word| vocabulary.contains(word)),
            locale,
            None,
        )
    });
    let mut trials = weighed(held, IN_SCOPE);
    trials.extend(weighed(near, NEAR_MISSES));
    trials.extend(weighed(far.collect(), FAR_QUESTIONS));
    trials
}

/// Trials that together weigh `share`.
fn weighed(mut trials: Vec<Trial>, share: f32) -> Vec<Trial> {
    let whole = trials.iter().map(|_| 1.0).sum::<f32>().max(1.0);
    for trial in &mut trials {
        trial.weight = share / whole;
    }
    trials
}

/// Whether a whole topic is held out.
fn is_held(class: u16) -> bool {
    usize::from(class) % FOLD == 2
}

#[cfg(test)]
mod tests {
    use super::super::signals::COUNT;
    use super::*;

    #[test]
    fn a_group_of_trials_weighs_its_share_however_many_it_has() {
        let trial = || Trial {
            signals: [0.0; COUNT],
            right: false,
            weight: 1.0,
        };
        for count in [1, 7] {
            let trials = weighed(std::iter::repeat_with(trial).take(count).collect(), 2.0);
            let whole: f32 = trials.iter().map(|trial| trial.weight).sum();
            assert!((whole - 2.0).abs() < 1e-5, "{count}: {whole}");
        }
        assert!(weighed(Vec::new(), 2.0).is_empty());
    }
}

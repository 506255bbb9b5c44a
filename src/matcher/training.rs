//! From a training set to a classifier.

use super::also::Also;
use super::classifier::Classifier;
use super::examples::Example;
use super::far::{far, talk};
use super::nearest::Nearest;
use super::negation::asks_for_what_is_not;
use super::reading::{Cut, Learnt, Mark, Reader};
use super::refusal::Refusal;
use super::space::Space;
use super::sparse::Sparse;
use super::training_set::TrainingSet;
use super::trials::Trials;
use super::usage::Usage;
use super::views::Views;
use crate::parallel::{both, in_parallel, threads};
use crate::text::{Folded, Locale};
use std::collections::{HashMap, HashSet};

/// One utterance in this many must ask for what is not the case, for a class to be about
/// that.
const NEGATED: usize = 10;

/// What a text teaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lesson {
    /// It belongs to this class.
    Class(u16),
    /// It is known to belong to none.
    Outside,
    /// It is an everyday question about anything else.
    Far,
    /// It shows how common words are, and no more.
    Talk,
}

/// A text to learn from, before anything is made of it.
struct Text<'t> {
    lesson: Lesson,
    locale: Locale,
    written: &'t str,
}

/// A text as it was read.
struct Read {
    lesson: Lesson,
    /// What its words are looked up by, should a question have the very same.
    key: u64,
    /// Whether it asks for what is not the case.
    is_negated: bool,
    marks: Vec<Mark>,
    views: Views,
}

/// A text laid out in the space.
pub(super) struct Laid {
    pub(super) lesson: Lesson,
    pub(super) marks: Vec<Mark>,
    pub(super) views: Views,
    pub(super) vector: Sparse,
    stems: Vec<u32>,
}

impl Laid {
    /// What a classifier of `classes` classes learns from it: outside is one more class.
    pub(super) fn example(&self, classes: u16) -> Example<'_> {
        let class = match self.lesson {
            Lesson::Class(class) => class,
            Lesson::Outside | Lesson::Far | Lesson::Talk => classes,
        };
        Example {
            vector: &self.vector,
            class,
        }
    }

    /// Its class, where it belongs to one, and the dimensions of its stems.
    pub(super) fn said(&self) -> Option<(u16, &[u32])> {
        match self.lesson {
            Lesson::Class(class) => Some((class, &self.stems)),
            Lesson::Outside | Lesson::Far | Lesson::Talk => None,
        }
    }
}

/// Trains a classifier.
pub(super) fn train(set: &TrainingSet<'_>) -> Classifier {
    let mut reader = Reader::new(set.names.clone(), set.synonyms.clone());
    let texts = texts(set);
    let own = texts.partition_point(|text| matches!(text.lesson, Lesson::Class(_)));
    let (own, everyday) = texts.split_at_checked(own).unwrap_or_default();
    let (everyday, met) = read_all(everyday, &reader);
    reader.meet(&met);
    let (mut read, learnt) = read_all(own, &reader);
    read.extend(everyday);
    let exact = exact(&read);
    let negated = negated(&read);
    let ((), (space, laid)) = both(|| reader.know(learnt), || lay(read));
    let also = Also::of(&set.also_answers, set.classes);
    let trials = Trials::of(&laid, &also, set.classes, &space);
    let earlier = trials.earlier();
    let said: Vec<(u16, &[u32])> = laid.iter().filter_map(Laid::said).collect();
    let remember = || {
        let tells = |stem| space.idf(Some(stem));
        let nearest = Nearest::of(&said, set.classes, space.len(), tells);
        (nearest, Usage::learn(said.iter().copied(), set.classes))
    };
    let ((nearest, usage), (linear, last)) = both(remember, || trials.last());
    let refusal = Refusal::train(&[earlier, last].concat());
    Classifier {
        reader,
        exact,
        negated,
        space,
        linear,
        usage,
        nearest,
        also,
        refusal,
    }
}

/// All texts, those of the classes first.
fn texts<'t>(set: &TrainingSet<'t>) -> Vec<Text<'t>> {
    let own = set.utterances.iter().map(|u| Text {
        lesson: Lesson::Class(u.class),
        locale: u.locale,
        written: u.text,
    });
    let outside = set.outside.iter().map(|&(locale, text)| Text {
        lesson: Lesson::Outside,
        locale,
        written: text,
    });
    let locales = [Locale::Fr, Locale::En].into_iter();
    let spoken = locales.filter(|locale| set.utterances.iter().any(|u| u.locale == *locale));
    let anything_else = spoken.flat_map(|locale| {
        let far = far(locale).map(|text| (Lesson::Far, text));
        let talk = talk(locale).map(|text| (Lesson::Talk, text));
        far.chain(talk).map(move |(lesson, text)| Text {
            lesson,
            locale,
            written: text,
        })
    });
    own.chain(outside).chain(anything_else).collect()
}

/// One part of some texts for each thread: it reads each word of them once.
fn one_each<T>(texts: &[T]) -> Vec<&[T]> {
    texts
        .chunks(texts.len().div_ceil(threads()).max(1))
        .collect()
}

/// Reads texts, and what is learnt of their words: one language after the other, so that
/// threads have few words in common.
fn read_all(texts: &[Text<'_>], reader: &Reader) -> (Vec<Read>, Vec<Learnt>) {
    let mut numbered: Vec<(usize, &Text<'_>)> = texts.iter().enumerate().collect();
    numbered.sort_by_key(|(_, text)| text.locale);
    let chunks = one_each(&numbered);
    let (read, learnt): (Vec<_>, Vec<_>) = in_parallel(&chunks, |chunk| read(chunk, reader))
        .into_iter()
        .unzip();
    let mut read: Vec<(usize, Read)> = read.into_iter().flatten().collect();
    read.sort_by_key(|&(number, _)| number);
    (read.into_iter().map(|(_, read)| read).collect(), learnt)
}

/// Reads some texts, and what is learnt of their words.
fn read(texts: &[(usize, &Text<'_>)], reader: &Reader) -> (Vec<(usize, Read)>, Learnt) {
    let mut learnt = Learnt::default();
    let read = texts.iter().map(|&(number, text)| {
        let folded = Folded::of(text.written);
        let is_utterance = matches!(text.lesson, Lesson::Class(_));
        let is_known = |word: &str| !is_utterance || learnt.has(word, text.locale);
        let words = &reader.unify(&folded, is_known);
        let key = Classifier::key(words);
        let cut = Cut {
            words,
            locale: text.locale,
            is_utterance,
        };
        let words = learnt.read(&cut, reader);
        let read = Read {
            lesson: text.lesson,
            key,
            is_negated: asks_for_what_is_not(&words),
            marks: words.iter().map(|word| word.mark).collect(),
            views: Views::of(&words),
        };
        (number, read)
    });
    (read.collect(), learnt)
}

/// The class of each utterance by its words, which rise; of two classes the first.
fn exact(read: &[Read]) -> Box<[(u64, u16)]> {
    let said = read.iter().filter_map(|one| match one.lesson {
        Lesson::Class(class) => Some((one.key, class)),
        Lesson::Outside | Lesson::Far | Lesson::Talk => None,
    });
    let mut exact: Vec<(u64, u16)> = said.collect();
    exact.sort_by_key(|&(key, _)| key);
    exact.dedup_by_key(|(key, _)| *key);
    exact.into_boxed_slice()
}

/// The classes of which enough utterances ask for what is not the case: a story told
/// beside a question (« j’ai pas suivi, qui … ») is no such asking.
fn negated(read: &[Read]) -> HashSet<u16> {
    let mut counts: HashMap<u16, (usize, usize)> = HashMap::new();
    for one in read {
        if let Lesson::Class(class) = one.lesson {
            let (negated, all) = counts.entry(class).or_default();
            *negated += usize::from(one.is_negated);
            *all += 1;
        }
    }
    let enough = |(negated, all): (usize, usize)| negated * NEGATED > all;
    let classes = counts.into_iter().filter(|&(_, counts)| enough(counts));
    classes.map(|(class, _)| class).collect()
}

/// The space of some texts, and each of them laid out in it.
fn lay(mut read: Vec<Read>) -> (Space, Vec<Laid>) {
    let own = read.partition_point(|one| matches!(one.lesson, Lesson::Class(_)));
    let views: Vec<&Views> = read.iter().map(|one| &one.views).collect();
    let (texts, background) = views.split_at_checked(own).unwrap_or_default();
    let space = Space::of(texts, background);
    read.retain(|one| one.lesson != Lesson::Talk);
    let chunks = one_each(&read);
    let vectors = in_parallel(&chunks, |chunk| {
        let vectors = chunk.iter().map(|one| {
            let stems = one.marks.iter();
            let stems = stems.filter_map(|mark| space.dimension(mark.stem));
            let vector = space.vector(&one.views, |_| true).values;
            (stems.collect(), vector)
        });
        vectors.collect::<Vec<_>>()
    });
    let vectors = vectors.into_iter().flatten();
    let laid = read.into_iter().zip(vectors);
    let laid = laid.map(|(one, (stems, vector))| Laid {
        lesson: one.lesson,
        stems,
        marks: one.marks,
        views: one.views,
        vector,
    });
    let laid = laid.collect();
    (space, laid)
}

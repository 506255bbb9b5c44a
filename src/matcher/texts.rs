//! The texts to learn from, and how they are read.

use super::classifier::Classifier;
use super::far::{far, talk};
use super::negation::asks_for_what_is_not;
use super::reading::{Cut, Learnt, Mark, Reader};
use super::training_set::TrainingSet;
use super::views::Views;
use crate::parallel::{in_parallel, one_each};
use crate::text::{Folded, Locale};

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
pub(super) struct Read {
    pub(super) lesson: Lesson,
    /// What its words are looked up by, should a question have the very same.
    pub(super) key: u64,
    /// Whether it asks for what is not the case.
    pub(super) is_negated: bool,
    pub(super) marks: Vec<Mark>,
    pub(super) views: Views,
}

/// Reads all texts of a set, those of the classes first, and what is learnt of the words of
/// these: no word of the others is taken for a slip of a name.
pub(super) fn read(set: &TrainingSet<'_>, reader: &mut Reader) -> (Vec<Read>, Vec<Learnt>) {
    let texts = texts(set);
    let own = texts.partition_point(|text| matches!(text.lesson, Lesson::Class(_)));
    let (own, everyday) = texts.split_at_checked(own).unwrap_or_default();
    let (everyday, met) = read_all(everyday, reader);
    reader.meet(&met);
    let (mut read, learnt) = read_all(own, reader);
    read.extend(everyday);
    (read, learnt)
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

/// Reads texts, and what is learnt of their words: one language after the other, so that
/// threads have few words in common.
fn read_all(texts: &[Text<'_>], reader: &Reader) -> (Vec<Read>, Vec<Learnt>) {
    let mut numbered: Vec<(usize, &Text<'_>)> = texts.iter().enumerate().collect();
    numbered.sort_by_key(|(_, text)| text.locale);
    let chunks = one_each(&numbered);
    let (read, learnt): (Vec<_>, Vec<_>) = in_parallel(&chunks, |chunk| read_part(chunk, reader))
        .into_iter()
        .unzip();
    let mut read: Vec<(usize, Read)> = read.into_iter().flatten().collect();
    read.sort_by_key(|&(number, _)| number);
    (read.into_iter().map(|(_, read)| read).collect(), learnt)
}

/// Reads some texts, and what is learnt of their words.
fn read_part(texts: &[(usize, &Text<'_>)], reader: &Reader) -> (Vec<(usize, Read)>, Learnt) {
    let mut learnt = Learnt::default();
    let read = texts.iter().map(|&(number, text)| {
        let folded = Folded::of(text.written);
        let is_utterance = matches!(text.lesson, Lesson::Class(_));
        let is_known = |word: &str| !is_utterance || !learnt.may_be_slip(word, reader);
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

//! What a text shows, view by view, before any vector: stems, pairs of stems,
//! character n-grams, and what kind of thing it asks for.

use crate::text::{Locale, is_function_word, stem};

/// Shortest and longest character n-gram, a word's two ends included.
const GRAM_CHARS: std::ops::RangeInclusive<usize> = 2..=4;

/// How much of a word stands beside the kind of question: French and English share
/// the beginnings of words (*restriction*, *invest-*) and of names, not their stems.
const ROOT_CHARS: usize = 5;

/// The hash of a view and what was seen in it.
pub(super) type Feature = u64;

/// The features of a text.
#[derive(Debug, Clone, Default)]
pub(super) struct Views {
    /// One a word, in order.
    pub(super) stems: Vec<Feature>,
    /// Neighbouring stems, whichever comes first.
    pub(super) pairs: Vec<Feature>,
    /// Inside word boundaries.
    pub(super) grams: Vec<Feature>,
    /// What is asked for, alone and with each content word of the text.
    pub(super) kinds: Vec<Feature>,
}

impl Views {
    /// Looks at folded words.
    pub(super) fn of(words: &[String], locale: Locale) -> Self {
        let stems: Vec<Feature> = words
            .iter()
            .map(|word| hash(1, stem(word, locale).chars().map(u64::from)))
            .collect();
        let pairs = stems.windows(2).filter_map(|pair| match *pair {
            [a, b] => Some(hash(2, [a.min(b), a.max(b)])),
            _ => None,
        });
        let pairs = pairs.collect();
        let kinds = kinds(words, locale);
        Self {
            stems,
            pairs,
            grams: grams(words),
            kinds,
        }
    }

    /// The four views: stems, pairs, n-grams, kinds.
    pub(super) fn all(&self) -> [&[Feature]; 4] {
        [&self.stems, &self.pairs, &self.grams, &self.kinds]
    }
}

fn grams(words: &[String]) -> Vec<Feature> {
    let mut grams = Vec::with_capacity(words.len() * 16);
    let mut marked = Vec::new();
    for word in words {
        marked.clear();
        marked.push(u64::from(' '));
        marked.extend(word.chars().map(u64::from));
        marked.push(u64::from(' '));
        for length in GRAM_CHARS {
            grams.extend(
                marked
                    .windows(length)
                    .map(|gram| hash(3, gram.iter().copied())),
            );
        }
    }
    grams
}

fn kinds(words: &[String], locale: Locale) -> Vec<Feature> {
    let mut kinds = Vec::new();
    for kind in words.iter().filter_map(|word| Kind::of(word)) {
        let kind = kind as u64;
        kinds.push(hash(4, [kind]));
        let content = words.iter().filter(|word| !is_function_word(word, locale));
        kinds.extend(content.map(|word| {
            let root = word.chars().take(ROOT_CHARS).map(u64::from);
            hash(5, std::iter::once(kind).chain(root))
        }));
    }
    kinds
}

/// What a question asks for. The two languages share it, so that each learns from
/// the utterances of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Person = 1,
    Time,
    Amount,
    Cause,
    Place,
    Manner,
    Thing,
}

impl Kind {
    /// The kind a folded word asks for, chat spellings included.
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "qui" | "ki" | "who" | "whos" | "whom" | "whose" => Self::Person,
            "quand" | "kan" | "qd" | "when" | "date" => Self::Time,
            "combien" | "cb" | "cbn" | "much" | "many" => Self::Amount,
            "pourquoi" | "pk" | "pq" | "raison" | "why" | "reason" => Self::Cause,
            "ou" | "where" => Self::Place,
            "comment" | "how" => Self::Manner,
            "quoi" | "koi" | "quel" | "quelle" | "quels" | "quelles" | "kel" | "what" | "wat"
            | "whats" | "which" => Self::Thing,
            _ => return None,
        })
    }
}

/// FNV-1a over words instead of bytes, with a final mix
/// (<http://www.isthe.com/chongo/tech/comp/fnv/>): the same on every run and
/// machine, which the standard library's hasher does not promise.
fn hash(view: u64, values: impl IntoIterator<Item = u64>) -> Feature {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let step = |hash: u64, value: u64| (hash ^ value).wrapping_mul(PRIME).rotate_left(29);
    let hash = values.into_iter().fold(step(OFFSET, view), step);
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words;

    #[test]
    fn a_kind_of_question_is_the_same_in_both_languages() {
        let kinds = |text, locale| Views::of(&words(text), locale).kinds;
        for (french, english) in [
            ("pourquoi nvidia", "why nvidia"),
            ("combien de puces", "how many chips"),
            ("c koi", "wat"),
        ] {
            let (fr, en) = (kinds(french, Locale::Fr), kinds(english, Locale::En));
            assert!(
                fr.iter().any(|kind| en.contains(kind)),
                "{french} / {english}"
            );
        }
        assert_eq!(
            kinds("pourquoi nvidia", Locale::Fr),
            kinds("why nvidia", Locale::En)
        );
        assert_ne!(kinds("who", Locale::En), kinds("why", Locale::En));
        assert!(kinds("nvidia", Locale::En).is_empty());
    }

    #[test]
    fn there_is_one_stem_a_word_and_a_pair_has_no_order() {
        let views = Views::of(&words("chips price"), Locale::En);
        assert_eq!(views.stems.len(), 2);
        assert_eq!(
            views.pairs,
            Views::of(&words("price chips"), Locale::En).pairs
        );
    }
}

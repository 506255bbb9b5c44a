//! What a text shows, view by view, before any vector: stems, pairs of stems,
//! character n-grams, and what is asked for.

use super::reading::{Mark, Word};
use std::sync::Arc;

/// Length of a character n-gram, a word's two ends included. Two to four together tell
/// no more on public sets and cost twice the time.
const GRAM_CHARS: usize = 3;

/// How much of a word stands beside the kind of question: French and English share
/// the beginnings of words (*restriction*, *invest-*) and of names, not their stems.
const ROOT_CHARS: usize = 5;

/// How many views there are.
pub(super) const VIEWS: usize = 4;
/// The number of the view of pairs.
pub(super) const PAIRS: usize = 1;
/// The number of the view of n-grams.
pub(super) const GRAMS: usize = 2;

/// The hash of a view and what was seen in it.
pub(super) type Feature = u64;

/// The features of a text: stems, pairs, n-grams, askings.
#[derive(Debug, Clone, Default)]
pub(super) struct Views {
    features: Vec<Feature>,
    /// Where each view ends.
    ends: [usize; VIEWS],
}

impl Views {
    /// Looks at the words of a question.
    pub(super) fn of(words: &[Arc<Word>]) -> Self {
        let grams_of = words.iter().map(|word| word.views.grams.len());
        let mut features = Vec::with_capacity(words.len() * 5 + grams_of.sum::<usize>());
        let mut ends = [0; VIEWS];
        let looks: [Look; VIEWS] = [stems, pairs, grams, askings];
        for (look, end) in looks.into_iter().zip(&mut ends) {
            look(words, &mut features);
            *end = features.len();
        }
        features.shrink_to_fit();
        Self { features, ends }
    }

    /// The features of each view.
    pub(super) fn each(&self) -> impl Iterator<Item = &[Feature]> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let view = self.features.get(start..end).unwrap_or_default();
            start = end;
            view
        })
    }

    /// All features.
    pub(super) fn all(&self) -> &[Feature] {
        &self.features
    }
}

/// What a word shows by itself, whatever it stands beside.
#[derive(Debug)]
pub(super) struct WordViews {
    /// Its n-grams, where it is a content word and no name.
    grams: Box<[Feature]>,
    kind: Option<Kind>,
    /// What it stands for in either language: its synonyms, or the name or figure it is.
    concept: Option<Feature>,
    /// What a kind of question is asked about, where it is a content word.
    matter: Option<Feature>,
}

impl WordViews {
    /// Of a folded word, and the group of its synonyms.
    ///
    /// Names have no n-grams, for their slips are mended already: with them the first story ranks
    /// no question better and learns up to a tenth longer. Nor have grammar words: with theirs
    /// public sets are ranked half a point worse where there are few utterances, and none a point
    /// better.
    pub(super) fn of(text: &str, mark: Mark, is_name: bool, group: Option<u16>) -> Self {
        let chars = || text.chars().map(u64::from);
        let group = group.map(u64::from);
        let root = || hash(5, chars().take(ROOT_CHARS));
        Self {
            grams: if mark.is_function || is_name {
                Box::default()
            } else {
                grams_of(text)
            },
            kind: Kind::of(text),
            concept: match group {
                Some(group) => Some(hash(6, [group])),
                None => mark.is_particular.then(|| hash(9, chars())),
            },
            matter: (!mark.is_function).then(|| group.map_or_else(root, |group| hash(7, [group]))),
        }
    }

    /// Whether the word says what is asked for.
    pub(super) const fn asks(&self) -> bool {
        self.kind.is_some()
    }
}

/// The n-grams of a word, its two ends marked.
fn grams_of(word: &str) -> Box<[Feature]> {
    let end = std::iter::once(u64::from(' '));
    let chars = word.chars().map(u64::from);
    let marked: Vec<u64> = end.clone().chain(chars).chain(end).collect();
    let windows = marked.windows(GRAM_CHARS);
    windows.map(|gram| hash(3, gram.iter().copied())).collect()
}

/// Adds what it sees in some words.
type Look = fn(&[Arc<Word>], &mut Vec<Feature>);

/// The feature of a stem.
pub(super) fn stem_feature(stem: &str) -> Feature {
    hash(1, stem.chars().map(u64::from))
}

fn stems(words: &[Arc<Word>], into: &mut Vec<Feature>) {
    into.extend(words.iter().map(|word| word.mark.stem));
}

/// Stems side by side, and with one word between them, whichever comes first.
fn pairs(words: &[Arc<Word>], into: &mut Vec<Feature>) {
    for apart in 1..=2 {
        let others = words.iter().skip(apart);
        into.extend(words.iter().zip(others).map(|(one, other)| {
            let (a, b) = (one.mark.stem, other.mark.stem);
            hash(2, [a.min(b), a.max(b)])
        }));
    }
}

fn grams(words: &[Arc<Word>], into: &mut Vec<Feature>) {
    into.extend(words.iter().flat_map(|word| &word.views.grams));
}

/// Whether some word says what is asked for.
pub(super) fn asks(words: &[Arc<Word>]) -> bool {
    words.iter().any(|word| word.views.asks())
}

/// What is asked for and what is meant, which both languages share: concepts, each alone
/// and with the next, and kinds of question, alone and with each content word.
fn askings(words: &[Arc<Word>], into: &mut Vec<Feature>) {
    let views = || words.iter().map(|word| &word.views);
    let concepts = || views().filter_map(|word| word.concept);
    into.extend(concepts());
    let pairs = concepts().zip(concepts().skip(1));
    into.extend(pairs.map(|(a, b)| hash(8, [a.min(b), a.max(b)])));
    for kind in views().filter_map(|word| word.kind) {
        let kind = kind as u64;
        into.push(hash(4, [kind]));
        let matter = views().filter_map(|word| word.matter);
        into.extend(matter.map(|matter| hash(10, [kind, matter])));
    }
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
    /// The kind a folded word asks for.
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "qui" | "who" | "whom" | "whose" => Self::Person,
            "quand" | "when" | "date" => Self::Time,
            "combien" | "much" | "many" => Self::Amount,
            "pourquoi" | "raison" | "why" | "reason" => Self::Cause,
            "ou" | "where" => Self::Place,
            "comment" | "how" => Self::Manner,
            "quoi" | "quel" | "quelle" | "quels" | "quelles" | "what" | "which" => Self::Thing,
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
    use super::super::reading::Reader;
    use super::*;
    use crate::text::{Locale, Names, Synonyms};

    fn views(text: &str, locale: Locale) -> Vec<Vec<Feature>> {
        let synonyms = Synonyms::new([[(Locale::Fr, "chute"), (Locale::En, "fall")]]);
        let reader = Reader::new(Names::new([("Nvidia", vec![])]), synonyms);
        let views = Views::of(&reader.read(&reader.cut(text), locale));
        views.each().map(<[Feature]>::to_vec).collect()
    }

    #[test]
    fn what_is_asked_for_is_the_same_in_both_languages() {
        let askings = |text, locale| views(text, locale).remove(3);
        for (french, english) in [
            ("pourquoi nvidia", "why nvidia"),
            ("combien de puces", "how many chips"),
            ("c koi", "wat"),
            ("pk la chute", "why the fall"),
        ] {
            let (fr, en) = (askings(french, Locale::Fr), askings(english, Locale::En));
            assert!(
                fr.iter().any(|one| en.contains(one)),
                "{french} / {english}"
            );
        }
        assert_eq!(
            askings("pk chute", Locale::Fr),
            askings("why fall", Locale::En)
        );
        assert_ne!(askings("who", Locale::En), askings("why", Locale::En));
        assert!(askings("pizza", Locale::En).is_empty());
    }

    #[test]
    fn there_is_one_stem_a_word_and_a_pair_has_no_order() {
        let (one, other) = (
            views("chips price", Locale::En),
            views("price chips", Locale::En),
        );
        assert_eq!(one[0].len(), 2);
        assert_eq!(one[1], other[1]);
    }

    #[test]
    fn names_and_synonyms_are_concepts_of_both_languages_alone_and_in_pairs() {
        let askings = |text, locale| views(text, locale).remove(3);
        let both = askings("la chute de nvidia", Locale::Fr);
        assert_eq!(both, askings("the fall of nvidia", Locale::En));
        assert_eq!(both.len(), 3, "two concepts and their pair");
        assert_eq!(askings("nvidia", Locale::Fr).len(), 1);
    }

    #[test]
    fn only_content_words_but_names_have_n_grams() {
        let grams = |text| views(text, Locale::En).remove(2);
        assert_eq!(grams("who is the price"), grams("price"));
        assert!(!grams("price").is_empty());
        assert!(grams("who is the").is_empty());
        assert!(grams("nvidia").is_empty());
    }
}

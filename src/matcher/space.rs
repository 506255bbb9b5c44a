//! The space questions and utterances are compared in: TF-IDF over three views of
//! the words, as sparse vectors.

use crate::text::{Locale, stem};
use std::collections::HashMap;

/// Weight of the view of stems; the other two are measured against it.
const STEMS: f32 = 1.0;
/// Weight of unordered pairs of neighbouring stems: they tell « who makes » from
/// « what makes », and are too rare to lead.
const PAIRS: f32 = 0.5;
/// Weight of character n-grams: they carry typos, endings and compounds.
const GRAMS: f32 = 1.5;
/// Shortest and longest character n-gram, a word's two ends included.
const GRAM_CHARS: std::ops::RangeInclusive<usize> = 2..=4;

/// A sparse vector: `(dimension, value)`, by rising dimension.
pub(super) type Sparse = Vec<(u32, f32)>;

/// Dot product of two sparse vectors.
pub(super) fn dot(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut sum = 0.0;
    while let (Some(&&(i, x)), Some(&&(j, y))) = (a.peek(), b.peek()) {
        match i.cmp(&j) {
            std::cmp::Ordering::Less => _ = a.next(),
            std::cmp::Ordering::Greater => _ = b.next(),
            std::cmp::Ordering::Equal => {
                sum += x * y;
                (a.next(), b.next());
            }
        }
    }
    sum
}

/// A feature before it has a dimension: the hash of a view and what it saw there.
type Feature = u64;

/// Dimensions of a set of utterances, with how much each tells.
#[derive(Debug, Clone)]
pub(super) struct Space {
    dimensions: HashMap<Feature, u32>,
    /// Inverse document frequency of each dimension.
    idf: Vec<f32>,
    /// Inverse document frequency of a word no utterance has.
    unseen_idf: f32,
}

/// One word of a query, as the coverage signals see it.
#[derive(Debug, Clone)]
pub(super) struct Stem {
    /// Its dimension, where an utterance has it.
    pub(super) dimension: Option<u32>,
    /// How much it tells.
    pub(super) idf: f32,
}

impl Space {
    /// Learns the dimensions of `texts`: folded words with their locale.
    pub(super) fn of<'a>(texts: impl IntoIterator<Item = (&'a [String], Locale)>) -> Self {
        let mut dimensions = HashMap::new();
        let mut frequency: Vec<f32> = Vec::new();
        let mut count = 0.0_f32;
        for (words, locale) in texts {
            count += 1.0;
            let mut seen: Vec<Feature> = views(words, locale).into_iter().flatten().collect();
            seen.sort_unstable();
            seen.dedup();
            for feature in seen {
                let next = u32::try_from(frequency.len()).unwrap_or(u32::MAX);
                let dimension = *dimensions.entry(feature).or_insert(next);
                if dimension == next {
                    frequency.push(0.0);
                }
                if let Some(times) = frequency.get_mut(dimension as usize) {
                    *times += 1.0;
                }
            }
        }
        // Smoothed as if one more text held every feature once.
        let idf = |times: f32| ((1.0 + count) / (1.0 + times)).ln() + 1.0;
        let unseen_idf = idf(0.0);
        Self { dimensions, idf: frequency.into_iter().map(idf).collect(), unseen_idf }
    }

    /// How many dimensions there are.
    pub(super) fn len(&self) -> usize {
        self.idf.len()
    }

    /// The vector of a text. Each view has the length of its weight, or none where
    /// it shares nothing with the space.
    pub(super) fn vector(&self, words: &[String], locale: Locale) -> Sparse {
        let mut vector = Sparse::new();
        for (view, weight) in views(words, locale).into_iter().zip([STEMS, PAIRS, GRAMS]) {
            let start = vector.len();
            vector.extend(self.term_frequencies(view));
            let (_, part) = vector.split_at_mut_checked(start).unwrap_or_default();
            let norm = part.iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
            if norm > 0.0 {
                part.iter_mut().for_each(|(_, value)| *value *= weight / norm);
            }
        }
        vector.sort_unstable_by_key(|&(dimension, _)| dimension);
        vector
    }

    /// Dimension and weight of one word.
    pub(super) fn stem(&self, word: &str, locale: Locale) -> Stem {
        let dimension = self.dimensions.get(&stem_feature(&stem(word, locale))).copied();
        let idf = dimension.and_then(|dimension| self.idf.get(dimension as usize));
        Stem { dimension, idf: idf.copied().unwrap_or(self.unseen_idf) }
    }

    /// TF-IDF with sublinear term frequency, before normalisation.
    fn term_frequencies(&self, view: Vec<Feature>) -> Vec<(u32, f32)> {
        let mut found: Vec<u32> =
            view.iter().filter_map(|feature| self.dimensions.get(feature).copied()).collect();
        found.sort_unstable();
        found
            .chunk_by(|a, b| a == b)
            .filter_map(|run| {
                let dimension = *run.first()?;
                let times = f32::from(u16::try_from(run.len()).unwrap_or(u16::MAX));
                let idf = self.idf.get(dimension as usize)?;
                Some((dimension, (1.0 + times.ln()) * idf))
            })
            .collect()
    }
}

/// The features of a text, view by view: stems, pairs of stems, character n-grams.
fn views(words: &[String], locale: Locale) -> [Vec<Feature>; 3] {
    let stems: Vec<Feature> = words.iter().map(|word| stem_feature(&stem(word, locale))).collect();
    let pairs = stems.windows(2).filter_map(|pair| match *pair {
        [a, b] => Some(hash(2, [a.min(b), a.max(b)])),
        _ => None,
    });
    let mut grams = Vec::with_capacity(words.len() * 16);
    let mut marked = Vec::new();
    for word in words {
        marked.clear();
        marked.push(u64::from(' '));
        marked.extend(word.chars().map(u64::from));
        marked.push(u64::from(' '));
        for length in GRAM_CHARS {
            grams.extend(marked.windows(length).map(|gram| hash(3, gram.iter().copied())));
        }
    }
    let pairs = pairs.collect();
    [stems, pairs, grams]
}

fn stem_feature(stem: &str) -> Feature {
    hash(1, stem.chars().map(u64::from))
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
    fn a_text_is_nearest_to_itself_and_near_to_its_typo() {
        let texts: Vec<Vec<String>> =
            ["who founded bridgewater", "what is inference", "the day of the fall"]
                .map(words)
                .into();
        let space = Space::of(texts.iter().map(|words| (words.as_slice(), Locale::En)));
        let vector = |text: &str| space.vector(&words(text), Locale::En);
        let whole = STEMS * STEMS + PAIRS * PAIRS + GRAMS * GRAMS;
        let same = dot(&vector("who founded bridgewater"), &vector("Who founded Bridgewater?"));
        assert!((same - whole).abs() < 1e-4, "{same}");
        let typo = dot(&vector("who founded bridgewater"), &vector("who fonded bridgwater"));
        let other = dot(&vector("what is inference"), &vector("who fonded bridgwater"));
        assert!(typo > 2.0 * other, "{typo} {other}");
    }

    #[test]
    fn a_text_of_unseen_words_has_no_direction() {
        let known = [words("who founded bridgewater")];
        let space = Space::of(known.iter().map(|words| (words.as_slice(), Locale::En)));
        assert!(space.vector(&words("شكرا"), Locale::En).is_empty());
        assert!(space.stem("zzz", Locale::En).dimension.is_none());
    }
}

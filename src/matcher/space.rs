//! The space questions and utterances are compared in: TF-IDF over four views of
//! the words, as sparse vectors.

use super::sparse::{Sparse, norm};
use super::views::{Feature, GRAMS, PAIRS, VIEWS, Views};
use crate::parallel::in_parallel;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Weight of each view: stems, against which the others are
/// measured; pairs, which tell « who makes » from « what makes »; n-grams, which carry
/// typos, endings and compounds; askings, which both languages share.
const WEIGHTS: [f32; VIEWS] = [1.0, 0.8, 1.0, 0.7];
/// In how many texts a pair of stems must stand to count among so many texts and more: one that
/// was seen once or twice ranks no other question better there, and two thirds of all dimensions
/// would be such pairs. With five utterances a class the pairs rank one question more in a hundred
/// right; among thirty thousand five texts do as well as three, and learning takes a twentieth
/// less.
const LEAST_PAIRS: [(usize, u32); 3] = [(20_000, 5), (MANY_TEXTS, 3), (0, 1)];
/// One n-gram in this many, drawn by its hash, is left out where texts are many: the others of
/// its word say the same, and n-grams are half of all values to learn from. Without half of them
/// the valid questions of the first story are ranked up to one in a hundred worse; without the
/// commonest, the public sets.
const SPARED_GRAMS: Feature = 3;
/// Among fewer texts every pair and n-gram counts.
const MANY_TEXTS: usize = 2_000;

/// Parts that features are counted in, each by one thread.
const SHARDS: u64 = 2;
/// The bit of a feature that says which: neither of those that hash maps look at first.
const SHARD_BIT: u32 = 32;

/// Hash maps by features, which are hashes already.
pub(super) type ByFeature<T> = HashMap<Feature, T, BuildHasherDefault<Hashed>>;

/// Dimensions of a set of utterances, with how much each tells.
#[derive(Debug, Clone)]
pub(super) struct Space {
    dimensions: ByFeature<u32>,
    /// Inverse document frequency of each dimension, the commonest first.
    idf: Vec<f32>,
    /// Inverse document frequency of a word no utterance has.
    unseen_idf: f32,
}

impl Space {
    /// Learns the dimensions of some texts. How rare each is, is measured over them and
    /// a background of questions about anything else: few utterances alone would take
    /// *what* for a rare word.
    pub(super) fn of(texts: &[&Views], background: &[&Views]) -> Self {
        let shards: Vec<u64> = (0..SHARDS).collect();
        let counts = in_parallel(&shards, |shard| count(texts, background, shard));
        let many = texts.len() >= MANY_TEXTS;
        let mut least = LEAST_PAIRS
            .iter()
            .filter(|(among, _)| texts.len() >= *among);
        let least = least.next().map_or(1, |&(_, least)| least);
        let tells = |feature: Feature, count: &Count| match count.view {
            PAIRS => count.texts >= least,
            GRAMS => !(many && feature.is_multiple_of(SPARED_GRAMS)),
            _ => true,
        };
        let counts = counts.into_iter().flatten();
        let mut kept: Vec<(Feature, u32)> = counts
            .filter(|(feature, count)| tells(*feature, count))
            .map(|(feature, count)| (feature, count.texts))
            .collect();
        // The commonest lie side by side: training and questions touch them most.
        kept.sort_unstable_by_key(|&(feature, texts)| (std::cmp::Reverse(texts), feature));
        let idf = smoothed_idf(texts.len() + background.len());
        Self {
            dimensions: (0..)
                .zip(&kept)
                .map(|(d, &(feature, _))| (feature, d))
                .collect(),
            idf: kept.iter().map(|&(_, texts)| idf(texts)).collect(),
            unseen_idf: idf(0),
        }
    }

    /// How many dimensions there are.
    pub(super) fn len(&self) -> usize {
        self.idf.len()
    }

    /// Dimension of a feature, where a text has it.
    pub(super) fn dimension(&self, feature: Feature) -> Option<u32> {
        self.dimensions.get(&feature).copied()
    }

    /// How much a dimension tells, or a feature that has none.
    pub(super) fn idf(&self, dimension: Option<u32>) -> f32 {
        let idf = dimension.and_then(|dimension| self.idf.get(dimension as usize));
        idf.copied().unwrap_or(self.unseen_idf)
    }

    /// A text over the dimensions that `knows` holds for. Each view has the length of its
    /// weight, or none where it shares nothing with the space.
    pub(super) fn vector(&self, views: &Views, knows: impl Fn(u32) -> bool) -> Vector {
        let mut vector = Vector {
            values: Sparse::with_capacity(views.all().len()),
            ..Vector::default()
        };
        let mut found: Vec<u32> = Vec::new();
        let parts = vector.known.iter_mut().zip(WEIGHTS);
        for (view, (known, weight)) in views.each().zip(parts) {
            found.clear();
            let dimensions = view.iter().filter_map(|feature| self.dimension(*feature));
            found.extend(dimensions.filter(|dimension| knows(*dimension)));
            found.sort_unstable();
            *known = found.len();
            let start = vector.values.len();
            let runs = found.chunk_by(|a, b| a == b);
            vector.values.extend(runs.filter_map(|run| {
                let dimension = *run.first()?;
                Some((dimension, sublinear(run.len()) * self.idf(Some(dimension))))
            }));
            let (_, part) = vector
                .values
                .split_at_mut_checked(start)
                .unwrap_or_default();
            let norm = norm(part);
            if norm > 0.0 {
                for (_, value) in part {
                    *value *= weight / norm;
                }
            }
        }
        vector
    }
}

/// A text laid out in a space.
#[derive(Debug, Clone, Default)]
pub(super) struct Vector {
    /// View after view.
    pub(super) values: Sparse,
    /// How many features of each view the space has.
    pub(super) known: [usize; VIEWS],
}

/// In how many texts each feature of a shard is, where one of `texts` has it.
fn count(texts: &[&Views], background: &[&Views], shard: u64) -> ByFeature<Count> {
    let is_its = |feature: &&Feature| (*feature >> SHARD_BIT) % SHARDS == shard;
    let mut counts = ByFeature::<Count>::default();
    for (number, views) in (1..).zip(texts) {
        for (view, features) in views.each().enumerate() {
            for &feature in features.iter().filter(is_its) {
                counts
                    .entry(feature)
                    .or_insert_with(|| Count::new(view))
                    .see(number);
            }
        }
    }
    for (number, views) in (u32::MAX / 2..).zip(background) {
        for feature in views.all().iter().filter(is_its) {
            if let Some(count) = counts.get_mut(feature) {
                count.see(number);
            }
        }
    }
    counts
}

/// In how many texts a feature was seen.
struct Count {
    view: usize,
    texts: u32,
    /// The last text it was seen in: a text counts once.
    last: u32,
}

impl Count {
    const fn new(view: usize) -> Self {
        Self {
            view,
            texts: 0,
            last: 0,
        }
    }

    fn see(&mut self, text: u32) {
        if self.last != text {
            self.texts += 1;
            self.last = text;
        }
    }
}

/// Root of the inverse document frequency among `texts`, smoothed as if one more text held
/// every feature once. With the whole of it rare words are trusted too much: the root ranks
/// up to half a point more of the public sets right, and its power to 0.35 or 0.7 no better.
fn smoothed_idf(texts: usize) -> impl Fn(u32) -> f32 {
    move |seen| {
        let rarity = (1.0 + number(texts)) / (1.0 + number(seen as usize));
        (rarity.ln() + 1.0).sqrt()
    }
}

/// Sublinear term frequency: a word said twice does not say twice as much.
fn sublinear(times: usize) -> f32 {
    1.0 + number(times).ln()
}

/// A count as a factor. Counts of texts and words are far below 2²⁴, where `f32` is
/// exact.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^24")]
pub(super) const fn number(count: usize) -> f32 {
    count as f32
}

/// Hands a feature on as it is: it is a hash already.
#[derive(Debug, Clone, Default)]
pub(super) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, feature: u64) {
        self.0 = feature;
    }
}

#[cfg(test)]
mod tests {
    use super::super::reading::Reader;
    use super::*;
    use crate::text::{Locale, Names, Synonyms};

    fn views(text: &str) -> Views {
        let reader = Reader::new(Names::default(), Synonyms::default());
        Views::of(&reader.read(&reader.cut(text), Locale::En))
    }

    fn space(texts: &[&str], background: &[&str]) -> Space {
        let seen = |texts: &[&str]| texts.iter().copied().map(views).collect::<Vec<_>>();
        let (texts, background) = (seen(texts), seen(background));
        Space::of(
            &texts.iter().collect::<Vec<_>>(),
            &background.iter().collect::<Vec<_>>(),
        )
    }

    fn dot(a: &Sparse, b: &Sparse) -> f32 {
        let other: HashMap<u32, f32> = b.iter().copied().collect();
        a.iter().filter_map(|(d, x)| Some(x * other.get(d)?)).sum()
    }

    #[test]
    fn a_text_is_nearest_to_itself_and_near_to_its_typo() {
        let texts = [
            "who founded bridgewater",
            "what is inference",
            "the day of the fall",
        ];
        let space = space(&texts, &[]);
        let vector = |text: &str| space.vector(&views(text), |_| true).values;
        let likeness = |a: &str, b: &str| dot(&vector(a), &vector(b));
        let same = likeness("who founded bridgewater", "Who founded Bridgewater?");
        let typo = likeness("who founded bridgewater", "who fonded bridgwater");
        let other = likeness("what is inference", "who fonded bridgwater");
        assert!(same > typo && typo > 2.0 * other, "{same} {typo} {other}");
    }

    #[test]
    fn a_word_said_twice_in_one_text_counts_as_one_text() {
        let idf = |text: &str| {
            let space = space(&[text], &[]);
            let stem = *views("chips").all().first().unwrap();
            space.idf(space.dimension(stem))
        };
        assert_eq!(idf("chips"), idf("chips chips"));
    }

    #[test]
    fn a_background_makes_its_words_tell_less_and_adds_no_dimension() {
        let texts = ["what is inference"];
        let alone = space(&texts, &[]);
        let before = space(&texts, &["what is a zebra", "what is a whale"]);
        let idf = |space: &Space, word: &str| {
            space.idf(space.dimension(*views(word).all().first().unwrap()))
        };
        assert_eq!(alone.len(), before.len());
        assert_eq!(idf(&alone, "what"), idf(&alone, "inference"));
        assert!(idf(&before, "what") < idf(&before, "inference"));
    }

    #[test]
    fn a_text_of_unseen_words_has_no_direction() {
        let space = space(&["who founded bridgewater"], &[]);
        assert!(space.vector(&views("شكرا"), |_| true).values.is_empty());
        let masked = space.vector(&views("who founded bridgewater"), |_| false);
        assert!(masked.values.is_empty() && masked.known == [0; VIEWS]);
    }
}

//! What speaks for, and against, the topic that was chosen.

use super::explanation::Signal;
use super::space::{Space, Sparse, Stem, dot};
use crate::text::{Locale, is_function_word};
use std::collections::HashSet;

/// A question laid out in the space.
pub(super) struct Sight {
    pub(super) vector: Sparse,
    /// Its content words: folded, with what each tells.
    pub(super) content: Vec<(String, Stem)>,
}

impl Sight {
    pub(super) fn of(words: &[String], locale: Locale, space: &Space) -> Self {
        let content = words
            .iter()
            .filter(|word| !is_function_word(word, locale))
            .map(|word| (word.clone(), space.stem(word, locale)))
            .collect();
        Self { vector: space.vector(words, locale), content }
    }
}

/// What the matcher remembers of one topic beside its weights.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory {
    /// Its utterances.
    pub(super) vectors: Vec<Sparse>,
    /// The stems they use.
    pub(super) stems: HashSet<u32>,
}

impl Memory {
    /// Cosine between a question and the utterance nearest to it.
    pub(super) fn nearest(&self, vector: &Sparse) -> f32 {
        let norm = |v: &Sparse| dot(v, v).sqrt().max(f32::EPSILON);
        let length = norm(vector);
        self.vectors
            .iter()
            .map(|utterance| dot(utterance, vector) / (norm(utterance) * length))
            .fold(0.0, f32::max)
    }
}

/// How many signals there are.
pub(super) const COUNT: usize = 6;

/// The signals of the best class, in the order of [`Signal::ALL`].
pub(super) fn measure(
    sight: &Sight,
    memory: &Memory,
    decision: f32,
    runner_up: f32,
) -> [f32; COUNT] {
    let seen = |stem: &Stem| stem.dimension.is_some();
    let asked = |stem: &Stem| stem.dimension.is_some_and(|d| memory.stems.contains(&d));
    [
        decision,
        decision - runner_up,
        memory.nearest(&sight.vector),
        coverage(&sight.content, asked),
        coverage(&sight.content, seen),
        length(sight.content.len()),
    ]
}

/// Share of the content words, weighed by what they tell, that `covers` holds for;
/// 1 where there is no content word, for nothing speaks against the topic then.
fn coverage(content: &[(String, Stem)], covers: impl Fn(&Stem) -> bool) -> f32 {
    let whole: f32 = content.iter().map(|(_, stem)| stem.idf).sum();
    let covered: f32 =
        content.iter().filter(|(_, stem)| covers(stem)).map(|(_, stem)| stem.idf).sum();
    if whole > 0.0 { covered / whole } else { 1.0 }
}

fn length(words: usize) -> f32 {
    f32::from(u16::try_from(words).unwrap_or(u16::MAX)).ln_1p()
}

impl Signal {
    /// All signals, in the order they are measured.
    pub(super) const ALL: [Self; COUNT] = [
        Self::Decision,
        Self::Margin,
        Self::Nearest,
        Self::CoveredByTopic,
        Self::CoveredByStory,
        Self::Length,
    ];
}

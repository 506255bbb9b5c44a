//! Which class a question belongs to, and how far to believe it.

use super::also::Also;
use super::explanation::Explanation;
use super::linear::Linear;
use super::nearest::Nearest;
use super::reading::{Mark, Reader, Word};
use super::refusal::Refusal;
use super::signals::{Sight, measure};
use super::space::Space;
use super::training;
use super::training_set::TrainingSet;
use super::usage::Usage;
use super::views::Views;
use crate::text::Locale;
use rustc_hash::FxBuildHasher;
use std::collections::HashSet;
use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

/// Ranks the classes of a training set and scores the best. Trained once, then
/// read-only: the same set gives the same weights, on every run and any number of cores.
///
/// ```
/// use griot::matcher::{Classifier, TrainingSet, Utterance};
/// use griot::Locale::En;
///
/// let utterances = [(0, "who founded the firm"), (1, "price of the chips")]
///     .map(|(class, text)| Utterance { class, locale: En, text });
/// let set = TrainingSet { classes: 2, utterances: utterances.into(), ..TrainingSet::default() };
/// let classifier = Classifier::train(&set);
/// assert_eq!(classifier.classify("how much is a chip?", En).best(), Some(1));
/// ```
#[derive(Debug, Clone)]
pub struct Classifier {
    pub(super) reader: Reader,
    /// The hash of the words of each utterance, rising, and its class.
    pub(super) exact: Box<[(u64, u16)]>,
    /// Classes that are asked for by what is not the case.
    pub(super) negated: HashSet<u16>,
    pub(super) space: Space,
    pub(super) linear: Linear,
    pub(super) usage: Usage,
    pub(super) nearest: Nearest,
    pub(super) also: Also,
    pub(super) refusal: Refusal,
}

/// What a classifier makes of a question.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Classified {
    /// Classes and their decision values, the best first; empty where the question shares
    /// nothing with the utterances.
    pub ranked: Vec<(u16, f32)>,
    /// Why the best scores what it scores.
    pub explanation: Explanation,
}

impl Classified {
    /// The best class.
    #[must_use]
    pub fn best(&self) -> Option<u16> {
        self.ranked.first().map(|&(class, _)| class)
    }

    /// Probability, in 0..=1, that the best class is the right one.
    #[must_use]
    pub fn score(&self) -> f32 {
        self.explanation.total()
    }
}

impl Classifier {
    /// Trains on a set; the time grows with utterances × classes, and where these are very
    /// many with the classes.
    #[must_use]
    pub fn train(set: &TrainingSet<'_>) -> Self {
        training::train(set)
    }

    /// Classifies a question written in `locale`.
    #[must_use]
    pub fn classify(&self, question: &str, locale: Locale) -> Classified {
        let cut = self.cut(question);
        self.classify_words(&cut, &self.read(&cut, locale))
    }

    /// Whether a class is asked for by what is not the case.
    pub(super) fn is_negated(&self, class: u16) -> bool {
        self.negated.contains(&class)
    }

    /// The language of a question, where it shows one.
    #[must_use]
    pub fn locale_of(&self, question: &str) -> Option<Locale> {
        self.reader.locale_of(question)
    }

    /// Folded words of a question, each name one word.
    pub(super) fn cut(&self, question: &str) -> Vec<String> {
        self.reader.cut(question)
    }

    /// The words of a question that is cut already.
    pub(super) fn read(&self, cut: &[String], locale: Locale) -> Vec<Arc<Word>> {
        self.reader.read(cut, locale)
    }

    /// Classifies a question that is cut and read already.
    pub(super) fn classify_words(&self, cut: &[String], words: &[Arc<Word>]) -> Classified {
        if let Some(class) = self.said(cut) {
            return Classified {
                ranked: vec![(class, 1.0)],
                explanation: Explanation::exact(cut.to_vec()),
            };
        }
        let views = Views::of(words);
        let marks: Vec<Mark> = words.iter().map(|word| word.mark).collect();
        let sight = Sight::of(&marks, &views, &self.space, |_| true);
        let decisions = self.linear.decide(&sight.vector);
        let Some(measured) = measure(&sight, &decisions, &self.usage, &self.also) else {
            return Classified::default();
        };
        let mut explanation = self.refusal.explain(measured.signals);
        explanation.nearest = self.nearest.to(&self.stems(&marks), measured.class);
        for word in &sight.content {
            let usage = |stem| self.usage.of(measured.class, stem);
            let known = word.stem.is_some_and(|stem| usage(stem) > 0.0);
            let list = if known {
                &mut explanation.matched
            } else {
                &mut explanation.unmatched
            };
            list.extend(words.get(word.at).map(|word| word.text.to_string()));
        }
        Classified {
            ranked: rank(&decisions),
            explanation,
        }
    }

    /// The class that has these very words for an utterance.
    fn said(&self, cut: &[String]) -> Option<u16> {
        let key = Self::key(cut);
        let at = self
            .exact
            .binary_search_by_key(&key, |&(key, _)| key)
            .ok()?;
        self.exact.get(at).map(|&(_, class)| class)
    }

    /// The dimensions of the stems that utterances have, and how much each tells.
    fn stems(&self, marks: &[Mark]) -> Vec<(u32, f32)> {
        let stems = marks
            .iter()
            .filter_map(|mark| self.space.dimension(mark.stem));
        stems
            .map(|stem| (stem, self.space.idf(Some(stem))))
            .collect()
    }

    /// What the words of an utterance are looked up by: a hash that is never stored.
    pub(super) fn key(cut: &[impl Hash]) -> u64 {
        FxBuildHasher.hash_one(cut)
    }
}

/// Most classes that are ranked.
const RANKED: usize = 16;

/// The best classes by falling decision value; the last decision is that of what lies
/// outside and is left out.
fn rank(decisions: &[f32]) -> Vec<(u16, f32)> {
    let (_, decisions) = decisions.split_last().unwrap_or((&0.0, &[]));
    let mut ranked: Vec<(u16, f32)> = (0..).zip(decisions.iter().copied()).collect();
    let falling = |a: &(u16, f32), b: &(u16, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if ranked.len() > RANKED {
        ranked.select_nth_unstable_by(RANKED, falling);
        ranked.truncate(RANKED);
    }
    ranked.sort_unstable_by(falling);
    ranked
}

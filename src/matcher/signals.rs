//! What speaks for, and against, the topic that was chosen.

use super::explanation::Signal;
use super::space::{Space, Stem};
use super::sparse::{Lookup, Sparse, norm};
use super::views::Views;
use crate::text::{Locale, is_function_word};
use std::collections::HashSet;

/// Steepness of the softmax that turns decisions into probabilities. 12 ranks right
/// over wrong no better on held-out utterances.
const STEEPNESS: f32 = 6.0;
/// How many topics behind the best its nearest utterance is held against. Three rank
/// right over wrong no better than one, and each costs some ten microseconds.
const RIVALS: usize = 1;

/// A question laid out in the space.
pub(super) struct Sight {
    pub(super) vector: Sparse,
    /// Its content words: folded, with what each tells.
    pub(super) content: Vec<(String, Stem)>,
}

impl Sight {
    pub(super) fn of(words: &[String], locale: Locale, space: &Space) -> Self {
        let views = Views::of(words, locale);
        let content = words
            .iter()
            .zip(&views.stems)
            .filter(|(word, _)| !is_function_word(word, locale))
            .map(|(word, &stem)| (word.clone(), space.stem(stem)))
            .collect();
        Self {
            vector: space.vector(&views),
            content,
        }
    }
}

/// What the matcher remembers of one topic beside its weights.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory {
    /// Its utterances, each of length 1.
    units: Vec<Sparse>,
    /// The stems they use.
    pub(super) stems: HashSet<u32>,
}

impl Memory {
    /// Remembers an utterance.
    pub(super) fn add(&mut self, vector: &[(u32, f32)], stems: impl IntoIterator<Item = u32>) {
        let norm = norm(vector).max(f32::EPSILON);
        self.units
            .push(vector.iter().map(|&(d, value)| (d, value / norm)).collect());
        self.stems.extend(stems);
    }

    /// Dot product of a question and the utterance nearest to it.
    fn nearest(&self, question: &Lookup<'_>) -> f32 {
        self.units
            .iter()
            .map(|unit| question.dot(unit))
            .fold(0.0, f32::max)
    }
}

/// How many signals there are.
pub(super) const COUNT: usize = 9;

/// The signals of the best class, in the order of [`Signal::ALL`]; none where
/// nothing is ranked.
pub(super) fn measure(
    sight: &Sight,
    memories: &[Memory],
    ranked: &[(u16, f32)],
) -> Option<[f32; COUNT]> {
    let memory = |&(class, _): &(u16, f32)| memories.get(usize::from(class));
    let (best, rivals) = ranked.split_first()?;
    let chosen = memory(best)?;
    let decision = best.1;
    let runner_up = rivals.first().map_or(-1.0, |&(_, decision)| decision);
    let seen = |stem: &Stem| stem.dimension.is_some();
    let asked = |stem: &Stem| stem.dimension.is_some_and(|d| chosen.stems.contains(&d));
    let question = Lookup::new(&sight.vector);
    let length = norm(&sight.vector).max(f32::EPSILON);
    let nearest = chosen.nearest(&question) / length;
    let rivals = rivals.iter().take(RIVALS).filter_map(memory);
    let rival = rivals
        .map(|rival| rival.nearest(&question))
        .fold(0.0, f32::max)
        / length;
    Some([
        decision,
        decision - runner_up,
        log_probability(decision, ranked),
        nearest,
        nearest - rival,
        coverage(&sight.content, asked),
        coverage(&sight.content, seen),
        number(sight.content.iter().filter(|(_, stem)| !seen(stem)).count()),
        number(sight.content.len()).ln_1p(),
    ])
}

/// Logarithm of the probability of the best class, by a softmax over all decisions.
fn log_probability(best: f32, ranked: &[(u16, f32)]) -> f32 {
    -ranked
        .iter()
        .map(|(_, decision)| ((decision - best) * STEEPNESS).exp())
        .sum::<f32>()
        .ln()
}

/// Share of the content words, weighed by what they tell, that `covers` holds for;
/// 1 where there is no content word, for nothing speaks against the topic then.
fn coverage(content: &[(String, Stem)], covers: impl Fn(&Stem) -> bool) -> f32 {
    let whole: f32 = content.iter().map(|(_, stem)| stem.idf).sum();
    let covered: f32 = content
        .iter()
        .filter(|(_, stem)| covers(stem))
        .map(|(_, stem)| stem.idf)
        .sum();
    if whole > 0.0 { covered / whole } else { 1.0 }
}

fn number(words: usize) -> f32 {
    f32::from(u16::try_from(words).unwrap_or(u16::MAX))
}

impl Signal {
    /// All signals, in the order they are measured.
    pub(super) const ALL: [Self; COUNT] = [
        Self::Decision,
        Self::Margin,
        Self::LogProbability,
        Self::Nearest,
        Self::NearestLead,
        Self::CoveredByTopic,
        Self::CoveredByStory,
        Self::Unseen,
        Self::Length,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words;

    #[test]
    fn signals_speak_for_the_topic_whose_utterance_is_asked() {
        let texts = ["who founded bridgewater", "price of the chips"];
        let views = texts.map(|text| Views::of(&words(text), Locale::En));
        let space = Space::of(&views);
        let memories: Vec<Memory> = views
            .iter()
            .map(|views| {
                let mut memory = Memory::default();
                let stems = views
                    .stems
                    .iter()
                    .filter_map(|&stem| space.stem(stem).dimension);
                memory.add(&space.vector(views), stems);
                memory
            })
            .collect();
        let ask = |text: &str, ranked: &[(u16, f32)]| {
            let sight = Sight::of(&words(text), Locale::En, &space);
            let signals = measure(&sight, &memories, ranked).unwrap();
            move |signal| signals[Signal::ALL.iter().position(|s| *s == signal).unwrap()]
        };
        let right = ask("price of chips", &[(1, 0.5), (0, -0.9)]);
        let wrong = ask("price of chips", &[(0, 0.1), (1, 0.0)]);
        for signal in [
            Signal::Decision,
            Signal::Margin,
            Signal::LogProbability,
            Signal::Nearest,
            Signal::NearestLead,
            Signal::CoveredByTopic,
        ] {
            assert!(right(signal) > wrong(signal), "{signal}");
        }
        let unseen = ask("price of zebras", &[(1, 0.5), (0, -0.9)]);
        assert!(unseen(Signal::Unseen) > right(Signal::Unseen));
        assert!(unseen(Signal::CoveredByStory) < right(Signal::CoveredByStory));
    }

    #[test]
    fn nothing_ranked_has_no_signals() {
        let sight = Sight {
            vector: Sparse::new(),
            content: Vec::new(),
        };
        assert_eq!(measure(&sight, &[], &[]), None);
    }
}

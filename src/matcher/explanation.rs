//! Why a score is what it is. The score is read off here and computed nowhere else.

use std::fmt;

/// Log-odds of a curated utterance: a score of 0.998. The curator has said so; what is
/// left is that a member meant it otherwise.
const CERTAIN: f32 = 6.0;

/// Evidence for or against the best candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Signal {
    /// The candidate has these very words for an utterance or a title.
    Exact,
    /// How sure the classifier is of the candidate.
    Decision,
    /// Its lead over the runner-up.
    Margin,
    /// Logarithm of its probability among all topics.
    LogProbability,
    /// Likeness to the candidate's nearest utterance.
    Nearest,
    /// How much nearer that is than any utterance of the runners-up.
    NearestLead,
    /// Share of the question's content words that the candidate's utterances use.
    CoveredByTopic,
    /// Share of the question's content words that any utterance uses.
    CoveredByStory,
    /// Number of content words that no utterance uses.
    Unseen,
    /// Number of content words, as a logarithm.
    Length,
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Exact => "word for word an utterance of the candidate",
            Self::Decision => "classifier's certainty",
            Self::Margin => "lead over the runner-up",
            Self::LogProbability => "log-probability among all topics",
            Self::Nearest => "likeness to the nearest utterance",
            Self::NearestLead => "lead in likeness over the runners-up",
            Self::CoveredByTopic => "words of the question the candidate knows",
            Self::CoveredByStory => "words of the question the story knows",
            Self::Unseen => "words of the question nobody used",
            Self::Length => "length of the question",
        })
    }
}

/// One signal, its value, and what it adds to the log-odds of the candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Which signal.
    pub signal: Signal,
    /// As measured.
    pub value: f32,
    /// Added to the log-odds that the candidate is right.
    pub log_odds: f32,
}

/// The parts of a score.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Explanation {
    /// Log-odds before any evidence.
    pub base: f32,
    /// The evidence.
    pub parts: Vec<Part>,
    /// Folded content words of the question that the candidate's utterances use.
    pub matched: Vec<String>,
    /// Folded content words of the question that they do not use.
    pub unmatched: Vec<String>,
}

impl Explanation {
    /// Words that are an utterance of the candidate.
    pub(super) fn exact(words: &[String]) -> Self {
        let part = Part {
            signal: Signal::Exact,
            value: 1.0,
            log_odds: CERTAIN,
        };
        Self {
            parts: vec![part],
            matched: words.to_vec(),
            ..Self::default()
        }
    }

    /// The score: the probability, in 0..=1, that the candidate is right.
    #[must_use]
    pub fn total(&self) -> f32 {
        if self.parts.is_empty() {
            return 0.0;
        }
        logistic(self.base + self.parts.iter().map(|part| part.log_odds).sum::<f32>())
    }
}

/// The logistic function.
pub(super) fn logistic(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  {:+7.2}  before any evidence", self.base)?;
        for part in &self.parts {
            writeln!(
                f,
                "  {:+7.2}  {} ({:.2})",
                part.log_odds, part.signal, part.value
            )?;
        }
        let list = |words: &[String]| match words {
            [] => "none".to_owned(),
            words => words.join(", "),
        };
        writeln!(f, "  words matched: {}", list(&self.matched))?;
        write!(f, "  words not matched: {}", list(&self.unmatched))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_score_is_the_sum_of_its_parts() {
        let part = |log_odds| Part {
            signal: Signal::Margin,
            value: 1.0,
            log_odds,
        };
        let of = |base, parts| {
            Explanation {
                base,
                parts,
                ..Explanation::default()
            }
            .total()
        };
        assert!((of(-1.0, vec![part(1.0)]) - 0.5).abs() < 1e-6);
        assert!((of(0.0, vec![part(2.0), part(1.0)]) - logistic(3.0)).abs() < 1e-6);
        assert!(
            of(9.0, vec![]) < f32::EPSILON,
            "nothing matched, nothing scored"
        );
    }
}

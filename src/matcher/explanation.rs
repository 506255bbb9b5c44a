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
    /// The classifier's decision value.
    Decision,
    /// Its lead over the next of the other topics: of those whose question its answer does
    /// not settle.
    Margin,
    /// Logarithm of the candidate's probability among itself and the others.
    LogProbability,
    /// Energy of all decisions: how much any topic is spoken for.
    Energy,
    /// Deviations of the decision from the mean of all topics.
    Prominence,
    /// Decision value of what lies outside the story.
    Outside,
    /// Share of the question's content words that the candidate's utterances use.
    CoveredByTopic,
    /// Share of the question's content words that any utterance uses.
    CoveredByStory,
    /// Number of content words that no utterance uses.
    Unseen,
    /// Number of names and figures that the candidate does not know.
    Strangers,
    /// Share of the n-grams of its content words that any utterance has.
    GramsKnown,
    /// Share of the question's pairs of words that any utterance has.
    PairsKnown,
    /// Number of content words, as a logarithm.
    Length,
    /// It asks for what is not the case, and nobody asks the candidate so.
    Negation,
}

impl Signal {
    /// What kind of evidence it is.
    #[must_use]
    pub const fn ground(self) -> Ground {
        match self {
            Self::Exact => Ground::Utterance,
            Self::Decision
            | Self::Margin
            | Self::LogProbability
            | Self::Energy
            | Self::Prominence => Ground::Choice,
            Self::Outside => Ground::Elsewhere,
            Self::CoveredByTopic | Self::Strangers => Ground::TopicWords,
            Self::CoveredByStory | Self::Unseen | Self::GramsKnown | Self::PairsKnown => {
                Ground::StoryWords
            }
            Self::Length => Ground::Length,
            Self::Negation => Ground::Negation,
        }
    }
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Exact => "same words",
            Self::Decision => "decision",
            Self::Margin => "lead over the runner-up",
            Self::LogProbability => "log-probability",
            Self::Energy => "energy",
            Self::Prominence => "deviations above the mean",
            Self::Outside => "decision for something else",
            Self::CoveredByTopic => "share of its own",
            Self::CoveredByStory => "share of known ones",
            Self::Unseen => "new words",
            Self::Strangers => "foreign names and figures",
            Self::GramsKnown => "share of the letters",
            Self::PairsKnown => "share of the pairs",
            Self::Length => "log of the words",
            Self::Negation => "not",
        })
    }
}

/// A kind of evidence, as a curator thinks of it. Signals of one ground overlap: their
/// sum means more than each alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ground {
    /// The question is an utterance.
    Utterance,
    /// How clearly the classifier prefers the topic.
    Choice,
    /// Whether the topic uses the question's words.
    TopicWords,
    /// Whether the story uses them.
    StoryWords,
    /// Whether the question sounds like one about something else.
    Elsewhere,
    /// How much the question says.
    Length,
    /// Whether it asks for the contrary.
    Negation,
}

impl Ground {
    /// All grounds, in the order they are told.
    pub const ALL: [Self; 7] = [
        Self::Utterance,
        Self::Choice,
        Self::TopicWords,
        Self::StoryWords,
        Self::Elsewhere,
        Self::Length,
        Self::Negation,
    ];
}

impl fmt::Display for Ground {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utterance => "word for word one of its utterances or its title",
            Self::Choice => "how clearly it comes before the other topics",
            Self::TopicWords => "whether the topic uses the words of the question",
            Self::StoryWords => "whether the story uses the words of the question",
            Self::Elsewhere => "whether it sounds like a question about something else",
            Self::Length => "how much the question says",
            Self::Negation => "it asks for what is not the case",
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
    /// Added to the log-odds that the candidate is right, above or below what the
    /// signal adds on average.
    pub log_odds: f32,
}

/// The parts of a score.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Explanation {
    /// Log-odds of an average question.
    pub base: f32,
    /// The evidence.
    pub parts: Vec<Part>,
    /// Content words of the question that the candidate's utterances use, folded and as
    /// the story spells them.
    pub matched: Vec<String>,
    /// Content words of the question that they do not use.
    pub unmatched: Vec<String>,
    /// The number of the nearest utterance of the candidate, among all texts the matcher
    /// was trained on.
    pub nearest: Option<usize>,
}

impl Explanation {
    /// Words that are an utterance of the candidate.
    pub(super) fn exact(words: Vec<String>) -> Self {
        let part = Part {
            signal: Signal::Exact,
            value: 1.0,
            log_odds: CERTAIN,
        };
        Self {
            parts: vec![part],
            matched: words,
            ..Self::default()
        }
    }

    /// Whether the question is an utterance or the title of the candidate.
    pub(super) fn is_exact(&self) -> bool {
        self.parts.iter().any(|part| part.signal == Signal::Exact)
    }

    /// The score: the probability, in 0..=1, that the candidate is right.
    #[must_use]
    pub fn total(&self) -> f32 {
        if self.parts.is_empty() {
            return 0.0;
        }
        logistic(self.base + self.parts.iter().map(|part| part.log_odds).sum::<f32>())
    }

    /// What a kind of evidence adds to the log-odds; `None` where there is none of it.
    #[must_use]
    pub fn on(&self, ground: Ground) -> Option<f32> {
        let parts = self
            .parts
            .iter()
            .filter(|part| part.signal.ground() == ground);
        parts.map(|part| part.log_odds).reduce(|a, b| a + b)
    }
}

/// The logistic function.
pub(super) fn logistic(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  {:+6.2}  an average question", self.base)?;
        for ground in Ground::ALL {
            let Some(sum) = self.on(ground) else {
                continue;
            };
            let of_ground = self
                .parts
                .iter()
                .filter(|part| part.signal.ground() == ground);
            let values: Vec<String> = of_ground
                .map(|part| format!("{} {:.2}", part.signal, part.value))
                .collect();
            writeln!(f, "  {sum:+6.2}  {ground} ({})", values.join(", "))?;
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

    fn part(signal: Signal, log_odds: f32) -> Part {
        Part {
            signal,
            value: 1.0,
            log_odds,
        }
    }

    #[test]
    fn the_score_is_the_sum_of_its_parts() {
        let of = |base, parts| {
            Explanation {
                base,
                parts,
                ..Explanation::default()
            }
            .total()
        };
        let margin = |log_odds| part(Signal::Margin, log_odds);
        assert!((of(-1.0, vec![margin(1.0)]) - 0.5).abs() < 1e-6);
        assert!((of(0.0, vec![margin(2.0), margin(1.0)]) - logistic(3.0)).abs() < 1e-6);
        assert!(
            of(9.0, vec![]) < f32::EPSILON,
            "nothing matched, nothing scored"
        );
    }

    #[test]
    fn the_grounds_add_up_to_the_parts() {
        let explanation = Explanation {
            parts: vec![
                part(Signal::Margin, 0.5),
                part(Signal::Decision, 1.0),
                part(Signal::Unseen, -2.0),
            ],
            ..Explanation::default()
        };
        assert_eq!(explanation.on(Ground::Choice), Some(1.5));
        assert_eq!(explanation.on(Ground::StoryWords), Some(-2.0));
        assert_eq!(explanation.on(Ground::Length), None);
        let told = explanation.to_string();
        assert!(told.contains("+1.50  how clearly"), "{told}");
    }
}

//! What is decided on a question.

use super::Explanation;
use crate::knowledge::Id;

/// A topic with its score, before or after the decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The topic.
    pub id: Id,
    /// Why it scores what it scores.
    pub explanation: Explanation,
}

impl Candidate {
    /// Probability, in 0..=1, that it is what was asked.
    #[must_use]
    pub fn score(&self) -> f32 {
        self.explanation.total()
    }
}

/// Why nothing was answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// It is known that the story does not say; the absence is the candidate.
    Absent(Candidate),
    /// It is not about this story; the entries that came nearest, if any.
    Outside(Vec<Id>),
    /// There was nothing to match.
    Vague,
    /// It was said to Griot; the courtesy is the candidate.
    Courtesy(Candidate),
}

/// The decision on a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// One entry answers it; the others answer further questions of the same message.
    Answer(Candidate, Vec<Id>),
    /// These entries come close, the likeliest first; the candidate is the best topic of
    /// any kind, and its score too low to act on.
    Suggest(Candidate, Vec<Id>),
    /// Nothing does.
    Abstain(Reason),
}

/// What the matcher saw on its way to an outcome, for `--explain`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ranking {
    /// The best candidate, where anything matched at all.
    pub best: Option<Candidate>,
    /// Topics by falling decision value, the best first, at most ten.
    pub topics: Vec<(Id, f32)>,
}

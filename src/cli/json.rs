//! The contract of `griot ask --json`: one object a question.

use crate::knowledge::Id;
use crate::reply::{Choice, Citation, Refusal, Reply, Verdict};
use crate::text::Locale;
use serde::Serialize;

/// One line of `griot ask --json`.
#[derive(Debug, Serialize)]
pub(super) struct Line<'r> {
    question: &'r str,
    locale: Locale,
    outcome: Verdict,
    reason: Option<Refusal>,
    /// The entry, absence or courtesy the reply speaks of.
    entry: Option<&'r Id>,
    score: f32,
    answer: Option<&'r str>,
    citations: &'r [Citation],
    suggestions: &'r [Choice],
    knowledge: &'r str,
    micros: u64,
}

impl<'r> Line<'r> {
    /// A reply to `question` whose best candidate scored `score`, given in `micros`
    /// microseconds by the knowledge of this version.
    pub(super) fn new(
        question: &'r str,
        reply: &'r Reply,
        score: f32,
        knowledge: &'r str,
        micros: u128,
    ) -> Self {
        let answered = reply.verdict == Verdict::Answer;
        Self {
            question,
            locale: reply.locale,
            outcome: reply.verdict,
            reason: reply.refusal,
            entry: reply.topic.as_ref(),
            score: (score * 1000.0).round() / 1000.0,
            answer: answered.then_some(reply.text.as_str()),
            citations: &reply.citations,
            // What is related to an answer is no guess at what was meant.
            suggestions: if answered { &[] } else { &reply.choices },
            knowledge,
            micros: u64::try_from(micros).unwrap_or(u64::MAX),
        }
    }
}

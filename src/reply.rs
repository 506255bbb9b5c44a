//! What is said back: an outcome in a member's language, for no platform yet.

mod compose;
pub mod phrases;
mod story;

pub use self::story::{article, sections};

use crate::knowledge::Id;
use crate::text::Locale;
use serde::Serialize;

/// What was decided, as the contract of `griot ask --json` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Verdict {
    /// One entry answers.
    Answer,
    /// One to three may be meant.
    Suggest,
    /// Nothing is answered.
    Abstain,
}

/// Why nothing was answered, as the contract of `griot ask --json` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Refusal {
    /// The story is known not to say.
    Absent,
    /// It is not about this story.
    Outside,
    /// There was nothing to match.
    Vague,
    /// It was said to Griot.
    Courtesy,
}

/// Where in the article an answer stands, and who says it there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// Slug of the passage.
    pub passage: Id,
    /// Title of its section in the reply's language.
    pub section: String,
    /// Paragraph of that section, from 1.
    pub paragraph: u32,
    /// The article, or whom it quotes.
    pub said_by: String,
}

/// An entry a member can ask next, by its title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Slug of the entry.
    pub entry: Id,
    /// Its question in the reply's language.
    pub title: String,
}

/// What is said back to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The language it is in.
    pub locale: Locale,
    /// What was decided.
    pub verdict: Verdict,
    /// Why, where nothing was answered.
    pub refusal: Option<Refusal>,
    /// The topic it speaks of: this id shows it again, also in the other language.
    pub topic: Option<Id>,
    /// The title of the topic, where it has one.
    pub title: Option<String>,
    /// What is said.
    pub text: String,
    /// Where it stands in the article.
    pub citations: Vec<Citation>,
    /// What introduces the choices.
    pub heading: &'static str,
    /// Related entries, suggestions, or what comes nearest.
    pub choices: Vec<Choice>,
    /// The story, by its label, and the version of the knowledge that spoke.
    pub footer: String,
}

impl Reply {
    /// The line that says where the answer stands and who says it; `None` for a
    /// reply without a citation.
    #[must_use]
    pub fn source(&self) -> Option<String> {
        let first = self.citations.first()?;
        let places: Vec<String> = self
            .citations
            .iter()
            .map(|c| phrases::place(self.locale, &c.section, c.paragraph))
            .collect();
        Some(phrases::source(
            self.locale,
            &places.join(" · "),
            &first.said_by,
        ))
    }
}

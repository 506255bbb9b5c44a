//! What is said back: an outcome in a member's language, for no platform yet.

pub mod phrases;
mod story;

use crate::knowledge::{Entry, Id, Knowledge, Passage, Topic};
use crate::matcher::{Outcome, Reason};
use crate::text::Locale;
use serde::Serialize;

/// Entries offered to who asks nothing the story could answer.
const STARTERS: usize = 3;

/// What was decided, as the contract of `griot ask --json` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Verdict {
    /// One entry answers.
    Answer,
    /// Two or three may be meant.
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
    /// Puts an outcome into words.
    #[must_use]
    pub fn of(outcome: &Outcome, knowledge: &Knowledge, locale: Locale) -> Self {
        match outcome {
            Outcome::Answer(candidate)
            | Outcome::Abstain(Reason::Absent(candidate) | Reason::Courtesy(candidate)) => {
                Self::about(candidate.id.as_str(), knowledge, locale)
                    .unwrap_or_else(|| Self::outside(&[], knowledge, locale))
            }
            Outcome::Suggest(_, ids) => Self::suggest(ids, knowledge, locale),
            Outcome::Abstain(Reason::Outside(ids)) => Self::outside(ids, knowledge, locale),
            Outcome::Abstain(Reason::Vague) => Self::help(knowledge, locale),
        }
    }

    /// What is said of a topic that is named rather than guessed; `None` where the
    /// knowledge has no such topic (any more).
    #[must_use]
    pub fn about(id: &str, knowledge: &Knowledge, locale: Locale) -> Option<Self> {
        let topic = knowledge.topic(id)?;
        let blank = Self::blank(knowledge, locale);
        let reply = match topic {
            Topic::Entry(entry) => Self {
                text: entry.answer.get(locale).clone(),
                citations: citations(entry, knowledge, locale),
                heading: phrases::related(locale),
                choices: choices(&entry.related, knowledge, locale),
                ..blank
            },
            Topic::Absence(absence) => Self {
                verdict: Verdict::Abstain,
                refusal: Some(Refusal::Absent),
                text: phrases::absent(locale).to_owned(),
                heading: phrases::nearest(locale),
                choices: choices(&absence.nearest, knowledge, locale),
                ..blank
            },
            Topic::Courtesy(courtesy) => Self {
                verdict: Verdict::Abstain,
                refusal: Some(Refusal::Courtesy),
                text: courtesy.answer.get(locale).clone(),
                heading: phrases::starters(locale),
                choices: starters(knowledge, locale),
                ..blank
            },
        };
        let title = topic.title().map(|title| title.get(locale).clone());
        Some(Self {
            topic: Some(topic.id().clone()),
            title,
            ..reply
        })
    }

    /// How to ask: the reply to an empty or vague question.
    #[must_use]
    pub fn help(knowledge: &Knowledge, locale: Locale) -> Self {
        Self {
            verdict: Verdict::Abstain,
            refusal: Some(Refusal::Vague),
            text: phrases::vague(locale, knowledge.story().label.get(locale)),
            heading: phrases::starters(locale),
            choices: starters(knowledge, locale),
            ..Self::blank(knowledge, locale)
        }
    }

    fn suggest(ids: &[Id], knowledge: &Knowledge, locale: Locale) -> Self {
        Self {
            verdict: Verdict::Suggest,
            text: phrases::unsure(locale).to_owned(),
            heading: phrases::did_you_mean(locale),
            choices: choices(ids, knowledge, locale),
            ..Self::blank(knowledge, locale)
        }
    }

    fn outside(near: &[Id], knowledge: &Knowledge, locale: Locale) -> Self {
        let (heading, choices) = if near.is_empty() {
            (phrases::starters(locale), starters(knowledge, locale))
        } else {
            (phrases::nearest(locale), choices(near, knowledge, locale))
        };
        Self {
            verdict: Verdict::Abstain,
            refusal: Some(Refusal::Outside),
            text: phrases::outside(locale, knowledge.story().label.get(locale)),
            heading,
            choices,
            ..Self::blank(knowledge, locale)
        }
    }

    fn blank(knowledge: &Knowledge, locale: Locale) -> Self {
        Self {
            locale,
            verdict: Verdict::Answer,
            refusal: None,
            topic: None,
            title: None,
            text: String::new(),
            citations: Vec::new(),
            heading: phrases::related(locale),
            choices: Vec::new(),
            footer: phrases::version(
                locale,
                knowledge.story().label.get(locale),
                knowledge.version(),
            ),
        }
    }

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

fn citations(entry: &Entry, knowledge: &Knowledge, locale: Locale) -> Vec<Citation> {
    let passages = entry.cites.iter().filter_map(|id| knowledge.passage(id));
    passages
        .map(|passage| Citation {
            passage: passage.id.clone(),
            section: section(passage, locale),
            paragraph: passage.paragraph,
            said_by: entry.said_by.get(locale).clone(),
        })
        .collect()
}

/// The title of a passage's section; the opening of an article has none of its own.
#[must_use]
pub fn section(passage: &Passage, locale: Locale) -> String {
    passage.section.as_ref().map_or_else(
        || phrases::opening(locale).to_owned(),
        |title| title.get(locale).clone(),
    )
}

fn choices(ids: &[Id], knowledge: &Knowledge, locale: Locale) -> Vec<Choice> {
    ids.iter()
        .filter_map(|id| knowledge.entry(id))
        .map(|entry| choice(entry, locale))
        .collect()
}

fn starters(knowledge: &Knowledge, locale: Locale) -> Vec<Choice> {
    knowledge
        .entries()
        .iter()
        .take(STARTERS)
        .map(|entry| choice(entry, locale))
        .collect()
}

fn choice(entry: &Entry, locale: Locale) -> Choice {
    Choice {
        entry: entry.id.clone(),
        title: entry.title.get(locale).clone(),
    }
}

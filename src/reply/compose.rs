//! Putting an outcome, or a topic, into words.

use super::{Choice, Citation, Refusal, Reply, Verdict, phrases};
use crate::knowledge::{Entry, Id, Knowledge, Passage, Topic};
use crate::matcher::{Candidate, Outcome, Reason, SUGGESTIONS};
use crate::text::Locale;

/// Entries offered to who asks nothing the story could answer.
const STARTERS: usize = 3;

impl Reply {
    /// Puts an outcome into words.
    #[must_use]
    pub fn of(outcome: &Outcome, knowledge: &Knowledge, locale: Locale) -> Self {
        match outcome {
            Outcome::Answer(candidate, also) => {
                let reply = Self::best(candidate, knowledge, locale);
                if also.is_empty() {
                    return reply;
                }
                Self {
                    heading: phrases::also_asked(locale),
                    choices: choices(also, knowledge, locale),
                    ..reply
                }
            }
            Outcome::Abstain(Reason::Absent(candidate) | Reason::Courtesy(candidate)) => {
                Self::best(candidate, knowledge, locale)
            }
            Outcome::Suggest(_, ids) => Self::suggest(ids, knowledge, locale),
            Outcome::Abstain(Reason::Outside(ids)) => Self::outside(ids, knowledge, locale),
            Outcome::Abstain(Reason::Vague) => Self::vague(knowledge, locale),
        }
    }

    fn best(candidate: &Candidate, knowledge: &Knowledge, locale: Locale) -> Self {
        Self::about(candidate.id.as_str(), knowledge, locale)
            .unwrap_or_else(|| Self::outside(&[], knowledge, locale))
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

    /// That a question says too little to be matched, and how to ask.
    fn vague(knowledge: &Knowledge, locale: Locale) -> Self {
        let help = Self::help(knowledge, locale);
        let too_vague = phrases::too_vague(locale);
        Self {
            text: format!("{too_vague} {}", help.text),
            ..help
        }
    }

    /// How to ask: the reply to who asks nothing.
    #[must_use]
    pub fn help(knowledge: &Knowledge, locale: Locale) -> Self {
        Self {
            verdict: Verdict::Abstain,
            refusal: Some(Refusal::Vague),
            text: phrases::how_to_ask(locale, knowledge.story().label.get(locale)),
            heading: phrases::starters(locale),
            choices: starters(knowledge, locale),
            ..Self::blank(knowledge, locale)
        }
    }

    /// Who says what an entry answers, and where in the article.
    #[must_use]
    pub fn said(entry: &Entry, knowledge: &Knowledge, locale: Locale) -> Self {
        Self {
            topic: Some(entry.id.clone()),
            title: Some(entry.title.get(locale).clone()),
            text: phrases::said_by(locale, entry.said_by.get(locale)),
            citations: citations(entry, knowledge, locale),
            choices: choices(&entry.related, knowledge, locale),
            ..Self::blank(knowledge, locale)
        }
    }

    /// A suggestion of the entries among some topics, the likeliest first; `None` where there
    /// are none.
    #[must_use]
    pub fn perhaps<'i>(
        topics: impl Iterator<Item = &'i Id>,
        knowledge: &Knowledge,
        locale: Locale,
    ) -> Option<Self> {
        let entries = topics.filter(|id| knowledge.entry(id).is_some()).cloned();
        let entries: Vec<Id> = entries.take(SUGGESTIONS).collect();
        (!entries.is_empty()).then(|| Self::suggest(&entries, knowledge, locale))
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

    pub(super) fn blank(knowledge: &Knowledge, locale: Locale) -> Self {
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
pub(super) fn section(passage: &Passage, locale: Locale) -> String {
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

pub(super) fn starters(knowledge: &Knowledge, locale: Locale) -> Vec<Choice> {
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

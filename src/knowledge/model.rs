//! What a knowledge is made of. Invariants are kept by `rules`, the one maker of these.

use crate::text::{Locale, Localized};
use std::fmt;

/// Slug of an entry, absence, courtesy or passage: lower-case ASCII letters, digits
/// and single hyphens, at most [`ID_CHARS`](super::ID_CHARS) long. Stable across edits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct Id(pub(super) String);

impl Id {
    /// The slug itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// An id that no file has checked.
    #[cfg(all(test, feature = "discord"))]
    pub(crate) fn of_test(slug: &str) -> Self {
        Self(slug.to_owned())
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is known of the article as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// Slug of the story.
    pub id: Id,
    /// What members call it, in each language.
    pub label: Localized<String>,
    /// The language the article is written in.
    pub language: Locale,
    /// Who published it and when, where known.
    pub published: Option<String>,
    /// Where it can be read, where known.
    pub address: Option<String>,
}

/// One paragraph of the article, with what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Slug that entries cite.
    pub id: Id,
    /// Title of its section; `None` for the opening, which has none.
    pub section: Option<Localized<String>>,
    /// Place in its section, from 1.
    pub paragraph: u32,
    /// Figures, dates and names that stand in it.
    pub evidence: Vec<String>,
    /// Words it quotes.
    pub quotes: Vec<Quote>,
}

/// Words the article quotes, and their translation by the curator.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// Who is quoted.
    pub by: String,
    /// The words as the article prints them.
    pub original: String,
    /// The curator's translation: never to be taken for the words themselves.
    pub translation: String,
}

/// One curated fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Stable slug.
    pub id: Id,
    /// The question it answers, as a member would press it on a button.
    pub title: Localized<String>,
    /// Curated ways of asking it.
    pub utterances: Localized<Vec<String>>,
    /// What members read.
    pub answer: Localized<String>,
    /// Passages the answer rests on, at least one.
    pub cites: Vec<Id>,
    /// Who says it: the article, or whom the article quotes.
    pub said_by: Localized<String>,
    /// Entries a curious member asks next.
    pub related: Vec<Id>,
    /// Entries whose question this answer settles too, and absences, where it says that the
    /// story does not tell: when one of them comes close, that is no reason to doubt.
    pub also_answers: Vec<Id>,
}

/// Something people ask and the story does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// Stable slug.
    pub id: Id,
    /// The question that has no answer.
    pub title: Localized<String>,
    /// Curated ways of asking it.
    pub utterances: Localized<Vec<String>>,
    /// Entries that come closest.
    pub nearest: Vec<Id>,
}

/// A greeting, thanks, or a question about Griot itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Courtesy {
    /// Stable slug.
    pub id: Id,
    /// Curated ways of saying it.
    pub utterances: Localized<Vec<String>>,
    /// What Griot says back.
    pub answer: Localized<String>,
}

/// Anything a question can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic<'k> {
    /// The story answers it.
    Entry(&'k Entry),
    /// The story is known not to say.
    Absence(&'k Absence),
    /// It is said to Griot, not asked of the story.
    Courtesy(&'k Courtesy),
}

impl<'k> Topic<'k> {
    /// Its slug.
    #[must_use]
    pub const fn id(self) -> &'k Id {
        match self {
            Self::Entry(entry) => &entry.id,
            Self::Absence(absence) => &absence.id,
            Self::Courtesy(courtesy) => &courtesy.id,
        }
    }

    /// Its curated ways of asking.
    #[must_use]
    pub const fn utterances(self) -> &'k Localized<Vec<String>> {
        match self {
            Self::Entry(entry) => &entry.utterances,
            Self::Absence(absence) => &absence.utterances,
            Self::Courtesy(courtesy) => &courtesy.utterances,
        }
    }

    /// The question it is, where it is one.
    #[must_use]
    pub const fn title(self) -> Option<&'k Localized<String>> {
        match self {
            Self::Entry(entry) => Some(&entry.title),
            Self::Absence(absence) => Some(&absence.title),
            Self::Courtesy(_) => None,
        }
    }
}

//! The curated knowledge of one story, once validated.
//!
//! A [`Knowledge`] can only be made by [`Knowledge::parse`], so what holds for one
//! file holds for all: ids are unique, cited passages and related entries exist,
//! both languages are there, no utterance belongs to two topics, and every text
//! fits where it will be shown.

mod changes;
mod format;
mod model;
mod problem;
mod rules;

pub use self::changes::Changes;
pub use self::model::{Absence, Courtesy, Entry, Id, Passage, Quote, Story, Topic};
pub use self::problem::{Problem, ProblemKind};
pub use self::rules::{
    ANSWER_CHARS, ID_CHARS, LABEL_CHARS, POINTERS, TITLE_CHARS, UTTERANCE_CHARS,
};

use crate::text::{Names, Synonyms};

/// A whole knowledge file, validated.
#[derive(Debug, Clone)]
pub struct Knowledge {
    story: Story,
    names: Names,
    synonyms: Synonyms,
    passages: Vec<Passage>,
    entries: Vec<Entry>,
    absences: Vec<Absence>,
    courtesies: Vec<Courtesy>,
    version: String,
}

impl Knowledge {
    /// Reads a knowledge file in TOML.
    ///
    /// # Errors
    /// Every problem found, in the order of the file, each with its line (from 1)
    /// and its remedy. A file with a problem yields no knowledge.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let lines = format::Lines::of(text);
        let (draft, mut problems) = format::read(text, &lines);
        let knowledge = rules::validate(draft, text, &lines, &mut problems);
        problems.sort_by_key(|problem| problem.line);
        match knowledge {
            Some(knowledge) if problems.is_empty() => Ok(knowledge),
            _ => Err(problems),
        }
    }

    /// The story it is about.
    #[must_use]
    pub const fn story(&self) -> &Story {
        &self.story
    }

    /// The story's own names.
    #[must_use]
    pub const fn names(&self) -> &Names {
        &self.names
    }

    /// Words that mean the same in this story.
    #[must_use]
    pub const fn synonyms(&self) -> &Synonyms {
        &self.synonyms
    }

    /// The paragraphs of the article, in its order.
    #[must_use]
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// The curated facts, in the order of the file.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What is known not to be in the story.
    #[must_use]
    pub fn absences(&self) -> &[Absence] {
        &self.absences
    }

    /// Greetings and the like.
    #[must_use]
    pub fn courtesies(&self) -> &[Courtesy] {
        &self.courtesies
    }

    /// Eight hexadecimal digits that change with the file: the CRC-32 of its text.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// All topics: entries, then absences, then courtesies, each in the file's order.
    pub fn topics(&self) -> impl Iterator<Item = Topic<'_>> {
        let entries = self.entries.iter().map(Topic::Entry);
        let absences = self.absences.iter().map(Topic::Absence);
        entries
            .chain(absences)
            .chain(self.courtesies.iter().map(Topic::Courtesy))
    }

    /// The topic with this slug.
    #[must_use]
    pub fn topic(&self, id: &str) -> Option<Topic<'_>> {
        self.topics().find(|topic| topic.id().as_str() == id)
    }

    /// The entry with this slug.
    #[must_use]
    pub fn entry(&self, id: &Id) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == *id)
    }

    /// The passage with this slug.
    #[must_use]
    pub fn passage(&self, id: &Id) -> Option<&Passage> {
        self.passages.iter().find(|passage| passage.id == *id)
    }
}

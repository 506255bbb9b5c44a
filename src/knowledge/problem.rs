//! What can be wrong with a knowledge file, and what to do about it.

use super::Id;
use crate::text::Locale;
use std::fmt;

/// One problem of a knowledge file and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong.
    pub kind: ProblemKind,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.kind)
    }
}

/// What is wrong; each message ends with the remedy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The text is not TOML.
    #[error("this is not TOML: {message}; mend the line, or the one before it")]
    Syntax {
        /// What the TOML parser says.
        message: String,
    },
    /// A value, or a key, that the format does not have.
    #[error("{message}; see the knowledge format in README.md")]
    Shape {
        /// What the deserialiser says.
        message: String,
    },
    /// A top-level key that the format does not have.
    #[error(
        "unknown key `{key}`; the top-level tables are [story], [[name]], [[synonym]], [[passage]], [[entry]], [[absence]] and [[courtesy]]"
    )]
    UnknownTable {
        /// The key as written.
        key: String,
    },
    /// The file does not say what it is about.
    #[error("the file has no [story] table; add one with id, label and language")]
    NoStory,
    /// The file answers nothing.
    #[error("the file has no [[entry]]; add at least one")]
    NoEntry,
    /// An id that is no slug.
    #[error(
        "`{id}` is no id; use at most 50 lower-case letters a–z, digits and single hyphens, as in `nvidia-fall-day`"
    )]
    BadId {
        /// The id as written.
        id: String,
    },
    /// An id used twice.
    #[error("the id `{id}` is taken on line {first}; rename one of the two")]
    DuplicateId {
        /// The id.
        id: String,
        /// The line that has it already.
        first: usize,
    },
    /// A citation of nothing.
    #[error("`{topic}` cites the passage `{passage}`, which does not exist; cite one of: {known}")]
    UnknownPassage {
        /// The citing entry.
        topic: String,
        /// The passage cited.
        passage: String,
        /// The passages that exist.
        known: String,
    },
    /// An entry without a source.
    #[error("`{topic}` cites no passage; name at least one in `cites`")]
    NoCitation {
        /// The entry.
        topic: String,
    },
    /// A pointer to an entry that does not exist, or to itself.
    #[error(
        "`{topic}` points to `{entry}` in `{key}`, which is not another entry (or, in `also_answers`, an \
         absence); correct the id or delete it"
    )]
    UnknownEntry {
        /// The pointing topic.
        topic: String,
        /// The key: `related`, `also_answers` or `nearest`.
        key: &'static str,
        /// The id it points to.
        entry: String,
    },
    /// The same pointer twice.
    #[error("`{topic}` points to `{entry}` twice in `{key}`; delete one of the two")]
    PointedTwice {
        /// The pointing topic.
        topic: String,
        /// The key: `related`, `also_answers` or `nearest`.
        key: &'static str,
        /// The id it points to.
        entry: String,
    },
    /// More pointers than a list may hold.
    #[error("`{topic}` lists {count} entries in `{key}`; keep the best {limit}")]
    TooManyEntries {
        /// The pointing topic.
        topic: String,
        /// The key: `related`, `also_answers` or `nearest`.
        key: &'static str,
        /// How many it lists.
        count: usize,
        /// How many it may list.
        limit: usize,
    },
    /// A language nobody can ask in.
    #[error("`{topic}` has no utterance in {locale}; add some in `utterances.{locale}`")]
    NoUtterance {
        /// The topic.
        topic: String,
        /// The language that lacks them.
        locale: Locale,
    },
    /// A synonym that is not one word.
    #[error(
        "the {locale} synonym “{word}” is not one word; write one word, or a name with [[name]]"
    )]
    NoOneWord {
        /// The language it is listed under.
        locale: Locale,
        /// The synonym as written.
        word: String,
    },
    /// An utterance without words.
    #[error("`{topic}` has an utterance without a word in {locale}; write a question or delete it")]
    WordlessUtterance {
        /// The topic.
        topic: String,
        /// The language of the utterance.
        locale: Locale,
    },
    /// The same question in two topics.
    #[error(
        "the utterance “{utterance}” of `{topic}` belongs to `{other}` too (line {first}); keep it in one of the two"
    )]
    UtteranceTwice {
        /// The utterance as written here.
        utterance: String,
        /// The topic it stands in here.
        topic: Id,
        /// The topic that has it already.
        other: Id,
        /// The line that has it already.
        first: usize,
    },
    /// A text that is not there.
    #[error("{what} is empty; write it or delete the key")]
    Empty {
        /// What is empty, as in "the French answer of `x`".
        what: String,
    },
    /// A text that would not fit.
    #[error("{what} has {chars} characters; shorten it to {limit}")]
    TooLong {
        /// What is too long, as in "the French answer of `x`".
        what: String,
        /// Its length in characters (Unicode scalar values).
        chars: usize,
        /// The most it may have.
        limit: usize,
    },
    /// A paragraph number that counts from nothing.
    #[error("`{passage}` is paragraph 0; paragraphs are counted from 1")]
    ParagraphZero {
        /// The passage.
        passage: String,
    },
}

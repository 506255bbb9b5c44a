//! The knowledge file as it is written: a mirror in serde, with the place of each
//! value. Every table is read by itself, so that one bad entry does not hide the
//! faults of the next.

use super::Quote;
use super::problem::{Problem, ProblemKind};
use crate::text::{Locale, Localized};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

/// Everything in a file that could be read, meaning not yet checked.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) story: Option<StoryDraft>,
    pub(super) names: Vec<NameDraft>,
    pub(super) synonyms: Vec<Utterances>,
    pub(super) passages: Vec<PassageDraft>,
    pub(super) entries: Vec<EntryDraft>,
    pub(super) absences: Vec<AbsenceDraft>,
    pub(super) courtesies: Vec<CourtesyDraft>,
}

/// Utterances, or synonyms, of each language.
pub(super) type Utterances = Localized<Vec<Spanned<String>>>;
pub(super) type Text = Localized<Spanned<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StoryDraft {
    pub(super) id: Spanned<String>,
    pub(super) label: Text,
    pub(super) language: Locale,
    pub(super) published: Option<String>,
    pub(super) address: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameDraft {
    pub(super) name: Spanned<String>,
    #[serde(default)]
    pub(super) spellings: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PassageDraft {
    pub(super) id: Spanned<String>,
    pub(super) section: Option<Text>,
    pub(super) paragraph: u32,
    #[serde(default)]
    pub(super) evidence: Vec<String>,
    #[serde(default)]
    pub(super) quotes: Vec<Quote>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryDraft {
    pub(super) id: Spanned<String>,
    pub(super) title: Text,
    pub(super) utterances: Utterances,
    pub(super) answer: Text,
    pub(super) cites: Vec<Spanned<String>>,
    pub(super) said_by: Text,
    #[serde(default)]
    pub(super) related: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) also_answers: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AbsenceDraft {
    pub(super) id: Spanned<String>,
    pub(super) title: Text,
    pub(super) utterances: Utterances,
    #[serde(default)]
    pub(super) nearest: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CourtesyDraft {
    pub(super) id: Spanned<String>,
    pub(super) utterances: Utterances,
    pub(super) answer: Text,
}

/// Reads all that can be read, and says what cannot.
pub(super) fn read(text: &str, lines: &Lines) -> (Draft, Vec<Problem>) {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut draft = Draft::default();
    let mut problems: Vec<Problem> = errors
        .iter()
        .map(|error| Problem {
            line: lines.at(error.span().map_or(0, |span| span.start)),
            kind: ProblemKind::Syntax {
                message: error.message().to_owned(),
            },
        })
        .collect();
    if !problems.is_empty() {
        return (draft, problems);
    }
    let mut reader = Reader {
        lines,
        problems: &mut problems,
    };
    for (key, value) in document.into_inner() {
        let at = key.span().start;
        match key.get_ref().as_ref() {
            "story" => draft.story = reader.table(value),
            "name" => draft.names = reader.tables(value),
            "synonym" => draft.synonyms = reader.tables(value),
            "passage" => draft.passages = reader.tables(value),
            "entry" => draft.entries = reader.tables(value),
            "absence" => draft.absences = reader.tables(value),
            "courtesy" => draft.courtesies = reader.tables(value),
            other => {
                let key = other.to_owned();
                reader.report(at, ProblemKind::UnknownTable { key });
            }
        }
    }
    (draft, problems)
}

/// Where each line of a text ends, to name lines in problems.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        Self(
            (0..)
                .zip(text.bytes())
                .filter(|&(_, byte)| byte == b'\n')
                .map(|(at, _)| at)
                .collect(),
        )
    }

    /// Line of a byte offset, from 1.
    pub(super) fn at(&self, offset: usize) -> usize {
        1 + self.0.partition_point(|&end| end < offset)
    }
}

struct Reader<'l, 'p> {
    lines: &'l Lines,
    problems: &'p mut Vec<Problem>,
}

impl Reader<'_, '_> {
    fn report(&mut self, offset: usize, kind: ProblemKind) {
        self.problems.push(Problem {
            line: self.lines.at(offset),
            kind,
        });
    }

    fn table<T: DeserializeOwned>(&mut self, value: Spanned<DeValue<'_>>) -> Option<T> {
        let start = value.span().start;
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(table) => Some(table),
            Err(error) => {
                let offset = error.span().map_or(start, |span| span.start);
                self.report(
                    offset,
                    ProblemKind::Shape {
                        message: error.message().to_owned(),
                    },
                );
                None
            }
        }
    }

    fn tables<T: DeserializeOwned>(&mut self, value: Spanned<DeValue<'_>>) -> Vec<T> {
        let start = value.span().start;
        let DeValue::Array(tables) = value.into_inner() else {
            let message = "this must be a list of tables, as in [[entry]]".to_owned();
            self.report(start, ProblemKind::Shape { message });
            return Vec::new();
        };
        tables
            .into_iter()
            .filter_map(|table| self.table(table))
            .collect()
    }
}

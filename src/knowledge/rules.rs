//! The rules a knowledge file keeps, and the passage from what is written to what
//! is meant.

mod texts;
mod topics;

use super::format::{AbsenceDraft, Draft, EntryDraft, Lines};
use super::problem::{Problem, ProblemKind};
use super::{Id, Knowledge, Passage};
use rustc_hash::FxHashMap;
use toml::Spanned;

/// Longest id: a button's `custom_id` (100 characters) holds one with room for the
/// version, the action and the language.
pub const ID_CHARS: usize = 50;
/// Longest title: it is the label of a button, which Discord limits to 80.
pub const TITLE_CHARS: usize = 80;
/// Longest answer: what a member reads at a glance.
pub const ANSWER_CHARS: usize = 600;
/// Longest label, section title or `said_by`: several share one source line.
pub const LABEL_CHARS: usize = 120;
/// Longest utterance: a question, not a paragraph.
pub const UTTERANCE_CHARS: usize = 200;
/// Most entries a topic points to in one list: a row of five buttons keeps room for another
/// language.
pub const POINTERS: usize = 4;
/// The list that may name absences too.
const ALSO_ANSWERS: &str = "also_answers";

/// Checks a draft by every rule. `None` only where there is no story to speak of.
pub(super) fn validate(
    draft: Draft,
    text: &str,
    lines: &Lines,
    problems: &mut Vec<Problem>,
) -> Option<Knowledge> {
    let unread = !problems.is_empty();
    let mut rules = Rules {
        lines,
        problems,
        ids: FxHashMap::default(),
        asked: Vec::new().into_iter(),
        utterances: FxHashMap::default(),
    };
    if !unread && draft.story.is_none() {
        rules.report(0, ProblemKind::NoStory);
    }
    if !unread && draft.entries.is_empty() {
        rules.report(0, ProblemKind::NoEntry);
    }
    let names = rules.names(&draft.names);
    let synonyms = rules.synonyms(&draft.synonyms);
    rules.asked = texts::asked(&draft, &names).into_iter();
    let passages: Vec<Passage> = draft
        .passages
        .into_iter()
        .map(|p| rules.passage(p))
        .collect();
    let known = Known::of(&passages, &draft.entries, &draft.absences, !unread);
    let entries = draft
        .entries
        .into_iter()
        .map(|e| rules.entry(e, &known))
        .collect();
    let absences = draft
        .absences
        .into_iter()
        .map(|a| rules.absence(a, &known))
        .collect();
    let courtesies = draft
        .courtesies
        .into_iter()
        .map(|c| rules.courtesy(c))
        .collect();
    let story = draft.story.map(|story| rules.story(story))?;
    let version = format!("{:08x}", crc32fast::hash(text.as_bytes()));
    Some(Knowledge {
        story,
        names,
        synonyms,
        passages,
        entries,
        absences,
        courtesies,
        version,
    })
}

/// What may be pointed to.
struct Known {
    passages: Vec<Id>,
    entries: Vec<String>,
    absences: Vec<String>,
    /// Whether every table could be read: a pointer to an unread one is no mistake.
    complete: bool,
}

impl Known {
    fn of(
        passages: &[Passage],
        entries: &[EntryDraft],
        absences: &[AbsenceDraft],
        complete: bool,
    ) -> Self {
        let name = |id: &Spanned<String>| id.get_ref().clone();
        Self {
            passages: passages.iter().map(|passage| passage.id.clone()).collect(),
            entries: entries.iter().map(|entry| name(&entry.id)).collect(),
            absences: absences.iter().map(|absence| name(&absence.id)).collect(),
            complete,
        }
    }

    /// Whether `key` may point to this id: an answer may say what an absence would.
    fn may_be(&self, key: &str, id: &String) -> bool {
        self.entries.contains(id) || (key == ALSO_ANSWERS && self.absences.contains(id))
    }
}

struct Rules<'l, 'p> {
    lines: &'l Lines,
    problems: &'p mut Vec<Problem>,
    /// Ids taken, with their line.
    ids: FxHashMap<String, usize>,
    /// What each utterance asks, in the order of the draft.
    asked: std::vec::IntoIter<texts::Asked>,
    /// Utterances claimed, with their topic and line.
    utterances: FxHashMap<u64, (Id, usize)>,
}

impl Rules<'_, '_> {
    fn report(&mut self, offset: usize, kind: ProblemKind) {
        self.problems.push(Problem {
            line: self.lines.at(offset),
            kind,
        });
    }

    /// An id that is a slug and nobody else's.
    fn new_id(&mut self, id: Spanned<String>) -> Id {
        let at = id.span().start;
        let line = self.lines.at(at);
        if let Some(&first) = self.ids.get(id.get_ref()) {
            let id = id.get_ref().clone();
            self.report(at, ProblemKind::DuplicateId { id, first });
        } else {
            self.ids.insert(id.get_ref().clone(), line);
        }
        self.slug(id)
    }

    fn slug(&mut self, id: Spanned<String>) -> Id {
        if !is_slug(id.get_ref()) {
            self.report(
                id.span().start,
                ProblemKind::BadId {
                    id: id.get_ref().clone(),
                },
            );
        }
        Id(id.into_inner())
    }

    fn cited(&mut self, topic: &Id, passage: &Spanned<String>, known: &Known) {
        if !known.complete
            || known
                .passages
                .iter()
                .any(|id| id.as_str() == passage.get_ref())
        {
            return;
        }
        let kind = ProblemKind::UnknownPassage {
            topic: topic.to_string(),
            passage: passage.get_ref().clone(),
            known: known
                .passages
                .iter()
                .map(Id::as_str)
                .collect::<Vec<_>>()
                .join(", "),
        };
        self.report(passage.span().start, kind);
    }

    fn pointers(
        &mut self,
        drafts: Vec<Spanned<String>>,
        topic: &Id,
        key: &'static str,
        known: &Known,
    ) -> Vec<Id> {
        if let Some(extra) = drafts.get(POINTERS) {
            let (topic, count, limit) = (topic.to_string(), drafts.len(), POINTERS);
            let kind = ProblemKind::TooManyEntries {
                topic,
                key,
                count,
                limit,
            };
            self.report(extra.span().start, kind);
        }
        for (at, draft) in drafts.iter().enumerate() {
            if drafts
                .iter()
                .take(at)
                .any(|earlier| earlier.get_ref() == draft.get_ref())
            {
                let (topic, entry) = (topic.to_string(), draft.get_ref().clone());
                let kind = ProblemKind::PointedTwice { topic, key, entry };
                self.report(draft.span().start, kind);
            }
        }
        for draft in drafts.iter().filter(|_| known.complete) {
            if draft.get_ref() == topic.as_str() || !known.may_be(key, draft.get_ref()) {
                let (topic, entry) = (topic.to_string(), draft.get_ref().clone());
                let kind = ProblemKind::UnknownEntry { topic, key, entry };
                self.report(draft.span().start, kind);
            }
        }
        drafts
            .into_iter()
            .map(|draft| Id(draft.into_inner()))
            .collect()
    }
}

fn is_slug(id: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    id.len() <= ID_CHARS && id.split('-').all(part)
}

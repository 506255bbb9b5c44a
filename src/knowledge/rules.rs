//! The rules a knowledge file keeps, and the passage from what is written to what
//! is meant.

use super::format::{
    AbsenceDraft, CourtesyDraft, Draft, EntryDraft, Lines, NameDraft, PassageDraft, StoryDraft,
    Text, Utterances,
};
use super::problem::{Problem, ProblemKind};
use super::{Absence, Courtesy, Entry, Id, Knowledge, Passage, Story};
use crate::text::{Localized, Names};
use std::collections::HashMap;
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
/// Most related or nearest entries: a row of five buttons keeps room for another
/// language.
pub const RELATED_ENTRIES: usize = 4;

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
        ids: HashMap::new(),
        utterances: HashMap::new(),
    };
    if !unread && draft.story.is_none() {
        rules.report(0, ProblemKind::NoStory);
    }
    if !unread && draft.entries.is_empty() {
        rules.report(0, ProblemKind::NoEntry);
    }
    let names = rules.names(draft.names);
    let passages: Vec<Passage> = draft
        .passages
        .into_iter()
        .map(|p| rules.passage(p))
        .collect();
    let known = Known {
        passages: passages.iter().map(|passage| passage.id.clone()).collect(),
        entries: draft
            .entries
            .iter()
            .map(|entry| entry.id.get_ref().clone())
            .collect(),
        complete: !unread,
    };
    let entries = draft
        .entries
        .into_iter()
        .map(|e| rules.entry(e, &known, &names))
        .collect();
    let absences = draft
        .absences
        .into_iter()
        .map(|a| rules.absence(a, &known, &names))
        .collect();
    let courtesies = draft
        .courtesies
        .into_iter()
        .map(|c| rules.courtesy(c, &names))
        .collect();
    let story = draft.story.map(|story| rules.story(story))?;
    let version = format!("{:08x}", crc32fast::hash(text.as_bytes()));
    Some(Knowledge {
        story,
        names,
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
    /// Whether every table could be read: a pointer to an unread one is no mistake.
    complete: bool,
}

struct Rules<'l, 'p> {
    lines: &'l Lines,
    problems: &'p mut Vec<Problem>,
    /// Ids taken, with their line.
    ids: HashMap<String, usize>,
    /// Utterances claimed, by their words, with their topic and line.
    utterances: HashMap<Vec<String>, (Id, usize)>,
}

impl Rules<'_, '_> {
    fn report(&mut self, offset: usize, kind: ProblemKind) {
        self.problems.push(Problem {
            line: self.lines.at(offset),
            kind,
        });
    }

    fn story(&mut self, draft: StoryDraft) -> Story {
        Story {
            id: self.slug(draft.id),
            label: self.texts(draft.label, "label of the story", LABEL_CHARS),
            language: draft.language,
            published: draft.published,
            address: draft.address,
        }
    }

    fn names(&mut self, drafts: Vec<NameDraft>) -> Names {
        for spelling in drafts
            .iter()
            .flat_map(|n| std::iter::once(&n.name).chain(&n.spellings))
        {
            if crate::text::words(spelling.get_ref()).is_empty() {
                let what = "a spelling of a name".to_owned();
                self.report(spelling.span().start, ProblemKind::Empty { what });
            }
        }
        Names::new(drafts.iter().map(|draft| {
            let spellings = draft
                .spellings
                .iter()
                .map(|spelling| spelling.get_ref().as_str());
            (draft.name.get_ref().as_str(), spellings)
        }))
    }

    fn passage(&mut self, draft: PassageDraft) -> Passage {
        let at = draft.id.span().start;
        let id = self.new_id(draft.id);
        if draft.paragraph == 0 {
            self.report(
                at,
                ProblemKind::ParagraphZero {
                    passage: id.to_string(),
                },
            );
        }
        let what = format!("section of `{id}`");
        let section = draft
            .section
            .map(|section| self.texts(section, &what, LABEL_CHARS));
        let (evidence, quotes) = (draft.evidence, draft.quotes);
        Passage {
            id,
            section,
            paragraph: draft.paragraph,
            evidence,
            quotes,
        }
    }

    fn entry(&mut self, draft: EntryDraft, known: &Known, names: &Names) -> Entry {
        let at = draft.id.span().start;
        let id = self.new_id(draft.id);
        if draft.cites.is_empty() {
            self.report(
                at,
                ProblemKind::NoCitation {
                    topic: id.to_string(),
                },
            );
        }
        for passage in &draft.cites {
            self.cited(&id, passage, known);
        }
        Entry {
            title: self.texts(draft.title, &format!("title of `{id}`"), TITLE_CHARS),
            answer: self.texts(draft.answer, &format!("answer of `{id}`"), ANSWER_CHARS),
            said_by: self.texts(draft.said_by, &format!("said_by of `{id}`"), LABEL_CHARS),
            utterances: self.utterances(draft.utterances, &id, at, names),
            cites: draft
                .cites
                .into_iter()
                .map(|passage| Id(passage.into_inner()))
                .collect(),
            related: self.pointers(draft.related, &id, "related", known),
            id,
        }
    }

    fn absence(&mut self, draft: AbsenceDraft, known: &Known, names: &Names) -> Absence {
        let at = draft.id.span().start;
        let id = self.new_id(draft.id);
        Absence {
            title: self.texts(draft.title, &format!("title of `{id}`"), TITLE_CHARS),
            utterances: self.utterances(draft.utterances, &id, at, names),
            nearest: self.pointers(draft.nearest, &id, "nearest", known),
            id,
        }
    }

    fn courtesy(&mut self, draft: CourtesyDraft, names: &Names) -> Courtesy {
        let at = draft.id.span().start;
        let id = self.new_id(draft.id);
        Courtesy {
            answer: self.texts(draft.answer, &format!("answer of `{id}`"), ANSWER_CHARS),
            utterances: self.utterances(draft.utterances, &id, at, names),
            id,
        }
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
        if let Some(extra) = drafts.get(RELATED_ENTRIES) {
            let (topic, count, limit) = (topic.to_string(), drafts.len(), RELATED_ENTRIES);
            let kind = ProblemKind::TooManyEntries {
                topic,
                key,
                count,
                limit,
            };
            self.report(extra.span().start, kind);
        }
        for draft in drafts.iter().filter(|_| known.complete) {
            if draft.get_ref() == topic.as_str() || !known.entries.contains(draft.get_ref()) {
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

    /// Utterances in both languages, none of them another topic's.
    fn utterances(
        &mut self,
        drafts: Utterances,
        topic: &Id,
        at: usize,
        names: &Names,
    ) -> Localized<Vec<String>> {
        for (locale, utterances) in drafts.iter() {
            if utterances.is_empty() {
                self.report(
                    at,
                    ProblemKind::NoUtterance {
                        topic: topic.to_string(),
                        locale,
                    },
                );
            }
            for utterance in utterances {
                let words = names.words(utterance.get_ref(), |_| true);
                if words.is_empty() {
                    let topic = topic.to_string();
                    let kind = ProblemKind::WordlessUtterance { topic, locale };
                    self.report(utterance.span().start, kind);
                    continue;
                }
                self.claim(words, utterance, topic);
                self.length(
                    utterance,
                    || format!("an utterance of `{topic}`"),
                    UTTERANCE_CHARS,
                );
            }
        }
        drafts.map(|utterances| utterances.into_iter().map(Spanned::into_inner).collect())
    }

    fn claim(&mut self, words: Vec<String>, utterance: &Spanned<String>, topic: &Id) {
        let at = utterance.span().start;
        let line = self.lines.at(at);
        let (other, first) = self
            .utterances
            .entry(words)
            .or_insert_with(|| (topic.clone(), line))
            .clone();
        if other != *topic {
            let (utterance, topic) = (utterance.get_ref().clone(), topic.clone());
            self.report(
                at,
                ProblemKind::UtteranceTwice {
                    utterance,
                    topic,
                    other,
                    first,
                },
            );
        }
    }

    /// A text in both languages, neither empty nor too long.
    fn texts(&mut self, texts: Text, what: &str, limit: usize) -> Localized<String> {
        for (locale, text) in texts.iter() {
            let described = || format!("the {locale} {what}");
            if text.get_ref().trim().is_empty() {
                self.report(text.span().start, ProblemKind::Empty { what: described() });
            }
            self.length(text, described, limit);
        }
        texts.map(|text| text.into_inner().trim().to_owned())
    }

    fn length(&mut self, text: &Spanned<String>, what: impl Fn() -> String, limit: usize) {
        let chars = text.get_ref().chars().count();
        if chars > limit {
            let kind = ProblemKind::TooLong {
                what: what(),
                chars,
                limit,
            };
            self.report(text.span().start, kind);
        }
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

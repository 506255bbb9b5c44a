//! From each table as it is written to what it means.

use super::super::format::{
    AbsenceDraft, CourtesyDraft, EntryDraft, NameDraft, PassageDraft, StoryDraft, Utterances,
};
use super::super::problem::ProblemKind;
use super::super::{Absence, Courtesy, Entry, Id, Passage, Story};
use super::{ALSO_ANSWERS, ANSWER_CHARS, Known, LABEL_CHARS, Rules, TITLE_CHARS};
use crate::text::{Localized, Names, Synonyms};

impl Rules<'_, '_> {
    pub(super) fn story(&mut self, draft: StoryDraft) -> Story {
        Story {
            id: self.slug(draft.id),
            label: self.texts(draft.label, "label of the story", LABEL_CHARS),
            language: draft.language,
            published: draft.published,
            address: draft.address,
        }
    }

    pub(super) fn names(&mut self, drafts: &[NameDraft]) -> Names {
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

    pub(super) fn synonyms(&mut self, drafts: &[Utterances]) -> Synonyms {
        for (locale, word) in drafts
            .iter()
            .flat_map(Localized::iter)
            .flat_map(|(locale, words)| words.iter().map(move |word| (locale, word)))
        {
            if crate::text::words(word.get_ref()).len() != 1 {
                let word_written = word.get_ref().clone();
                let kind = ProblemKind::NoOneWord {
                    locale,
                    word: word_written,
                };
                self.report(word.span().start, kind);
            }
        }
        Synonyms::new(drafts.iter().map(|group| {
            group.iter().flat_map(|(locale, words)| {
                words
                    .iter()
                    .map(move |word| (locale, word.get_ref().as_str()))
            })
        }))
    }

    pub(super) fn passage(&mut self, draft: PassageDraft) -> Passage {
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

    pub(super) fn entry(&mut self, draft: EntryDraft, known: &Known) -> Entry {
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
            utterances: self.utterances(draft.utterances, &id, at),
            cites: draft
                .cites
                .into_iter()
                .map(|passage| Id(passage.into_inner()))
                .collect(),
            related: self.pointers(draft.related, &id, "related", known),
            also_answers: self.pointers(draft.also_answers, &id, ALSO_ANSWERS, known),
            id,
        }
    }

    pub(super) fn absence(&mut self, draft: AbsenceDraft, known: &Known) -> Absence {
        let at = draft.id.span().start;
        let id = self.new_id(draft.id);
        Absence {
            title: self.texts(draft.title, &format!("title of `{id}`"), TITLE_CHARS),
            utterances: self.utterances(draft.utterances, &id, at),
            nearest: self.pointers(draft.nearest, &id, "nearest", known),
            id,
        }
    }

    pub(super) fn courtesy(&mut self, draft: CourtesyDraft) -> Courtesy {
        let at = draft.id.span().start;
        let id = self.new_id(draft.id);
        Courtesy {
            answer: self.texts(draft.answer, &format!("answer of `{id}`"), ANSWER_CHARS),
            utterances: self.utterances(draft.utterances, &id, at),
            id,
        }
    }
}

//! Rules of texts: lengths, and utterances that belong to one topic each.

use super::super::Id;
use super::super::format::{Draft, Text, Utterances};
use super::super::problem::ProblemKind;
use super::{Rules, UTTERANCE_CHARS};
use crate::parallel::in_parallel;
use crate::text::{Folded, Localized, Names};
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;
use toml::Spanned;

/// The hash of an utterance's words, where it has any.
pub(super) type Asked = Option<u64>;

/// What the utterances of a draft ask, worked out on every core: it is half of the work of
/// reading a file.
pub(super) fn asked(draft: &Draft, names: &Names) -> Vec<Asked> {
    let entries = draft.entries.iter().map(|entry| &entry.utterances);
    let absences = draft.absences.iter().map(|absence| &absence.utterances);
    let courtesies = draft.courtesies.iter().map(|courtesy| &courtesy.utterances);
    let all = entries.chain(absences).chain(courtesies);
    let texts: Vec<&str> = all
        .flat_map(Localized::iter)
        .flat_map(|(_, utterances)| utterances)
        .map(|utterance| utterance.get_ref().as_str())
        .collect();
    let ask = |text: &&str| {
        let folded = Folded::of(text);
        let words = names.unify(&folded.words(), |_| true);
        (!words.is_empty()).then(|| FxBuildHasher.hash_one(words))
    };
    let chunks: Vec<&[&str]> = texts.chunks(1_000).collect();
    let asked = in_parallel(&chunks, |chunk| chunk.iter().map(ask).collect::<Vec<_>>());
    asked.into_iter().flatten().collect()
}

impl Rules<'_, '_> {
    /// Utterances in both languages, none of them another topic's.
    pub(super) fn utterances(
        &mut self,
        drafts: Utterances,
        topic: &Id,
        at: usize,
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
                let Some(asked) = self.asked.next().flatten() else {
                    let topic = topic.to_string();
                    let kind = ProblemKind::WordlessUtterance { topic, locale };
                    self.report(utterance.span().start, kind);
                    continue;
                };
                self.claim(asked, utterance, topic);
                self.length(
                    utterance,
                    || format!("an utterance of `{topic}`"),
                    UTTERANCE_CHARS,
                );
            }
        }
        drafts.map(|utterances| utterances.into_iter().map(Spanned::into_inner).collect())
    }

    fn claim(&mut self, asked: u64, utterance: &Spanned<String>, topic: &Id) {
        let at = utterance.span().start;
        let line = self.lines.at(at);
        let claimed = self.utterances.entry(asked);
        let (other, first) = claimed.or_insert_with(|| (topic.clone(), line));
        if other != topic {
            let (other, first) = (other.clone(), *first);
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
    pub(super) fn texts(&mut self, texts: Text, what: &str, limit: usize) -> Localized<String> {
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

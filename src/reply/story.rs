//! What the story is: its topics by section, and what is known of the article.

use super::compose::{section, starters};
use super::{Reply, Verdict, phrases};
use crate::knowledge::{Entry, Knowledge};
use crate::text::Locale;

impl Reply {
    /// Presents the story and lists the questions it answers, in the order of the
    /// article.
    #[must_use]
    pub fn story(knowledge: &Knowledge, locale: Locale) -> Self {
        let story = knowledge.story();
        let mut text = article(knowledge, locale);
        for (title, entries) in sections(knowledge, locale) {
            text.extend(["\n\n**", &title, "**"]);
            for entry in entries {
                text.extend(["\n- ", entry.title.get(locale)]);
            }
        }
        Self {
            verdict: Verdict::Answer,
            title: Some(story.label.get(locale).clone()),
            text,
            heading: phrases::starters(locale),
            choices: starters(knowledge, locale),
            ..Self::blank(knowledge, locale)
        }
    }
}

/// What is known of the article.
#[must_use]
pub fn article(knowledge: &Knowledge, locale: Locale) -> String {
    let story = knowledge.story();
    let unknown = phrases::not_given(locale);
    let published = story.published.as_deref().unwrap_or(unknown);
    let address = story.address.as_deref().unwrap_or(unknown);
    phrases::article(locale, story.language, published, address)
}

/// Entries by the section of the first passage they cite, in the article's order.
#[must_use]
pub fn sections(knowledge: &Knowledge, locale: Locale) -> Vec<(String, Vec<&Entry>)> {
    let mut sections: Vec<(String, Vec<&Entry>)> = Vec::new();
    for passage in knowledge.passages() {
        let title = section(passage, locale);
        let entries = knowledge.entries().iter();
        let entries = entries.filter(|entry| entry.cites.first() == Some(&passage.id));
        match sections.iter_mut().find(|(other, _)| *other == title) {
            Some((_, earlier)) => earlier.extend(entries),
            None => sections.push((title, entries.collect())),
        }
    }
    sections.retain(|(_, entries)| !entries.is_empty());
    sections
}

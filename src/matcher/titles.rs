//! Finding a story's questions while one is still being typed. The one owner of
//! `fuzzy-matcher`.

use crate::knowledge::{Id, Knowledge};
use crate::text::{Locale, words};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// Least similarity, in 0..=1, of a typed word to a word of a title.
const SIMILAR: f32 = 0.6;
/// A shorter word is compared by its beginning alone.
const LEAST_CHARS: usize = 3;
/// Characters a typed word may have beyond a title's word and still be a slip of it.
const LONGER: usize = 4;
/// Added for a title in the member's own language, to settle near ties.
const OWN_LANGUAGE: f32 = 0.05;

/// The titles of all entries, ready to be searched by what is typed.
pub struct Titles {
    fuzzy: SkimMatcherV2,
    titles: Vec<Title>,
}

struct Title {
    id: Id,
    locale: Locale,
    text: String,
    words: Vec<String>,
}

impl std::fmt::Debug for Titles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Titles({})", self.titles.len())
    }
}

impl Titles {
    /// Collects the titles of a knowledge, in its order.
    #[must_use]
    pub fn of(knowledge: &Knowledge) -> Self {
        let titles = knowledge.entries().iter().flat_map(|entry| {
            entry.title.iter().map(|(locale, text)| Title {
                id: entry.id.clone(),
                locale,
                text: text.clone(),
                words: words(text),
            })
        });
        Self {
            fuzzy: SkimMatcherV2::default(),
            titles: titles.collect(),
        }
    }

    /// Titles that hold every word typed so far, or most of them, best first, at
    /// most `limit`, each entry once. Nothing typed brings the first titles in
    /// `locale`; something that resembles no title brings none.
    #[must_use]
    pub fn search(&self, typed: &str, locale: Locale, limit: usize) -> Vec<(&Id, &str)> {
        let typed = words(typed);
        let mut found: Vec<(f32, &Title)> = self
            .titles
            .iter()
            .filter(|title| !typed.is_empty() || title.locale == locale)
            .map(|title| (self.likeness(&typed, title, locale), title))
            .filter(|(likeness, _)| typed.is_empty() || *likeness >= SIMILAR / 2.0)
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut titles: Vec<(&Id, &str)> = Vec::new();
        for (_, title) in found {
            if titles.len() < limit && !titles.iter().any(|(id, _)| **id == title.id) {
                titles.push((&title.id, &title.text));
            }
        }
        titles
    }

    /// Mean likeness of the typed words to the title's words, in 0..=1, and a touch
    /// for the member's language.
    fn likeness(&self, typed: &[String], title: &Title, locale: Locale) -> f32 {
        if typed.is_empty() {
            return 0.0;
        }
        let best = |word: &String| {
            title
                .words
                .iter()
                .map(|other| self.similarity(word, other))
                .fold(0.0, f32::max)
        };
        let count = f32::from(u16::try_from(typed.len()).unwrap_or(u16::MAX));
        let own = if title.locale == locale {
            OWN_LANGUAGE
        } else {
            0.0
        };
        let mean = typed.iter().map(best).sum::<f32>() / count;
        if mean > 0.0 { mean + own } else { 0.0 }
    }

    /// Likeness of two folded words: one where the typed word begins the other, else
    /// the Dice form of the subsequence scores, which keeps a short word inside a long
    /// one (`roi` in `pourquoi`) low; nought where it is under [`SIMILAR`].
    fn similarity(&self, typed: &str, word: &str) -> f32 {
        if word.starts_with(typed) {
            return 1.0;
        }
        let (typed_chars, word_chars) = (typed.chars().count(), word.chars().count());
        // The cost grows with the product of the lengths; so long a word is no slip.
        if typed_chars < LEAST_CHARS || typed_chars > word_chars + LONGER {
            return 0.0;
        }
        let score = |choice: &str, pattern: &str| {
            let score = self.fuzzy.fuzzy_match(choice, pattern).unwrap_or(0);
            f32::from(i16::try_from(score).unwrap_or(i16::MAX))
        };
        let both = score(word, typed).max(score(typed, word));
        if both == 0.0 {
            return 0.0;
        }
        let dice = 2.0 * both / (score(word, word) + score(typed, typed)).max(1.0);
        if dice >= SIMILAR { dice } else { 0.0 }
    }
}

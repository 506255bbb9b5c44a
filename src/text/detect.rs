//! The language a question is written in.
//!
//! Short questions (« prix puces ? ») are the rule on Discord, so the evidence is
//! the story's own vocabulary beside function words and accents; names count for
//! neither language.

use super::{Locale, Names, is_function_word};
use rustc_hash::FxHashMap;

/// Evidence of one function word: grammar outweighs any one borrowed noun.
const GRAMMAR: f32 = 2.0;
/// Most that one word of the story's vocabulary may count.
const VOCABULARY: f32 = 1.5;
/// Most that the trigrams of an unknown word may count.
const TRIGRAMS: f32 = 0.8;
/// Evidence of one French accent, ligature or guillemet.
const ACCENT: f32 = 1.0;
/// Least evidence, either way, for a verdict.
const LEAST: f32 = 0.4;

/// Tells French from English by a story's utterances.
#[derive(Debug, Default, Clone)]
pub struct Detector {
    vocabulary: FxHashMap<String, Counts>,
    trigrams: FxHashMap<[char; 3], Counts>,
    totals: Counts,
}

/// How often something was seen in French and in English.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    fr: f32,
    en: f32,
}

impl Counts {
    fn add(&mut self, times: f32, locale: Locale) {
        match locale {
            Locale::Fr => self.fr += times,
            Locale::En => self.en += times,
        }
    }

    /// Log-odds of French, with half an observation added to each side.
    fn evidence(self, totals: Self) -> f32 {
        ((self.fr + 0.5) / (totals.fr + 1.0)).ln() - ((self.en + 0.5) / (totals.en + 1.0)).ln()
    }
}

impl Detector {
    /// Learns a folded word that was seen so many times in texts of a locale.
    pub fn learn(&mut self, word: &str, times: u16, locale: Locale) {
        let times = f32::from(times);
        for trigram in trigrams(word) {
            let counts = self.trigrams.entry(trigram).or_default();
            counts.add(times, locale);
            self.totals.add(times, locale);
        }
        let counts = self.vocabulary.entry(word.to_owned()).or_default();
        counts.add(times, locale);
    }

    /// The language of a question's grammar, or `None` where it shows neither. `words`
    /// are the question's, each name one word.
    #[must_use]
    pub fn detect(&self, text: &str, words: &[String], names: &Names) -> Option<Locale> {
        let evidence: f32 = accents(text)
            + words
                .iter()
                .filter(|word| !names.contains(word) && word.chars().any(char::is_alphabetic))
                .map(|word| self.evidence(word))
                .sum::<f32>();
        match evidence {
            e if e >= LEAST => Some(Locale::Fr),
            e if e <= -LEAST => Some(Locale::En),
            _ => None,
        }
    }

    /// Log-odds of French for one word.
    fn evidence(&self, word: &str) -> f32 {
        match (
            is_function_word(word, Locale::Fr),
            is_function_word(word, Locale::En),
        ) {
            (true, false) => return GRAMMAR,
            (false, true) => return -GRAMMAR,
            (true, true) => return 0.0,
            (false, false) => {}
        }
        if let Some(counts) = self.vocabulary.get(word) {
            let even = Counts::default();
            return counts.evidence(even).clamp(-VOCABULARY, VOCABULARY);
        }
        trigrams(word)
            .filter_map(|trigram| self.trigrams.get(&trigram))
            .map(|counts| counts.evidence(self.totals))
            .sum::<f32>()
            .clamp(-TRIGRAMS, TRIGRAMS)
    }
}

/// Each accented letter or guillemet speaks for French, up to two.
fn accents(text: &str) -> f32 {
    let marks = text
        .to_lowercase()
        .chars()
        .filter(|c| "àâçéèêëîïôœùûæ«»".contains(*c))
        .count();
    f32::from(u8::try_from(marks.min(2)).unwrap_or(2)) * ACCENT
}

/// Trigrams of a word with its two ends marked by a space.
fn trigrams(word: &str) -> impl Iterator<Item = [char; 3]> {
    let marked: Vec<char> = std::iter::once(' ')
        .chain(word.chars())
        .chain(std::iter::once(' '))
        .collect();
    marked
        .windows(3)
        .filter_map(|three| <[char; 3]>::try_from(three).ok())
        .collect::<Vec<_>>()
        .into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(text: &str) -> Option<Locale> {
        let mut detector = Detector::default();
        for (locale, text) in [
            (Locale::Fr, "quel est le prix des puces"),
            (Locale::Fr, "chute de l'action en bourse"),
            (Locale::En, "what is the price of the chips"),
            (Locale::En, "stock market crash"),
        ] {
            for word in crate::text::words(text) {
                detector.learn(&word, 1, locale);
            }
        }
        let names = Names::new([("Nvidia", vec![]), ("Janus-Pro", vec![])]);
        detector.detect(text, &names.words(text, |_| false), &names)
    }

    #[test]
    fn short_questions_have_a_language() {
        for (text, locale, why) in [
            ("prix puces ?", Some(Locale::Fr), "vocabulary alone"),
            ("who said that", Some(Locale::En), "function words"),
            ("Nvidia ?", None, "a name belongs to neither"),
            ("Janus-Pro Nvidia", None, "names belong to neither"),
            (
                "c koi le stock market crash",
                Some(Locale::Fr),
                "French grammar, English nouns",
            ),
            (
                "what is the bourse",
                Some(Locale::En),
                "English grammar, a French noun",
            ),
            ("éléments", Some(Locale::Fr), "an accent"),
            ("", None, "nothing"),
            ("🚀 42 %", None, "no letters"),
        ] {
            assert_eq!(detect(text), locale, "{text}: {why}");
        }
    }
}

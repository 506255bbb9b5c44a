//! The two languages Griot speaks, and their function words.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A supported language. French is the default: Griot's first story is French.
#[derive(
    Debug, Default, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

impl Locale {
    /// The tag: `fr` or `en`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// The other language.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Fr => Self::En,
            Self::En => Self::Fr,
        }
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// A language tag that is neither French nor English.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a language Griot speaks; use `fr` or `en`")]
pub struct UnknownLocale(String);

impl FromStr for Locale {
    type Err = UnknownLocale;

    /// Reads a language tag by its primary part: `fr`, `fr-CA`, `en-GB`, `EN`.
    fn from_str(tag: &str) -> Result<Self, UnknownLocale> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "fr" => Ok(Self::Fr),
            "en" => Ok(Self::En),
            _ => Err(UnknownLocale(tag.to_owned())),
        }
    }
}

/// A value for each language, so that neither can be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Localized<T> {
    /// In French.
    pub fr: T,
    /// In English.
    pub en: T,
}

impl<T> Localized<T> {
    /// The value in `locale`.
    #[must_use]
    pub const fn get(&self, locale: Locale) -> &T {
        match locale {
            Locale::Fr => &self.fr,
            Locale::En => &self.en,
        }
    }

    /// The value in `locale`, to change it.
    #[must_use]
    pub const fn get_mut(&mut self, locale: Locale) -> &mut T {
        match locale {
            Locale::Fr => &mut self.fr,
            Locale::En => &mut self.en,
        }
    }

    /// Both values with their locale, French first.
    pub fn iter(&self) -> impl Iterator<Item = (Locale, &T)> {
        [(Locale::Fr, &self.fr), (Locale::En, &self.en)].into_iter()
    }

    /// Turns each value into another.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Localized<U> {
        Localized {
            fr: f(self.fr),
            en: f(self.en),
        }
    }
}

/// Whether a folded word carries grammar rather than matter in `locale`. Words of
/// both languages (*on*, *a*, *me*) stand in both lists and decide nothing.
#[must_use]
pub fn is_function_word(word: &str, locale: Locale) -> bool {
    match locale {
        Locale::Fr => FRENCH.binary_search(&word).is_ok(),
        Locale::En => ENGLISH.binary_search(&word).is_ok(),
    }
}

/// Folded French function words, sorted, chat spellings included (*c* of *c koi*).
#[rustfmt::skip]
const FRENCH: &[&str] = &[
    "a", "ai", "alors", "as", "au", "aux", "avait", "avec", "avez", "avoir", "bien", "c", "ca",
    "car", "ce", "cela", "celle", "celui", "ces", "cest", "cet", "cette", "ceux", "chez", "ci",
    "combien", "comme", "comment", "ct", "dans", "de", "depuis", "des", "dis", "dit", "dites",
    "donc", "dont", "du", "elle", "elles", "en", "encore", "entre", "es", "est", "et", "etait",
    "ete", "etes", "etre", "eu", "eux", "faire", "fait", "faut", "font", "il", "ils", "j", "je",
    "kan", "kel", "kelle", "ki", "koi", "l", "la", "le", "les", "leur", "leurs", "lui", "ma",
    "mais", "me", "meme", "mes", "moi", "mon", "ne", "ni", "non", "nos", "notre", "nous", "on",
    "ont", "ou", "oui", "par", "parce", "pas", "pendant", "peu", "peut", "peux", "pk", "plus",
    "pour", "pourquoi", "pouvez", "pq", "qd", "quand", "que", "quel", "quelle", "quelles",
    "quels", "qui", "quoi", "quon", "s", "sa", "sans", "se", "selon", "sera", "ses", "si", "son",
    "sont", "sous", "stp", "sur", "svp", "ta", "te", "tes", "toi", "ton", "tous", "tout", "toute",
    "tu", "un", "une", "va", "vers", "vos", "votre", "voulait", "vous", "y",
];

/// Folded English function words, sorted, chat spellings included.
#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be",
    "because", "been", "before", "being", "but", "by", "can", "could", "d", "did", "didn", "do",
    "does", "doesn", "doing", "don", "for", "from", "get", "give", "got", "had", "has", "have",
    "he", "her", "him", "his", "how", "i", "if", "in", "into", "is", "isn", "it", "its", "just",
    "ll", "m", "me", "more", "most", "much", "my", "no", "not", "of", "on", "or", "our", "out",
    "over", "please", "pls", "re", "s", "said", "say", "says", "she", "should", "so", "some", "t",
    "tell", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this",
    "those", "to", "u", "up", "us", "ve", "was", "wasn", "wat", "we", "were", "what", "whats",
    "when", "where", "which", "who", "whom", "whos", "whose", "why", "will", "with", "would",
    "ya", "yes", "you", "your",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_by_their_language() {
        assert_eq!("fr".parse(), Ok(Locale::Fr));
        assert_eq!("fr-CA".parse(), Ok(Locale::Fr));
        assert_eq!("en-GB".parse(), Ok(Locale::En));
        assert_eq!("EN_us".parse(), Ok(Locale::En));
        for tag in ["de", "", "français", "-"] {
            assert_eq!(tag.parse::<Locale>(), Err(UnknownLocale(tag.to_owned())));
        }
    }

    #[test]
    fn function_words_are_sorted_to_be_found_by_halving() {
        assert!(FRENCH.is_sorted() && ENGLISH.is_sorted());
    }

    #[test]
    fn function_words_are_folded_already() {
        for word in FRENCH.iter().chain(ENGLISH) {
            assert_eq!(&crate::text::fold(word), word);
        }
    }
}

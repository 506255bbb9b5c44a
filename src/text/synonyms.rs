//! Words that mean the same for a story, across both languages.

use super::{Locale, Localized, fold, stem};
use rustc_hash::FxHashMap;

/// Groups of words that mean the same. What the utterances of one language teach of a
/// group is known of it in the other language too.
#[derive(Debug, Default, Clone)]
pub struct Synonyms {
    /// The group of each stem.
    groups: Localized<FxHashMap<String, u16>>,
}

impl Synonyms {
    /// Takes one `(locale, word)` list for each group. A word of two groups belongs to
    /// the first.
    pub fn new<'a, W>(groups: impl IntoIterator<Item = W>) -> Self
    where
        W: IntoIterator<Item = (Locale, &'a str)>,
    {
        let mut stems = Localized::<FxHashMap<_, _>>::default();
        for (group, words) in (0..).zip(groups) {
            for (locale, word) in words {
                let stem = stem(&fold(word), locale).into_owned();
                stems.get_mut(locale).entry(stem).or_insert(group);
            }
        }
        Self { groups: stems }
    }

    /// The number of the group a folded word belongs to, by any of its inflections.
    #[must_use]
    pub fn group(&self, word: &str, locale: Locale) -> Option<u16> {
        self.of_stem(&stem(word, locale), locale)
    }

    /// The same for a word's stem.
    pub(crate) fn of_stem(&self, stem: &str, locale: Locale) -> Option<u16> {
        self.groups.get(locale).get(stem).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflections_and_languages_share_a_group() {
        let synonyms = Synonyms::new([
            vec![
                (Locale::Fr, "chute"),
                (Locale::Fr, "plongé"),
                (Locale::En, "fall"),
            ],
            vec![(Locale::Fr, "inquiétude"), (Locale::En, "worry")],
        ]);
        let group = |word, locale| synonyms.group(word, locale);
        assert_eq!(group("chutes", Locale::Fr), Some(0));
        assert_eq!(group("falls", Locale::En), Some(0));
        assert_eq!(group("inquietudes", Locale::Fr), Some(1));
        assert_eq!(group("falls", Locale::Fr), None);
        assert_eq!(group("pizza", Locale::En), None);
    }
}

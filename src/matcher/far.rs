//! Texts that no story gave: what people ask and say about anything else.

use crate::text::Locale;

/// Everyday questions, one a line of the file beside this one. No story answers them:
/// they are the class of what lies outside, and what the refusal model learns to leave
/// alone.
pub(super) fn far(locale: Locale) -> impl Iterator<Item = &'static str> {
    match locale {
        Locale::Fr => include_str!("far/fr.txt"),
        Locale::En => include_str!("far/en.txt"),
    }
    .lines()
}

/// How people talk to a help desk or an assistant. With the everyday questions they are
/// the background against which the rarity of a word is measured.
pub(super) fn talk(locale: Locale) -> impl Iterator<Item = &'static str> {
    match locale {
        Locale::Fr => include_str!("talk/fr.txt"),
        Locale::En => include_str!("talk/en.txt"),
    }
    .lines()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn both_languages_have_as_many_texts_and_none_twice() {
        let of = |locale| far(locale).chain(talk(locale)).collect::<Vec<_>>();
        let (french, english) = (of(Locale::Fr), of(Locale::En));
        assert_eq!(french.len(), english.len());
        let distinct: HashSet<&str> = french.iter().chain(&english).copied().collect();
        assert_eq!(distinct.len(), 2 * french.len());
        assert!(distinct.iter().all(|text| !text.trim().is_empty()));
    }
}

//! Text as the matcher sees it: characters folded, words cut, names unified,
//! and the locale a question is written in.
//!
//! Nothing here knows a story; what depends on one (its names, its vocabulary)
//! is handed in.

mod chat;
mod clauses;
mod detect;
mod fold;
mod locale;
mod names;
mod synonyms;
mod words;

pub use self::chat::plain;
pub use self::clauses::clauses;
pub use self::detect::Detector;
pub use self::fold::fold;
pub use self::locale::{Locale, Localized, UnknownLocale, is_function_word};
pub use self::names::Names;
pub use self::synonyms::Synonyms;
pub(crate) use self::words::Folded;
pub use self::words::words;

use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;

/// Snowball stem of one folded word in `locale`
/// (<https://snowballstem.org/algorithms/>).
#[must_use]
pub fn stem(word: &str, locale: Locale) -> Cow<'_, str> {
    let algorithm = match locale {
        Locale::Fr => Algorithm::French,
        Locale::En => Algorithm::English,
    };
    Stemmer::create(algorithm).stem(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_share_a_stem() {
        for (locale, one, other) in [
            (Locale::Fr, "chuter", "chute"),
            (Locale::Fr, "puces", "puce"),
            (Locale::En, "falling", "falls"),
            (Locale::En, "chips", "chip"),
        ] {
            assert_eq!(stem(one, locale), stem(other, locale), "{one} / {other}");
        }
    }
}

//! Whether a question leans on the answer before it: « et quand ? », “who said that?”.

use super::reading::Word;
use super::views;
use std::sync::Arc;

/// A question of more content words stands by itself.
const CONTENT_WORDS: usize = 3;
/// Words that take up what was said; folded, of both languages.
const TAKES_UP: [&str; 24] = [
    "et", "mais", "donc", "alors", "sinon", "ca", "cela", "ce", "cette", "il", "elle", "ils",
    "elles", "en", "and", "but", "so", "then", "that", "this", "it", "they", "he", "she",
];
/// Words for saying, and for where something was said.
const SAYS: [&str; 17] = [
    "dit",
    "disent",
    "dire",
    "affirme",
    "declare",
    "vient",
    "tient",
    "source",
    "sources",
    "selon",
    "said",
    "says",
    "say",
    "claims",
    "come",
    "comes",
    "according",
];

/// How a question stands to the answer before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaning {
    /// It stands by itself.
    Alone,
    /// It must be read with the topic of that answer.
    OnTopic,
    /// It asks who says so.
    OnSource,
}

impl Leaning {
    pub(super) fn of(words: &[Arc<Word>]) -> Self {
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&&*word.text));
        let content = || words.iter().filter(|word| !word.mark.is_function);
        let names = content().any(|word| word.mark.is_particular);
        if words.is_empty() || content().count() > CONTENT_WORDS {
            return Self::Alone;
        }
        let only_says = content().all(|word| SAYS.contains(&&*word.text));
        if has(&SAYS) && only_says {
            return Self::OnSource;
        }
        let grammar_only = content().next().is_none() && views::asks(words);
        if grammar_only || (has(&TAKES_UP) && !names) {
            Self::OnTopic
        } else {
            Self::Alone
        }
    }
}

/// What a title is about: its content words, without the question.
pub(super) fn subject(words: &[Arc<Word>]) -> String {
    // Of « a-t-elle » a letter is left over.
    let is_letter = |word: &Word| word.text.chars().nth(1).is_none() && !word.mark.is_particular;
    let about = words
        .iter()
        .filter(|word| !word.mark.is_function && !is_letter(word) && !word.views.asks());
    let about: Vec<&str> = about.map(|word| &*word.text).collect();
    about.join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::reading::Reader;
    use super::*;
    use crate::text::{Locale, Names, Synonyms};

    fn read(question: &str, locale: Locale) -> Vec<Arc<Word>> {
        let reader = Reader::new(Names::new([("Nvidia", vec![])]), Synonyms::default());
        reader.read(&reader.cut(question), locale)
    }

    #[test]
    fn what_takes_up_the_answer_before_leans_on_it() {
        use Leaning::{Alone, OnSource, OnTopic};
        for (question, locale, leaning) in [
            ("et quand ?", Locale::Fr, OnTopic),
            ("pk ?", Locale::Fr, OnTopic),
            ("et en dollars ?", Locale::Fr, OnTopic),
            ("and in dollars?", Locale::En, OnTopic),
            ("why is that?", Locale::En, OnTopic),
            ("qui a dit ça ?", Locale::Fr, OnSource),
            ("who said that?", Locale::En, OnSource),
            ("source ?", Locale::Fr, OnSource),
            ("according to whom?", Locale::En, OnSource),
            ("et Nvidia ?", Locale::Fr, Alone),
            ("prix des puces", Locale::Fr, Alone),
            ("", Locale::En, Alone),
        ] {
            assert_eq!(Leaning::of(&read(question, locale)), leaning, "{question}");
        }
    }

    #[test]
    fn the_subject_of_a_title_is_what_it_does_not_ask() {
        let title = read("De combien l’action Nvidia a-t-elle chuté ?", Locale::Fr);
        assert_eq!(subject(&title), "action nvidia chute");
    }
}

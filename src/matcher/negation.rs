//! Questions for what is *not* the case: « Qui n’a pas réagi ? », “Which model does it
//! not beat?”. They share all their words with an entry that tells the contrary.

use super::explanation::{Part, Signal};
use super::reading::Word;
use std::sync::Arc;

/// What a negated question takes from the log-odds of an entry nobody asks so: a sure
/// answer becomes a suggestion.
const DOUBT: f32 = -2.8;

/// How many words a negation may come after the word that asks: farther off it belongs to
/// something else that is said.
const REACH: usize = 5;

/// Whether words ask for who, what, which, when, where or how much something is not.
/// *Why not* and *is it not* ask for what is, and « ou pas » and “or not” for whether.
pub(super) fn asks_for_what_is_not(words: &[Arc<Word>]) -> bool {
    use Role::{Cause, Complement, Negation, Or, OrWhere};
    let is = |word: &Word, roles: &[Role]| word.role.is_some_and(|role| roles.contains(&role));
    let negates = |at: usize| {
        let before = words.get(at.saturating_sub(REACH)..at).unwrap_or_default();
        before.last().is_some_and(|last| !is(last, &[Or, OrWhere]))
            && before.iter().any(|word| is(word, &[Complement, OrWhere]))
    };
    let mut negations = (0..).zip(words).filter(|(_, word)| is(word, &[Negation]));
    negations.any(|(at, _)| negates(at)) && !words.iter().any(|word| is(word, &[Cause]))
}

/// What a word does in a question for what is not the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It says that something is not.
    Negation,
    /// It asks for who, what, which, when, where or how much.
    Complement,
    /// It joins a choice.
    Or,
    /// It does either: « ou » is « où » folded.
    OrWhere,
    /// It asks why or how.
    Cause,
}

impl Role {
    /// Of a folded word.
    pub(super) fn of(word: &str) -> Option<Self> {
        let is_among = |list: &[&str]| list.contains(&word);
        Some(match word {
            "or" => Self::Or,
            "ou" => Self::OrWhere,
            _ if is_among(NEGATIONS) => Self::Negation,
            _ if is_among(COMPLEMENTS) => Self::Complement,
            _ if is_among(CAUSES) => Self::Cause,
            _ => return None,
        })
    }
}

/// The part of a score that says so.
pub(super) const fn doubt() -> Part {
    Part {
        signal: Signal::Negation,
        value: 1.0,
        log_odds: DOUBT,
    }
}

/// Folded; *n’t* is cut off its verb as an apostrophe ends a word.
#[rustfmt::skip]
const NEGATIONS: &[&str] = &[
    "pas", "jamais", "aucun", "aucune", "sauf", "excepte",
    "not", "never", "except", "didn", "doesn", "don", "isn", "aren", "wasn", "weren", "hasn",
    "haven", "hadn", "won", "wouldn", "couldn", "didnt", "doesnt", "dont", "isnt", "wasnt", "cannot",
];
#[rustfmt::skip]
const COMPLEMENTS: &[&str] = &[
    "qui", "quel", "quelle", "quels", "quelles", "combien", "quand", "quoi", "lequel",
    "who", "which", "what", "when", "where", "many", "much",
];
const CAUSES: &[&str] = &["pourquoi", "comment", "why", "how"];

#[cfg(test)]
mod tests {
    use super::super::reading::Reader;
    use super::*;
    use crate::text::{Locale, Names, Synonyms};

    #[test]
    fn what_is_not_is_told_from_what_is() {
        let reader = Reader::new(Names::default(), Synonyms::default());
        for (question, locale, negated) in [
            ("Qui n'a pas réagi ?", Locale::Fr, true),
            ("quelle boîte n’a jamais chuté", Locale::Fr, true),
            ("Pourquoi ne peut-on pas s'inscrire ?", Locale::Fr, false),
            ("Qui a réagi ?", Locale::Fr, false),
            ("Which model doesn't it beat?", Locale::En, true),
            ("who did not praise R1", Locale::En, true),
            ("why can't I sign up", Locale::En, false),
            ("isn't Nvidia American?", Locale::En, false),
            ("Nvidia a chuté ou pas ?", Locale::Fr, false),
            ("did it fall that much or not", Locale::En, false),
            ("j'ai pas lu, ça parle de quoi", Locale::Fr, false),
            ("I have not read it, what is it about", Locale::En, false),
            (
                "what has R1 got going for it that others don't",
                Locale::En,
                false,
            ),
        ] {
            let words = reader.read(&reader.cut(question), locale);
            assert_eq!(asks_for_what_is_not(&words), negated, "{question}");
        }
    }
}

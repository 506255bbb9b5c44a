//! The questions inside a message: its sentences, and the clauses of a long one.

use super::words;

/// A sentence of more words is looked into, clause by clause.
const LONG: usize = 12;
/// Most clauses of one message that are looked at.
const CLAUSES: usize = 5;

/// Parts of a message that may be questions of their own, in order; none where the
/// message is one short sentence.
///
/// ```
/// use griot::text::clauses;
/// assert_eq!(
///     clauses("Qui est Dalio ? Et combien Nvidia a perdu ?"),
///     ["Qui est Dalio ?", "Et combien Nvidia a perdu ?"],
/// );
/// assert_eq!(clauses("who is Dalio and what did he say"), ["who is Dalio", "and what did he say"]);
/// assert!(clauses("Qui est Dalio ?").is_empty());
/// ```
#[must_use]
pub fn clauses(message: &str) -> Vec<&str> {
    let sentences = split(message, |before, mark, after| {
        matches!(mark, '.' | '?' | '!' | ';' | '…' | '\n')
            && !(mark == '.' && before.is_alphanumeric() && after.is_alphanumeric())
            && !matches!(after, '.' | '?' | '!' | '…')
    });
    let mut clauses: Vec<&str> = Vec::new();
    for sentence in sentences {
        let questions = split_questions(sentence);
        let alone = questions.len() == 1 && words(sentence).len() > LONG;
        for question in questions {
            if alone {
                let inside = split(question, |_, mark, _| matches!(mark, ',' | ':' | '(' | ')'));
                clauses.extend(inside.into_iter().filter(|inside| *inside != question));
            }
            clauses.push(question);
        }
    }
    clauses.truncate(CLAUSES);
    if clauses.len() < 2 {
        Vec::new()
    } else {
        clauses
    }
}

/// Cuts a text after every mark that `ends`, given the characters around it; parts
/// without a word are dropped.
fn split(text: &str, ends: impl Fn(char, char, char) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut before = ' ';
    let mut start = 0;
    let mut rest = text.char_indices().peekable();
    while let Some((at, mark)) = rest.next() {
        let after = rest.peek().map_or(' ', |&(_, after)| after);
        if ends(before, mark, after) {
            let end = at + mark.len_utf8();
            parts.extend(text.get(start..end));
            start = end;
        }
        before = mark;
    }
    parts.extend(text.get(start..));
    let trimmed = parts.into_iter().map(str::trim);
    trimmed
        .filter(|part| part.contains(char::is_alphanumeric))
        .collect()
}

/// Cuts a sentence before every « et combien », “and who”.
fn split_questions(sentence: &str) -> Vec<&str> {
    let lower = sentence.to_lowercase();
    // Lower case can have another length (İ): places would not be the same.
    if lower.len() != sentence.len() {
        return vec![sentence];
    }
    let mut cuts: Vec<usize> = JOINTS
        .iter()
        .flat_map(|joint| lower.match_indices(joint))
        .filter(|&(at, joint)| {
            let next = lower.get(at + joint.len()..).unwrap_or_default();
            let next = next.split([' ', '\'', '’', '-']).next().unwrap_or_default();
            at > 0 && ASKING.contains(&next)
        })
        .map(|(at, _)| at)
        .collect();
    cuts.sort_unstable();
    let mut parts = Vec::new();
    let mut start = 0;
    for cut in cuts {
        parts.extend(sentence.get(start..cut));
        start = cut;
    }
    parts.extend(sentence.get(start..));
    let trimmed = parts.into_iter().map(|part| part.trim_matches([' ', ',']));
    trimmed.filter(|part| !part.is_empty()).collect()
}

/// What joins two questions.
const JOINTS: &[&str] = &[" et ", " puis ", " and ", " also ", ", "];
/// What begins the second.
#[rustfmt::skip]
const ASKING: &[&str] = &[
    "qui", "quand", "combien", "comment", "pourquoi", "où", "quel", "quelle", "quels", "quelles",
    "qu", "cb", "pk", "c", "est", "who", "when", "how", "why", "where", "what", "which", "is", "did",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_falls_into_its_questions() {
        for (message, expected, why) in [
            (
                "Nvidia lost 16.86 % ? Why?",
                vec!["Nvidia lost 16.86 % ?", "Why?"],
                "a decimal point is no end",
            ),
            (
                "Quoi ?! Sérieux ?",
                vec!["Quoi ?!", "Sérieux ?"],
                "marks that belong together",
            ),
            (
                "qui est dalio et qu'a-t-il dit",
                vec!["qui est dalio", "et qu'a-t-il dit"],
                "joined",
            ),
            (
                "İ and why",
                vec![],
                "lower case of another length is left whole",
            ),
            ("", vec![], "nothing"),
            ("?!…", vec![], "no word"),
            ("trump et dalio ?", vec![], "joined names are one question"),
        ] {
            assert_eq!(clauses(message), expected, "{why}");
        }
    }

    #[test]
    fn a_long_sentence_is_looked_into_and_kept_whole_too() {
        let long = "my uncle owns some of it and has been sulking for a week now, why did it fall?";
        let clauses = clauses(long);
        assert!(clauses.contains(&"why did it fall?"), "{clauses:?}");
        assert!(clauses.len() >= 2, "{clauses:?}");
    }

    #[test]
    fn no_message_has_too_many() {
        assert_eq!(clauses(&"Who? ".repeat(50)).len(), CLAUSES);
    }
}

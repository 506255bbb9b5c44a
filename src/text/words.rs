//! Cutting a folded text into words.

use super::fold;

/// Folded words of a text, in order. Elided articles and pronouns (*l’*, *qu’*) and
/// the English *’s* go; a decimal figure stays whole with a point; `%`, `$` and `€`
/// are words, also when they were spelt out.
///
/// ```
/// assert_eq!(griot::text::words("L’action perd 16,86\u{a0}% ?"), ["action", "perd", "16.86", "%"]);
/// ```
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before_word = ' ';
    let mut previous = ' ';
    let mut rest = folded.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        if c.is_alphanumeric() {
            if word.is_empty() {
                before_word = previous;
            }
            word.push(c);
        } else if is_decimal_mark(previous, c, next) {
            word.push('.');
        } else {
            push(&mut words, &mut word, before_word, c);
            if matches!(c, '%' | '$' | '€') {
                words.push(c.to_string());
            }
        }
        previous = c;
    }
    push(&mut words, &mut word, before_word, ' ');
    words
}

fn is_decimal_mark(before: char, mark: char, after: char) -> bool {
    matches!(mark, '.' | ',') && before.is_ascii_digit() && after.is_ascii_digit()
}

/// Ends the word begun, given the characters on either side of it.
fn push(words: &mut Vec<String>, word: &mut String, before: char, after: char) {
    let whole = std::mem::take(word);
    let elided =
        (after == '\'' && is_elision(&whole)) || (before == '\'' && whole.chars().nth(1).is_none());
    if whole.is_empty() || elided {
        return;
    }
    words.push(match whole.as_str() {
        "percent" | "pourcent" => "%".to_owned(),
        "dollar" | "dollars" | "usd" => "$".to_owned(),
        "euro" | "euros" | "eur" => "€".to_owned(),
        _ => whole,
    });
}

fn is_elision(word: &str) -> bool {
    word.chars().nth(1).is_none() || matches!(word, "qu" | "jusqu" | "lorsqu" | "puisqu" | "quoiqu")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_as_a_reader_cuts_them() {
        for (text, expected) in [
            ("Qu’est-ce que l’IA ?", vec!["est", "ce", "que", "ia"]),
            ("what's Nvidia's loss", vec!["what", "nvidia", "loss"]),
            ("DALL-E 3", vec!["dall", "e", "3"]),
            ("$600 billion", vec!["$", "600", "billion"]),
            ("600 dollars", vec!["600", "$"]),
            ("16.86 percent", vec!["16.86", "%"]),
            ("H800, R1.", vec!["h800", "r1"]),
            ("« Signal d’alarme »", vec!["signal", "alarme"]),
            ("🚀🔥 ?!", vec![]),
            ("c koi", vec!["c", "koi"]),
            ("  \u{200b} ", vec![]),
            ("مرحبا Nvidia", vec!["مرحبا", "nvidia"]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }
}

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
    let folded = Folded::of(text);
    folded.words().into_iter().map(str::to_owned).collect()
}

/// A folded text, to be cut into words without copying them.
pub(crate) struct Folded(String);

impl Folded {
    /// Folds a text, and the decimal comma to a point.
    pub(crate) fn of(text: &str) -> Self {
        let folded = fold(text);
        if !folded.contains(',') {
            return Self(folded);
        }
        let after = folded.chars().skip(1).chain([' ']);
        let mut before = ' ';
        let points = folded.chars().zip(after).map(|(c, after)| {
            let is_point = is_decimal_mark(std::mem::replace(&mut before, c), c, after);
            if is_point { '.' } else { c }
        });
        Self(points.collect())
    }

    /// Its [`words`].
    pub(crate) fn words(&self) -> Vec<&str> {
        let mut words = Vec::new();
        // Where the word begins, and what stands before it.
        let (mut start, mut before) = (None, ' ');
        let mut previous = ' ';
        let mut rest = self.0.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            let next = rest.peek().map_or(' ', |&(_, next)| next);
            if c.is_alphanumeric() {
                if start.is_none() {
                    (start, before) = (Some(at), previous);
                }
            } else if !is_decimal_mark(previous, c, next) {
                let whole = start.take().and_then(|start| self.0.get(start..at));
                words.extend(whole.and_then(|whole| word(whole, before, c)));
                if matches!(c, '%' | '$' | '€') {
                    words.extend(self.0.get(at..at + c.len_utf8()));
                }
            }
            previous = c;
        }
        let last = start.and_then(|start| self.0.get(start..));
        words.extend(last.and_then(|last| word(last, before, ' ')));
        words
    }
}

fn is_decimal_mark(before: char, mark: char, after: char) -> bool {
    matches!(mark, '.' | ',') && before.is_ascii_digit() && after.is_ascii_digit()
}

/// A whole word as it is said, given the characters on either side of it; none where it is
/// elided.
fn word(whole: &str, before: char, after: char) -> Option<&str> {
    let elided =
        (after == '\'' && is_elision(whole)) || (before == '\'' && whole.chars().nth(1).is_none());
    let said = match whole {
        "percent" | "pourcent" => "%",
        "dollar" | "dollars" | "usd" => "$",
        "euro" | "euros" | "eur" => "€",
        _ => whole,
    };
    (!elided).then_some(said)
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
            ("16,86, soit", vec!["16.86", "soit"]),
            ("1,2,3 puis a,b", vec!["1.2.3", "puis", "a", "b"]),
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

//! Folding: lossy, character by character, so that spellings a reader takes for
//! the same become the same.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Folds case, accents, ligatures, compatibility forms, apostrophes and spaces;
/// drops marks that cannot be seen (zero-width, direction controls, soft hyphen).
///
/// ```
/// assert_eq!(griot::text::fold("L’Œuvre\u{a0}ÉTÉ"), "l'oeuvre ete");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == ' ' {
            folded.push(c.to_ascii_lowercase());
            continue;
        }
        // Marks are dropped, so that the order NFKD would give them is no matter.
        decompose_compatible(c, |part| {
            let lower = part.to_lowercase();
            let seen = lower.filter(|&c| !is_combining_mark(c) && !is_invisible(c));
            folded.extend(seen.flat_map(Letters::of));
        });
    }
    folded
}

/// Format characters of Unicode's category Cf, and the variation selectors: they
/// change how text is drawn, never what it says.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}')
}

/// One or two characters that stand for a folded one, without an allocation.
struct Letters([Option<char>; 2]);

impl Letters {
    fn of(c: char) -> Self {
        match c {
            'œ' => Self([Some('o'), Some('e')]),
            'æ' => Self([Some('a'), Some('e')]),
            'ß' => Self([Some('s'), Some('s')]),
            'ø' => Self([Some('o'), None]),
            '’' | '‘' | 'ʼ' | '´' | '`' | '′' => Self([Some('\''), None]),
            '‐' | '–' | '—' | '−' => Self([Some('-'), None]),
            c if c.is_whitespace() => Self([Some(' '), None]),
            c => Self([Some(c), None]),
        }
    }
}

impl Iterator for Letters {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        let [first, second] = &mut self.0;
        first.take().or_else(|| second.take())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_the_same_folds_to_the_same() {
        for (raw, folded, why) in [
            ("Éléonore", "eleonore", "accents and case"),
            ("e\u{301}te\u{301}", "ete", "combining accents"),
            ("cœur, Æsop, Straße", "coeur, aesop, strasse", "ligatures"),
            ("l’IA", "l'ia", "typographic apostrophe"),
            ("16,86\u{202f}%", "16,86 %", "narrow no-break space"),
            ("Nvi\u{200b}dia\u{feff}", "nvidia", "zero-width characters"),
            ("\u{202e}abc\u{202c}", "abc", "direction overrides"),
            ("ＮＶＩＤＩＡ", "nvidia", "full-width letters"),
            (
                "İstanbul",
                "istanbul",
                "a capital that lowers to two characters",
            ),
            ("Janus‑Pro", "janus-pro", "no-break hyphen"),
            ("🚀", "🚀", "an emoji stays"),
        ] {
            assert_eq!(fold(raw), folded, "{why}");
        }
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in ["L’Œuvre ÉTÉ 2\u{a0}½", "שלום", "ǅ ﬁn İ"] {
            assert_eq!(fold(&fold(text)), fold(text));
        }
    }
}

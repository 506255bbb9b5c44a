//! Discord's numbers, and making a text fit them.

use unicode_segmentation::UnicodeSegmentation;

/// Characters of a message
/// (<https://discord.com/developers/docs/resources/message#create-message>).
pub(super) const CONTENT: usize = 2_000;
/// Characters of an embed's title
/// (<https://discord.com/developers/docs/resources/message#embed-object-embed-limits>).
pub(super) const EMBED_TITLE: usize = 256;
/// Characters of an embed's description.
pub(super) const EMBED_DESCRIPTION: usize = 4_096;
/// Characters of an embed's footer: Discord allows 2,048, a version needs far less,
/// and title, description and footer together may have 6,000.
pub(super) const EMBED_FOOTER: usize = 256;
/// Characters of all texts of a message's embeds together.
#[cfg(test)]
pub(super) const EMBED_ALL: usize = 6_000;
/// Characters of a button's label
/// (<https://discord.com/developers/docs/components/reference#button>).
pub(super) const LABEL: usize = 80;
/// Buttons of a row.
pub(super) const BUTTONS: usize = 5;
/// Characters of a `custom_id`.
#[cfg(test)]
pub(super) const CUSTOM_ID: usize = 100;
/// Options of a menu
/// (<https://discord.com/developers/docs/components/reference#string-select>).
pub(super) const OPTIONS: usize = 25;
/// Characters of an option's label.
pub(super) const OPTION: usize = 100;
/// Characters of what a menu shows while nothing is picked.
pub(super) const PLACEHOLDER: usize = 150;
/// Rows of buttons and menus.
pub(super) const ROWS: usize = 5;
/// Characters of a form's title
/// (<https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal>).
pub(super) const FORM_TITLE: usize = 45;
/// Characters of the label of a form's line
/// (<https://discord.com/developers/docs/components/reference#text-input>).
pub(super) const INPUT_LABEL: usize = 45;
/// Characters of a question that a form takes: Discord allows 4,000, a question is shorter.
pub(super) const FORM_QUESTION: u16 = 300;
/// Choices of an autocomplete, and characters of each
/// (<https://discord.com/developers/docs/interactions/application-commands>).
pub(super) const CHOICES: usize = 25;
/// Characters of a choice's name and value.
pub(super) const CHOICE: usize = 100;

/// `text` in at most `limit` characters (Unicode scalar values, the largest unit
/// Discord may count): cut after a word where one ends in the second half, never
/// inside a grapheme, and marked with “…”.
pub(super) fn cut(text: &str, limit: usize) -> String {
    if text.chars().nth(limit).is_none() {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut chars = 0;
    for grapheme in text.graphemes(true) {
        chars += grapheme.chars().count();
        if chars >= limit {
            break;
        }
        kept.push_str(grapheme);
    }
    if let Some((whole, _)) = kept.rsplit_once(char::is_whitespace)
        && whole.len() > kept.len() / 2
    {
        kept = whole.to_owned();
    }
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_words_and_never_inside_a_grapheme() {
        for (text, limit, expected, why) in [
            ("court", 5, "court", "fits to the character"),
            ("une action qui chute", 14, "une action…", "after a word"),
            (
                "anticonstitutionnellement",
                10,
                "anticonst…",
                "one long word",
            ),
            ("👩‍👩‍👧👩‍👩‍👧", 7, "👩‍👩‍👧…", "a family is one grapheme"),
            (
                "e\u{301}e\u{301}e\u{301}",
                4,
                "e\u{301}…",
                "combining accents",
            ),
            ("a🇫🇷🇬🇧", 4, "a🇫🇷…", "flags"),
        ] {
            let cut = cut(text, limit);
            assert_eq!(cut, expected, "{why}");
            assert!(cut.chars().count() <= limit, "{why}");
        }
    }
}

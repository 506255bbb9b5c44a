//! What a button remembers: everything, in its `custom_id`, so that it works after a
//! restart and a reload.

use crate::text::Locale;

/// Buttons of other plugins in the same bot are left alone.
const OURS: &str = "griot:";
/// Version of what follows; another one is an old button.
const VERSION: &str = "1";

/// What pressing a button asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Button {
    pub(super) action: Action,
    pub(super) locale: Locale,
    /// Id of an entry, absence or courtesy.
    pub(super) topic: String,
}

/// The two kinds of buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// Another topic, for everybody who saw the first.
    Show,
    /// The same topic in the other language, for who pressed.
    Translate,
}

/// A button of ours that this version does not know.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stale;

impl Button {
    /// At most 100 characters, for ids of at most 50.
    pub(super) fn custom_id(&self) -> String {
        let action = match self.action {
            Action::Show => "show",
            Action::Translate => "translate",
        };
        format!("{OURS}{VERSION}:{action}:{}:{}", self.locale, self.topic)
    }

    /// `None` where the button is not ours.
    pub(super) fn parse(custom_id: &str) -> Option<Result<Self, Stale>> {
        let state = custom_id.strip_prefix(OURS)?;
        Some(Self::read(state).ok_or(Stale))
    }

    fn read(state: &str) -> Option<Self> {
        let mut parts = state.split(':');
        if parts.next()? != VERSION {
            return None;
        }
        let action = match parts.next()? {
            "show" => Action::Show,
            "translate" => Action::Translate,
            _ => return None,
        };
        let locale = parts.next()?.parse().ok()?;
        let topic = parts.next()?.to_owned();
        parts.next().is_none().then_some(Self {
            action,
            locale,
            topic,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::limits;
    use crate::knowledge::ID_CHARS;

    #[test]
    fn a_button_remembers_everything_in_a_hundred_characters() {
        for action in [Action::Show, Action::Translate] {
            let button = Button {
                action,
                locale: Locale::En,
                topic: "x".repeat(ID_CHARS),
            };
            let custom_id = button.custom_id();
            assert!(custom_id.len() <= limits::CUSTOM_ID);
            assert_eq!(Button::parse(&custom_id), Some(Ok(button)));
        }
    }

    #[test]
    fn foreign_buttons_are_left_alone_and_old_ones_are_known_as_such() {
        assert_eq!(Button::parse("music:play"), None);
        assert_eq!(Button::parse(""), None);
        for old in [
            "griot:",
            "griot:0:show:fr:x",
            "griot:1:show:de:x",
            "griot:1:show:fr:x:y",
        ] {
            assert_eq!(Button::parse(old), Some(Err(Stale)), "{old}");
        }
    }
}

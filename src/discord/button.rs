//! What a button, a menu or a form remembers: everything, in its `custom_id`, so that it works
//! after a restart and a reload.

use super::why::Why;
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
    /// Id of an entry, absence or courtesy; of a menu or a page its number.
    pub(super) topic: String,
}

/// The kinds of buttons, menus and forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Action {
    /// Another topic, for everybody who saw the first.
    Show,
    /// The same topic in the other language, for who pressed.
    Translate,
    /// Why the topic was answered, for who pressed.
    Why(Why),
    /// The answer helped.
    Helpful,
    /// It did not.
    Unhelpful,
    /// A form to ask on.
    FollowUp,
    /// The topics of a page of the story.
    Page,
    /// A menu of topics: the one that was picked comes beside.
    Menu,
}

/// A button of ours that this version does not know.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stale;

impl Action {
    const fn name(&self) -> &'static str {
        match self {
            Self::Show => "show",
            Self::Translate => "translate",
            Self::Why(_) => "why",
            Self::Helpful => "helpful",
            Self::Unhelpful => "unhelpful",
            Self::FollowUp => "follow-up",
            Self::Page => "page",
            Self::Menu => "menu",
        }
    }
}

impl Button {
    /// At most 100 characters, for ids of at most 50.
    pub(super) fn custom_id(&self) -> String {
        let (action, locale, topic) = (self.action.name(), self.locale, &self.topic);
        let known = match &self.action {
            Action::Why(why) => format!(":{}", why.to_state()),
            _ => String::new(),
        };
        format!("{OURS}{VERSION}:{action}:{locale}:{topic}{known}")
    }

    /// Whether its topic is the one its message speaks of.
    pub(super) const fn is_of_its_message(&self) -> bool {
        !matches!(self.action, Action::Show | Action::Page | Action::Menu)
    }

    /// The language of the message it stands under.
    pub(super) fn answer_locale(&self) -> Locale {
        match self.action {
            Action::Translate => self.locale.other(),
            _ => self.locale,
        }
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
        let action = parts.next()?;
        let locale = parts.next()?.parse().ok()?;
        let topic = parts.next()?.to_owned();
        let action = match action {
            "show" => Action::Show,
            "translate" => Action::Translate,
            "why" => Action::Why(Why::from_state(parts.next()?)?),
            "helpful" => Action::Helpful,
            "unhelpful" => Action::Unhelpful,
            "follow-up" => Action::FollowUp,
            "page" => Action::Page,
            "menu" => Action::Menu,
            _ => return None,
        };
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
        let why = Why {
            score: Some(100),
            nearest: Some(u32::MAX),
            next: Some(u16::MAX),
            version: "89abcdef".into(),
        };
        for action in [
            Action::Show,
            Action::Translate,
            Action::Why(why),
            Action::Helpful,
            Action::Unhelpful,
            Action::FollowUp,
            Action::Page,
            Action::Menu,
        ] {
            let button = Button {
                action,
                locale: Locale::En,
                topic: "x".repeat(ID_CHARS),
            };
            let custom_id = button.custom_id();
            assert!(custom_id.len() <= limits::CUSTOM_ID, "{custom_id}");
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
            "griot:1:why:fr:x",
            "griot:1:dance:fr:x",
        ] {
            assert_eq!(Button::parse(old), Some(Err(Stale)), "{old}");
        }
    }
}

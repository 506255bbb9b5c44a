//! The buttons under a card: what can be asked next, and what can be said of the answer.

use super::Card;
use crate::discord::button::{Action, Button};
use crate::discord::limits::{self, cut};
use crate::discord::phrases;
use crate::reply::{self, Reply, Verdict};
use crate::text::Locale;
use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

/// How a member asks on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asking {
    /// By replying: what she writes can be read.
    ByReply,
    /// By a form: a reply to a response could not be read without a privileged intent.
    ByForm,
}

/// What can be asked next, then what can be said of the answer.
pub(super) fn rows(card: &Card<'_>, asking: Asking) -> Vec<CreateActionRow> {
    let rows = [choices(card.reply), about(card, asking)];
    let rows = rows.into_iter().filter(|row| !row.is_empty());
    rows.map(CreateActionRow::Buttons).collect()
}

pub(super) fn choices(reply: &Reply) -> Vec<CreateButton> {
    let style = match reply.verdict {
        Verdict::Suggest => ButtonStyle::Primary,
        _ => ButtonStyle::Secondary,
    };
    let choices = reply.choices.iter().map(|choice| {
        let (action, locale) = (Action::Show, reply.locale);
        let topic = choice.entry.to_string();
        button(action, locale, topic, &choice.title, style)
    });
    let other = reply.topic.iter().map(|topic| {
        let (action, locale) = (Action::Translate, reply.locale.other());
        let label = reply::phrases::other_language(reply.locale);
        let style = ButtonStyle::Secondary;
        button(action, locale, topic.to_string(), label, style)
    });
    // The other language has its place however many choices there are.
    let most = limits::BUTTONS - other.len();
    choices.take(most).chain(other).collect()
}

fn about(card: &Card<'_>, asking: Asking) -> Vec<CreateButton> {
    let reply = card.reply;
    let Some(topic) = reply.topic.as_ref().filter(|_| !reply.citations.is_empty()) else {
        return Vec::new();
    };
    let locale = reply.locale;
    let mut buttons = vec![
        (Action::Why(card.why.clone()), phrases::why(locale)),
        (Action::Helpful, phrases::helpful(locale)),
        (Action::Unhelpful, phrases::unhelpful(locale)),
    ];
    if asking == Asking::ByForm {
        buttons.push((Action::FollowUp, phrases::ask_on(locale)));
    }
    let style = ButtonStyle::Secondary;
    let buttons = buttons.into_iter();
    buttons
        .map(|(action, label)| button(action, locale, topic.to_string(), label, style))
        .collect()
}

/// A button that remembers what it is for.
pub(in crate::discord) fn button(
    action: Action,
    locale: Locale,
    topic: String,
    label: &str,
    style: ButtonStyle,
) -> CreateButton {
    let state = Button {
        action,
        locale,
        topic,
    };
    CreateButton::new(state.custom_id())
        .label(cut(label, limits::LABEL))
        .style(style)
}

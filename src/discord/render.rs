//! A reply as Discord shows it: an embed with buttons, or plain text with buttons
//! where embeds are not permitted. Every message Griot sends is built here, inside
//! the limits and unable to ping.

use super::button::{Action, Button};
use super::limits::{self, cut};
use crate::reply::{Reply, Verdict, phrases};
use serenity::all::{
    ButtonStyle, Colour, CreateActionRow, CreateAllowedMentions, CreateButton, CreateEmbed,
    CreateEmbedFooter, CreateInteractionResponse, CreateInteractionResponseMessage, CreateMessage,
    EditInteractionResponse,
};

/// Colour of an answer.
const ANSWER: Colour = Colour::new(0x2E_7D_5B);
/// Colour of anything else.
const OTHER: Colour = Colour::new(0xB0_8D_57);

/// How a reply is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// As an embed.
    Embed,
    /// As plain text, where Embed Links is not permitted.
    Plain,
}

/// Who sees a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    /// Everybody in the channel.
    Channel,
    /// Who asked, alone.
    Asker,
}

/// A message in a channel.
pub(super) fn message(reply: &Reply, layout: Layout) -> CreateMessage {
    let message = CreateMessage::new()
        .allowed_mentions(CreateAllowedMentions::new())
        .components(buttons(reply));
    match layout {
        Layout::Embed => message.embed(embed(reply)),
        Layout::Plain => message.content(plain(reply)),
    }
}

/// A response to a command or a button.
pub(super) fn response(
    reply: &Reply,
    layout: Layout,
    audience: Audience,
) -> CreateInteractionResponse {
    let message = CreateInteractionResponseMessage::new()
        .allowed_mentions(CreateAllowedMentions::new())
        .ephemeral(audience == Audience::Asker)
        .components(buttons(reply));
    CreateInteractionResponse::Message(match layout {
        Layout::Embed => message.embed(embed(reply)),
        Layout::Plain => message.content(plain(reply)),
    })
}

/// A private line to who pressed or commanded.
pub(super) fn note(text: &str) -> CreateInteractionResponse {
    CreateInteractionResponse::Message(
        CreateInteractionResponseMessage::new()
            .allowed_mentions(CreateAllowedMentions::new())
            .ephemeral(true)
            .content(cut(text, limits::CONTENT)),
    )
}

/// The text that takes the place of a deferred private response.
pub(super) fn edit(text: &str) -> EditInteractionResponse {
    EditInteractionResponse::new()
        .allowed_mentions(CreateAllowedMentions::new())
        .content(cut(text, limits::CONTENT))
}

fn embed(reply: &Reply) -> CreateEmbed {
    let colour = if reply.verdict == Verdict::Answer {
        ANSWER
    } else {
        OTHER
    };
    let footer = CreateEmbedFooter::new(cut(&reply.footer, limits::EMBED_FOOTER));
    let embed = CreateEmbed::new()
        .colour(colour)
        .description(cut(&body(reply), limits::EMBED_DESCRIPTION))
        .footer(footer);
    match &reply.title {
        Some(title) => embed.title(cut(title, limits::EMBED_TITLE)),
        None => embed,
    }
}

fn plain(reply: &Reply) -> String {
    let title = reply.title.as_ref().map(|title| format!("**{title}**\n"));
    let title = cut(&title.unwrap_or_default(), limits::EMBED_TITLE);
    let footer = format!("\n-# {}", cut(&reply.footer, limits::EMBED_FOOTER));
    let room = limits::CONTENT - title.chars().count() - footer.chars().count();
    format!("{title}{}{footer}", cut(&body(reply), room))
}

/// Answer first, source second, then what the buttons below are.
fn body(reply: &Reply) -> String {
    let source = reply.source().map(|source| format!("*{source}*"));
    let heading = (!reply.choices.is_empty()).then(|| reply.heading.to_owned());
    let parts = std::iter::once(reply.text.clone())
        .chain(source)
        .chain(heading);
    parts.collect::<Vec<_>>().join("\n\n")
}

fn buttons(reply: &Reply) -> Vec<CreateActionRow> {
    let choices = reply.choices.iter().map(|choice| {
        let (action, locale) = (Action::Show, reply.locale);
        let style = match reply.verdict {
            Verdict::Suggest => ButtonStyle::Primary,
            _ => ButtonStyle::Secondary,
        };
        button(
            &Button {
                action,
                locale,
                topic: choice.entry.to_string(),
            },
            &choice.title,
            style,
        )
    });
    let other = reply.topic.iter().map(|topic| {
        let (action, locale) = (Action::Translate, reply.locale.other());
        let label = phrases::other_language(reply.locale);
        button(
            &Button {
                action,
                locale,
                topic: topic.to_string(),
            },
            label,
            ButtonStyle::Secondary,
        )
    });
    let buttons: Vec<CreateButton> = choices.chain(other).take(limits::BUTTONS).collect();
    if buttons.is_empty() {
        Vec::new()
    } else {
        vec![CreateActionRow::Buttons(buttons)]
    }
}

fn button(button: &Button, label: &str, style: ButtonStyle) -> CreateButton {
    CreateButton::new(button.custom_id())
        .label(cut(label, limits::LABEL))
        .style(style)
}

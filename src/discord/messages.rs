//! Messages: mentions, replies to us, and direct messages.

use super::render::{self, Layout};
use super::trigger::{Incoming, Trigger};
use super::{Chain, Storyteller, asked};
use crate::engine::Question;
use crate::reply::Reply;
use serenity::all::{
    Context, CreateMessage, HttpError, Message, MessageReference, MessageType, Nonce, UserId,
};

/// Discord's code for a permission that is missing
/// (<https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>).
const MISSING_PERMISSIONS: isize = 50_013;
/// Discord's code for a reply where the message history may not be read.
const CANNOT_REPLY: isize = 160_002;

impl Storyteller {
    pub(super) async fn on_message(&self, ctx: &Context, message: &Message) {
        // Before `ready` there is no telling who is mentioned.
        let Some(&me) = self.me.get() else { return };
        let engine = self.griot.engine();
        let reply = match Trigger::of(incoming(message, me)) {
            Trigger::Ignore => return,
            Trigger::Help => engine.help(crate::Locale::default()),
            Trigger::Ask(text) => asked(&engine, &Question::new(&text), "message"),
        };
        if let Err(error) = send(ctx, message, &reply).await {
            tracing::warn!(error = %Chain(&error), channel = %message.channel_id, "a reply could not be sent");
        }
    }
}

fn incoming(message: &Message, me: UserId) -> Incoming<'_> {
    let spoken = matches!(
        message.kind,
        MessageType::Regular | MessageType::InlineReply
    );
    let to_us = |earlier: &Message| earlier.author.id == me;
    Incoming {
        content: &message.content,
        automatic: message.author.bot || message.webhook_id.is_some() || !spoken,
        direct: message.guild_id.is_none(),
        mentions_us: message.mentions.iter().any(|user| user.id == me),
        replies_to_us: message.referenced_message.as_deref().is_some_and(to_us),
        to_everyone: message.mention_everyone,
    }
}

/// Sends as an embed in reply; again without what the channel does not permit.
async fn send(ctx: &Context, to: &Message, reply: &Reply) -> serenity::Result<()> {
    let (mut layout, mut refers) = (Layout::Embed, true);
    loop {
        let message = compose(reply, to, layout, refers);
        let Err(error) = to.channel_id.send_message(&ctx.http, message).await else {
            return Ok(());
        };
        match code(&error) {
            Some(MISSING_PERMISSIONS) if layout == Layout::Embed => layout = Layout::Plain,
            Some(CANNOT_REPLY) if refers => refers = false,
            _ => return Err(error),
        }
    }
}

fn compose(reply: &Reply, to: &Message, layout: Layout, refers: bool) -> CreateMessage {
    // The same message twice, after a resume, is answered once.
    let nonce = Nonce::String(to.id.to_string());
    let message = render::message(reply, layout)
        .nonce(nonce)
        .enforce_nonce(true);
    if refers {
        message.reference_message(MessageReference::from(to).fail_if_not_exists(false))
    } else {
        message
    }
}

fn code(error: &serenity::Error) -> Option<isize> {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
            Some(response.error.code)
        }
        _ => None,
    }
}

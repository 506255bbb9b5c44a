//! Sending: again where that may help, and with less where a channel permits no more.

mod lane;

use self::lane::Lane;
use super::Chain;
use super::render::{self, Card, Layout};
use serenity::all::{
    ChannelId, Context, CreateInteractionResponse, CreateMessage, Http, HttpError, Message,
    MessageId, MessageReference, Nonce,
};
use std::time::Duration;

/// Discord's code for a permission that is missing
/// (<https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>).
const MISSING_PERMISSIONS: isize = 50_013;
/// Discord's code for a reply where the message history may not be read.
const CANNOT_REPLY: isize = 160_002;
/// Discord's code for a message that is not there (any more).
const UNKNOWN_MESSAGE: isize = 10_008;
/// Discord's code for an interaction that was responded to already.
const ACKNOWLEDGED: isize = 40_060;

/// Longest try of a response: the member waits three seconds at most.
const RESPONSE: Duration = Duration::from_secs(2);
/// Longest try of a message, serenity's waiting for its turn included.
const MESSAGE: Duration = Duration::from_secs(20);

/// Where everything leaves.
#[derive(Debug)]
pub(super) struct Outbox {
    /// Apart from messages, which may wait long for their channel's turn.
    responses: Lane,
    messages: Lane,
}

impl Default for Outbox {
    fn default() -> Self {
        Self {
            responses: Lane::new(RESPONSE),
            messages: Lane::new(MESSAGE),
        }
    }
}

impl Outbox {
    /// Responds to an interaction; a failure is logged.
    pub(super) async fn respond(
        &self,
        http: &Http,
        id: u64,
        token: &str,
        response: CreateInteractionResponse,
        to: &'static str,
    ) {
        let sent = self
            .responses
            .persist(|| http.create_interaction_response(id.into(), token, &response, Vec::new()));
        match sent.await {
            Ok(()) => {}
            // A try that seemed to fail had arrived.
            Err(error) if code(&error) == Some(ACKNOWLEDGED) => {}
            Err(error) => {
                tracing::warn!(error = %Chain(&error), to, "a response could not be sent");
            }
        }
    }

    /// Sends a card in reply to a message: as an embed, and again without what the channel does
    /// not permit.
    ///
    /// # Errors
    /// Why not even plain text could be sent.
    pub(super) async fn reply(
        &self,
        ctx: &Context,
        to: &Message,
        card: &Card<'_>,
    ) -> serenity::Result<Message> {
        let (mut layout, mut refers) = (Layout::Embed, true);
        loop {
            let message = addressed(render::message(card, layout), to, refers);
            let request = || ctx.http.send_message(to.channel_id, Vec::new(), &message);
            let error = match self.messages.persist(request).await {
                Ok(sent) => {
                    if layout == Layout::Plain {
                        missing(to, "Embed Links");
                    }
                    if !refers {
                        missing(to, "Read Message History");
                    }
                    return Ok(sent);
                }
                Err(error) => error,
            };
            match code(&error) {
                Some(MISSING_PERMISSIONS) if layout == Layout::Embed => layout = Layout::Plain,
                Some(CANNOT_REPLY) if refers => refers = false,
                _ => return Err(error),
            }
        }
    }

    /// Answers the author of a message in a direct one. Many members take none from strangers:
    /// a failure is no fault.
    pub(super) async fn whisper(&self, ctx: &Context, to: &Message, message: CreateMessage) {
        let message = addressed(message, to, false);
        let whispered = self.messages.persist(|| async {
            let channel = to.author.create_dm_channel(&ctx.http).await?;
            ctx.http
                .send_message(channel.id, Vec::new(), &message)
                .await
        });
        if let Err(error) = whispered.await {
            tracing::debug!(error = %Chain(&error), "a direct message could not be sent");
        }
    }

    /// Edits a reply of ours: as an embed, or as plain text where embeds are not permitted.
    ///
    /// # Errors
    /// Why it could not be edited; a reply that is gone is no failure.
    pub(super) async fn edit(
        &self,
        ctx: &Context,
        channel: ChannelId,
        reply: MessageId,
        card: &Card<'_>,
    ) -> serenity::Result<()> {
        let mut layout = Layout::Embed;
        loop {
            let message = render::edited(card, layout);
            let edited = self
                .messages
                .persist(|| ctx.http.edit_message(channel, reply, &message, Vec::new()));
            match edited.await {
                Ok(_) => return Ok(()),
                Err(error) if is_gone(&error) => return Ok(()),
                Err(error)
                    if layout == Layout::Embed && code(&error) == Some(MISSING_PERMISSIONS) =>
                {
                    layout = Layout::Plain;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Deletes a reply of ours; one that is gone is no failure, another is logged.
    pub(super) async fn delete(&self, ctx: &Context, channel: ChannelId, reply: MessageId) {
        let deleted = self
            .messages
            .persist(|| ctx.http.delete_message(channel, reply, None));
        match deleted.await {
            Err(error) if !is_gone(&error) => {
                tracing::warn!(error = %Chain(&error), "a reply could not be deleted");
            }
            _ => {}
        }
    }
}

/// Whether a message is no longer there.
fn is_gone(error: &serenity::Error) -> bool {
    code(error) == Some(UNKNOWN_MESSAGE)
}

fn missing(to: &Message, permission: &'static str) {
    // The channel of a direct message would name a member.
    let channel = to.guild_id.map(|_| tracing::field::display(to.channel_id));
    tracing::warn!(channel, permission, "a permission is missing; did without");
}

fn addressed(message: CreateMessage, to: &Message, refers: bool) -> CreateMessage {
    // Tried again, or brought twice by the gateway, it is still one message.
    let message = message
        .nonce(Nonce::String(to.id.to_string()))
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

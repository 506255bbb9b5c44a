//! Messages: mentions, replies to us, and direct messages; what becomes of the reply when a
//! question is edited or deleted.

use super::button::Button;
use super::cooldown::Pace;
use super::recent::Now;
use super::render::Card;
use super::trigger::{Incoming, Trigger};
use super::why::Why;
use super::{Chain, Storyteller, asked, phrases};
use crate::engine::{Engine, Question};
use crate::reply::Reply;
use crate::text::Locale;
use serenity::all::{
    ActionRowComponent, ChannelId, Context, CreateAllowedMentions, CreateMessage, Message,
    MessageId, MessageType, MessageUpdateEvent, UserId,
};

impl Storyteller {
    pub(super) async fn on_message(&self, ctx: &Context, message: &Message) {
        // Before `ready` there is no telling who is mentioned.
        let Some(&me) = self.me.get() else { return };
        let trigger = Trigger::of(incoming(message, me));
        if trigger == Trigger::Ignore || !self.recent.is_new(message.id.get()) {
            return;
        }
        let text = trigger.question();
        match self.cooldown.count(message.author.id, message.channel_id) {
            Pace::Fair => {}
            pace => return self.tell(ctx, message, text, pace).await,
        }
        let topic = self.topic(message, me);
        let asked = format!("{} {text}", topic.as_deref().unwrap_or_default());
        if !text.is_empty() && self.recent.is_asked_again(message.channel_id, &asked) {
            tracing::debug!("the same question again: its answer is just above");
            return;
        }
        let (reply, why) = self.compose(message, text, topic.as_deref());
        let card = Card { reply: &reply, why };
        self.recent.replying(message.id, text);
        let channel = message.channel_id;
        match self.outbox.reply(ctx, message, &card).await {
            Ok(sent) => match self.recent.replied(message.id, sent.id) {
                Now::Same => {}
                Now::Edited(text) => self.rewrite(ctx, channel, sent.id, &text).await,
                Now::Gone => self.outbox.delete(ctx, channel, sent.id).await,
            },
            Err(error) => {
                tracing::warn!(error = %Chain(&error), %channel, "a reply could not be sent");
            }
        }
    }

    /// The topic of the answer a message follows: the one it replies to, or in a direct channel
    /// the last.
    fn topic(&self, message: &Message, me: UserId) -> Option<String> {
        let replied_to = message.referenced_message.as_deref();
        let ours = replied_to.filter(|earlier| earlier.author.id == me);
        ours.and_then(topic_of).or_else(|| {
            let direct = message.guild_id.is_none();
            direct.then(|| self.recent.topic(message.channel_id))?
        })
    }

    /// The reply to a message that follows the answer of a topic, or none.
    fn compose(&self, message: &Message, text: &str, topic: Option<&str>) -> (Reply, Why) {
        let engine = self.griot.engine();
        if text.is_empty() {
            return (help(&engine), Why::named(&engine));
        }
        let (reply, why) = asked(&engine, &Question::new(text), topic, "message");
        if message.guild_id.is_none()
            && let Some(topic) = &reply.topic
        {
            self.recent.spoke_of(message.channel_id, topic.to_string());
        }
        (reply, why)
    }

    /// Tells a member privately, once in a while, why she gets no answer just now.
    async fn tell(&self, ctx: &Context, message: &Message, text: &str, pace: Pace) {
        if !self.cooldown.may_tell(message.author.id) {
            return;
        }
        let locale = self.griot.engine().locale_of(&Question::new(text));
        let note = match pace {
            Pace::TooFast(wait) => phrases::too_fast(locale, wait.as_secs() + 1),
            Pace::Crowded | Pace::Fair => phrases::crowded(locale).to_owned(),
        };
        let note = CreateMessage::new()
            .allowed_mentions(CreateAllowedMentions::new())
            .content(note);
        let told = message.author.id.direct_message(ctx, note).await;
        // Many members take no direct messages from strangers.
        if let Err(error) = told {
            tracing::debug!(error = %Chain(&error), "a member could not be told of the cooldown");
        }
    }

    /// A question was edited: its reply follows, for a while.
    pub(super) async fn on_edit(&self, ctx: &Context, edit: &MessageUpdateEvent) {
        let Some(content) = &edit.content else { return };
        let addressed = Incoming {
            content,
            direct: true,
            ..Incoming::default()
        };
        let trigger = Trigger::of(addressed);
        let text = trigger.question();
        if text.is_empty() {
            return;
        }
        if let Some(reply) = self.recent.reply_to_edit(edit.id, text) {
            self.rewrite(ctx, edit.channel_id, reply, text).await;
        }
    }

    /// Puts the reply to a question in place of one that is there.
    async fn rewrite(&self, ctx: &Context, channel: ChannelId, sent: MessageId, text: &str) {
        let engine = self.griot.engine();
        let (reply, why) = asked(&engine, &Question::new(text), None, "edit");
        let card = Card { reply: &reply, why };
        if let Err(error) = self.outbox.edit(ctx, channel, sent, &card).await {
            tracing::warn!(error = %Chain(&error), %channel, "a reply could not be edited");
        }
    }

    /// A question was deleted: so is its reply.
    pub(super) async fn on_delete(&self, ctx: &Context, channel: ChannelId, message: MessageId) {
        if let Some(reply) = self.recent.deleted(message) {
            self.outbox.delete(ctx, channel, reply).await;
        }
    }
}

/// Help in both languages: nothing tells which one who says nothing speaks.
fn help(engine: &Engine) -> Reply {
    let help = engine.help(Locale::default());
    let other = engine.help(Locale::default().other());
    Reply {
        text: format!("{}\n\n{}", help.text, other.text),
        ..help
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

/// The topic a message of ours speaks of: its buttons remember it.
fn topic_of(ours: &Message) -> Option<String> {
    let buttons = ours.components.iter().flat_map(|row| &row.components);
    let states = buttons.filter_map(|component| match component {
        ActionRowComponent::Button(button) => {
            let data = serde_json::to_value(&button.data).ok()?;
            Button::parse(data.get("custom_id")?.as_str()?)?.ok()
        }
        _ => None,
    });
    states
        .filter(Button::is_of_its_message)
        .map(|button| button.topic)
        .next()
}

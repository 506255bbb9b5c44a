//! Messages: mentions, replies to us, and direct messages; what becomes of the reply when a
//! question is edited or deleted.

use super::button::Button;
use super::recent::{Asked, Before, Now};
use super::render::{self, Card, Layout};
use super::trigger::{Incoming, Trigger};
use super::why::Why;
use super::{Chain, Storyteller, answered, phrases};
use crate::engine::{Engine, Question};
use crate::reply::Reply;
use crate::text::Locale;
use serenity::all::{
    ActionRowComponent, ChannelId, Context, Message, MessageId, MessageType, MessageUpdateEvent,
    UserId,
};
use std::time::Duration;

impl Storyteller {
    pub(super) async fn on_message(&self, ctx: &Context, message: &Message) {
        // Before `ready` there is no telling who is mentioned.
        let Some(&me) = self.me.get() else { return };
        let trigger = Trigger::of(incoming(message, me));
        if trigger == Trigger::Ignore || !self.recent.is_new(message.id.get()) {
            return;
        }
        let asked = Asked {
            channel: message.channel_id,
            text: trigger.question().to_owned(),
            before: self.before(message, me),
        };
        if let Err(wait) = self.cooldown.count(message.author.id) {
            return self.tell(ctx, message, &asked.text, wait).await;
        }
        if !asked.text.is_empty() && self.recent.is_asked_again(&asked) {
            tracing::debug!("the same question again: its answer is just above");
            return;
        }
        if self.recent.replying(message.id, &asked) {
            self.reply(ctx, message, &asked).await;
        }
    }

    /// Replies; what happens to the message meanwhile is made up for.
    async fn reply(&self, ctx: &Context, message: &Message, asked: &Asked) {
        let direct = message.guild_id.is_none();
        let (reply, why) = self.compose(asked, direct, "message");
        let card = Card { reply: &reply, why };
        if !direct && self.cooldown.is_crowded(message.channel_id) {
            self.recent.not_replied(message.id);
            let answer = render::message(&card, Layout::Embed);
            let answer = answer.content(phrases::crowded(reply.locale));
            return self.outbox.whisper(ctx, message, answer).await;
        }
        match self.outbox.reply(ctx, message, &card).await {
            Ok(sent) => {
                let (id, channel) = (message.id, message.channel_id);
                match self.recent.replied(id, sent.id) {
                    Now::Same => {}
                    Now::Edited(asked) => {
                        let place = Place {
                            id,
                            channel,
                            direct,
                        };
                        self.rewrite(ctx, place, sent.id, &asked).await;
                    }
                    Now::Gone => self.outbox.delete(ctx, channel, sent.id).await,
                }
            }
            Err(error) => {
                self.recent.not_replied(message.id);
                let guild = message.guild_id.map(tracing::field::display);
                tracing::warn!(error = %Chain(&error), guild, "a reply could not be sent");
            }
        }
    }

    /// The answer a message follows: the one it replies to, or in a direct channel the last.
    fn before(&self, message: &Message, me: UserId) -> Option<Before> {
        match message.referenced_message.as_deref() {
            Some(earlier) if earlier.author.id == me => answer_of(earlier),
            None if message.guild_id.is_none() => self.recent.before(message.channel_id),
            _ => None,
        }
    }

    /// The reply to a question, read with the answer in mind that it follows.
    fn compose(&self, asked: &Asked, direct: bool, trigger: &'static str) -> (Reply, Why) {
        let engine = self.griot.engine();
        if asked.text.is_empty() {
            return (help(&engine), Why::named(&engine));
        }
        let before = asked.before.as_ref();
        let question = Question {
            hint: before.map(|before| before.locale),
            ..Question::new(&asked.text)
        };
        let (reply, why) = answered(&engine, &question, asked.topic(), trigger);
        if direct {
            self.recent.spoke_of(asked.channel, &reply);
        }
        (reply, why)
    }

    /// Tells a member privately, once in a while, why she gets no answer just now.
    async fn tell(&self, ctx: &Context, message: &Message, text: &str, wait: Duration) {
        if self.cooldown.may_tell(message.author.id) {
            let locale = self.griot.engine().locale_of(&Question::new(text));
            let note = render::line(&phrases::too_fast(locale, wait));
            self.outbox.whisper(ctx, message, note).await;
        }
    }

    /// A question was edited: its reply follows, for a while.
    pub(super) async fn on_edit(&self, ctx: &Context, edit: &MessageUpdateEvent) {
        let Some(content) = &edit.content else { return };
        let trigger = Trigger::of(Incoming::for_us(content));
        let text = trigger.question();
        if text.is_empty() {
            return;
        }
        if let Some((sent, asked)) = self.recent.edited(edit.id, text) {
            let place = Place {
                id: edit.id,
                channel: edit.channel_id,
                direct: edit.guild_id.is_none(),
            };
            self.rewrite(ctx, place, sent, &asked).await;
        }
    }

    /// Puts the reply to what a message asks by now in place of the one that is there. One
    /// after another: a try that is repeated must not overtake a later edit.
    async fn rewrite(&self, ctx: &Context, place: Place, sent: MessageId, asked: &Asked) {
        let _in_turn = self.rewriting.lock().await;
        if !self.recent.still_asks(place.id, asked) {
            return;
        }
        let (reply, why) = self.compose(asked, place.direct, "edit");
        let card = Card { reply: &reply, why };
        let edited = self.outbox.edit(ctx, place.channel, sent, &card).await;
        if let Err(error) = edited {
            tracing::warn!(error = %Chain(&error), "a reply could not be edited");
        }
    }

    /// A question was deleted: so is its reply.
    pub(super) async fn on_delete(&self, ctx: &Context, channel: ChannelId, message: MessageId) {
        if let Some(reply) = self.recent.deleted(message) {
            self.outbox.delete(ctx, channel, reply).await;
        }
    }
}

/// Where a message stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    id: MessageId,
    channel: ChannelId,
    direct: bool,
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

/// The answer a message of ours gives: its buttons remember it.
fn answer_of(ours: &Message) -> Option<Before> {
    let buttons = ours.components.iter().flat_map(|row| &row.components);
    let states = buttons.filter_map(|component| match component {
        ActionRowComponent::Button(button) => {
            let data = serde_json::to_value(&button.data).ok()?;
            Button::parse(data.get("custom_id")?.as_str()?)?.ok()
        }
        _ => None,
    });
    let mut of_message = states.filter(Button::is_of_its_message);
    of_message.next().map(|button| Before {
        locale: button.answer_locale(),
        topic: button.topic,
    })
}

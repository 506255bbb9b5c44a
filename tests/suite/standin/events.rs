//! Messages as the gateway brings them, one constructor for each situation a bot meets.

mod interaction;
mod sent;

use serde_json::{Map, Value, json};

pub(crate) use self::interaction::Interaction;
pub(crate) use self::sent::Sent;
use super::objects::{self, BOT, CHANNEL, GUILD, MEMBER, OTHER_BOT, Snowflake, direct_channel};

/// A message somebody writes, ready for `StandIn::message`.
#[derive(Clone, Debug)]
pub(crate) struct MessageEvent(Value);

impl MessageEvent {
    /// In the guild, naming nobody.
    #[must_use]
    pub(crate) fn in_guild(content: &str) -> Self {
        let mut message = objects::message(CHANNEL, MEMBER, &json!({ "content": content }));
        message["guild_id"] = json!(GUILD.to_string());
        message["member"] = objects::member();
        Self(message)
    }

    /// In the guild, opening with a mention of the bot.
    #[must_use]
    pub(crate) fn mentioning_bot(content: &str) -> Self {
        let mut message = Self::in_guild(&format!("<@{BOT}> {content}"));
        message.mention(BOT);
        message
    }

    /// In the direct channel of the bot and the author.
    #[must_use]
    pub(crate) fn direct(content: &str) -> Self {
        let channel = direct_channel(MEMBER);
        Self(objects::message(
            channel,
            MEMBER,
            &json!({ "content": content }),
        ))
    }

    /// In the guild, to everyone, as `@everyone` does; it mentions the bot no more than others.
    #[must_use]
    pub(crate) fn to_everyone(content: &str) -> Self {
        let mut message = Self::in_guild(&format!("@everyone {content}"));
        message.0["mention_everyone"] = json!(true);
        message
    }

    /// In the guild, by another bot, which mentions this one.
    #[must_use]
    pub(crate) fn by_a_bot(content: &str) -> Self {
        Self::mentioning_bot(content).by(OTHER_BOT)
    }

    /// In the guild, a reply to a message of the bot that said `earlier`, pinging it, which is
    /// Discord's default.
    #[must_use]
    pub(crate) fn reply_to_bot(earlier: &str, content: &str) -> Self {
        let mut message = Self::in_guild(content);
        message.mention(BOT);
        let referenced = objects::message(CHANNEL, BOT, &json!({ "content": earlier }));
        message.answer(&referenced);
        message
    }

    /// In the guild, a reply to a message the bot really sent, pinging it.
    #[must_use]
    pub(crate) fn reply_to(sent: impl Into<Sent>, content: &str) -> Self {
        let mut message = Self::in_guild(content);
        message.mention(BOT);
        message.answer(&sent.into().message(CHANNEL));
        message
    }

    /// The same message after its author changed what it says. One that opened with a mention of
    /// the bot still does.
    #[must_use]
    pub(crate) fn edited(&self, content: &str) -> Self {
        let mention = format!("<@{BOT}> ");
        let before = self.0["content"].as_str().unwrap_or_default();
        let kept = if before.starts_with(&mention) {
            &mention
        } else {
            ""
        };
        let mut message = self.clone();
        objects::edit(
            &mut message.0,
            &json!({ "content": format!("{kept}{content}") }),
        );
        message
    }

    #[must_use]
    pub(crate) fn by(mut self, author: Snowflake) -> Self {
        self.0["author"] = objects::user(author);
        if self.0.get("guild_id").is_none() {
            self.0["channel_id"] = json!(direct_channel(author).to_string());
        }
        self
    }

    /// In another channel of the guild.
    #[must_use]
    pub(crate) fn in_channel(mut self, channel: Snowflake) -> Self {
        self.0["channel_id"] = json!(channel.to_string());
        if let Some(referenced) = self.0.get_mut("referenced_message") {
            referenced["channel_id"] = json!(channel.to_string());
            self.0["message_reference"]["channel_id"] = json!(channel.to_string());
        }
        self
    }

    /// The message as Discord would send it.
    #[must_use]
    pub(crate) fn to_value(&self) -> Value {
        self.0.clone()
    }

    /// What the gateway says when the message is deleted.
    #[must_use]
    pub(crate) fn deletion(&self) -> Value {
        let kept = ["id", "channel_id", "guild_id"];
        let parts = self.0.as_object().into_iter().flatten();
        parts
            .filter(|(key, _)| kept.contains(&key.as_str()))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect::<Map<_, _>>()
            .into()
    }

    fn mention(&mut self, user: Snowflake) {
        let mut mentioned = objects::user(user);
        mentioned["member"] = objects::member();
        self.0["mentions"] = json!([mentioned]);
    }

    fn answer(&mut self, referenced: &Value) {
        const REPLY: u8 = 19;
        self.0["type"] = json!(REPLY);
        self.0["message_reference"] = json!({
            "type": 0,
            "message_id": referenced["id"],
            "channel_id": referenced["channel_id"],
            "guild_id": GUILD.to_string(),
        });
        self.0["referenced_message"] = referenced.clone();
    }
}

#[cfg(test)]
mod tests {
    use serenity::model::channel::Message;
    use serenity::model::event::{Event, GatewayEvent};

    use super::*;

    fn event(name: &str, data: &Value) -> Event {
        let payload = json!({ "op": 0, "s": 1, "t": name, "d": data });
        match serde_json::from_value(payload).expect("serenity reads the event") {
            GatewayEvent::Dispatch(1, event) => event,
            other => panic!("serenity takes the event for {other:?}"),
        }
    }

    fn received(message: &MessageEvent) -> Message {
        match event("MESSAGE_CREATE", &message.to_value()) {
            Event::MessageCreate(event) => event.message,
            other => panic!("serenity takes the message for {other:?}"),
        }
    }

    #[test]
    fn a_mention_names_the_bot_in_a_guild() {
        let message = received(&MessageEvent::mentioning_bot("who fell?"));
        assert_eq!(message.content, format!("<@{BOT}> who fell?"));
        assert_eq!(message.mentions[0].id.get(), BOT);
        assert_eq!(message.guild_id.expect("a guild").get(), GUILD);
        assert!(message.member.is_some() && !message.author.bot);
    }

    #[test]
    fn a_direct_message_has_no_guild_and_the_channel_of_its_author() {
        let message = received(&MessageEvent::direct("who fell?").by(77));
        assert_eq!(message.guild_id, None);
        assert_eq!(message.author.id.get(), 77);
        assert_eq!(message.channel_id.get(), direct_channel(77));
    }

    #[test]
    fn a_reply_holds_the_message_of_the_bot() {
        let message =
            received(&MessageEvent::reply_to_bot("Nvidia fell.", "by how much?").in_channel(5));
        let referenced = message.referenced_message.expect("the message replied to");
        assert_eq!(referenced.author.id.get(), BOT);
        assert_eq!(referenced.content, "Nvidia fell.");
        assert_eq!(message.mentions[0].id.get(), BOT);
        let reference = message.message_reference.expect("a reference");
        assert_eq!(reference.channel_id.get(), 5);
        assert_eq!(reference.message_id, Some(referenced.id));
    }

    #[test]
    fn a_bot_is_known_as_one_and_everyone_is_nobody_in_particular() {
        assert!(received(&MessageEvent::by_a_bot("hello")).author.bot);
        let message = received(&MessageEvent::to_everyone("hello"));
        assert!(message.mention_everyone && message.mentions.is_empty());
    }

    #[test]
    fn an_edit_keeps_the_message_and_the_mention_it_opened_with() {
        for (message, content) in [
            (
                MessageEvent::mentioning_bot("who?"),
                format!("<@{BOT}> when?"),
            ),
            (MessageEvent::in_guild("who?"), "when?".to_owned()),
            (MessageEvent::direct("who?"), "when?".to_owned()),
        ] {
            let edited = message.edited("when?");
            let Event::MessageUpdate(update) = event("MESSAGE_UPDATE", &edited.to_value()) else {
                panic!("serenity takes the edit for something else");
            };
            let before = received(&message);
            assert_eq!(update.id, before.id);
            assert_eq!(update.content, Some(content));
            assert_eq!(
                update.mentions.map(|m| m.len()),
                Some(before.mentions.len())
            );
            assert!(update.edited_timestamp.is_some() && before.edited_timestamp.is_none());
        }
    }

    #[test]
    fn a_deletion_names_the_message_alone() {
        for message in [MessageEvent::in_guild("x"), MessageEvent::direct("x")] {
            let deletion = message.deletion();
            let Event::MessageDelete(deleted) = event("MESSAGE_DELETE", &deletion) else {
                panic!("serenity takes the deletion for something else");
            };
            let message = received(&message);
            assert_eq!(deleted.message_id, message.id);
            assert_eq!(deleted.channel_id, message.channel_id);
            assert_eq!(deleted.guild_id, message.guild_id);
            assert!(deletion.get("content").is_none());
        }
    }

    #[test]
    fn a_reply_to_what_was_sent_holds_its_embeds_and_buttons() {
        let body = json!({
            "embeds": [{ "description": "Nvidia fell." }],
            "components": [{ "type": 1, "components": [
                { "type": 2, "style": 2, "label": "Sources", "custom_id": "1:src:x:fr" },
            ] }],
        });
        let message = received(&MessageEvent::reply_to(&body, "by how much?"));
        let referenced = message.referenced_message.expect("the message replied to");
        assert_eq!(referenced.author.id.get(), BOT);
        let embed = &referenced.embeds[0];
        assert_eq!(embed.description.as_deref(), Some("Nvidia fell."));
        assert_eq!(referenced.components.len(), 1);
        assert_eq!(message.mentions[0].id.get(), BOT);
    }
}

//! Where something is done with the bot, and what it and who asks may do there.

use serde_json::{Value, json};

use super::{Interaction, text};
use crate::standin::objects::{self, GUILD, Snowflake, direct_channel, private_channel};

const ATTACH_FILES: u64 = 1 << 15;
const EMBED_LINKS: u64 = 1 << 14;
const MENTION_EVERYONE: u64 = 1 << 17;
const ADMINISTRATOR: u64 = 1 << 3;
/// See the channel, write in it, embed links, attach files, read its history.
pub(super) const BOT_PERMISSIONS: u64 = 1 << 10 | 1 << 11 | EMBED_LINKS | ATTACH_FILES | 1 << 16;
/// See the channel, write in it, read its history, use commands.
pub(super) const MEMBER_PERMISSIONS: u64 = 1 << 10 | 1 << 11 | 1 << 16 | 1 << 31;
/// What an application may do in private channels that are not its own.
const PRIVATE_PERMISSIONS: u64 = ATTACH_FILES | EMBED_LINKS | MENTION_EVERYONE;

/// Discord's contexts, by their numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    Guild = 0,
    BotDirect = 1,
    Private = 2,
}

impl Interaction {
    /// In the direct channel of the bot and who asks.
    #[must_use]
    pub(crate) fn direct(mut self) -> Self {
        self.place = Place::BotDirect;
        self
    }

    /// In a private channel of who asks and somebody else, by an application that this user alone
    /// has installed.
    #[must_use]
    pub(crate) fn user_installed(mut self) -> Self {
        self.place = Place::Private;
        self.app_permissions &= PRIVATE_PERMISSIONS;
        self.app_permissions |= MENTION_EVERYONE;
        self
    }

    /// Where the bot may not embed links.
    #[must_use]
    pub(crate) fn without_embed_links(mut self) -> Self {
        self.app_permissions &= !EMBED_LINKS;
        self
    }

    /// By somebody with every permission in the guild.
    #[must_use]
    pub(crate) fn by_an_administrator(mut self) -> Self {
        self.permissions |= ADMINISTRATOR;
        self
    }

    /// The interaction as Discord would send it.
    #[must_use]
    pub(crate) fn to_value(&self) -> Value {
        let mut payload = self.payload.clone();
        payload["app_permissions"] = json!(self.app_permissions.to_string());
        payload["context"] = json!(self.place as u8);
        self.set_author(&mut payload);
        self.set_channel(&mut payload);
        let (installed, owner) = match self.place {
            Place::Guild => ("0", GUILD),
            // In a direct channel the owner of an installation in a guild is "0".
            Place::BotDirect => ("0", 0),
            Place::Private => ("1", self.author),
        };
        payload["authorizing_integration_owners"] = json!({ installed: owner.to_string() });
        payload
    }

    fn set_author(&self, payload: &mut Value) {
        let user = objects::user(self.author);
        if self.place == Place::Guild {
            let mut member = objects::member();
            member["user"] = user;
            member["permissions"] = json!(self.permissions.to_string());
            payload["member"] = member;
            return;
        }
        payload["user"] = user;
        let payload = payload.as_object_mut().expect("a payload is an object");
        for key in ["guild_id", "guild", "guild_locale"] {
            payload.remove(key);
        }
    }

    fn set_channel(&self, payload: &mut Value) {
        let (channel, recipient): (Snowflake, _) = match self.place {
            Place::Guild => {
                let channel = text(payload, "channel_id").parse();
                (channel.expect("ids are numbers"), None)
            }
            Place::BotDirect => (direct_channel(self.author), Some(self.author)),
            Place::Private => (private_channel(self.author), Some(self.author)),
        };
        payload["channel_id"] = json!(channel.to_string());
        payload["channel"] = objects::channel(channel, recipient);
        if let Some(message) = payload.get_mut("message") {
            message["channel_id"] = json!(channel.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use serenity::model::application::{
        CommandInteraction, Interaction as Received, InteractionContext,
    };

    use super::*;

    fn command(interaction: &Interaction) -> CommandInteraction {
        match serde_json::from_value(interaction.to_value()).expect("serenity reads it") {
            Received::Command(command) => command,
            other => panic!("serenity takes the command for {other:?}"),
        }
    }

    #[test]
    fn a_slash_command_in_a_direct_channel_brings_a_user_and_no_guild() {
        let asked = command(
            &Interaction::slash("ask")
                .by(77)
                .direct()
                .without_embed_links(),
        );
        assert_eq!((asked.guild_id, asked.guild_locale), (None, None));
        assert!(asked.member.is_none());
        assert_eq!(asked.user.id.get(), 77);
        assert_eq!(asked.channel_id.get(), direct_channel(77));
        assert!(!asked.app_permissions.expect("permissions").embed_links());
        assert_eq!(asked.context, Some(InteractionContext::BotDm));
    }

    #[test]
    fn an_application_a_user_installed_is_authorised_by_that_user_alone() {
        let asked = Interaction::slash("ask").user_installed().by(77);
        let payload = asked.to_value();
        let owners = &payload["authorizing_integration_owners"];
        assert_eq!(owners, &json!({ "1": "77" }));
        let asked = command(&asked);
        assert_eq!(asked.context, Some(InteractionContext::PrivateChannel));
        assert_eq!((asked.guild_id, asked.user.id.get()), (None, 77));
        assert_ne!(asked.channel_id.get(), direct_channel(77));
        let permissions = asked.app_permissions.expect("permissions");
        assert_eq!(permissions.bits(), PRIVATE_PERMISSIONS);
        assert_eq!(asked.authorizing_integration_owners.0.len(), 1);
    }
}

//! Interactions as the gateway brings them: commands, autocomplete, pressed buttons.

use serde_json::{Value, json};

use super::MessageEvent;
use crate::standin::objects::{
    self, BOT, CHANNEL, GUILD, MEMBER, Snowflake, direct_channel, fresh_id,
};

const SUB_COMMAND: u8 = 1;
const STRING: u8 = 3;
const EMBED_LINKS: u64 = 1 << 14;
const ADMINISTRATOR: u64 = 1 << 3;
/// See the channel, write in it, embed links, attach files, read its history.
const BOT_PERMISSIONS: u64 = 1 << 10 | 1 << 11 | EMBED_LINKS | 1 << 15 | 1 << 16;
/// See the channel, write in it, read its history, use commands.
const MEMBER_PERMISSIONS: u64 = 1 << 10 | 1 << 11 | 1 << 16 | 1 << 31;

/// Something a member does with the bot, ready for `StandIn::interaction`.
#[derive(Clone, Debug)]
pub(crate) struct Interaction {
    payload: Value,
    author: Snowflake,
    permissions: u64,
}

impl Interaction {
    /// A slash command, in the guild.
    #[must_use]
    pub(crate) fn slash(name: &str) -> Self {
        Self::new(2, &command(name, 1))
    }

    /// The question a client asks at each key while a slash command is being written.
    #[must_use]
    pub(crate) fn autocomplete(name: &str) -> Self {
        Self::new(4, &command(name, 1))
    }

    /// A command of the menu of a message.
    #[must_use]
    pub(crate) fn on_message(name: &str, target: &MessageEvent) -> Self {
        let message = target.to_value();
        let id = message["id"]
            .as_str()
            .expect("each message has an id")
            .to_owned();
        let mut data = command(name, 3);
        data["target_id"] = json!(id);
        data["resolved"] = json!({ "messages": { id: message } });
        Self::new(2, &data)
    }

    /// A button pressed under a message of the bot, which the request `sent` (a message, or the
    /// `data` of a first answer) put there.
    #[must_use]
    pub(crate) fn press(custom_id: &str, sent: &Value) -> Self {
        let data = json!({ "component_type": 2, "custom_id": custom_id, "id": 2 });
        let mut interaction = Self::new(3, &data);
        interaction.payload["message"] = objects::message(CHANNEL, BOT, sent);
        interaction
    }

    /// Below the command, or below the sub-command once there is one.
    #[must_use]
    pub(crate) fn option(self, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        let kind = match &value {
            Value::Bool(_) => 5,
            Value::Number(number) if number.is_f64() => 10,
            Value::Number(_) => 4,
            _ => STRING,
        };
        self.with_option(json!({ "type": kind, "name": name, "value": value }))
    }

    /// The option being written, of an autocomplete.
    #[must_use]
    pub(crate) fn focused(self, name: &str, written: &str) -> Self {
        self.with_option(json!({ "type": STRING, "name": name, "value": written, "focused": true }))
    }

    /// Options that follow are those of the sub-command.
    #[must_use]
    pub(crate) fn sub_command(self, name: &str) -> Self {
        self.with_option(json!({ "type": SUB_COMMAND, "name": name, "options": [] }))
    }

    /// The language of the client of who asks (default: `en-US`).
    #[must_use]
    pub(crate) fn locale(mut self, locale: &str) -> Self {
        self.payload["locale"] = json!(locale);
        self
    }

    /// The language of the guild (default: `en-US`).
    #[must_use]
    pub(crate) fn guild_locale(mut self, locale: &str) -> Self {
        self.payload["guild_locale"] = json!(locale);
        self
    }

    #[must_use]
    pub(crate) fn by(mut self, author: Snowflake) -> Self {
        self.author = author;
        self
    }

    /// By somebody with every permission in the guild.
    #[must_use]
    pub(crate) fn by_an_administrator(mut self) -> Self {
        self.permissions |= ADMINISTRATOR;
        self
    }

    /// Where the bot may not embed links.
    #[must_use]
    pub(crate) fn without_embed_links(mut self) -> Self {
        self.payload["app_permissions"] = json!((BOT_PERMISSIONS & !EMBED_LINKS).to_string());
        self
    }

    /// In the direct channel of the bot and who asks.
    #[must_use]
    pub(crate) fn direct(mut self) -> Self {
        let payload = self
            .payload
            .as_object_mut()
            .expect("a payload is an object");
        for key in ["guild_id", "guild", "guild_locale", "channel_id"] {
            payload.remove(key);
        }
        self
    }

    /// The interaction as Discord would send it.
    #[must_use]
    pub(crate) fn to_value(&self) -> Value {
        let mut payload = self.payload.clone();
        let user = objects::user(self.author);
        let in_guild = payload.get("guild_id").is_some();
        if in_guild {
            let mut member = objects::member();
            member["user"] = user;
            member["permissions"] = json!(self.permissions.to_string());
            payload["member"] = member;
        } else {
            payload["user"] = user;
            payload["channel_id"] = json!(direct_channel(self.author).to_string());
        }
        let id: Snowflake = text(&payload, "channel_id")
            .parse()
            .expect("ids are numbers");
        payload["channel"] = objects::channel(id, (!in_guild).then_some(self.author));
        if let Some(message) = payload.get_mut("message") {
            message["channel_id"] = json!(id.to_string());
        }
        payload["context"] = json!(u8::from(!in_guild));
        // In a direct channel the owner of an installation in a guild is "0".
        let owner = if in_guild { GUILD } else { 0 };
        payload["authorizing_integration_owners"] = json!({ "0": owner.to_string() });
        payload
    }

    fn new(kind: u8, data: &Value) -> Self {
        const ATTACHMENT_LIMIT: u32 = 10 << 20;
        let id = fresh_id();
        let payload = json!({
            "id": id.to_string(),
            "application_id": BOT.to_string(),
            "type": kind,
            "token": format!("token-of-{id}"),
            "version": 1,
            "data": data,
            "guild_id": GUILD.to_string(),
            "guild": { "id": GUILD.to_string(), "locale": "en-US", "features": [] },
            "channel_id": CHANNEL.to_string(),
            "locale": "en-US",
            "guild_locale": "en-US",
            "app_permissions": BOT_PERMISSIONS.to_string(),
            "entitlements": [],
            "entitlement_sku_ids": [],
            "attachment_size_limit": ATTACHMENT_LIMIT,
        });
        Self {
            payload,
            author: MEMBER,
            permissions: MEMBER_PERMISSIONS,
        }
    }

    fn with_option(mut self, option: Value) -> Self {
        let mut holder = &mut self.payload["data"];
        if holder["options"]
            .get(0)
            .is_some_and(|first| first["type"] == SUB_COMMAND)
        {
            holder = &mut holder["options"][0];
        }
        let options = holder["options"].as_array_mut();
        options.expect("only commands have options").push(option);
        self
    }
}

impl From<Interaction> for Value {
    fn from(interaction: Interaction) -> Self {
        interaction.to_value()
    }
}

fn command(name: &str, kind: u8) -> Value {
    json!({ "id": fresh_id().to_string(), "name": name, "type": kind, "options": [] })
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serenity::model::application::{
        CommandDataOptionValue, CommandInteraction, ComponentInteraction,
        ComponentInteractionDataKind, Interaction as Received, InteractionContext, ResolvedTarget,
    };

    use super::*;

    fn received(interaction: &Interaction) -> Received {
        serde_json::from_value(interaction.to_value()).expect("serenity reads the interaction")
    }

    fn command(interaction: &Interaction) -> CommandInteraction {
        match received(interaction) {
            Received::Command(command) | Received::Autocomplete(command) => command,
            other => panic!("serenity takes the command for {other:?}"),
        }
    }

    fn pressed(interaction: &Interaction) -> ComponentInteraction {
        match received(interaction) {
            Received::Component(component) => component,
            other => panic!("serenity takes the button for {other:?}"),
        }
    }

    #[test]
    fn a_slash_command_in_a_guild_brings_options_languages_and_permissions() {
        let asked = Interaction::slash("ask")
            .option("question", "qui ?")
            .option("private", true)
            .option("count", 3)
            .locale("fr")
            .guild_locale("en-GB")
            .by_an_administrator();
        let asked = command(&asked);
        let values: Vec<_> = asked
            .data
            .options
            .iter()
            .map(|option| option.value.clone())
            .collect();
        assert_eq!(
            values,
            [
                CommandDataOptionValue::String("qui ?".into()),
                CommandDataOptionValue::Boolean(true),
                CommandDataOptionValue::Integer(3),
            ]
        );
        assert_eq!(
            (asked.locale.as_str(), asked.guild_locale.as_deref()),
            ("fr", Some("en-GB"))
        );
        assert_eq!(asked.user.id.get(), MEMBER);
        let member = asked.member.expect("a member");
        assert!(member.permissions.expect("permissions").administrator());
        assert!(asked.app_permissions.expect("permissions").embed_links());
        assert_eq!(asked.context, Some(InteractionContext::Guild));
        assert_eq!(asked.authorizing_integration_owners.0.len(), 1);
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
    fn options_after_a_sub_command_are_its_own() {
        let asked = Interaction::slash("griot")
            .sub_command("language")
            .option("to", "fr");
        let asked = command(&asked);
        let CommandDataOptionValue::SubCommand(below) = &asked.data.options[0].value else {
            panic!("no sub-command in {:?}", asked.data.options);
        };
        assert_eq!(below[0].name, "to");
    }

    #[test]
    fn autocomplete_says_which_option_is_being_written() {
        let asked = Interaction::autocomplete("ask")
            .option("language", "fr")
            .focused("question", "prix pu");
        assert!(matches!(received(&asked), Received::Autocomplete(_)));
        let asked = command(&asked);
        let option = asked.data.autocomplete().expect("an option in focus");
        assert_eq!((option.name, option.value), ("question", "prix pu"));
    }

    #[test]
    fn a_message_command_brings_the_message() {
        let target = MessageEvent::in_guild("who fell?");
        let asked = command(&Interaction::on_message("Ask about this message", &target));
        let Some(ResolvedTarget::Message(message)) = asked.data.target() else {
            panic!("no message in {:?}", asked.data);
        };
        assert_eq!(message.content, "who fell?");
    }

    #[test]
    fn a_press_brings_the_message_the_button_stands_on() {
        let sent = json!({
            "content": "Nvidia fell.",
            "components": [{ "type": 1, "components": [
                { "type": 2, "style": 2, "label": "Sources", "custom_id": "1:src:x:fr" },
            ] }],
        });
        for interaction in [
            Interaction::press("1:src:x:fr", &sent),
            Interaction::press("1:src:x:fr", &sent).direct(),
        ] {
            let pressed = pressed(&interaction);
            assert_eq!(pressed.data.custom_id, "1:src:x:fr");
            assert!(matches!(
                pressed.data.kind,
                ComponentInteractionDataKind::Button
            ));
            assert_eq!(pressed.message.content, "Nvidia fell.");
            assert_eq!(pressed.message.components.len(), 1);
            assert_eq!(pressed.message.channel_id, pressed.channel_id);
        }
    }
}

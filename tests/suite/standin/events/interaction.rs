//! Interactions as the gateway brings them: commands, autocomplete, buttons, selects, modals.

mod place;

use serde_json::{Value, json};

use self::place::{BOT_PERMISSIONS, MEMBER_PERMISSIONS, Place};
use super::{MessageEvent, Sent};
use crate::standin::objects::{BOT, CHANNEL, GUILD, MEMBER, Snowflake, fresh_id};

const SUB_COMMAND: u8 = 1;
const STRING: u8 = 3;

/// Something a member does with the bot, ready for `StandIn::interaction`.
#[derive(Clone, Debug)]
pub(crate) struct Interaction {
    payload: Value,
    author: Snowflake,
    permissions: u64,
    app_permissions: u64,
    place: Place,
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
    pub(crate) fn press(custom_id: &str, sent: impl Into<Sent>) -> Self {
        let data = json!({ "component_type": 2, "custom_id": custom_id, "id": 2 });
        Self::new(3, &data).opened_from(sent)
    }

    /// Values chosen in a select of a message of the bot; `sent` as for a button.
    #[must_use]
    pub(crate) fn select(custom_id: &str, values: &[&str], sent: impl Into<Sent>) -> Self {
        let data =
            json!({ "component_type": 3, "custom_id": custom_id, "id": 2, "values": values });
        Self::new(3, &data).opened_from(sent)
    }

    /// A modal with one text, submitted; it was opened by a command, unless by a message.
    #[must_use]
    pub(crate) fn modal(custom_id: &str, input_id: &str, text: &str) -> Self {
        let input = json!({ "type": 4, "id": 2, "custom_id": input_id, "value": text });
        let row = json!({ "type": 1, "id": 1, "components": [input] });
        let data = json!({ "custom_id": custom_id, "components": [row] });
        Self::new(5, &data)
    }

    /// From a message of the bot, `sent` as for a button.
    #[must_use]
    pub(crate) fn opened_from(mut self, sent: impl Into<Sent>) -> Self {
        self.payload["message"] = sent.into().message(CHANNEL);
        self
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
            "entitlements": [],
            "entitlement_sku_ids": [],
            "attachment_size_limit": ATTACHMENT_LIMIT,
        });
        Self {
            payload,
            author: MEMBER,
            permissions: MEMBER_PERMISSIONS,
            app_permissions: BOT_PERMISSIONS,
            place: Place::Guild,
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
        ActionRowComponent, CommandDataOptionValue, CommandInteraction, ComponentInteraction,
        ComponentInteractionDataKind, Interaction as Received, InteractionContext,
        ModalInteraction, ResolvedTarget,
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
            other => panic!("serenity takes the component for {other:?}"),
        }
    }

    fn submitted(interaction: &Interaction) -> ModalInteraction {
        match received(interaction) {
            Received::Modal(modal) => modal,
            other => panic!("serenity takes the modal for {other:?}"),
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
        assert_eq!(asked.data.name, "Ask about this message");
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

    #[test]
    fn a_select_brings_the_values_and_the_message_it_stands_on() {
        let sent = json!({
            "content": "Which of these?",
            "components": [{ "type": 1, "components": [
                { "type": 3, "custom_id": "1:pick", "options": [
                    { "label": "Nvidia", "value": "nvidia" },
                    { "label": "DeepSeek", "value": "deepseek" },
                ] },
            ] }],
        });
        let chosen = pressed(&Interaction::select("1:pick", &["deepseek"], &sent));
        let ComponentInteractionDataKind::StringSelect { values } = &chosen.data.kind else {
            panic!("no select in {:?}", chosen.data);
        };
        assert_eq!(values, &["deepseek"]);
        assert_eq!(chosen.data.custom_id, "1:pick");
        let row = &chosen.message.components[0];
        let [ActionRowComponent::SelectMenu(menu)] = row.components.as_slice() else {
            panic!("no select in {row:?}");
        };
        assert_eq!(menu.options.len(), 2);
    }

    #[test]
    fn a_modal_brings_its_text_and_the_message_it_was_opened_from() {
        let asked = Interaction::modal("1:ask", "question", "qui ?")
            .by(77)
            .locale("fr");
        let modal = submitted(&asked);
        assert_eq!(modal.data.custom_id, "1:ask");
        let row = &modal.data.components[0];
        let [ActionRowComponent::InputText(input)] = row.components.as_slice() else {
            panic!("no input in {row:?}");
        };
        assert_eq!(input.custom_id, "question");
        assert_eq!(input.value.as_deref(), Some("qui ?"));
        assert_eq!((modal.user.id.get(), modal.locale.as_str()), (77, "fr"));
        assert!(modal.member.is_some() && modal.message.is_none());

        let sent = json!({ "content": "Nvidia fell." });
        let modal = submitted(&asked.direct().opened_from(&sent));
        assert_eq!((modal.guild_id, modal.user.id.get()), (None, 77));
        let message = modal.message.expect("the message it was opened from");
        assert_eq!(message.channel_id, modal.channel_id);
    }
}

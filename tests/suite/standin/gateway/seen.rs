//! What a bot is given to see, by its intents and its shard.

use serde_json::{Value, json};

use super::super::objects::{BOT, Snowflake};

const GUILD_MESSAGES: u64 = 1 << 9;
const DIRECT_MESSAGES: u64 = 1 << 12;
const MESSAGE_CONTENT: u64 = 1 << 15;

/// The event `name` as Discord gives it to a bot with these intents; nothing for one it withholds.
pub(super) fn as_seen_with(intents: u64, name: &str, data: &Value) -> Option<Value> {
    match name {
        "MESSAGE_CREATE" | "MESSAGE_UPDATE" if reaches(intents, data) => {
            Some(message_as_seen_with(intents, data))
        }
        "MESSAGE_DELETE" if reaches(intents, data) => Some(data.clone()),
        _ if name.starts_with("MESSAGE_") => None,
        _ => Some(data.clone()),
    }
}

pub(super) fn shard_of(data: &Value, count: u64) -> u64 {
    let guild = data.get("guild_id").and_then(Value::as_str);
    let guild: Option<Snowflake> = guild.and_then(|id| id.parse().ok());
    guild.map_or(0, |id| (id >> 22) % count)
}

/// Whether the bot hears of messages in such a place.
fn reaches(intents: u64, message: &Value) -> bool {
    let needed = if message.get("guild_id").is_some() {
        GUILD_MESSAGES
    } else {
        DIRECT_MESSAGES
    };
    intents & needed != 0
}

/// Without content unless it is direct, the bot's own, or mentions the bot.
fn message_as_seen_with(intents: u64, message: &Value) -> Value {
    let in_guild = message.get("guild_id").is_some();
    let bot = BOT.to_string();
    let mentioned = message["mentions"]
        .as_array()
        .into_iter()
        .flatten()
        .any(|user| user["id"] == bot);
    let mut message = message.clone();
    if in_guild && !mentioned && message["author"]["id"] != bot && intents & MESSAGE_CONTENT == 0 {
        message["content"] = json!("");
        for key in ["embeds", "attachments", "components"] {
            message[key] = json!([]);
        }
    }
    message
}

#[cfg(test)]
mod tests {
    use super::super::super::events::MessageEvent;
    use super::super::super::objects::GUILD;
    use super::*;

    const NO_PRIVILEGE: u64 = GUILD_MESSAGES | DIRECT_MESSAGES;

    #[test]
    fn content_is_given_only_to_those_it_is_for() {
        let rows = [
            (MessageEvent::in_guild("x"), NO_PRIVILEGE, Some("")),
            (
                MessageEvent::in_guild("x"),
                NO_PRIVILEGE | MESSAGE_CONTENT,
                Some("x"),
            ),
            (MessageEvent::to_everyone("x"), NO_PRIVILEGE, Some("")),
            (
                MessageEvent::reply_to_bot("earlier", "x"),
                NO_PRIVILEGE,
                Some("x"),
            ),
            (MessageEvent::direct("x"), NO_PRIVILEGE, Some("x")),
            (MessageEvent::direct("x"), GUILD_MESSAGES, None),
            (MessageEvent::mentioning_bot("x"), DIRECT_MESSAGES, None),
        ];
        for (message, intents, content) in rows {
            for name in ["MESSAGE_CREATE", "MESSAGE_UPDATE"] {
                let seen = as_seen_with(intents, name, &message.to_value());
                let seen = seen
                    .as_ref()
                    .map(|message| message["content"].as_str().expect("a text"));
                assert_eq!(
                    seen, content,
                    "{name} of {message:?} with intents {intents}"
                );
            }
        }
    }

    #[test]
    fn a_deletion_is_told_as_it_is_to_those_who_see_the_messages_there() {
        let deletion = MessageEvent::in_guild("x").deletion();
        let seen = |intents| as_seen_with(intents, "MESSAGE_DELETE", &deletion);
        assert_eq!(seen(GUILD_MESSAGES), Some(deletion.clone()));
        assert_eq!(seen(DIRECT_MESSAGES), None);
    }

    #[test]
    fn a_guild_has_one_shard_and_direct_messages_the_first() {
        assert_eq!(shard_of(&MessageEvent::direct("x").to_value(), 3), 0);
        assert_eq!(
            shard_of(&MessageEvent::in_guild("x").to_value(), 3),
            (GUILD >> 22) % 3
        );
    }
}

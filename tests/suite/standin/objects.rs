//! Discord's objects as it sends them, and who takes part in the tests.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};

/// An id as Discord makes them; a string on the wire.
pub(crate) type Snowflake = u64;

/// The bot under test; its application has the same id, as with all applications of today.
pub(crate) const BOT: Snowflake = 1_100_000_000_000_000_001;
/// Who asks, unless a test says otherwise.
pub(crate) const MEMBER: Snowflake = 1_100_000_000_000_000_002;
/// Who owns the application, unless a test says otherwise.
pub(crate) const OWNER: Snowflake = 1_100_000_000_000_000_003;
pub(crate) const OTHER_BOT: Snowflake = 1_100_000_000_000_000_004;
pub(crate) const GUILD: Snowflake = 1_100_000_000_000_000_010;
/// A text channel of the guild.
pub(crate) const CHANNEL: Snowflake = 1_100_000_000_000_000_011;

const LONG_AGO: &str = "2025-01-01T00:00:00.000000+00:00";
const LATER: &str = "2025-01-01T00:00:01.000000+00:00";

/// A new id, later than all others.
pub(super) fn fresh_id() -> Snowflake {
    // Discord keeps the time above bit 22: ids made one after the other are far apart.
    const STEP: u64 = 1 << 22;
    static NEXT: AtomicU64 = AtomicU64::new(1_200_000_000_000_000_000);
    NEXT.fetch_add(STEP, Ordering::Relaxed)
}

/// The channel in which the bot and `user` write to each other.
#[must_use]
pub(crate) const fn direct_channel(user: Snowflake) -> Snowflake {
    user + 1_000_000
}

/// The channel in which `user` and somebody else write to each other, without the bot.
#[must_use]
pub(super) const fn private_channel(user: Snowflake) -> Snowflake {
    user + 2_000_000
}

pub(super) fn user(id: Snowflake) -> Value {
    let (name, is_bot) = match id {
        BOT => ("griot".into(), true),
        OTHER_BOT => ("other-bot".into(), true),
        MEMBER => ("eleonore".into(), false),
        _ => (format!("user-{id}"), false),
    };
    json!({
        "id": id.to_string(),
        "username": name,
        "global_name": if is_bot { Value::Null } else { json!("L’Éléonore") },
        "discriminator": if is_bot { "0001" } else { "0" },
        "avatar": null,
        "bot": is_bot,
        "public_flags": 0,
        "flags": 0,
        "banner": null,
        "accent_color": null,
        "avatar_decoration_data": null,
        "collectibles": null,
        "primary_guild": null,
    })
}

/// A member of the guild, without the user, which some payloads hold beside.
pub(super) fn member() -> Value {
    json!({
        "roles": [],
        "nick": null,
        "avatar": null,
        "banner": null,
        "joined_at": LONG_AGO,
        "premium_since": null,
        "deaf": false,
        "mute": false,
        "flags": 0,
        "pending": false,
        "communication_disabled_until": null,
    })
}

/// A message with the parts that all have; `body` may be that of a request to send it.
pub(super) fn message(channel: Snowflake, author: Snowflake, body: &Value) -> Value {
    let given = |key: &str, or: Value| {
        body.get(key)
            .filter(|v| !v.is_null())
            .cloned()
            .unwrap_or(or)
    };
    let mut message = json!({
        "id": fresh_id().to_string(),
        "channel_id": channel.to_string(),
        "type": 0,
        "author": user(author),
        "content": given("content", json!("")),
        "timestamp": LONG_AGO,
        "edited_timestamp": null,
        "tts": false,
        "mention_everyone": false,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": given("embeds", json!([])),
        "components": given("components", json!([])),
        "pinned": false,
        "flags": given("flags", json!(0)),
    });
    for embed in message["embeds"].as_array_mut().into_iter().flatten() {
        embed["type"] = json!("rich");
    }
    if let Some(reference) = body.get("message_reference") {
        const REPLY: u8 = 19;
        message["type"] = json!(REPLY);
        message["message_reference"] = reference.clone();
        message["message_reference"]["channel_id"] = json!(channel.to_string());
    }
    message
}

/// Changes a message; what `body` does not name is kept.
pub(super) fn edit(message: &mut Value, body: &Value) {
    for key in ["content", "embeds", "components"] {
        if let Some(value) = body.get(key) {
            message[key] = value.clone();
        }
    }
    message["edited_timestamp"] = json!(LATER);
}

pub(super) fn channel(id: Snowflake, recipient: Option<Snowflake>) -> Value {
    match recipient {
        Some(recipient) => json!({
            "id": id.to_string(),
            "type": 1,
            "last_message_id": null,
            "flags": 0,
            "recipients": [user(recipient)],
        }),
        None => json!({
            "id": id.to_string(),
            "type": 0,
            "guild_id": GUILD.to_string(),
            "name": "general",
            "position": 0,
            "permission_overwrites": [],
            "topic": null,
            "nsfw": false,
            "last_message_id": null,
            "parent_id": null,
            "rate_limit_per_user": 0,
            "flags": 0,
        }),
    }
}

/// The application; with `team`, its first member is who owns the team.
pub(super) fn application(owner: Snowflake, team: &[Snowflake]) -> Value {
    let team_id = BOT + 500;
    let members: Vec<_> = team
        .iter()
        .map(|member| {
            json!({
                "membership_state": 2,
                "permissions": ["*"],
                "role": "admin",
                "team_id": team_id.to_string(),
                "user": user(*member),
            })
        })
        .collect();
    let team_object = team.first().map(|first| {
        json!({
            "id": team_id.to_string(),
            "icon": null,
            "name": "Griot's team",
            "owner_user_id": first.to_string(),
            "members": members,
        })
    });
    json!({
        "id": BOT.to_string(),
        "name": "Griot",
        "icon": null,
        "description": "",
        "bot_public": true,
        "bot_require_code_grant": false,
        "flags": 0,
        "verify_key": "0".repeat(64),
        "redirect_uris": [],
        // For a team Discord names a user of the team's own, which nobody is.
        "owner": user(if team.is_empty() { owner } else { team_id }),
        "team": team_object,
    })
}

/// What Discord says when it refuses a request.
pub(super) fn error(code: u32, message: &str) -> Value {
    json!({ "message": message, "code": code })
}

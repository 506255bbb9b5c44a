//! The gateway: sessions, their events, and who is given which.

mod connection;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

pub(super) use self::connection::connect;
use super::objects::{BOT, GUILD, Snowflake, user};
use super::settings::Door;

const GUILD_MESSAGES: u64 = 1 << 9;
const DIRECT_MESSAGES: u64 = 1 << 12;
const MESSAGE_CONTENT: u64 = 1 << 15;

/// What the bot said when it identified itself.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Identified {
    pub(crate) intents: u64,
    /// Its number and how many there are.
    pub(crate) shard: (u64, u64),
}

#[derive(Debug)]
pub(super) struct Gateway {
    door: Door,
    sessions: Vec<Session>,
    opened: usize,
    /// Not yet given to a test, as are those below.
    pub(super) identified: Vec<Identified>,
    pub(super) resumed: usize,
    pub(super) closed: Vec<u16>,
    withheld: Vec<String>,
}

#[derive(Debug)]
struct Session {
    id: String,
    identified: Identified,
    /// All that was sent, in order: the number of an event is its place, from 1.
    events: Vec<Value>,
    connection: Option<UnboundedSender<Value>>,
}

impl Default for Gateway {
    fn default() -> Self {
        Self {
            door: Door::Open,
            sessions: Vec::new(),
            opened: 0,
            identified: Vec::new(),
            resumed: 0,
            closed: Vec::new(),
            withheld: Vec::new(),
        }
    }
}

impl Gateway {
    pub(super) fn set_door(&mut self, door: Door) {
        self.door = door;
    }

    /// Cuts every connection without a word; the sessions may be resumed.
    pub(super) fn cut(&mut self) {
        for session in &mut self.sessions {
            session.connection = None;
        }
    }

    /// Sends `data` to the shard it belongs to, as far as the intents of the bot reach.
    pub(super) fn dispatch(&mut self, name: &str, data: &Value) {
        assert!(
            !self.sessions.is_empty(),
            "no bot has identified itself to be told of {name}: await `identified` first"
        );
        for session in &mut self.sessions {
            let (number, count) = session.identified.shard;
            if shard_of(data, count) != number {
                continue;
            }
            let seen = match name {
                "MESSAGE_CREATE" => as_seen_with(session.identified.intents, data),
                _ => Some(data.clone()),
            };
            match seen {
                Some(data) => session.send(name, &data),
                None => self.withheld.push(format!("{name} {}", data["id"])),
            }
        }
    }

    pub(super) fn account(&self) -> String {
        let sessions: Vec<_> = self
            .sessions
            .iter()
            .map(|session| &session.identified)
            .collect();
        format!(
            "sessions {sessions:?}; withheld for want of an intent {:?}",
            self.withheld
        )
    }

    fn open(
        &mut self,
        identified: Identified,
        connection: UnboundedSender<Value>,
        url: &str,
    ) -> String {
        self.opened += 1;
        let id = format!("session-{}", self.opened);
        let (number, count) = identified.shard;
        let mut session = Session {
            id: id.clone(),
            identified: identified.clone(),
            events: Vec::new(),
            connection: Some(connection),
        };
        session.send(
            "READY",
            &json!({
                "v": 10,
                "user": user(BOT),
                "guilds": [{ "id": GUILD.to_string(), "unavailable": true }],
                "session_id": id,
                "resume_gateway_url": url,
                "shard": [number, count],
                "application": { "id": BOT.to_string(), "flags": 0 },
            }),
        );
        self.sessions.push(session);
        self.identified.push(identified);
        id
    }

    /// Takes a session up again after its event `seen`; false when it is not known.
    fn resume(&mut self, id: &str, seen: usize, connection: UnboundedSender<Value>) -> bool {
        let Some(session) = self.sessions.iter_mut().find(|session| session.id == id) else {
            return false;
        };
        for missed in session.events.iter().skip(seen) {
            // A connection lost meanwhile ends with its own task.
            let _ = connection.send(missed.clone());
        }
        session.connection = Some(connection);
        session.send("RESUMED", &json!({}));
        self.resumed += 1;
        true
    }

    /// The bot closed its connection: 1000 and 1001 end the session.
    fn close(&mut self, id: Option<&str>, code: u16) {
        self.closed.push(code);
        if matches!(code, 1000 | 1001) {
            self.sessions
                .retain(|session| Some(session.id.as_str()) != id);
        }
    }
}

impl Session {
    fn send(&mut self, name: &str, data: &Value) {
        let event = json!({ "op": 0, "t": name, "s": self.events.len() + 1, "d": data });
        self.events.push(event.clone());
        if let Some(connection) = &self.connection {
            // A bot that is away misses the event until it resumes.
            let _ = connection.send(event);
        }
    }
}

fn shard_of(data: &Value, count: u64) -> u64 {
    let guild = data.get("guild_id").and_then(Value::as_str);
    let guild: Option<Snowflake> = guild.and_then(|id| id.parse().ok());
    guild.map_or(0, |id| (id >> 22) % count)
}

/// A message as Discord gives it to a bot with these intents: not at all, or without content
/// unless it is direct, the bot's own, or mentions the bot.
fn as_seen_with(intents: u64, message: &Value) -> Option<Value> {
    let in_guild = message.get("guild_id").is_some();
    let needed = if in_guild {
        GUILD_MESSAGES
    } else {
        DIRECT_MESSAGES
    };
    if intents & needed == 0 {
        return None;
    }
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
    Some(message)
}

#[cfg(test)]
mod tests {
    use super::super::events::MessageEvent;
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
            let seen = as_seen_with(intents, &message.to_value());
            let seen = seen
                .as_ref()
                .map(|message| message["content"].as_str().expect("a text"));
            assert_eq!(seen, content, "{message:?} with intents {intents}");
        }
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

//! The life of an interaction: three seconds for one first answer, then its edits and follow-ups.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::objects::{self, BOT, Snowflake};
use super::rest::Answer;

const TIME_TO_ANSWER: Duration = Duration::from_secs(3);

#[derive(Debug, Default)]
pub(super) struct Interactions(BTreeMap<Snowflake, Interaction>);

#[derive(Debug)]
struct Interaction {
    kind: u64,
    token: String,
    channel: Snowflake,
    pushed: Instant,
    /// The message of the first answer, or the one a pressed button stands on.
    message: Value,
    answered: bool,
}

impl Interactions {
    /// Remembers an interaction about to be pushed, and gives its id.
    pub(super) fn add(&mut self, payload: &Value) -> Snowflake {
        let id = number(payload, "id");
        let interaction = Interaction {
            kind: payload["type"].as_u64().expect("an interaction has a type"),
            token: payload["token"]
                .as_str()
                .expect("an interaction has a token")
                .into(),
            channel: number(payload, "channel_id"),
            pushed: Instant::now(),
            message: payload["message"].clone(),
            answered: false,
        };
        self.0.insert(id, interaction);
        id
    }

    pub(super) fn token(&self, id: Snowflake) -> Option<&str> {
        self.0
            .get(&id)
            .map(|interaction| interaction.token.as_str())
    }

    /// Answers `POST /interactions/{id}/{token}/callback`.
    pub(super) fn first_answer(&mut self, id: &str, token: &str, body: &Value) -> Answer {
        let known = id.parse().ok().and_then(|id| self.0.get_mut(&id));
        let Some(interaction) =
            known.filter(|known| known.token == token && known.pushed.elapsed() <= TIME_TO_ANSWER)
        else {
            return Answer::refused(404, 10_062, "Unknown interaction");
        };
        if interaction.answered {
            let message = "Interaction has already been acknowledged.";
            return Answer::refused(400, 40_060, message);
        }
        let kind = body["type"].as_u64().unwrap_or_default();
        let fitting: &[u64] = match interaction.kind {
            2 => &[4, 5, 9, 12],
            3 => &[4, 5, 6, 7, 9, 12],
            4 => &[8],
            _ => &[4, 5, 6, 7, 12],
        };
        if !fitting.contains(&kind) {
            return Answer::refused(400, 50_035, "Invalid Form Body: type");
        }
        interaction.answered = true;
        match kind {
            4 | 5 => {
                interaction.message = objects::message(interaction.channel, BOT, &body["data"]);
            }
            7 => change(&mut interaction.message, &body["data"]),
            _ => {}
        }
        Answer::empty()
    }

    /// Answers a request below `/webhooks/{application}/{token}`.
    pub(super) fn later_answer(
        &mut self,
        method: &str,
        token: &str,
        below: &[&str],
        body: &Value,
    ) -> Option<Answer> {
        let mut known = self.0.values_mut();
        let Some(interaction) = known.find(|known| known.token == token && known.answered) else {
            return Some(Answer::refused(404, 10_015, "Unknown Webhook"));
        };
        Some(match (method, below) {
            ("POST", []) => Answer::ok(objects::message(interaction.channel, BOT, body)),
            ("GET" | "PATCH", ["messages", "@original"]) => {
                if method == "PATCH" {
                    change(&mut interaction.message, body);
                }
                Answer::ok(interaction.message.clone())
            }
            _ => return None,
        })
    }
}

/// A change keeps what it does not name.
fn change(message: &mut Value, body: &Value) {
    for key in ["content", "embeds", "components"] {
        if let Some(value) = body.get(key) {
            message[key] = value.clone();
        }
    }
    message["edited_timestamp"] = json!("2025-01-01T00:00:01.000000+00:00");
}

fn number(payload: &Value, key: &str) -> Snowflake {
    let text = payload[key].as_str().unwrap_or_default();
    let number = text.parse();
    number.unwrap_or_else(|_| panic!("`{key}` of the interaction should be an id, not `{text}`"))
}

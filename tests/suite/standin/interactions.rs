//! The life of an interaction: three seconds for one first answer, then its edits and follow-ups.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::Value;

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

impl Interaction {
    /// Whether a first answer of this type fits.
    fn takes(&self, answer: u64) -> bool {
        let fitting: &[u64] = match self.kind {
            2 => &[4, 5, 9, 12],
            3 => &[4, 5, 6, 7, 9, 12],
            4 => &[8],
            // Only a modal that was opened from a message has one to change.
            _ if self.message.is_null() => &[4, 5, 6, 12],
            _ => &[4, 5, 6, 7, 12],
        };
        fitting.contains(&answer)
    }
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
        if !interaction.takes(kind) {
            return Answer::refused(400, 50_035, "Invalid Form Body: type");
        }
        interaction.answered = true;
        match kind {
            4 | 5 => {
                interaction.message = objects::message(interaction.channel, BOT, &body["data"]);
            }
            7 => objects::edit(&mut interaction.message, &body["data"]),
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
                    objects::edit(&mut interaction.message, body);
                }
                Answer::ok(interaction.message.clone())
            }
            _ => return None,
        })
    }
}

fn number(payload: &Value, key: &str) -> Snowflake {
    let text = payload[key].as_str().unwrap_or_default();
    let number = text.parse();
    number.unwrap_or_else(|_| panic!("`{key}` of the interaction should be an id, not `{text}`"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::Interaction as Event;
    use super::*;

    fn is_taken(event: &Event, kind: u64) -> bool {
        let payload = event.to_value();
        let mut interactions = Interactions::default();
        let id = interactions.add(&payload).to_string();
        let token = payload["token"].as_str().expect("a token");
        let body = json!({ "type": kind, "data": { "content": "Nvidia fell." } });
        interactions.first_answer(&id, token, &body).status() == 204
    }

    #[test]
    fn a_modal_is_never_answered_with_another_and_changes_only_a_message_it_has() {
        let alone = Event::modal("ask", "question", "who fell?");
        let sent = json!({ "content": "Nvidia fell." });
        let upon = alone.clone().opened_from(&sent);
        for (event, taken) in [
            (&alone, [4, 5, 6, 12].as_slice()),
            (&upon, &[4, 5, 6, 7, 12]),
        ] {
            for kind in 1..=12 {
                assert_eq!(is_taken(event, kind), taken.contains(&kind), "type {kind}");
            }
        }
    }
}

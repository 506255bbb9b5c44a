//! What the bot sent, as the message it made.

use serde_json::Value;

use crate::standin::Recorded;
use crate::standin::objects::{self, BOT, Snowflake};

/// A message the bot sent: from the body of the request (a message, or the `data` of a first
/// answer), or from the whole recorded request, which also knows the id of the message.
pub(crate) struct Sent {
    body: Value,
    made: Option<Snowflake>,
}

impl Sent {
    /// The message, in this channel.
    pub(super) fn message(&self, channel: Snowflake) -> Value {
        let mut message = objects::message(channel, BOT, &self.body);
        if let Some(id) = self.made {
            message["id"] = id.to_string().into();
        }
        message
    }
}

impl From<&Value> for Sent {
    fn from(body: &Value) -> Self {
        let body = body.clone();
        Self { body, made: None }
    }
}

impl From<&Recorded> for Sent {
    fn from(request: &Recorded) -> Self {
        let body = request.body.get("data").unwrap_or(&request.body).clone();
        Self {
            body,
            made: request.made,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use serde_json::json;

    use super::*;

    #[test]
    fn a_recorded_message_keeps_its_id_and_a_first_answer_is_its_data() {
        let recorded = |body: &Value, made| Recorded {
            method: "POST".into(),
            path: "/channels/1/messages".into(),
            body: body.clone(),
            status: 200,
            made,
            at: Instant::now(),
        };
        let body = json!({ "content": "Nvidia fell." });
        let message = Sent::from(&recorded(&body, Some(5))).message(1);
        assert_eq!(
            (&message["id"], &message["content"]),
            (&json!("5"), &body["content"])
        );
        let answer = recorded(&json!({ "type": 4, "data": body }), None);
        assert_eq!(Sent::from(&answer).message(1)["content"], body["content"]);
    }
}

//! The messages the bot writes in channels, which it may change and take back.

use std::collections::BTreeMap;

use serde_json::Value;

use super::objects::{self, BOT, Snowflake};
use super::rest::Answer;
use super::settings::Settings;

/// Each by its channel and its id.
#[derive(Debug, Default)]
pub(super) struct Messages(BTreeMap<(Snowflake, Snowflake), Value>);

impl Messages {
    /// Answers a request below `/channels/{channel}/messages`.
    pub(super) fn answer(
        &mut self,
        settings: &Settings,
        method: &str,
        channel: Snowflake,
        below: &[&str],
        body: &Value,
    ) -> Option<Answer> {
        Some(match (method, below) {
            ("POST", []) => {
                refusal(settings, channel, body).unwrap_or_else(|| self.add(channel, body))
            }
            ("PATCH" | "DELETE", [id]) => {
                let place = (channel, id.parse().ok()?);
                let Some(message) = self.0.get_mut(&place) else {
                    return Some(Answer::refused(404, 10_008, "Unknown Message"));
                };
                if method == "PATCH" {
                    objects::edit(message, body);
                    return Some(Answer::ok(message.clone()));
                }
                self.0.remove(&place);
                Answer::empty()
            }
            _ => return None,
        })
    }

    fn add(&mut self, channel: Snowflake, body: &Value) -> Answer {
        let message = objects::message(channel, BOT, body);
        let id = message["id"].as_str().and_then(|id| id.parse().ok());
        let id = id.expect("a message has an id");
        self.0.insert((channel, id), message.clone());
        Answer::ok(message)
    }
}

/// Why the bot may not write this message in this channel.
fn refusal(settings: &Settings, channel: Snowflake, body: &Value) -> Option<Answer> {
    let embeds = body["embeds"]
        .as_array()
        .is_some_and(|embeds| !embeds.is_empty());
    let no_embeds = embeds && settings.channels_without_embeds.contains(&channel);
    if no_embeds || settings.forbidden_channels.contains(&channel) {
        return Some(Answer::refused(403, 50_013, "Missing Permissions"));
    }
    let is_reply = body["message_reference"].is_object();
    let no_reply = is_reply && settings.channels_without_history.contains(&channel);
    no_reply.then(|| {
        let message = "Cannot reply without permission to read message history";
        Answer::refused(400, 160_002, message)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use serenity::builder::{CreateAllowedMentions, CreateMessage, EditMessage};
    use serenity::http::{Http, HttpBuilder};
    use serenity::model::id::{ChannelId, MessageId};

    use super::super::{CHANNEL, StandIn};
    use super::*;

    fn client(discord: &StandIn) -> Http {
        HttpBuilder::new("e2e-token")
            .proxy(discord.address())
            .ratelimiter_disabled(true)
            .build()
    }

    fn nobody() -> CreateAllowedMentions {
        CreateAllowedMentions::new()
    }

    #[tokio::test]
    async fn a_message_lives_on_until_it_is_taken_back() {
        let discord = StandIn::start().await;
        let http = client(&discord);
        let channel = ChannelId::new(CHANNEL);
        let said = CreateMessage::new().content("Nvidia fell.");
        let said = channel.send_message(&http, said.allowed_mentions(nobody()));
        let mut said = said.await.expect("it is taken");
        let sent = discord.next_message(CHANNEL).await;
        assert_eq!(sent.made, Some(said.id.get()));

        let changed = EditMessage::new().content("By 17%.");
        let changed = said.edit(&http, changed.allowed_mentions(nobody()));
        changed.await.expect("it is changed");
        assert_eq!(said.content, "By 17%.");
        assert!(said.edited_timestamp.is_some());
        let edit = discord.next_edit_of_message(CHANNEL).await;
        assert_eq!((edit.made, edit.status), (sent.made, 200));
        assert_eq!(edit.body["content"], "By 17%.");
        assert!(edit.at > sent.at);

        said.delete(&http).await.expect("it is taken back");
        let delete = discord.next_delete(CHANNEL).await;
        assert!(delete.path.ends_with(&said.id.to_string()) && delete.body.is_null());
        let again = channel.delete_message(&http, MessageId::new(said.id.get()));
        assert!(again.await.is_err(), "there is nothing left to take back");
        assert_eq!(discord.report().problems, Vec::<String>::new());
        assert_eq!(discord.report().validated, 2);
    }

    #[test]
    fn a_channel_refuses_what_the_bot_may_not_do_there() {
        let settings = Settings::default()
            .without_embeds_in(1)
            .without_history_in(2)
            .forbidden(3);
        let plain = json!({ "content": "x" });
        let embed = json!({ "embeds": [{ "title": "x" }] });
        let reply = json!({ "content": "x", "message_reference": { "message_id": "5" } });
        for (channel, body, status) in [
            (1, &plain, 200),
            (1, &reply, 200),
            (1, &embed, 403),
            (2, &plain, 200),
            (2, &embed, 200),
            (2, &reply, 400),
            (3, &plain, 403),
        ] {
            let answer = Messages::default().answer(&settings, "POST", channel, &[], body);
            let answer = answer.expect("a known route");
            assert_eq!(answer.status(), status, "{body} in channel {channel}");
        }
    }
}

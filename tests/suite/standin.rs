//! A stand-in Discord on loopback: the bot under test sends its REST requests and opens its
//! gateway here, and the test plays the members.
//!
//! It answers as Discord documents, records every request, and judges every body; it limits no
//! rate unless told to, and any route it does not know is a problem in the report.
//!
//! - `settings`: how it is set up; `expect`: what a test waits for
//! - `events`: what members do, as payloads; `objects`: Discord's objects and the cast
//! - `rest`, `commands`, `interactions`, `messages`: the REST side; `gateway`: the gateway
//! - `faults`: what goes wrong on either side
//! - `validate`, `limits`: the judgement; `state`: what is remembered

mod commands;
mod events;
mod expect;
mod faults;
mod gateway;
mod interactions;
mod limits;
mod messages;
mod objects;
mod rest;
mod settings;
mod state;
mod validate;

use std::sync::Arc;

use axum::Router;
use axum::routing::any;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub(crate) use self::events::{Interaction, MessageEvent};
pub(crate) use self::faults::Fault;
pub(crate) use self::gateway::Identified;
pub(crate) use self::objects::{BOT, CHANNEL, MEMBER, OWNER, Snowflake, direct_channel};
use self::settings::Door;
pub(crate) use self::settings::Settings;
pub(crate) use self::state::Recorded;
use self::state::Shared;
pub(crate) use self::validate::Report;

/// A running stand-in; it ends when dropped.
pub(crate) struct StandIn {
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

impl StandIn {
    /// With the defaults of `Settings`.
    pub(crate) async fn start() -> Self {
        Settings::default().start().await
    }

    /// To depart from the defaults before `Settings::start`.
    #[must_use]
    pub(crate) fn with() -> Settings {
        Settings::default()
    }

    async fn start_with(settings: Settings) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("loopback has a free port");
        let address = listener
            .local_addr()
            .expect("a bound listener has an address");
        let shared = Arc::new(Shared::new(address, settings));
        let router = Router::new()
            .route("/gateway", any(gateway::connect))
            .route("/gateway/", any(gateway::connect))
            .fallback(rest::serve)
            .with_state(Arc::clone(&shared));
        let server = tokio::spawn(async {
            axum::serve(listener, router)
                .await
                .expect("the stand-in serves until it is dropped");
        });
        Self { shared, server }
    }

    /// For `DISCORD_API_PROXY`.
    #[must_use]
    pub(crate) fn address(&self) -> String {
        format!("http://{}", self.shared.address)
    }

    /// Somebody writes a message; gives its id.
    pub(crate) fn message(&self, message: &MessageEvent) -> Snowflake {
        let payload = message.to_value();
        let id = |value: &Value| value.as_str().and_then(|id| id.parse().ok());
        let message_id = id(&payload["id"]).expect("a message has an id");
        self.shared.change(|state| {
            if payload.get("guild_id").is_none() {
                let ids = (id(&payload["channel_id"]), id(&payload["author"]["id"]));
                state.direct.extend(ids.0.zip(ids.1));
            }
            state.gateway.dispatch("MESSAGE_CREATE", &payload);
        });
        message_id
    }

    /// Somebody has changed a message, which is given as `MessageEvent::edited` makes it.
    pub(crate) fn edit(&self, message: &MessageEvent) {
        self.dispatch("MESSAGE_UPDATE", &message.to_value());
    }

    /// A message is deleted.
    pub(crate) fn delete(&self, message: &MessageEvent) {
        self.dispatch("MESSAGE_DELETE", &message.deletion());
    }

    /// The very same message is told again, as happens after a RESUME.
    pub(crate) fn repeat(&self, message: &MessageEvent) {
        self.dispatch("MESSAGE_CREATE", &message.to_value());
    }

    /// The very same interaction is told again; it has its first answer all the same.
    pub(crate) fn repeat_interaction(&self, interaction: &Interaction) {
        self.dispatch("INTERACTION_CREATE", &interaction.to_value());
    }

    /// Somebody does something with the bot; gives the id of the interaction. Takes an
    /// `Interaction`, or any payload as Discord would send it.
    pub(crate) fn interaction(&self, interaction: impl Into<Value>) -> Snowflake {
        let payload = interaction.into();
        self.shared.change(|state| {
            let id = state.interactions.add(&payload);
            state.gateway.dispatch("INTERACTION_CREATE", &payload);
            id
        })
    }

    /// From now on the gateway takes connections.
    pub(crate) fn open_gateway(&self) {
        self.shared
            .change(|state| state.gateway.set_door(Door::Open));
    }

    /// Cuts every connection without a word, as an outage does. What is pushed meanwhile is given
    /// to a bot that resumes.
    pub(crate) fn cut_connections(&self) {
        self.shared.change(|state| state.gateway.cut());
    }

    fn dispatch(&self, name: &str, payload: &Value) {
        self.shared
            .change(|state| state.gateway.dispatch(name, payload));
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.server.abort();
        self.cut_connections();
    }
}

#[cfg(test)]
mod tests {
    use serenity::all::{ClientBuilder, Context, GatewayIntents, RawEventHandler};
    use serenity::async_trait;
    use serenity::http::HttpBuilder;
    use serenity::model::event::Event;
    use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

    use super::*;

    /// Passes on the names of the events it is told of, and the message or interaction concerned.
    struct Listener(UnboundedSender<(String, Option<Snowflake>)>);

    #[async_trait]
    impl RawEventHandler for Listener {
        async fn raw_event(&self, _: Context, event: Event) {
            let id = match &event {
                Event::MessageCreate(event) => Some(event.message.id.get()),
                Event::MessageUpdate(event) => Some(event.id.get()),
                Event::MessageDelete(event) => Some(event.message_id.get()),
                Event::InteractionCreate(event) => Some(event.interaction.id().get()),
                _ => None,
            };
            let name = event.name().unwrap_or_default();
            // The test may have ended.
            let _ = self.0.send((name, id));
        }
    }

    #[tokio::test]
    async fn what_is_told_again_changed_or_deleted_keeps_its_id() {
        let discord = StandIn::start().await;
        let http = HttpBuilder::new("e2e-token").proxy(discord.address());
        let http = http.ratelimiter_disabled(true).build();
        let (told, mut events) = unbounded_channel();
        let mut client = ClientBuilder::new_with_http(http, GatewayIntents::non_privileged())
            .raw_event_handler(Listener(told))
            .await
            .expect("a client");
        let running = tokio::spawn(async move { client.start().await });
        discord.identified().await;

        let message = MessageEvent::mentioning_bot("who fell?");
        let id = discord.message(&message);
        discord.repeat(&message);
        discord.edit(&message.edited("by how much?"));
        discord.delete(&message);
        let asked = Interaction::slash("story");
        let asked_id = discord.interaction(asked.clone());
        discord.repeat_interaction(&asked);
        for (name, id) in [
            ("READY", None),
            ("MESSAGE_CREATE", Some(id)),
            ("MESSAGE_CREATE", Some(id)),
            ("MESSAGE_UPDATE", Some(id)),
            ("MESSAGE_DELETE", Some(id)),
            ("INTERACTION_CREATE", Some(asked_id)),
            ("INTERACTION_CREATE", Some(asked_id)),
        ] {
            let told = events.recv().await.expect("the client runs");
            assert_eq!((told.0.as_str(), told.1), (name, id));
        }
        running.abort();
    }
}

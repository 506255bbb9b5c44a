//! A stand-in Discord on loopback: the bot under test sends its REST requests and opens its
//! gateway here, and the test plays the members.
//!
//! It answers as Discord documents, records every request, and judges every body; it knows no
//! rate limits, and any route it does not know is a problem in the report.
//!
//! - `settings`: how it is set up; `expect`: what a test waits for
//! - `events`: what members do, as payloads; `objects`: Discord's objects and the cast
//! - `rest`, `commands`, `interactions`: the REST side; `gateway`: the gateway
//! - `validate`, `limits`: the judgement; `state`: what is remembered

mod commands;
mod events;
mod expect;
mod gateway;
mod interactions;
mod limits;
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
pub(crate) use self::gateway::Identified;
pub(crate) use self::objects::{BOT, CHANNEL, MEMBER, OWNER, Snowflake, direct_channel};
use self::settings::Door;
pub(crate) use self::settings::Settings;
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
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.server.abort();
        self.cut_connections();
    }
}

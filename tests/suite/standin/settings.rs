//! How the stand-in is set up before the bot starts.

use std::time::Duration;

use serde_json::Value;

use super::StandIn;
use super::objects::{OWNER, Snowflake};

/// A stand-in not yet started; each method departs from one default.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(super) token: String,
    pub(super) owner: Snowflake,
    pub(super) team: Vec<Snowflake>,
    pub(super) commands: Vec<Value>,
    pub(super) channels_without_embeds: Vec<Snowflake>,
    pub(super) channels_without_history: Vec<Snowflake>,
    pub(super) forbidden_channels: Vec<Snowflake>,
    pub(super) gateway: Door,
    pub(super) heartbeat: Duration,
}

/// Whether the gateway takes connections.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Door {
    Open,
    Shut,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            token: "e2e-token".into(),
            owner: OWNER,
            team: Vec::new(),
            commands: Vec::new(),
            channels_without_embeds: Vec::new(),
            channels_without_history: Vec::new(),
            forbidden_channels: Vec::new(),
            gateway: Door::Open,
            heartbeat: Duration::from_secs(45),
        }
    }
}

impl Settings {
    /// The only token that is not refused.
    #[must_use]
    pub(crate) fn token(mut self, token: &str) -> Self {
        self.token = token.into();
        self
    }

    #[must_use]
    pub(crate) fn owned_by(mut self, owner: Snowflake) -> Self {
        self.owner = owner;
        self
    }

    /// Owned by a team of which the first member is the owner.
    #[must_use]
    pub(crate) fn owned_by_team(mut self, members: &[Snowflake]) -> Self {
        self.team = members.to_vec();
        self
    }

    /// With commands that an earlier run registered, as it sent them.
    #[must_use]
    pub(crate) fn with_commands(mut self, commands: &[Value]) -> Self {
        self.commands = commands.to_vec();
        self
    }

    /// A message with embeds is refused in `channel`, for want of the permission Embed Links.
    #[must_use]
    pub(crate) fn without_embeds_in(mut self, channel: Snowflake) -> Self {
        self.channels_without_embeds.push(channel);
        self
    }

    /// A reply is refused in `channel`, for want of the permission Read Message History.
    #[must_use]
    pub(crate) fn without_history_in(mut self, channel: Snowflake) -> Self {
        self.channels_without_history.push(channel);
        self
    }

    /// Every message is refused in `channel`, for want of the permission Send Messages.
    #[must_use]
    pub(crate) fn forbidden(mut self, channel: Snowflake) -> Self {
        self.forbidden_channels.push(channel);
        self
    }

    /// The bot is asked for a heartbeat so often.
    #[must_use]
    pub(crate) fn with_heartbeat(mut self, heartbeat: Duration) -> Self {
        self.heartbeat = heartbeat;
        self
    }

    /// The gateway refuses connections until `StandIn::open_gateway`.
    #[must_use]
    pub(crate) fn with_gateway_shut(mut self) -> Self {
        self.gateway = Door::Shut;
        self
    }

    pub(crate) async fn start(self) -> StandIn {
        StandIn::start_with(self).await
    }
}

//! What a test waits for. Each wait gives the next thing that no wait has given before, and fails
//! with an account of all that happened when nothing comes.

use std::time::Duration;

use serde_json::Value;

use super::gateway::Identified;
use super::objects::{BOT, Snowflake};
use super::state::{Recorded, State};
use super::{Report, StandIn};

const PATIENCE: Duration = Duration::from_secs(10);

impl StandIn {
    /// The next IDENTIFY.
    pub(crate) async fn identified(&self) -> Identified {
        let next = |state: &mut State| first(&mut state.gateway.identified);
        self.next("an IDENTIFY", next).await
    }

    /// The next RESUME that was granted.
    pub(crate) async fn resumed(&self) {
        let next = |state: &mut State| {
            state.gateway.resumed = state.gateway.resumed.checked_sub(1)?;
            Some(())
        };
        self.next("a RESUME", next).await;
    }

    /// The next RESUME that went unanswered, after `StandIn::ignore_resumes`.
    pub(crate) async fn resume_ignored(&self) {
        let next = |state: &mut State| {
            state.gateway.resumes_ignored = state.gateway.resumes_ignored.checked_sub(1)?;
            Some(())
        };
        self.next("an ignored RESUME", next).await;
    }

    /// The next code with which the bot closed the gateway: 1000 when it took its leave, 1006
    /// when it broke off.
    pub(crate) async fn closed(&self) -> u16 {
        let next = |state: &mut State| first(&mut state.gateway.closed);
        self.next("a closed gateway", next).await
    }

    /// The commands with all localisations, once the bot has written any.
    pub(crate) async fn commands(&self) -> Vec<Value> {
        self.next("a write of commands", |state| state.commands.written())
            .await
    }

    /// The first answer to an interaction.
    pub(crate) async fn next_callback(&self, interaction: Snowflake) -> Recorded {
        let start = format!("/interactions/{interaction}/");
        let what = format!("a first answer to interaction {interaction}");
        self.next_request(&what, |request| request.path.starts_with(&start))
            .await
    }

    /// The next change of the first answer to an interaction.
    pub(crate) async fn next_edit(&self, interaction: Snowflake) -> Recorded {
        let path = format!("{}/messages/@original", self.webhook(interaction));
        let what = format!("an edit of the answer to interaction {interaction}");
        self.next_request(&what, |request| {
            request.method == "PATCH" && request.path == path
        })
        .await
    }

    /// The next message that arrived in a channel; one that was refused did not.
    pub(crate) async fn next_message(&self, channel: Snowflake) -> Recorded {
        let what = format!("a message in channel {channel}");
        self.next_request(&what, |request| is_message(request, channel))
            .await
    }

    /// The next change of a message in a channel; one that was refused changed nothing.
    pub(crate) async fn next_edit_of_message(&self, channel: Snowflake) -> Recorded {
        let what = format!("an edit of a message in channel {channel}");
        self.next_request(&what, |request| is_later(request, "PATCH", channel))
            .await
    }

    /// The next message taken back in a channel.
    pub(crate) async fn next_delete(&self, channel: Snowflake) -> Recorded {
        let what = format!("a message taken back in channel {channel}");
        self.next_request(&what, |request| is_later(request, "DELETE", channel))
            .await
    }

    /// Fails when the bot writes in a channel before the time is over, or has unread messages there.
    pub(crate) async fn no_message_within(&self, channel: Snowflake, time: Duration) {
        let take = |state: &mut State| state.take(|request| is_message(request, channel));
        if let Some(message) = self.shared.wait(time, take).await {
            panic!(
                "silence was expected in channel {channel}, not {}",
                message.body
            );
        }
    }

    /// All requests so far.
    pub(crate) fn requests(&self) -> Vec<Recorded> {
        self.shared
            .look(|state| state.requests().cloned().collect())
    }

    /// The commands as registered right now, with all localisations.
    pub(crate) fn registered_commands(&self) -> Vec<Value> {
        self.shared
            .look(|state| state.commands.registered().to_vec())
    }

    /// What the validation of the bodies found.
    pub(crate) fn report(&self) -> Report {
        self.shared.look(|state| state.report.clone())
    }

    fn webhook(&self, interaction: Snowflake) -> String {
        let token = self
            .shared
            .look(|state| state.interactions.token(interaction).map(str::to_owned));
        let token = token.unwrap_or_else(|| panic!("interaction {interaction} was never pushed"));
        format!("/webhooks/{BOT}/{token}")
    }

    async fn next_request(&self, what: &str, wanted: impl Fn(&Recorded) -> bool) -> Recorded {
        self.next(what, |state| state.take(&wanted)).await
    }

    async fn next<T>(&self, what: &str, take: impl FnMut(&mut State) -> Option<T>) -> T {
        let found = self.shared.wait(PATIENCE, take).await;
        found.unwrap_or_else(|| {
            let account = self.shared.look(State::account);
            panic!("no {what} within {PATIENCE:?}; recorded:\n{account}")
        })
    }
}

fn is_message(request: &Recorded, channel: Snowflake) -> bool {
    const OK: u16 = 200;
    request.method == "POST"
        && request.status == OK
        && request.path == format!("/channels/{channel}/messages")
}

/// Whether it changed or took back a message that was there.
fn is_later(request: &Recorded, method: &str, channel: Snowflake) -> bool {
    let start = format!("/channels/{channel}/messages/");
    request.method == method
        && matches!(request.status, 200 | 204)
        && request.path.starts_with(&start)
}

fn first<T>(list: &mut Vec<T>) -> Option<T> {
    (!list.is_empty()).then(|| list.remove(0))
}

//! What the stand-in remembers, shared by the REST side, the gateway and the test.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::watch;

use super::commands::Commands;
use super::faults::Faults;
use super::gateway::Gateway;
use super::interactions::Interactions;
use super::messages::Messages;
use super::objects::Snowflake;
use super::settings::Settings;
use super::validate::Report;

/// One request of the bot, and the status it was answered with.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    pub(crate) method: String,
    /// Without `/api/v10` and without a query.
    pub(crate) path: String,
    /// Null where there was none.
    pub(crate) body: Value,
    pub(crate) status: u16,
    /// The id of what it was answered with: for a message, the one it made or changed.
    pub(crate) made: Option<Snowflake>,
    /// When it arrived.
    pub(crate) at: Instant,
}

#[derive(Debug, Default)]
pub(super) struct State {
    requests: Vec<(Recorded, Read)>,
    pub(super) report: Report,
    pub(super) commands: Commands,
    pub(super) interactions: Interactions,
    pub(super) messages: Messages,
    pub(super) faults: Faults,
    /// Direct channels, and whom the bot writes to in each.
    pub(super) direct: BTreeMap<Snowflake, Snowflake>,
    pub(super) gateway: Gateway,
}

/// Whether a test has already been given a request.
#[derive(Debug, PartialEq)]
enum Read {
    No,
    Yes,
}

impl State {
    pub(super) fn record(&mut self, request: Recorded) {
        self.requests.push((request, Read::No));
    }

    pub(super) fn requests(&self) -> impl Iterator<Item = &Recorded> {
        self.requests.iter().map(|(request, _)| request)
    }

    /// The first request of the kind that no test has been given, which is then given.
    pub(super) fn take(&mut self, wanted: impl Fn(&Recorded) -> bool) -> Option<Recorded> {
        let mut unread = self
            .requests
            .iter_mut()
            .filter(|(_, read)| *read == Read::No);
        let (request, read) = unread.find(|(request, _)| wanted(request))?;
        *read = Read::Yes;
        Some(request.clone())
    }

    /// All that happened, for the message of a failing test.
    pub(super) fn account(&self) -> String {
        const SHOWN: usize = 400;
        let requests = self.requests().map(|request| {
            let body: String = request.body.to_string().chars().take(SHOWN).collect();
            format!(
                "  {} {} -> {} {body}\n",
                request.method, request.path, request.status
            )
        });
        let problems = self
            .report
            .problems
            .iter()
            .map(|problem| format!("  problem: {problem}\n"));
        let gateway = format!("  gateway: {}\n", self.gateway.account());
        requests.chain(problems).chain([gateway]).collect()
    }
}

pub(super) struct Shared {
    pub(super) address: SocketAddr,
    pub(super) settings: Settings,
    // Never held across an await.
    state: Mutex<State>,
    changed: watch::Sender<()>,
}

impl Shared {
    pub(super) fn new(address: SocketAddr, settings: Settings) -> Self {
        let mut state = State::default();
        state.commands.replace_all(&settings.commands);
        state.gateway.set_door(settings.gateway);
        Self {
            address,
            settings,
            state: Mutex::new(state),
            changed: watch::Sender::new(()),
        }
    }

    /// A wrong call of a test may panic in here: its message should not be drowned by others.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.lock())
    }

    /// Changes the state, and wakes whoever waits for a change.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let result = change(&mut self.lock());
        self.changed.send_replace(());
        result
    }

    /// Waits until `take` finds something; nothing once the time is over.
    pub(super) async fn wait<T>(
        &self,
        within: Duration,
        mut take: impl FnMut(&mut State) -> Option<T>,
    ) -> Option<T> {
        let mut changes = self.changed.subscribe();
        let found = async {
            loop {
                // Not through `change`, which would wake this very loop again.
                let found = take(&mut self.lock());
                if found.is_some() {
                    return found;
                }
                changes.changed().await.ok()?;
            }
        };
        tokio::time::timeout(within, found).await.ok().flatten()
    }
}

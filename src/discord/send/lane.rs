//! Requests of one kind: so many at a time, each tried again where that may help.

use serenity::all::{HttpError, StatusCode};
use std::time::Duration;
use tokio::sync::Semaphore;

/// Pauses between tries. Where each fails at once, a response has its four within its three
/// seconds; one that comes later Discord refuses.
const PAUSES: [Duration; 3] = [
    Duration::from_millis(250),
    Duration::from_millis(500),
    Duration::from_secs(1),
];

/// Least pause after a 429.
const RATE_LIMIT: Duration = Duration::from_secs(1);

/// Requests of a kind that are under way at a time: each may take a connection, which stays
/// open for a while. In a burst the others wait for some milliseconds.
const UNDER_WAY: usize = 64;

/// What waits for nothing but its like.
#[derive(Debug)]
pub(super) struct Lane {
    permits: Semaphore,
    patience: Duration,
}

impl Lane {
    /// One that gives each try so long.
    pub(super) fn new(patience: Duration) -> Self {
        Self {
            permits: Semaphore::new(UNDER_WAY),
            patience,
        }
    }

    /// Tries a request again where the fault may pass by itself. With serenity's own limiter a
    /// 429 never comes here: it waits as Discord asks. Without (behind a proxy) serenity drops
    /// what Discord asks, and a second must do: it seldom asks for more.
    pub(super) async fn persist<T, F>(&self, mut request: impl FnMut() -> F) -> serenity::Result<T>
    where
        F: Future<Output = serenity::Result<T>>,
    {
        let mut pauses = PAUSES.into_iter();
        loop {
            // It is never closed: a permit always comes.
            let permit = self.permits.acquire().await;
            let outcome = tokio::time::timeout(self.patience, request()).await;
            drop(permit);
            let error = match outcome {
                Ok(Ok(done)) => return Ok(done),
                Ok(Err(error)) => Some(error),
                Err(_) => None,
            };
            match pauses.next() {
                Some(pause) if error.as_ref().is_none_or(may_pass) => {
                    let asked = error.as_ref().filter(|error| is_rate_limit(error));
                    let least = asked.map_or(Duration::ZERO, |_| RATE_LIMIT);
                    tokio::time::sleep(pause.max(least)).await;
                }
                _ => return Err(error.unwrap_or(serenity::Error::Other("no answer in time"))),
            }
        }
    }
}

fn is_rate_limit(error: &serenity::Error) -> bool {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
            response.status_code == StatusCode::TOO_MANY_REQUESTS
        }
        _ => false,
    }
}

/// Whether another try may go better. Sent twice, it would still be one: messages have a nonce,
/// a second response is refused, edits and deletions change nothing more.
fn may_pass(error: &serenity::Error) -> bool {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
            response.status_code.is_server_error() || is_rate_limit(error)
        }
        serenity::Error::Http(HttpError::Request(_)) => true,
        _ => false,
    }
}

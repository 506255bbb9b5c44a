//! What goes wrong at Discord while the bot runs: requests that fail once, and a gateway that
//! sends the bot away.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::StandIn;
use super::rest::Answer;

const RETRY_AFTER: Duration = Duration::from_millis(500);

/// How a request fails.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    /// Discord has broken down: 500.
    ServerError,
    /// Too many requests: 429, to be sent again after half a second.
    RateLimited { global: bool },
    /// Refused for a reason that has a code, as in 403 and 50013 for want of a permission.
    Refused { status: u16, code: u32 },
}

/// The requests that shall fail, first come, first failed.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<Planned>);

#[derive(Debug)]
struct Planned {
    method: String,
    path_starts: String,
    fault: Fault,
}

impl Faults {
    /// How this request shall fail, if it shall; the next one like it will not for this.
    pub(super) fn take(&mut self, method: &str, path: &str) -> Option<Answer> {
        let fits =
            |planned: &Planned| planned.method == method && path.starts_with(&planned.path_starts);
        let at = self.0.iter().position(fits)?;
        Some(self.0.remove(at).fault.answer())
    }
}

impl Fault {
    fn answer(self) -> Answer {
        match self {
            Self::ServerError => Answer::refused(500, 0, "500: Internal Server Error"),
            Self::RateLimited { global } => rate_limited(global),
            Self::Refused { status, code } => Answer::refused(status, code, reason(code)),
        }
    }
}

/// What Discord says beside the code.
fn reason(code: u32) -> &'static str {
    match code {
        10_003 => "Unknown Channel",
        10_008 => "Unknown Message",
        10_062 => "Unknown interaction",
        50_001 => "Missing Access",
        50_007 => "Cannot send messages to this user",
        50_013 => "Missing Permissions",
        50_035 => "Invalid Form Body",
        160_002 => "Cannot reply without permission to read message history",
        _ => "Refused",
    }
}

fn rate_limited(global: bool) -> Answer {
    let seconds = RETRY_AFTER.as_secs_f64();
    let message = "You are being rate limited.";
    let body = json!({ "message": message, "retry_after": seconds, "global": global });
    // Whole seconds, rounded up: the exact time stands in the body.
    let answer = Answer::new(429, body).header("Retry-After", "1");
    if global {
        return answer
            .header("X-RateLimit-Global", "true")
            .header("X-RateLimit-Scope", "global");
    }
    let reset = SystemTime::now() + RETRY_AFTER;
    let reset = reset.duration_since(UNIX_EPOCH).unwrap_or_default();
    answer
        .header("X-RateLimit-Limit", "5")
        .header("X-RateLimit-Remaining", "0")
        .header("X-RateLimit-Reset", format!("{:.3}", reset.as_secs_f64()))
        .header("X-RateLimit-Reset-After", seconds.to_string())
        .header("X-RateLimit-Bucket", "e2e-bucket")
        .header("X-RateLimit-Scope", "user")
}

impl StandIn {
    /// The next request of this method whose path starts so fails, once; the path is without
    /// `/api/v10`. Several calls queue up.
    pub(crate) fn fail_next(&self, method: &str, path_starts: &str, fault: Fault) {
        let planned = Planned {
            method: method.into(),
            path_starts: path_starts.into(),
            fault,
        };
        self.shared.change(|state| state.faults.0.push(planned));
    }

    /// Asks the bot to connect again and resume, as before maintenance.
    pub(crate) fn reconnect(&self) {
        const RECONNECT: u64 = 7;
        let request = json!({ "op": RECONNECT, "d": Value::Null });
        self.shared
            .change(|state| state.gateway.send_to_all(&request));
    }

    /// Says that the session is no longer valid: the bot may resume it, or must identify itself
    /// anew.
    pub(crate) fn invalidate(&self, resumable: bool) {
        self.shared
            .change(|state| state.gateway.invalidate(resumable));
    }

    /// Closes every connection with this code, which says whether the sessions may be resumed.
    pub(crate) fn close_with(&self, code: u16) {
        self.shared.change(|state| state.gateway.close_all(code));
    }

    /// From now on a RESUME is read and never answered: the bot hears nothing until it identifies
    /// itself anew.
    pub(crate) fn ignore_resumes(&self) {
        self.shared.change(|state| state.gateway.ignore_resumes());
    }
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;
    use serenity::all::{
        ChannelId, ClientBuilder, CreateAllowedMentions, CreateMessage, GatewayIntents,
    };
    use serenity::http::HttpBuilder;

    use super::super::CHANNEL;
    use super::*;

    /// A client of serenity, connected; it is lost when dropped.
    async fn connected(discord: &StandIn) -> tokio::task::JoinHandle<()> {
        let http = HttpBuilder::new("e2e-token").proxy(discord.address());
        let http = http.ratelimiter_disabled(true).build();
        let mut client = ClientBuilder::new_with_http(http, GatewayIntents::empty())
            .await
            .expect("a client");
        let running = tokio::spawn(async move {
            client.start().await.expect("the client runs");
        });
        discord.identified().await;
        running
    }

    #[tokio::test]
    async fn a_planned_request_fails_once_in_the_order_of_the_plans() {
        let discord = StandIn::start().await;
        let path = format!("/channels/{CHANNEL}/messages");
        let refused = Fault::Refused {
            status: 404,
            code: 10_008,
        };
        discord.fail_next("POST", &path, Fault::ServerError);
        discord.fail_next("POST", "/channels/", refused);
        discord.fail_next("PATCH", &path, Fault::ServerError);
        let http = HttpBuilder::new("e2e-token").proxy(discord.address());
        let http = http.ratelimiter_disabled(true).build();
        for _ in 0..3 {
            let message = CreateMessage::new()
                .content("x")
                .allowed_mentions(CreateAllowedMentions::new());
            // The status is read from what was recorded.
            let _ = ChannelId::new(CHANNEL).send_message(&http, message).await;
        }
        let requests = discord.requests();
        let answered: Vec<_> = requests
            .iter()
            .map(|request| (request.status, request.made.is_some()))
            .collect();
        assert_eq!(answered, [(500, false), (404, false), (200, true)]);
        assert_eq!(discord.report().validated, 3);
        assert_eq!(
            discord.next_message(CHANNEL).await.made,
            requests[2].made,
            "one that failed is no message"
        );
    }

    // Serenity sends nothing again through a proxy: it limits itself on the way to Discord alone.
    #[test]
    fn a_rate_limit_says_when_to_come_back() {
        for (global, own, others) in [
            (false, "x-ratelimit-reset-after", "x-ratelimit-global"),
            (true, "x-ratelimit-global", "x-ratelimit-reset-after"),
        ] {
            let answer = Fault::RateLimited { global }.answer().into_response();
            assert_eq!(answer.status(), 429);
            let headers = answer.headers();
            assert_eq!(headers["retry-after"], "1");
            assert!(headers.contains_key(own) && !headers.contains_key(others));
        }
    }

    #[tokio::test]
    async fn a_bot_sent_away_comes_back_to_its_session_or_to_a_new_one() {
        let discord = StandIn::start().await;
        let running = connected(&discord).await;
        discord.reconnect();
        discord.resumed().await;
        discord.close_with(4000);
        discord.resumed().await;
        discord.invalidate(false);
        discord.identified().await;
        running.abort();
    }

    #[tokio::test]
    async fn a_session_that_timed_out_is_not_taken_up_again() {
        let discord = StandIn::start().await;
        let running = connected(&discord).await;
        discord.close_with(4009);
        discord.identified().await;
        running.abort();
    }

    #[tokio::test]
    async fn an_ignored_resume_leaves_the_bot_deaf() {
        let discord = StandIn::start().await;
        let running = connected(&discord).await;
        discord.ignore_resumes();
        discord.cut_connections();
        discord.resume_ignored().await;
        assert_eq!(discord.shared.look(|state| state.gateway.resumed), 0);
        running.abort();
    }
}

//! The REST side: takes each request, answers as Discord would, has the body judged, records all.

use std::sync::Arc;
use std::time::Instant;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State as Extract;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde_json::{Value, json};

use super::objects::{self, BOT, Snowflake, direct_channel};
use super::state::{Recorded, Shared, State};

const VERSION: &str = "/api/v10";

/// A status and a body, null for none.
pub(super) struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Value,
}

impl Answer {
    pub(super) fn ok(body: Value) -> Self {
        Self::new(200, body)
    }

    pub(super) fn empty() -> Self {
        Self::new(204, Value::Null)
    }

    pub(super) fn refused(status: u16, code: u32, message: &str) -> Self {
        Self::new(status, objects::error(code, message))
    }

    pub(super) fn new(status: u16, body: Value) -> Self {
        let headers = Vec::new();
        Self {
            status,
            headers,
            body,
        }
    }

    pub(super) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(super) fn status(&self) -> u16 {
        self.status
    }

    fn made(&self) -> Option<Snowflake> {
        self.body["id"].as_str()?.parse().ok()
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).expect("each answer has a valid status");
        let headers = AppendHeaders(self.headers);
        if self.body.is_null() {
            return (status, headers).into_response();
        }
        (status, headers, Json(self.body)).into_response()
    }
}

struct Request<'r> {
    method: &'r str,
    path: &'r str,
    query: &'r str,
    body: Value,
    authorised: bool,
}

pub(super) async fn serve(
    Extract(shared): Extract<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let at = Instant::now();
    let authorisation = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let parsed = serde_json::from_slice(&body);
    let request = Request {
        method: method.as_str(),
        path: uri.path().strip_prefix(VERSION).unwrap_or(uri.path()),
        query: uri.query().unwrap_or_default(),
        authorised: authorisation == Some(&format!("Bot {}", shared.settings.token)),
        body: match &parsed {
            Ok(body) => Value::clone(body),
            Err(_) if body.is_empty() => Value::Null,
            Err(_) => String::from_utf8_lossy(&body).into(),
        },
    };
    shared.change(|state| {
        let answer = judged_answer(state, &shared, &request);
        state.record(Recorded {
            method: request.method.into(),
            path: request.path.into(),
            body: request.body.clone(),
            status: answer.status,
            made: answer.made(),
            at,
        });
        answer
    })
}

fn judged_answer(state: &mut State, shared: &Shared, request: &Request) -> Answer {
    // Discord knows an interaction by its token alone, and tells anybody where the gateway is.
    let open = ["/interactions/", "/webhooks/", "/gateway"];
    if !request.authorised && !open.iter().any(|start| request.path.starts_with(start)) {
        return Answer::refused(401, 0, "401: Unauthorized");
    }
    let fault = state.faults.take(request.method, request.path);
    if let Some(answer) = fault.or_else(|| answer(state, shared, request)) {
        state
            .report
            .check(request.method, request.path, &request.body);
        return answer;
    }
    state
        .report
        .add(request.method, request.path, "unexpected request");
    Answer::refused(404, 0, "404: Not Found")
}

/// The routes; nothing for a request that the stand-in does not know.
fn answer(state: &mut State, shared: &Shared, request: &Request) -> Option<Answer> {
    let settings = &shared.settings;
    let body = &request.body;
    let segments: Vec<_> = request.path.trim_start_matches('/').split('/').collect();
    let application = BOT.to_string();
    Some(match (request.method, segments.as_slice()) {
        ("GET", ["gateway"]) => {
            Answer::ok(json!({ "url": format!("ws://{}/gateway", shared.address) }))
        }
        ("GET", ["users", "@me"]) => Answer::ok(objects::user(BOT)),
        ("GET", ["oauth2", "applications", "@me"] | ["applications", "@me"]) => {
            Answer::ok(objects::application(settings.owner, &settings.team))
        }
        (method, ["applications", id, "commands", below @ ..]) if *id == application => {
            state.commands.answer(method, below, request.query, body)?
        }
        ("POST", ["interactions", id, token, "callback"]) => {
            state.interactions.first_answer(id, token, body)
        }
        (method, ["webhooks", id, token, below @ ..]) if *id == application => {
            state
                .interactions
                .later_answer(method, token, below, body)?
        }
        (method, ["channels", channel, "messages", below @ ..]) => {
            state
                .messages
                .answer(settings, method, channel.parse().ok()?, below, body)?
        }
        ("GET", ["channels", channel]) => {
            let channel = channel.parse().ok()?;
            Answer::ok(objects::channel(
                channel,
                state.direct.get(&channel).copied(),
            ))
        }
        ("POST", ["users", "@me", "channels"]) => {
            let recipient: Snowflake = body["recipient_id"].as_str()?.parse().ok()?;
            let channel = direct_channel(recipient);
            state.direct.insert(channel, recipient);
            Answer::ok(objects::channel(channel, Some(recipient)))
        }
        _ => return None,
    })
}

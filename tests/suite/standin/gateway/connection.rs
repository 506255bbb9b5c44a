//! One connection of the bot to the gateway, from HELLO to its end.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State as Extract;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::super::settings::Door;
use super::super::state::Shared;
use super::{INVALID_SESSION, Identified, Push};

const HEARTBEAT: u64 = 1;
const IDENTIFY: u64 = 2;
const RESUME: u64 = 6;
const HELLO: u64 = 10;
const HEARTBEAT_ACK: u64 = 11;
const AUTHENTICATION_FAILED: u16 = 4004;
const TIME_TO_CLOSE: Duration = Duration::from_secs(1);
/// What a connection that just breaks off is said to have closed with.
const BROKEN_OFF: u16 = 1006;

pub(in super::super) async fn connect(
    Extract(shared): Extract<Arc<Shared>>,
    upgrade: WebSocketUpgrade,
) -> Response {
    if shared.look(|state| state.gateway.door) == Door::Shut {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    upgrade.on_upgrade(|socket| async {
        let (outbox, inbox) = unbounded_channel();
        Connection {
            shared,
            socket,
            outbox: Some(outbox),
            session: None,
        }
        .run(inbox)
        .await;
    })
}

struct Connection {
    shared: Arc<Shared>,
    socket: WebSocket,
    /// Given to the session, once there is one: dropping it there cuts the connection.
    outbox: Option<UnboundedSender<Push>>,
    session: Option<String>,
}

/// Whether the connection goes on.
#[derive(PartialEq)]
enum Next {
    Continue,
    End,
}

impl Connection {
    async fn run(mut self, mut inbox: UnboundedReceiver<Push>) {
        let heartbeat = self.shared.settings.heartbeat.as_millis();
        let hello = json!({ "heartbeat_interval": u64::try_from(heartbeat).unwrap_or(u64::MAX) });
        self.send(&json!({ "op": HELLO, "d": hello })).await;
        loop {
            tokio::select! {
                push = inbox.recv() => match push {
                    Some(Push::Send(payload)) => self.send(&payload).await,
                    Some(Push::Close(code)) => return self.close(code, "").await,
                    None => return,
                },
                received = self.socket.recv() => {
                    if self.receive(received.and_then(Result::ok)).await == Next::End {
                        return;
                    }
                }
            }
        }
    }

    async fn receive(&mut self, received: Option<Message>) -> Next {
        let code = match received {
            Some(Message::Text(text)) => {
                let payload =
                    serde_json::from_str(&text).expect("the bot sends JSON to the gateway");
                return self.answer(&payload).await;
            }
            Some(Message::Close(frame)) => frame.map_or(BROKEN_OFF, |frame| frame.code),
            Some(_) => return Next::Continue,
            None => BROKEN_OFF,
        };
        let session = self.session.as_deref();
        self.shared
            .change(|state| state.gateway.close(session, code));
        Next::End
    }

    async fn answer(&mut self, payload: &Value) -> Next {
        match payload["op"].as_u64() {
            Some(HEARTBEAT) => self.send(&json!({ "op": HEARTBEAT_ACK })).await,
            Some(IDENTIFY | RESUME) if !self.knows(&payload["d"]["token"]) => {
                self.close(AUTHENTICATION_FAILED, "Authentication failed.")
                    .await;
                return Next::End;
            }
            Some(IDENTIFY) => self.identify(&payload["d"]),
            Some(RESUME) => self.resume(&payload["d"]).await,
            _ => {}
        }
        Next::Continue
    }

    fn knows(&self, token: &Value) -> bool {
        let token = token.as_str().unwrap_or_default();
        token.strip_prefix("Bot ").unwrap_or(token) == self.shared.settings.token
    }

    fn identify(&mut self, said: &Value) {
        let Some(outbox) = self.outbox.take().or_else(|| self.reclaim()) else {
            return;
        };
        let identified = Identified {
            intents: said["intents"].as_u64().unwrap_or_default(),
            shard: (
                said["shard"][0].as_u64().unwrap_or(0),
                said["shard"][1].as_u64().unwrap_or(1),
            ),
        };
        let url = format!("ws://{}/gateway", self.shared.address);
        let opened = self
            .shared
            .change(|state| state.gateway.open(identified, outbox, &url));
        self.session = Some(opened);
    }

    /// The outbox of the session this connection had, when that is over.
    fn reclaim(&self) -> Option<UnboundedSender<Push>> {
        let session = self.session.as_deref()?;
        self.shared.change(|state| state.gateway.reclaim(session))
    }

    async fn resume(&mut self, said: &Value) {
        let ignored = self.shared.change(|state| state.gateway.ignores_resume());
        let Some(outbox) = self.outbox.clone().filter(|_| !ignored) else {
            return;
        };
        let id = said["session_id"].as_str().unwrap_or_default();
        let seen = said["seq"].as_u64().and_then(|seen| seen.try_into().ok());
        let seen = seen.unwrap_or_default();
        if self
            .shared
            .change(|state| state.gateway.resume(id, seen, outbox))
        {
            self.outbox = None;
            self.session = Some(id.to_owned());
        } else {
            self.send(&json!({ "op": INVALID_SESSION, "d": false }))
                .await;
        }
    }

    /// Closes the connection, and waits a little for the bot to take note.
    async fn close(&mut self, code: u16, reason: &'static str) {
        let frame = CloseFrame {
            code,
            reason: reason.into(),
        };
        // The bot may be gone already.
        let _ = self.socket.send(Message::Close(Some(frame))).await;
        let gone = async { while let Some(Ok(_)) = self.socket.recv().await {} };
        let _ = tokio::time::timeout(TIME_TO_CLOSE, gone).await;
    }

    async fn send(&mut self, payload: &Value) {
        // A lost connection is noticed where it is read from.
        let _ = self.socket.send(Message::text(payload.to_string())).await;
    }
}

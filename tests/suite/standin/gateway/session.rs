//! One session of the bot: it outlives its connection until it ends.

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::Identified;

/// What a connection is told to do; to be cut, it is told no more.
#[derive(Debug)]
pub(super) enum Push {
    Send(Value),
    Close(u16),
}

#[derive(Debug)]
pub(super) struct Session {
    pub(super) id: String,
    pub(super) identified: Identified,
    /// All that was sent, in order: the number of an event is its place, from 1.
    events: Vec<Value>,
    pub(super) connection: Option<UnboundedSender<Push>>,
    pub(super) life: Life,
}

/// Whether a session goes on. Once over it is told of nothing and cannot be resumed, but its
/// connection may still be used to identify anew.
#[derive(Debug, PartialEq)]
pub(super) enum Life {
    On,
    Over,
}

impl Session {
    pub(super) fn new(id: &str, identified: Identified, connection: UnboundedSender<Push>) -> Self {
        Self {
            id: id.into(),
            identified,
            events: Vec::new(),
            connection: Some(connection),
            life: Life::On,
        }
    }

    /// Sends an event, which a bot that is away misses until it resumes.
    pub(super) fn send(&mut self, name: &str, data: &Value) {
        let event = json!({ "op": 0, "t": name, "s": self.events.len() + 1, "d": data });
        self.events.push(event.clone());
        self.push(Push::Send(event));
    }

    /// Tells the connection something that is no event.
    pub(super) fn push(&self, push: Push) {
        if let Some(connection) = &self.connection {
            // A connection lost meanwhile ends with its own task.
            let _ = connection.send(push);
        }
    }

    /// Goes on with another connection, which is first sent what came after the event `seen`.
    pub(super) fn resume(&mut self, seen: usize, connection: UnboundedSender<Push>) {
        self.connection = Some(connection);
        for missed in self.events.iter().skip(seen) {
            self.push(Push::Send(missed.clone()));
        }
        self.send("RESUMED", &json!({}));
    }
}

//! The gateway: sessions, their events, and who is given which.

mod connection;
mod seen;
mod session;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

pub(super) use self::connection::connect;
use self::seen::{as_seen_with, shard_of};
use self::session::{Life, Push, Session};
use super::objects::{BOT, GUILD, user};
use super::settings::Door;

const INVALID_SESSION: u64 = 9;

/// What the bot said when it identified itself.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Identified {
    pub(crate) intents: u64,
    /// Its number and how many there are.
    pub(crate) shard: (u64, u64),
}

#[derive(Debug)]
pub(super) struct Gateway {
    door: Door,
    resumes: Resumes,
    sessions: Vec<Session>,
    opened: usize,
    /// Not yet given to a test, as are those below.
    pub(super) identified: Vec<Identified>,
    pub(super) resumed: usize,
    pub(super) resumes_ignored: usize,
    pub(super) closed: Vec<u16>,
    withheld: Vec<String>,
}

/// What becomes of a RESUME.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Resumes {
    Answered,
    Ignored,
}

impl Default for Gateway {
    fn default() -> Self {
        Self {
            door: Door::Open,
            resumes: Resumes::Answered,
            sessions: Vec::new(),
            opened: 0,
            identified: Vec::new(),
            resumed: 0,
            resumes_ignored: 0,
            closed: Vec::new(),
            withheld: Vec::new(),
        }
    }
}

impl Gateway {
    pub(super) fn set_door(&mut self, door: Door) {
        self.door = door;
    }

    /// Cuts every connection without a word; the sessions may be resumed.
    pub(super) fn cut(&mut self) {
        for session in &mut self.sessions {
            session.connection = None;
        }
    }

    pub(super) fn ignore_resumes(&mut self) {
        self.resumes = Resumes::Ignored;
    }

    /// Sends something that is no event on every connection with a session.
    pub(super) fn send_to_all(&self, payload: &Value) {
        for session in &self.sessions {
            session.push(Push::Send(payload.clone()));
        }
    }

    /// Says on every connection that its session is no longer valid.
    pub(super) fn invalidate(&mut self, resumable: bool) {
        self.send_to_all(&json!({ "op": INVALID_SESSION, "d": resumable }));
        if !resumable {
            self.end_sessions();
        }
    }

    /// Closes every connection; the code says whether the sessions may be resumed.
    pub(super) fn close_all(&mut self, code: u16) {
        for session in &mut self.sessions {
            session.push(Push::Close(code));
            session.connection = None;
        }
        if ends_session(code) {
            self.end_sessions();
        }
    }

    /// Sends `data` to the shard it belongs to, as far as the intents of the bot reach.
    pub(super) fn dispatch(&mut self, name: &str, data: &Value) {
        let on = |session: &&mut Session| session.life == Life::On;
        let mut told = self.sessions.iter_mut().filter(on).peekable();
        assert!(
            told.peek().is_some(),
            "no bot has identified itself to be told of {name}: await `identified` first"
        );
        for session in told {
            let (number, count) = session.identified.shard;
            if shard_of(data, count) != number {
                continue;
            }
            match as_seen_with(session.identified.intents, name, data) {
                Some(data) => session.send(name, &data),
                None => self.withheld.push(format!("{name} {}", data["id"])),
            }
        }
    }

    pub(super) fn account(&self) -> String {
        let sessions: Vec<_> = self
            .sessions
            .iter()
            .map(|session| &session.identified)
            .collect();
        format!(
            "sessions {sessions:?}; withheld for want of an intent {:?}",
            self.withheld
        )
    }

    fn open(
        &mut self,
        identified: Identified,
        connection: UnboundedSender<Push>,
        url: &str,
    ) -> String {
        self.opened += 1;
        let id = format!("session-{}", self.opened);
        let (number, count) = identified.shard;
        let mut session = Session::new(&id, identified.clone(), connection);
        session.send(
            "READY",
            &json!({
                "v": 10,
                "user": user(BOT),
                "guilds": [{ "id": GUILD.to_string(), "unavailable": true }],
                "session_id": id,
                "resume_gateway_url": url,
                "shard": [number, count],
                "application": { "id": BOT.to_string(), "flags": 0 },
            }),
        );
        self.sessions.push(session);
        self.identified.push(identified);
        id
    }

    /// Whether a RESUME that has come goes unanswered.
    fn ignores_resume(&mut self) -> bool {
        let ignored = self.resumes == Resumes::Ignored;
        self.resumes_ignored += usize::from(ignored);
        ignored
    }

    /// Takes a session up again after its event `seen`; false when it is not known, or over.
    fn resume(&mut self, id: &str, seen: usize, connection: UnboundedSender<Push>) -> bool {
        let mut sessions = self.sessions.iter_mut();
        let known = sessions.find(|session| session.id == id && session.life == Life::On);
        let Some(session) = known else {
            return false;
        };
        session.resume(seen, connection);
        self.resumed += 1;
        true
    }

    /// The connection of a session that is over, for a bot that identifies itself anew on it.
    fn reclaim(&mut self, id: &str) -> Option<UnboundedSender<Push>> {
        let over = |session: &Session| session.id == id && session.life == Life::Over;
        let at = self.sessions.iter().position(over)?;
        self.sessions.remove(at).connection
    }

    fn end_sessions(&mut self) {
        for session in &mut self.sessions {
            session.life = Life::Over;
        }
    }

    /// The bot closed its connection: 1000 and 1001 end the session.
    fn close(&mut self, id: Option<&str>, code: u16) {
        self.closed.push(code);
        if matches!(code, 1000 | 1001) {
            self.sessions
                .retain(|session| Some(session.id.as_str()) != id);
        }
    }
}

/// Whether a close of Discord's with this code leaves nothing to resume
/// (<https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes>).
fn ends_session(code: u16) -> bool {
    matches!(code, 4003 | 4004 | 4007 | 4009..=4014)
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

    use super::super::events::MessageEvent;
    use super::*;

    const EVERYTHING: Identified = Identified {
        intents: u64::MAX,
        shard: (0, 1),
    };

    fn opened() -> (Gateway, String, UnboundedReceiver<Push>) {
        let mut gateway = Gateway::default();
        let (outbox, mut inbox) = unbounded_channel();
        let id = gateway.open(EVERYTHING, outbox, "ws://localhost");
        assert_eq!(sent(&mut inbox)["t"], "READY");
        (gateway, id, inbox)
    }

    fn sent(inbox: &mut UnboundedReceiver<Push>) -> Value {
        match inbox.try_recv() {
            Ok(Push::Send(payload)) => payload,
            other => panic!("nothing was sent, but {other:?}"),
        }
    }

    #[test]
    fn a_session_is_resumed_with_what_was_missed_unless_the_close_ended_it() {
        for (code, resumed) in [(4000, true), (4008, true), (4009, false), (4007, false)] {
            let (mut gateway, id, mut inbox) = opened();
            gateway.close_all(code);
            assert!(matches!(inbox.try_recv(), Ok(Push::Close(sent)) if sent == code));
            if resumed {
                let missed = MessageEvent::direct("x").to_value();
                gateway.dispatch("MESSAGE_CREATE", &missed);
            }
            let (outbox, mut inbox) = unbounded_channel();
            assert_eq!(gateway.resume(&id, 1, outbox), resumed, "after {code}");
            if resumed {
                assert_eq!(sent(&mut inbox)["t"], "MESSAGE_CREATE");
                assert_eq!(sent(&mut inbox)["t"], "RESUMED");
            }
        }
    }

    #[test]
    fn a_session_no_longer_valid_is_over_and_its_connection_free_for_another() {
        for resumable in [true, false] {
            let (mut gateway, id, mut inbox) = opened();
            gateway.invalidate(resumable);
            assert_eq!(sent(&mut inbox), json!({ "op": 9, "d": resumable }));
            assert_eq!(gateway.reclaim(&id).is_some(), !resumable);
            let (outbox, _inbox) = unbounded_channel();
            assert_eq!(gateway.resume(&id, 1, outbox), resumable);
        }
    }
}

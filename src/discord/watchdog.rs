//! Noticing a gateway that has gone silent. serenity waits for ever for the answer to a RESUME
//! or an IDENTIFY, and for a connection that is accepted and then goes nowhere: the bot then
//! seems connected, and is deaf.

use serenity::all::{ConnectionStage, ShardId};
use serenity::gateway::ShardManager;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often it is looked at. serenity tells the stage of a shard at the latest with the
/// next heartbeat, which is some forty seconds away.
const EVERY: Duration = Duration::from_secs(2);
/// How long Discord may take to answer: it answers within a second.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long a connected shard may go without a heartbeat that is answered: more than three.
const SILENCE: Duration = Duration::from_secs(150);

/// Connects each shard anew that has been silent too long. Never ends.
pub(super) async fn watch(shards: Arc<ShardManager>) -> ! {
    let mut signs: HashMap<ShardId, Sign> = HashMap::new();
    loop {
        tokio::time::sleep(EVERY).await;
        let now = Instant::now();
        let runners: Vec<_> = {
            let runners = shards.runners.lock().await;
            let runners = runners.iter();
            runners
                .map(|(id, runner)| (*id, Sign::new(runner.stage, runner.latency, now)))
                .collect()
        };
        for (id, sign) in runners {
            let last = signs.entry(id).or_insert(sign);
            last.renew(sign);
            if last.is_overdue(now) {
                tracing::warn!(shard = %id, stage = %last.stage, "the gateway does not answer; connecting anew");
                signs.remove(&id);
                shards.restart(id).await;
            }
        }
    }
}

/// What was last seen of a shard, and since when.
#[derive(Debug, Clone, Copy)]
struct Sign {
    stage: ConnectionStage,
    /// Of the last heartbeat that was answered: no two take as long to the nanosecond.
    latency: Option<Duration>,
    since: Instant,
}

impl Sign {
    const fn new(stage: ConnectionStage, latency: Option<Duration>, since: Instant) -> Self {
        Self {
            stage,
            latency,
            since,
        }
    }

    /// Takes what is seen now, where it is a change. While an answer is awaited heartbeats are
    /// none: they may well be answered.
    fn renew(&mut self, seen: Self) {
        let beats = self.stage == ConnectionStage::Connected && self.latency != seen.latency;
        if self.stage != seen.stage || beats {
            *self = seen;
        }
    }

    /// Whether something should have been heard by now. Who cannot reach Discord is not
    /// waiting: serenity tries for ever.
    fn is_overdue(&self, now: Instant) -> bool {
        let patience = match self.stage {
            ConnectionStage::Handshake
            | ConnectionStage::Identifying
            | ConnectionStage::Resuming => PATIENCE,
            ConnectionStage::Connected => SILENCE,
            _ => return false,
        };
        now.duration_since(self.since) > patience
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shard_is_overdue_that_shows_no_change_for_too_long() {
        use ConnectionStage::{Connected, Connecting, Resuming};
        let start = Instant::now();
        for (stage, seconds, overdue, why) in [
            (Resuming, 14, false, "Discord may yet answer"),
            (Resuming, 16, true, "it does not answer"),
            (Connected, 149, false, "heartbeats are far apart"),
            (Connected, 151, true, "no heartbeat is answered"),
            (Connecting, 900, false, "serenity tries by itself"),
        ] {
            let sign = Sign::new(stage, None, start);
            let now = start + Duration::from_secs(seconds);
            assert_eq!(sign.is_overdue(now), overdue, "{stage}: {why}");
        }
    }

    #[test]
    fn a_heartbeat_that_is_answered_is_a_sign_of_life() {
        let start = Instant::now();
        let later = start + Duration::from_secs(149);
        let mut sign = Sign::new(ConnectionStage::Connected, None, start);
        let beat = Some(Duration::from_millis(31));
        sign.renew(Sign::new(ConnectionStage::Connected, beat, later));
        assert!(!sign.is_overdue(later + Duration::from_secs(10)));
        sign.renew(Sign::new(
            ConnectionStage::Connected,
            beat,
            later + Duration::from_secs(100),
        ));
        assert!(sign.is_overdue(later + Duration::from_secs(151)));
        let mut waiting = Sign::new(ConnectionStage::Resuming, None, start);
        waiting.renew(Sign::new(ConnectionStage::Resuming, beat, later));
        assert!(
            waiting.is_overdue(later),
            "it is the answer that is awaited"
        );
    }
}

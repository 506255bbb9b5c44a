//! Noticing a gateway that has gone silent. serenity waits for ever for the answer to a RESUME
//! or an IDENTIFY: a bot that gets none is connected, and deaf.

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

/// Connects each shard anew that has waited too long. Never ends.
pub(super) async fn watch(shards: Arc<ShardManager>) -> ! {
    let mut waiting: HashMap<ShardId, Instant> = HashMap::new();
    loop {
        tokio::time::sleep(EVERY).await;
        let stages: Vec<(ShardId, ConnectionStage)> = {
            let runners = shards.runners.lock().await;
            runners
                .iter()
                .map(|(id, runner)| (*id, runner.stage))
                .collect()
        };
        for (id, stage) in stages {
            if !waits(stage) {
                waiting.remove(&id);
            } else if waiting.entry(id).or_insert_with(Instant::now).elapsed() > PATIENCE {
                tracing::warn!(shard = %id, %stage, "the gateway does not answer; connecting anew");
                waiting.remove(&id);
                shards.restart(id).await;
            }
        }
    }
}

/// Whether something was sent that Discord has to answer. Who cannot reach it is not waiting:
/// serenity tries for ever.
const fn waits(stage: ConnectionStage) -> bool {
    matches!(
        stage,
        ConnectionStage::Handshake | ConnectionStage::Identifying | ConnectionStage::Resuming
    )
}

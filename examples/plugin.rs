//! Griot as a guest in somebody else's bot: one more event handler beside the host's own.
//!
//! ```text
//! DISCORD_TOKEN=… cargo run --example plugin
//! ```

use griot::discord::Storyteller;
use griot::{EngineHandle, KnowledgeFile};
use serenity::all::{Client, Context, EventHandler, GatewayIntents, Ready, async_trait};

/// The host: whatever the bot did before Griot came.
struct Host;

#[async_trait]
impl EventHandler for Host {
    async fn ready(&self, _: Context, ready: Ready) {
        tracing::info!(bot = ready.user.name, "the host is ready");
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    #[expect(
        clippy::disallowed_methods,
        reason = "an example reads its own environment"
    )]
    let token = std::env::var("DISCORD_TOKEN")?;
    let griot = EngineHandle::load(KnowledgeFile::new("knowledge/deepseek.toml"))?;
    let intents = GatewayIntents::GUILDS | Storyteller::intents();
    let mut client = Client::builder(token, intents)
        .event_handler(Host)
        .event_handler(Storyteller::new(griot))
        .await?;
    client.start().await?;
    Ok(())
}

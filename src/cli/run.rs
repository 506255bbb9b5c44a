//! `griot run`: the Discord bot, its signals and its log.

use super::Source;
use crate::config::{self, Config};
use crate::discord::{self, Storyteller, bot};
use crate::engine::EngineHandle;
use anyhow::Context;
use clap::Args;
use std::io::IsTerminal;
use std::process::ExitCode;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing_subscriber::EnvFilter;

#[derive(Debug, Args)]
pub(super) struct Run {
    #[command(flatten)]
    source: Source,
}

impl Run {
    pub(super) fn run(&self) -> anyhow::Result<ExitCode> {
        let filter = EnvFilter::try_new(config::log())
            .context("GRIOT_LOG cannot be read; write it as in `info` or `warn,griot=debug`")?;
        tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_ansi(std::io::stderr().is_terminal())
            .with_writer(std::io::stderr)
            .init();
        let config = Config::from_env()?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()?;
        // From here on a signal no longer ends the process by itself.
        let signals = runtime.block_on(async { Signals::listen() })?;
        let griot = self.source.load()?;
        let knowledge = griot.engine();
        let knowledge = knowledge.knowledge();
        tracing::info!(
            story = %knowledge.story().id,
            version = knowledge.version(),
            entries = knowledge.entries().len(),
            "loaded the knowledge"
        );
        runtime.block_on(serve(griot, config, signals))?;
        Ok(ExitCode::SUCCESS)
    }
}

struct Signals {
    hang_up: Signal,
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self {
            hang_up: signal(SignalKind::hangup())?,
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }
}

async fn serve(griot: EngineHandle, config: Config, signals: Signals) -> anyhow::Result<()> {
    let Signals {
        mut hang_up,
        mut terminate,
        mut interrupt,
    } = signals;
    let reloading = griot.clone();
    tokio::spawn(async move {
        while hang_up.recv().await.is_some() {
            // What came of it is in the log.
            _ = discord::reload(&reloading).await;
        }
    });
    let shutdown = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    let storyteller = Storyteller::new(griot).with_admins(config.admins);
    bot::run(
        storyteller,
        &config.token,
        config.proxy.as_deref(),
        shutdown,
    )
    .await?;
    Ok(())
}

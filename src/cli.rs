//! The command line: composes the edges with the core.
//!
//! Exit codes: 0 when the command did its work (a question that the story does not
//! answer is an answered question), 1 when it could not (one line says why), 2 when
//! it was called wrongly.

mod ask;
mod chat;
mod check;
mod input;
mod json;
#[cfg(feature = "discord")]
mod run;
mod show;

use crate::config;
use crate::engine::EngineHandle;
use crate::store::KnowledgeFile;
use crate::text::Locale;
use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Answers questions about one story, with its source, in French or English.
#[derive(Debug, Parser)]
#[command(name = "griot", version, arg_required_else_help = true)]
#[command(
    after_help = "Exit codes: 0 done, 1 could not be done (one line says why), 2 called wrongly.\n\
    The environment, and .env, are described in .env.example."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer one question, or one a line from standard input.
    #[command(after_help = "Examples:\n  \
        griot ask De combien Nvidia a chuté\n  \
        griot ask --explain \"who is Ray Dalio?\"\n  \
        griot ask --json - < questions.txt")]
    Ask(ask::Ask),
    /// Converse in the terminal, with replies as Discord shows them.
    #[command(
        after_help = "Type a question, or the number of one that was offered; Ctrl-D ends.\n\n\
        Examples:\n  griot chat\n  griot chat --locale en\n  printf 'tarifs douaniers ?\\n1\\n' | griot chat"
    )]
    Chat(chat::Chat),
    /// Check a knowledge file: every problem, its line, and how to mend it.
    #[command(after_help = "Examples:\n  griot check\n  griot check knowledge/draft.toml")]
    Check(check::Check),
    /// Run the Discord bot.
    #[cfg(feature = "discord")]
    #[command(
        after_help = "Needs DISCORD_TOKEN, in the environment or in .env. SIGHUP reloads the knowledge;\n\
        Ctrl-C or SIGTERM ends.\n\nExample:\n  GRIOT_KNOWLEDGE=knowledge/deepseek.toml griot run"
    )]
    Run(run::Run),
}

/// Which knowledge file.
#[derive(Debug, Args)]
struct Source {
    /// The knowledge file [default: `GRIOT_KNOWLEDGE`, else knowledge/deepseek.toml]
    #[arg(long, value_name = "PATH")]
    knowledge: Option<PathBuf>,
}

impl Source {
    fn file(&self) -> KnowledgeFile {
        KnowledgeFile::new(self.knowledge.clone().unwrap_or_else(config::knowledge))
    }

    fn load(&self) -> anyhow::Result<EngineHandle> {
        EngineHandle::load(self.file()).context("the knowledge could not be loaded")
    }
}

/// Reads `--locale`.
fn locale(tag: &str) -> Result<Locale, String> {
    tag.parse()
        .map_err(|error: crate::text::UnknownLocale| error.to_string())
}

/// Parses the arguments, runs the command, and says in one place what went wrong.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(code) => code,
        // The reader of a pipe has seen enough: that is no failure.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to do where even standard error is closed.
            _ = writeln!(anstream::stderr(), "griot: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match dotenvy::dotenv() {
        Err(error) if !error.not_found() => {
            return Err(error).context(".env cannot be read; compare it with .env.example");
        }
        _ => {}
    }
    match cli.command {
        Command::Ask(ask) => ask.run(),
        Command::Chat(chat) => chat.run(),
        Command::Check(check) => check.run(),
        #[cfg(feature = "discord")]
        Command::Run(run) => run.run(),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}

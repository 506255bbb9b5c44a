//! `griot check`: what is wrong with a knowledge file.

use crate::config;
use crate::store::KnowledgeFile;
use crate::text::Locale;
use clap::Args;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The knowledge file [default: `GRIOT_KNOWLEDGE`, else knowledge/deepseek.toml]
    #[arg(value_name = "PATH")]
    path: Option<PathBuf>,
    /// The same as PATH, by the name the other commands have for it
    #[arg(long, value_name = "PATH", conflicts_with = "path")]
    knowledge: Option<PathBuf>,
}

impl Check {
    pub(super) fn run(&self) -> anyhow::Result<ExitCode> {
        let path = self.path.as_ref().or(self.knowledge.as_ref());
        let file = KnowledgeFile::new(path.cloned().unwrap_or_else(config::knowledge));
        let mut out = anstream::stdout();
        match file.read() {
            Ok(knowledge) => {
                let utterances = |locale: Locale| -> usize {
                    knowledge
                        .topics()
                        .map(|topic| topic.utterances().get(locale).len())
                        .sum()
                };
                writeln!(
                    out,
                    "{}: no problem found\n{} passages, {} entries, {} absences, {} courtesies; \
                     {} utterances in French, {} in English; version {}",
                    file.path().display(),
                    knowledge.passages().len(),
                    knowledge.entries().len(),
                    knowledge.absences().len(),
                    knowledge.courtesies().len(),
                    utterances(Locale::Fr),
                    utterances(Locale::En),
                    knowledge.version(),
                )?;
                Ok(ExitCode::SUCCESS)
            }
            Err(error) => {
                for line in &error.lines {
                    writeln!(out, "{line}")?;
                }
                let count = error.lines.len();
                writeln!(out, "{count} problem{}", if count == 1 { "" } else { "s" })?;
                Ok(ExitCode::FAILURE)
            }
        }
    }
}

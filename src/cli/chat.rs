//! `griot chat`: a conversation in the terminal.

use super::show::{Press, Screen};
use super::{Source, input, locale};
use crate::config;
use crate::engine::{Engine, Question};
use crate::reply::{Reply, phrases};
use crate::text::Locale;
use anyhow::Context;
use clap::Args;
use rustyline::DefaultEditor;
use rustyline::error::ReadlineError;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

const PROMPT: &str = "› ";

#[derive(Debug, Args)]
pub(super) struct Chat {
    /// Reply in this language, whatever the questions': fr or en
    #[arg(long, value_name = "LOCALE", value_parser = locale)]
    locale: Option<Locale>,
    #[command(flatten)]
    source: Source,
}

impl Chat {
    pub(super) fn run(&self) -> anyhow::Result<ExitCode> {
        let handle = self.source.load()?;
        let mut conversation = Conversation {
            engine: &handle.engine(),
            locale: self.locale,
            hint: config::locale(),
            presses: Vec::new(),
        };
        if std::io::stdin().is_terminal() {
            conversation.greet()?;
            conversation.edit_lines()?;
        } else {
            for line in input::lines(std::io::stdin().lock()) {
                conversation.hear(&line?)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

struct Conversation<'e> {
    engine: &'e Engine,
    locale: Option<Locale>,
    hint: Option<Locale>,
    /// What the numbers of the last reply stand for.
    presses: Vec<Press>,
}

impl Conversation<'_> {
    fn greet(&self) -> std::io::Result<()> {
        let locale = self.locale.or(self.hint).unwrap_or_default();
        let story = self.engine.knowledge().story().label.get(locale);
        writeln!(
            anstream::stdout(),
            "{}\n",
            phrases::chat_greeting(locale, story)
        )
    }

    /// Reads with line editing until Ctrl-D or Ctrl-C. The history is kept for this
    /// conversation only: a question is nobody else's to read.
    fn edit_lines(&mut self) -> anyhow::Result<()> {
        let mut editor = DefaultEditor::new().context("the terminal cannot be read")?;
        loop {
            match editor.readline(PROMPT) {
                Ok(line) => {
                    // Only an unusable history refuses a line, and the talk goes on.
                    _ = editor.add_history_entry(line.as_str());
                    self.hear(&line)?;
                }
                Err(ReadlineError::Eof | ReadlineError::Interrupted) => return Ok(()),
                Err(error) => return Err(error).context("the terminal cannot be read"),
            }
        }
    }

    fn hear(&mut self, line: &str) -> std::io::Result<()> {
        let reply = self.reply(line.trim());
        let screen = Screen::of(&reply);
        self.presses = screen.presses();
        let mut out = anstream::stdout();
        screen.print(&mut out)?;
        out.flush()
    }

    fn reply(&self, line: &str) -> Reply {
        let number = line
            .parse::<usize>()
            .ok()
            .and_then(|number| number.checked_sub(1));
        number
            .and_then(|at| self.presses.get(at))
            .and_then(|press| self.engine.about(&press.topic, press.locale))
            .unwrap_or_else(|| {
                let (locale, hint) = (self.locale, self.hint);
                self.engine.answer(&Question {
                    text: line,
                    locale,
                    hint,
                })
            })
    }
}

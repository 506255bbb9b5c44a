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
            spoken: self.locale.or(config::locale()).unwrap_or_default(),
            topic: None,
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
    /// The language of the last reply.
    spoken: Locale,
    /// The topic of the last reply that had one.
    topic: Option<String>,
}

impl Conversation<'_> {
    fn greet(&self) -> std::io::Result<()> {
        let story = self.engine.knowledge().story().label.get(self.spoken);
        let greeting = phrases::chat_greeting(self.spoken, story);
        writeln!(anstream::stdout(), "{greeting}\n")
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
        let line = line.trim();
        let mut out = anstream::stdout();
        let number = line
            .parse::<usize>()
            .ok()
            .filter(|_| !self.presses.is_empty());
        let reply = match number.map(|number| (number, self.press(number))) {
            _ if line.is_empty() => return Ok(()),
            Some((_, Some(reply))) => reply,
            Some((number, None)) => {
                let most = self.presses.len();
                writeln!(
                    out,
                    "{}\n",
                    phrases::no_such_number(self.spoken, number, most)
                )?;
                return out.flush();
            }
            None => self.answer(line),
        };
        if let Some(topic) = &reply.topic {
            self.topic = Some(topic.to_string());
        }
        let screen = Screen::of(&reply);
        self.presses = screen.presses();
        self.spoken = reply.locale;
        screen.print(&mut out)?;
        out.flush()
    }

    /// The reply to a line, with the topic of the last reply in mind.
    fn answer(&self, line: &str) -> Reply {
        let question = Question {
            text: line,
            locale: self.locale,
            hint: self.hint,
        };
        match &self.topic {
            Some(topic) => self.engine.follow_up(&question, topic).0,
            None => self.engine.answer(&question),
        }
    }

    /// What the number on the screen stands for.
    fn press(&self, number: usize) -> Option<Reply> {
        let press = self.presses.get(number.checked_sub(1)?)?;
        self.engine.about(&press.topic, press.locale)
    }
}

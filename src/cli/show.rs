//! A reply on the terminal, laid out as Discord shows it.

use crate::reply::{Reply, phrases};
use crate::text::Locale;
use anstyle::{AnsiColor, Style};
use std::io::Write;

const TITLE: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();
const NUMBER: Style = AnsiColor::Cyan.on_default().bold();

/// A topic to show in a language: what a button does on Discord.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Press {
    pub(super) topic: String,
    pub(super) locale: Locale,
}

/// A reply and its numbered buttons.
pub(super) struct Screen<'r> {
    reply: &'r Reply,
}

impl<'r> Screen<'r> {
    pub(super) const fn of(reply: &'r Reply) -> Self {
        Self { reply }
    }

    /// What the numbers stand for, from 1: the choices, then the other language.
    pub(super) fn presses(&self) -> Vec<Press> {
        let locale = self.reply.locale;
        let choices = self
            .reply
            .choices
            .iter()
            .map(|c| (c.entry.to_string(), locale));
        let other = self
            .reply
            .topic
            .iter()
            .map(|topic| (topic.to_string(), locale.other()));
        choices
            .chain(other)
            .map(|(topic, locale)| Press { topic, locale })
            .collect()
    }

    /// Writes the reply. Colours are the stream's affair.
    pub(super) fn print(&self, out: &mut impl Write) -> std::io::Result<()> {
        let reply = self.reply;
        if let Some(title) = &reply.title {
            writeln!(out, "{TITLE}{title}{TITLE:#}")?;
        }
        writeln!(out, "{}", reply.text)?;
        if let Some(source) = reply.source() {
            writeln!(out, "{QUIET}{source}{QUIET:#}")?;
        }
        if !reply.choices.is_empty() {
            writeln!(out, "{}", reply.heading)?;
        }
        let labels = reply.choices.iter().map(|choice| choice.title.as_str());
        let other = reply
            .topic
            .iter()
            .map(|_| phrases::other_language(reply.locale));
        for (number, label) in (1..).zip(labels.chain(other)) {
            writeln!(out, "  {NUMBER}{number}{NUMBER:#}  {label}")?;
        }
        writeln!(out, "{QUIET}{}{QUIET:#}\n", reply.footer)
    }
}

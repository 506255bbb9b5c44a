//! `griot ask`: one question, or one a line.

use super::json::Line;
use super::show::Screen;
use super::{Source, input, locale};
use crate::config;
use crate::engine::{Engine, Question};
use crate::matcher::{Ranking, threshold};
use crate::text::Locale;
use clap::Args;
use std::io::Write;
use std::process::ExitCode;
use std::time::Instant;

#[derive(Debug, Args)]
pub(super) struct Ask {
    /// The question; `-` reads one a line from standard input
    #[arg(required = true)]
    question: Vec<String>,
    /// Print one JSON object a question
    #[arg(long)]
    json: bool,
    /// Reply in this language, whatever the question's: fr or en
    #[arg(long, value_name = "LOCALE", value_parser = locale)]
    locale: Option<Locale>,
    /// Say why: the evidence behind the score, and the runners-up (not with --json)
    #[arg(long, conflicts_with = "json")]
    explain: bool,
    #[command(flatten)]
    source: Source,
}

impl Ask {
    pub(super) fn run(&self) -> anyhow::Result<ExitCode> {
        let handle = self.source.load()?;
        let engine = handle.engine();
        let hint = config::locale();
        if self.question == ["-"] {
            for line in input::lines(std::io::stdin().lock()) {
                self.reply(&engine, &line?, hint)?;
            }
        } else {
            self.reply(&engine, &self.question.join(" "), hint)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn reply(&self, engine: &Engine, text: &str, hint: Option<Locale>) -> anyhow::Result<()> {
        let question = Question {
            text,
            locale: self.locale,
            hint,
        };
        let start = Instant::now();
        let (reply, ranking) = engine.explain(&question);
        let micros = start.elapsed().as_micros();
        let mut out = anstream::stdout();
        if self.json {
            let score = ranking
                .best
                .as_ref()
                .map_or(0.0, crate::matcher::Candidate::score);
            let version = engine.knowledge().version();
            let line = Line::new(text, &reply, score, version, micros);
            writeln!(out, "{}", serde_json::to_string(&line)?)?;
        } else {
            Screen::of(&reply).print(&mut out)?;
            if self.explain {
                explain(&mut out, engine, &ranking)?;
            }
        }
        out.flush()?;
        Ok(())
    }
}

/// Why: the evidence, what came close, and what the score was good for.
fn explain(out: &mut impl Write, engine: &Engine, ranking: &Ranking) -> std::io::Result<()> {
    let Some(best) = &ranking.best else {
        return writeln!(out, "No word of the question is known to this story.\n");
    };
    let score = best.score();
    writeln!(out, "Best: `{}`, score {score:.2}", best.id)?;
    writeln!(out, "{}", best.explanation)?;
    if let Some(utterance) = engine.utterance(best.explanation.nearest) {
        writeln!(out, "  its nearest utterance: {utterance}")?;
    }
    let mut topics = ranking.topics.iter();
    if let (Some((_, first)), Some((id, second))) = (topics.next(), topics.next()) {
        writeln!(out, "  next: `{id}`, {:.2} behind", first - second)?;
    }
    let close: Vec<String> = topics.take(3).map(|(id, _)| format!("`{id}`")).collect();
    if !close.is_empty() {
        writeln!(out, "  then: {}", close.join(", "))?;
    }
    writeln!(out, "  {}\n", threshold::said_of(score))
}

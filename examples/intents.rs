//! The matcher on labelled sets of questions: how `docs/matching.md` was measured.
//!
//! ```text
//! cargo run --release --example intents -- --train T.jsonl [--valid V.jsonl] --test Q.jsonl
//! ```
//! Each line of the files is `{"q": "…", "lang": "en", "gold": "class"}`, `gold` null for a
//! question out of scope. For each line of the test file, in order, one line goes to
//! standard output: `{"q", "pred", "best", "score", "us"}`, where `pred` is null when
//! refused and `us` the microseconds in the matcher. Nothing is set otherwise than in the
//! bot; the threshold is learnt from the valid file, or, without one, from a fifth of the
//! training lines held out.

#![expect(clippy::print_stderr, reason = "the summary is for who ran it")]
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of lines are far from the limits of f64"
)]

use anyhow::Context;
use clap::Parser;
use griot::Locale;
use griot::matcher::{Classifier, TrainingSet, Utterance, threshold};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The matcher on labelled sets of questions.
#[derive(Parser)]
struct Options {
    /// Questions to learn from
    #[arg(long)]
    train: PathBuf,
    /// Questions to learn the threshold from
    #[arg(long)]
    valid: Option<PathBuf>,
    /// Questions to classify
    #[arg(long)]
    test: PathBuf,
}

#[derive(Deserialize)]
struct Line {
    q: String,
    #[serde(default)]
    lang: Option<Locale>,
    gold: Option<String>,
}

impl Line {
    fn locale(&self) -> Locale {
        self.lang.unwrap_or(Locale::En)
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    q: &'a str,
    pred: Option<&'a str>,
    best: Option<&'a str>,
    score: f32,
    us: f64,
}

/// One line in this many is held out where there is no valid file.
const FOLD: usize = 5;

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let train = read(&options.train)?;
    let start = Instant::now();
    let model = Model::train(train.iter());
    let loaded = start.elapsed();
    let threshold = match &options.valid {
        Some(path) => model.threshold(&read(path)?),
        None => held_out_threshold(&train),
    };
    let test = read(&options.test)?;
    let answers: Vec<Answer<'_>> = test.iter().map(|line| model.ask(line, threshold)).collect();
    let mut out = BufWriter::new(std::io::stdout().lock());
    for answer in &answers {
        writeln!(out, "{}", serde_json::to_string(answer)?)?;
    }
    out.flush()?;
    summarise(&test, &answers, threshold);
    eprintln!(
        "load {:.0} ms, peak memory {}",
        loaded.as_secs_f64() * 1e3,
        peak_memory().map_or("unknown".to_owned(), |kib| format!("{} MiB", kib / 1024)),
    );
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "an example reads its own files")]
fn read(path: &Path) -> anyhow::Result<Vec<Line>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let lines = (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            serde_json::from_str(line).with_context(|| format!("{}:{number}", path.display()))
        })
        .collect()
}

/// A classifier and the names of its classes.
struct Model {
    classifier: Classifier,
    names: Vec<String>,
}

impl Model {
    /// Trains on lines. The name of a class, as words, is one more utterance of it, as a
    /// title is in a story.
    fn train<'l>(lines: impl Iterator<Item = &'l Line>) -> Self {
        let mut names: Vec<(String, String, Locale)> = Vec::new();
        let mut numbers: HashMap<&str, u16> = HashMap::new();
        let mut set = TrainingSet::default();
        for line in lines {
            let Some(gold) = &line.gold else {
                set.outside.push((line.locale(), &line.q));
                continue;
            };
            let class = *numbers.entry(gold).or_insert_with(|| {
                names.push((gold.clone(), as_words(gold), line.locale()));
                set.classes += 1;
                set.classes - 1
            });
            set.utterances.push(Utterance {
                class,
                locale: line.locale(),
                text: &line.q,
            });
        }
        for (class, (_, text, locale)) in (0..).zip(&names) {
            set.utterances.push(Utterance {
                class,
                locale: *locale,
                text,
            });
        }
        let classifier = Classifier::train(&set);
        Self {
            classifier,
            names: names.into_iter().map(|(name, ..)| name).collect(),
        }
    }

    fn ask<'a>(&'a self, line: &'a Line, threshold: f32) -> Answer<'a> {
        let start = Instant::now();
        let classified = self.classifier.classify(&line.q, line.locale());
        let us = start.elapsed().as_secs_f64() * 1e6;
        let best = classified.best();
        let best = best.and_then(|class| self.names.get(usize::from(class)));
        let score = classified.score();
        Answer {
            q: &line.q,
            pred: best.filter(|_| score >= threshold).map(String::as_str),
            best: best.map(String::as_str),
            score,
            us,
        }
    }

    fn threshold(&self, lines: &[Line]) -> f32 {
        let in_scope: Vec<&Line> = lines.iter().filter(|line| line.gold.is_some()).collect();
        let answers = in_scope.iter().map(|line| (line, self.ask(line, 0.0)));
        let right = answers
            .filter(|(line, answer)| line.gold.as_deref() == answer.best)
            .map(|(_, answer)| answer.score);
        threshold::learn(right.collect(), in_scope.len())
    }
}

/// `Refund_not_showing_up` and `support.about` as a reader says them.
fn as_words(name: &str) -> String {
    name.replace(['_', '.', '-', '/'], " ")
}

/// The threshold that a model trained on four fifths learns from the other fifth.
fn held_out_threshold(lines: &[Line]) -> f32 {
    let (held, kept): (Vec<_>, Vec<_>) =
        lines.iter().enumerate().partition(|(at, _)| at % FOLD == 0);
    let model = Model::train(kept.into_iter().map(|(_, line)| line));
    let held: Vec<Line> = held
        .into_iter()
        .map(|(_, line)| Line {
            q: line.q.clone(),
            lang: line.lang,
            gold: line.gold.clone(),
        })
        .collect();
    model.threshold(&held)
}

fn summarise(test: &[Line], answers: &[Answer<'_>], threshold: f32) {
    let share = |of: &dyn Fn(&Line) -> bool, hit: &dyn Fn(&Line, &Answer<'_>) -> bool| {
        let rows: Vec<_> = test
            .iter()
            .zip(answers)
            .filter(|(line, _)| of(line))
            .collect();
        let hits = rows
            .iter()
            .filter(|(line, answer)| hit(line, answer))
            .count();
        (100.0 * hits as f64 / rows.len().max(1) as f64, rows.len())
    };
    let in_scope = |line: &Line| line.gold.is_some();
    let out = |line: &Line| line.gold.is_none();
    let (ranked, count) = share(&in_scope, &|line, answer| {
        answer.best == line.gold.as_deref()
    });
    let (right, _) = share(&in_scope, &|line, answer| {
        answer.pred == line.gold.as_deref()
    });
    let (refused, others) = share(&out, &|_, answer| answer.pred.is_none());
    let mut times: Vec<f64> = answers.iter().map(|answer| answer.us).collect();
    times.sort_unstable_by(f64::total_cmp);
    let time = |share: f64| {
        let at = (times.len() as f64 * share) as usize;
        times.get(at).copied().unwrap_or_default()
    };
    eprintln!(
        "threshold {threshold:.3}; {count} in scope: {ranked:.2} % ranked first, {right:.2} % \
         right after refusing; {others} out of scope: {refused:.2} % refused; a question takes \
         {:.0} µs (median), {:.0} µs (p99)",
        time(0.5),
        time(0.99),
    );
    reliability(test, answers);
}

/// How often a score is right, tenth by tenth.
fn reliability(test: &[Line], answers: &[Answer<'_>]) {
    for tenth in 0..10 {
        let within = |answer: &Answer<'_>| ((answer.score * 10.0) as usize).min(9) == tenth;
        let rows = test.iter().zip(answers).filter(|(_, a)| within(a));
        let (mut sum, mut right, mut count) = (0.0, 0, 0);
        for (line, answer) in rows {
            sum += answer.score;
            count += 1;
            right += usize::from(line.gold.is_some() && line.gold.as_deref() == answer.best);
        }
        let mean = sum / (count.max(1) as f32);
        eprintln!("  score {mean:.2}: {right} right of {count}");
    }
}

/// Peak memory of this process in KiB, where the system says so.
#[expect(clippy::disallowed_methods, reason = "an example reads its own files")]
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

//! Griot answers questions about **one story** from a curated knowledge file, in
//! French or English, with its source, or says honestly that the story does not tell.
//!
//! # The way of a question
//! ```text
//! question ─ text ─▶ words ─ matcher ─▶ Outcome ─ reply ─▶ Reply ─▶ discord | console | json
//!                               ▲
//!   knowledge file ─ knowledge ─┘     (engine: one Knowledge + one Matcher, swapped whole on reload)
//! ```
//!
//! # The house
//! The core is pure functions: no async, file, environment, clock, network or log
//! (only training and checking a file use threads, and come out the same on any number of them).
//! - [`text`]: folding, words, names, the language of a question;
//! - [`knowledge`]: the curated file, read and checked with every problem's line;
//! - [`matcher`]: ranks topics, scores the best, decides; its parts explain the score;
//! - [`reply`]: an outcome in words, in both languages, for no platform yet;
//! - [`engine`]: the façade, and the handle that swaps engines on reload.
//!
//! The edges fetch and send. They never import one another; `cli` composes them.
//! - [`store`]: the knowledge file on disk;
//! - `config`: the environment, read once (feature `cli`);
//! - `discord`: the serenity plugin and what it sends (feature `discord`);
//! - `cli`: `griot ask`, `chat`, `check` and `run` (feature `cli`).
//!
//! ```
//! use griot::{EngineHandle, KnowledgeFile, Question};
//!
//! let griot = EngineHandle::load(KnowledgeFile::new("knowledge/deepseek.toml"))?;
//! let reply = griot.engine().answer(&Question::new("De combien Nvidia a chuté en bourse ?"));
//! assert!(reply.text.contains("16,86"));
//! # Ok::<(), griot::LoadError>(())
//! ```
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "tests compare values that were copied")
)]

#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod config;
#[cfg(feature = "discord")]
pub mod discord;
pub mod engine;
pub mod knowledge;
pub mod matcher;
mod parallel;
pub mod reply;
pub mod store;
pub mod text;

pub use engine::{Engine, EngineHandle, LoadError, Question, Source};
pub use knowledge::Knowledge;
pub use reply::Reply;
pub use store::KnowledgeFile;
pub use text::Locale;

//! The tests of Griot from outside: its command line, its knowledge file, its matcher,
//! and the real bot against a stand-in Discord on loopback.

#![expect(
    clippy::disallowed_methods,
    reason = "tests write and read files of their own"
)]

#[cfg(test)]
mod bot;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod discord;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod flows;
#[cfg(test)]
mod guest;
#[cfg(test)]
mod knowledge;
#[cfg(test)]
mod matching;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod standin;

/// The knowledge file that is shipped.
#[cfg(test)]
const KNOWLEDGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge/deepseek.toml");

/// The engine on it: trained once for all tests that only ask.
#[cfg(test)]
static ENGINE: std::sync::LazyLock<griot::Engine> = std::sync::LazyLock::new(|| {
    let text = std::fs::read_to_string(KNOWLEDGE).expect("the shipped file");
    let knowledge = griot::Knowledge::parse(&text).expect("the shipped file has no problem");
    griot::Engine::new(knowledge)
});

//! What the flows of a server have in common.

use serde_json::Value;

use crate::bot::Bot;
use crate::standin::{Interaction, StandIn};

/// The flag of a message that one member alone sees.
pub(crate) const EPHEMERAL: u64 = 1 << 6;

/// A stand-in, and a bot that is ready.
pub(crate) async fn ready() -> (StandIn, Bot) {
    let discord = StandIn::start().await;
    let bot = Bot::start(&discord);
    discord.identified().await;
    bot.logged("connected to Discord").await;
    (discord, bot)
}

/// Asserts that all that was sent was valid, and says how much that was.
pub(crate) fn assert_valid(discord: &StandIn, flow: &str) {
    let report = discord.report();
    assert!(report.problems.is_empty(), "{flow}: {:#?}", report.problems);
    println!(
        "{flow}: {} requests validated, {} against the official description",
        report.validated, report.against_description
    );
}

/// The first answer to an interaction.
pub(crate) async fn asked(discord: &StandIn, interaction: Interaction) -> Value {
    let id = discord.interaction(interaction);
    discord.next_callback(id).await.body
}

/// The embed of a message or of the data of a response.
pub(crate) fn embed(message: &Value) -> &Value {
    assert_eq!(
        message["embeds"].as_array().map(Vec::len),
        Some(1),
        "one embed: {message}"
    );
    &message["embeds"][0]
}

pub(crate) fn description(message: &Value) -> String {
    embed(message)["description"]
        .as_str()
        .expect("a description")
        .to_owned()
}

/// Whether one member alone sees a message.
pub(crate) fn is_private(message: &Value) -> bool {
    message["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0
}

/// Label and `custom_id` of each button.
pub(crate) fn buttons(message: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let rows = message["components"].as_array().into_iter().flatten();
    rows.flat_map(|row| row["components"].as_array().cloned().unwrap_or_default())
        .filter(|part| part["type"] == 2)
        .map(|button| (text(&button["label"]), text(&button["custom_id"])))
        .collect()
}

/// The `custom_id` of the button with a label.
pub(crate) fn custom_id(message: &Value, label: &str) -> String {
    let found = buttons(message).into_iter().find(|(own, _)| own == label);
    found
        .unwrap_or_else(|| panic!("no button “{label}” in {message}"))
        .1
}

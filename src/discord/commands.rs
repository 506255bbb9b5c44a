//! The commands in both languages, and registering those that differ.
//!
//! Each command is written by itself and none is ever deleted: in a bot that is more
//! than Griot the others are not ours.

mod difference;

use self::difference::is_same;
use crate::text::Localized;
use serde_json::Value;
use serenity::all::{
    CommandOptionType, CommandType, CreateCommand, CreateCommandOption, Http, InstallationContext,
    InteractionContext, Permissions,
};

pub(super) const ASK: &str = "ask";
/// Of the menu of a message.
pub(super) const ASK_MESSAGE: &str = "Ask the story";
pub(super) const QUESTION: &str = "question";
pub(super) const LANGUAGE: &str = "language";
pub(super) const PRIVATE: &str = "private";
pub(super) const STORY: &str = "story";
pub(super) const GRIOT: &str = "griot";
pub(super) const RELOAD: &str = "reload";
pub(super) const STATUS: &str = "status";

/// Longest question the option takes, in characters: a paragraph.
const QUESTION_CHARS: u16 = 1_000;
/// Discord's tags for English: each is its own language to a client.
const ENGLISH: [&str; 2] = ["en-US", "en-GB"];

/// Names and descriptions of a command or an option.
type Words = Localized<&'static str>;

/// Registers the commands that are missing or differ: creations are limited to 200 a
/// day (<https://discord.com/developers/docs/interactions/application-commands>).
///
/// # Errors
/// The first request that Discord refused.
pub(super) async fn register(http: &Http) -> serenity::Result<()> {
    let registered = http.get_global_commands_with_localizations().await?;
    for (name, command) in [
        (ASK, ask()),
        (ASK_MESSAGE, ask_message()),
        (STORY, story()),
        (GRIOT, griot()),
    ] {
        let wanted = serde_json::to_value(command)?;
        if registered.iter().any(|known| is_same(&wanted, known)) {
            continue;
        }
        tracing::info!(command = name, "registering a command");
        http.create_global_command(&as_described(wanted)).await?;
    }
    Ok(())
}

/// serenity writes the permissions as text, as Discord gives them; Discord's `OpenAPI`
/// description wants them as a number.
fn as_described(mut command: Value) -> Value {
    if let Some(permissions) = command.get_mut("default_member_permissions")
        && let Some(bits) = permissions
            .as_str()
            .and_then(|bits| bits.parse::<u64>().ok())
    {
        *permissions = bits.into();
    }
    command
}

fn ask() -> CreateCommand {
    let description = Words {
        fr: "Poser une question sur l’histoire",
        en: "Ask a question about the story",
    };
    let names = Words {
        fr: "demander",
        en: ASK,
    };
    for_everyone(command(ASK, &names, &description)).set_options(vec![
        question(),
        language(),
        private(),
    ])
}

/// In the menu of a message: it has a name, and no description.
fn ask_message() -> CreateCommand {
    let mut command = CreateCommand::new(ASK_MESSAGE)
        .kind(CommandType::Message)
        .name_localized("fr", "Demander à l’histoire");
    for tag in ENGLISH {
        command = command.name_localized(tag, ASK_MESSAGE);
    }
    for_everyone(command)
}

fn question() -> CreateCommandOption {
    let description = Words {
        fr: "Votre question sur l’histoire",
        en: "Your question about the story",
    };
    let names = Words {
        fr: "question",
        en: QUESTION,
    };
    option(CommandOptionType::String, &names, &description)
        .required(true)
        .max_length(QUESTION_CHARS)
        .set_autocomplete(true)
}

fn language() -> CreateCommandOption {
    let description = Words {
        fr: "La langue de la réponse",
        en: "The language of the reply",
    };
    let names = Words {
        fr: "langue",
        en: LANGUAGE,
    };
    option(CommandOptionType::String, &names, &description)
        .add_string_choice("Français", "fr")
        .add_string_choice("English", "en")
}

fn private() -> CreateCommandOption {
    let description = Words {
        fr: "Ne montrer la réponse qu’à vous",
        en: "Show the reply only to you",
    };
    let names = Words {
        fr: "privé",
        en: PRIVATE,
    };
    option(CommandOptionType::Boolean, &names, &description)
}

fn story() -> CreateCommand {
    let description = Words {
        fr: "Ce qu’est cette histoire, et à quoi je peux répondre",
        en: "What this story is, and what I can answer",
    };
    for_everyone(command(
        STORY,
        &Words {
            fr: "histoire",
            en: STORY,
        },
        &description,
    ))
}

/// For admins: hidden from others by default, and checked again when used.
fn griot() -> CreateCommand {
    let kind = CommandOptionType::SubCommand;
    let description = Words {
        fr: "Recharger le fichier de connaissances",
        en: "Reload the knowledge file",
    };
    let reload = option(
        kind,
        &Words {
            fr: "recharger",
            en: RELOAD,
        },
        &description,
    );
    let description = Words {
        fr: "Version, connaissances et durée de fonctionnement",
        en: "Version, knowledge and uptime",
    };
    let status = option(
        kind,
        &Words {
            fr: "état",
            en: STATUS,
        },
        &description,
    );
    let description = Words {
        fr: "Administrer Griot",
        en: "Administer Griot",
    };
    command(
        GRIOT,
        &Words {
            fr: "griot",
            en: GRIOT,
        },
        &description,
    )
    .set_options(vec![reload, status])
    .default_member_permissions(Permissions::ADMINISTRATOR)
    .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
    .integration_types(vec![InstallationContext::Guild])
}

/// Usable in servers and in messages, installed by a server or by a member.
fn for_everyone(command: CreateCommand) -> CreateCommand {
    command
        .contexts(vec![
            InteractionContext::Guild,
            InteractionContext::BotDm,
            InteractionContext::PrivateChannel,
        ])
        .integration_types(vec![InstallationContext::Guild, InstallationContext::User])
}

fn command(name: &str, names: &Words, descriptions: &Words) -> CreateCommand {
    let mut command = CreateCommand::new(name)
        .description(descriptions.en)
        .name_localized("fr", names.fr)
        .description_localized("fr", descriptions.fr);
    for tag in ENGLISH {
        command = command
            .name_localized(tag, names.en)
            .description_localized(tag, descriptions.en);
    }
    command
}

fn option(kind: CommandOptionType, names: &Words, descriptions: &Words) -> CreateCommandOption {
    let mut option = CreateCommandOption::new(kind, names.en, descriptions.en)
        .name_localized("fr", names.fr)
        .description_localized("fr", descriptions.fr);
    for tag in ENGLISH {
        option = option
            .name_localized(tag, names.en)
            .description_localized(tag, descriptions.en);
    }
    option
}

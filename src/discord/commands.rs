//! The slash commands in both languages, and registering those that differ.
//!
//! Each command is written by itself and none is ever deleted: in a bot that is more
//! than Griot the others are not ours.

use crate::text::Localized;
use serde_json::Value;
use serenity::all::{
    Command, CommandOptionType, CreateCommand, CreateCommandOption, Http, InstallationContext,
    InteractionContext, Permissions,
};

pub(super) const ASK: &str = "ask";
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
    for command in all() {
        let wanted = serde_json::to_value(&command)?;
        if registered.iter().any(|known| is_same(&wanted, known)) {
            continue;
        }
        tracing::info!(command = %wanted["name"], "registering a slash command");
        http.create_global_command(&as_described(wanted)).await?;
    }
    Ok(())
}

/// serenity writes the permissions as text, as Discord gives them; Discord's OpenAPI
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

fn all() -> [CreateCommand; 3] {
    let everywhere = vec![
        InteractionContext::Guild,
        InteractionContext::BotDm,
        InteractionContext::PrivateChannel,
    ];
    let installed = vec![InstallationContext::Guild, InstallationContext::User];
    [
        ask()
            .contexts(everywhere.clone())
            .integration_types(installed.clone()),
        command(
            STORY,
            Words {
                fr: "histoire",
                en: "story",
            },
            Words {
                fr: "Ce qu’est cette histoire, et à quoi je peux répondre",
                en: "What this story is, and what I can answer",
            },
        )
        .contexts(everywhere)
        .integration_types(installed),
        griot(),
    ]
}

fn ask() -> CreateCommand {
    let question = option(
        CommandOptionType::String,
        Words {
            fr: "question",
            en: QUESTION,
        },
        Words {
            fr: "Votre question sur l’histoire",
            en: "Your question about the story",
        },
    )
    .required(true)
    .max_length(QUESTION_CHARS)
    .set_autocomplete(true);
    let language = option(
        CommandOptionType::String,
        Words {
            fr: "langue",
            en: LANGUAGE,
        },
        Words {
            fr: "La langue de la réponse",
            en: "The language of the reply",
        },
    )
    .add_string_choice("Français", "fr")
    .add_string_choice("English", "en");
    let private = option(
        CommandOptionType::Boolean,
        Words {
            fr: "privé",
            en: PRIVATE,
        },
        Words {
            fr: "Ne montrer la réponse qu’à vous",
            en: "Show the reply to you alone",
        },
    );
    let description = Words {
        fr: "Poser une question sur l’histoire",
        en: "Ask a question about the story",
    };
    command(
        ASK,
        Words {
            fr: "demander",
            en: ASK,
        },
        description,
    )
    .set_options(vec![question, language, private])
}

/// For admins: hidden from others by default, and checked again when used.
fn griot() -> CreateCommand {
    let reload = option(
        CommandOptionType::SubCommand,
        Words {
            fr: "recharger",
            en: RELOAD,
        },
        Words {
            fr: "Recharger le fichier de connaissances",
            en: "Reload the knowledge file",
        },
    );
    let status = option(
        CommandOptionType::SubCommand,
        Words {
            fr: "état",
            en: STATUS,
        },
        Words {
            fr: "Version, connaissances et durée de marche",
            en: "Version, knowledge and uptime",
        },
    );
    let description = Words {
        fr: "Administrer Griot",
        en: "Administer Griot",
    };
    command(
        GRIOT,
        Words {
            fr: "griot",
            en: GRIOT,
        },
        description,
    )
    .set_options(vec![reload, status])
    .default_member_permissions(Permissions::ADMINISTRATOR)
    .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
    .integration_types(vec![InstallationContext::Guild])
}

fn command(name: &str, names: Words, descriptions: Words) -> CreateCommand {
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

fn option(kind: CommandOptionType, names: Words, descriptions: Words) -> CreateCommandOption {
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

/// Whether Discord has the command as we want it.
fn is_same(wanted: &Value, registered: &Command) -> bool {
    serde_json::to_value(registered).is_ok_and(|registered| {
        WRITTEN.iter().all(|key| {
            let default = if *key == "type" {
                Value::from(1)
            } else {
                Value::Null
            };
            let value = |of: &Value| match plain(&of[*key]) {
                Value::Null => default.clone(),
                value => value,
            };
            value(wanted) == value(&registered)
        })
    })
}

/// What we write of a command; Discord adds the rest.
const WRITTEN: [&str; 9] = [
    "name",
    "type",
    "name_localizations",
    "description",
    "description_localizations",
    "options",
    "default_member_permissions",
    "contexts",
    "integration_types",
];

/// A value without what only says that nothing is there, which Discord may leave out
/// or add: null, false, and empty lists and objects.
fn plain(value: &Value) -> Value {
    let is_nothing = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    let value = match value {
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(key, value)| (key.clone(), plain(value)))
                .filter(|(_, value)| !is_nothing(value))
                .collect(),
        ),
        other => other.clone(),
    };
    if is_nothing(&value) {
        Value::Null
    } else {
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A command as Discord would give it back.
    fn registered(mut command: Value) -> Command {
        command["id"] = "1".into();
        command["application_id"] = "2".into();
        command["version"] = "3".into();
        command["dm_permission"] = true.into();
        serde_json::from_value(command).expect("a command as Discord gives it")
    }

    #[test]
    fn a_command_is_registered_only_where_it_differs() {
        for command in all() {
            let wanted = serde_json::to_value(command).expect("a command is JSON");
            assert!(is_same(&wanted, &registered(wanted.clone())), "{wanted}");
            for (key, value) in [
                ("description", Value::from("something else")),
                ("name_localizations", Value::Null),
                ("contexts", Value::from(vec![0])),
                ("default_member_permissions", Value::from("32")),
            ] {
                let mut other = wanted.clone();
                other[key] = value;
                assert!(
                    !is_same(&wanted, &registered(other)),
                    "{key} of {}",
                    wanted["name"]
                );
            }
        }
    }
}

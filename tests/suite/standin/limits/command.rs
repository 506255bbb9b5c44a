//! Limits of commands, their options and choices, in every language.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::{Problems, items, keys, text};

const CHAT_INPUT: u64 = 1;
const SUB_COMMAND: u64 = 1;
const SUB_COMMAND_GROUP: u64 = 2;
const NAME_LENGTH: usize = 32;
const TEXT_LENGTH: usize = 100;
const OPTIONS: usize = 25;
const COMMAND_LENGTH: usize = 8_000;
/// Most commands of each type: slash, user, message, entry point.
const COMMANDS: [(u64, usize); 4] = [(1, 100), (2, 15), (3, 15), (4, 1)];

pub(super) fn check_all(body: &Value, problems: &mut Problems) {
    let commands = body.as_array().map(Vec::as_slice).unwrap_or_default();
    for (wanted, most) in COMMANDS {
        let same: Vec<_> = commands.iter().filter(|c| kind(c) == wanted).collect();
        let count = same.len();
        problems.unless(
            count <= most,
            "commands",
            &format!("{count} commands of type {wanted}, Discord takes {most}"),
        );
        check_distinct(same.into_iter(), "commands", problems);
    }
    for command in commands {
        check(command, problems);
    }
}

pub(super) fn check(command: &Value, problems: &mut Problems) {
    let place = &format!("command `{}`", text(command, "name").unwrap_or_default());
    keys::check(command, keys::COMMAND, place, problems);
    if kind(command) == CHAT_INPUT {
        check_named(command, place, problems);
    } else {
        for (language, name) in in_every_language(command, "name") {
            problems.length(name, 1..=NAME_LENGTH, &format!("{place}.name {language}"));
        }
        let described = text(command, "description").is_some_and(|text| !text.is_empty());
        problems.unless(!described, place, "only a slash command has a description");
    }
    check_options(command, place, problems);
    let size = size(command);
    problems.unless(
        size <= COMMAND_LENGTH,
        place,
        &format!("{size} characters in all, Discord takes {COMMAND_LENGTH}"),
    );
}

/// The choices of an option and those of an autocomplete answer have the same limits.
pub(super) fn check_choices(holder: &Value, place: &str, problems: &mut Problems) {
    let count = items(holder, "choices").count();
    problems.unless(
        count <= OPTIONS,
        place,
        &format!("{count} choices, Discord takes {OPTIONS}"),
    );
    for (at, choice) in items(holder, "choices").enumerate() {
        let place = format!("{place}.choices[{at}]");
        keys::check(choice, keys::CHOICE, &place, problems);
        for (language, name) in in_every_language(choice, "name") {
            problems.length(name, 1..=TEXT_LENGTH, &format!("{place}.name {language}"));
        }
        if let Some(value) = text(choice, "value") {
            problems.length(value, 0..=TEXT_LENGTH, &format!("{place}.value"));
        }
        problems.unless(choice.get("value").is_some(), &place, "no value");
    }
}

fn kind(value: &Value) -> u64 {
    let kind = value.get("type").and_then(Value::as_u64);
    kind.unwrap_or(CHAT_INPUT)
}

/// The text under `key` and its localisations; the default has no language of its own.
fn in_every_language<'v>(value: &'v Value, key: &str) -> BTreeMap<&'v str, &'v str> {
    let localised = value.get(format!("{key}_localizations"));
    let localised = localised.and_then(Value::as_object).into_iter().flatten();
    let mut all: BTreeMap<_, _> = localised
        .map(|(language, text)| (language.as_str(), text.as_str().unwrap_or_default()))
        .collect();
    all.insert("", text(value, key).unwrap_or_default());
    all
}

fn check_named(value: &Value, place: &str, problems: &mut Problems) {
    for (language, name) in in_every_language(value, "name") {
        let place = format!("{place}.name {language}");
        problems.length(name, 1..=NAME_LENGTH, &place);
        problems.unless(
            name.chars()
                .all(|c| c.is_alphanumeric() || "-_'".contains(c)),
            &place,
            &format!("`{name}` has a character that no name may have"),
        );
        problems.unless(name == name.to_lowercase(), &place, "upper case in a name");
    }
    for (language, description) in in_every_language(value, "description") {
        let place = format!("{place}.description {language}");
        problems.length(description, 1..=TEXT_LENGTH, &place);
    }
}

fn check_options(parent: &Value, place: &str, problems: &mut Problems) {
    let count = items(parent, "options").count();
    problems.unless(
        count <= OPTIONS,
        place,
        &format!("{count} options, Discord takes {OPTIONS}"),
    );
    check_distinct(items(parent, "options"), place, problems);
    let mut optional_seen = false;
    for option in items(parent, "options") {
        let name = text(option, "name").unwrap_or_default();
        let place = format!("{place}.options `{name}`");
        keys::check(option, keys::OPTION, &place, problems);
        check_named(option, &place, problems);
        check_nesting(parent, option, &place, problems);
        let required = is_set(option, "required");
        problems.unless(
            !(required && optional_seen),
            &place,
            "required after optional",
        );
        optional_seen |= !required;
        check_choices(option, &place, problems);
        problems.unless(
            !is_set(option, "autocomplete") || items(option, "choices").next().is_none(),
            &place,
            "choices together with autocomplete",
        );
        check_options(option, &place, problems);
    }
}

fn is_set(value: &Value, key: &str) -> bool {
    value.get(key) == Some(&Value::Bool(true))
}

/// A group holds sub-commands, a sub-command holds plain options; the two never stand side by side.
fn check_nesting(parent: &Value, option: &Value, place: &str, problems: &mut Problems) {
    let plain = |option: &Value| kind(option) > SUB_COMMAND_GROUP;
    let mixed = items(parent, "options").any(|other| plain(other) != plain(option));
    problems.unless(!mixed, place, "sub-commands beside plain options");
    let mut below = items(option, "options");
    let holds = match kind(option) {
        SUB_COMMAND => below.all(plain),
        SUB_COMMAND_GROUP => below.all(|child| kind(child) == SUB_COMMAND),
        _ => below.next().is_none(),
    };
    problems.unless(holds, place, "options nested as Discord does not");
}

fn check_distinct<'v>(
    named: impl Iterator<Item = &'v Value>,
    place: &str,
    problems: &mut Problems,
) {
    let mut seen = HashSet::new();
    for (language, name) in named.flat_map(|value| in_every_language(value, "name")) {
        problems.unless(
            seen.insert((language, name)),
            place,
            &format!("the name `{name}` {language} stands twice"),
        );
    }
}

/// Names, descriptions and choice values of a command and all below; of several languages the
/// longest counts.
fn size(value: &Value) -> usize {
    let own: usize = ["name", "description"]
        .iter()
        .map(|key| {
            let texts = in_every_language(value, key).into_values();
            texts.map(|text| text.chars().count()).max().unwrap_or(0)
        })
        .sum();
    let value_length = text(value, "value").map_or(0, |text| text.chars().count());
    let below: usize = ["options", "choices"]
        .iter()
        .flat_map(|key| items(value, key))
        .map(size)
        .sum();
    own + value_length + below
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{Body, Row, assert_table};
    use super::*;

    fn slash(name: &str, options: &Value) -> Value {
        json!({ "name": name, "description": "Ask", "options": options })
    }

    fn string(name: &str, more: &Value) -> Value {
        let mut option = json!({ "type": 3, "name": name, "description": "A text" });
        merge(&mut option, more);
        option
    }

    fn merge(target: &mut Value, more: &Value) {
        for (key, value) in more.as_object().unwrap() {
            target[key] = value.clone();
        }
    }

    fn with(more: &Value) -> Value {
        let mut command = slash("ask", &json!([]));
        merge(&mut command, more);
        command
    }

    fn choice(name: &str, value: &str) -> Value {
        json!({ "name": name, "value": value })
    }

    #[test]
    fn names_and_descriptions_are_held_to_their_limits() {
        let long = "a".repeat(33);
        let wordy = "é".repeat(101);
        let rows: Vec<Row> = vec![
            (slash("interroger-l'été_2", &json!([])), None),
            (with(&json!({ "description": "é".repeat(100) })), None),
            (
                with(&json!({ "description_localizations": { "fr": "Demande" } })),
                None,
            ),
            (json!({ "type": 3, "name": "Ask about this message" }), None),
            (slash("Ask", &json!([])), Some("upper case")),
            (slash("ask me", &json!([])), Some("character that no name")),
            (slash(&long, &json!([])), Some("33 characters")),
            (
                with(&json!({ "name_localizations": { "fr": "Demander" } })),
                Some("name fr: upper case"),
            ),
            (
                with(&json!({ "name_localizations": { "fr": long } })),
                Some("name fr: 33"),
            ),
            (json!({ "name": "ask" }), Some("description : 0 characters")),
            (
                with(&json!({ "description": wordy })),
                Some("description : 101"),
            ),
            (
                with(&json!({ "description_localizations": { "fr": "" } })),
                Some("description fr: 0"),
            ),
            (
                with(&json!({ "description_localizations": { "fr": wordy } })),
                Some("description fr: 101"),
            ),
            (
                json!({ "type": 3, "name": "Ask", "description": "no" }),
                Some("only a slash command"),
            ),
            (
                with(&json!({ "descripton": "x" })),
                Some("unknown key `descripton`"),
            ),
        ];
        assert_table(Body::Command, &rows);
    }

    #[test]
    fn options_are_few_ordered_and_distinct() {
        let of = |options: &[Value]| slash("ask", &json!(options));
        let needed = &json!({ "required": true });
        let none = &json!({});
        let many: Vec<_> = (0..26).map(|n| string(&format!("o{n}"), none)).collect();
        let french = &json!({ "name_localizations": { "fr": "langue" } });
        let misspelt = &json!({ "requird": true });
        let rows: Vec<Row> = vec![
            (of(&[string("a", needed), string("b", none)]), None),
            (of(&many[..25]), None),
            (of(&many), Some("26 options")),
            (
                of(&[string("b", none), string("a", needed)]),
                Some("required after optional"),
            ),
            (
                of(&[string("a", none), string("a", none)]),
                Some("stands twice"),
            ),
            (
                of(&[string("a", french), string("b", french)]),
                Some("`langue` fr stands twice"),
            ),
            (of(&[string("Lang", none)]), Some("upper case")),
            (of(&[string("a", misspelt)]), Some("unknown key `requird`")),
        ];
        assert_table(Body::Command, &rows);
    }

    #[test]
    fn sub_commands_stand_alone_and_nest_once() {
        let of = |options: &[Value]| slash("ask", &json!(options));
        let nest = |kind: u8, name: &str, below: &[Value]| json!({ "type": kind, "name": name, "description": "d", "options": below });
        let sub = |below: &[Value]| nest(1, "set", below);
        let group = |below: &[Value]| nest(2, "all", below);
        let plain = string("a", &json!({}));
        let below_plain = nest(3, "b", std::slice::from_ref(&plain));
        let rows: Vec<Row> = vec![
            (of(&[sub(std::slice::from_ref(&plain))]), None),
            (of(&[group(&[sub(std::slice::from_ref(&plain))])]), None),
            (of(&[sub(&[]), plain.clone()]), Some("beside plain options")),
            (of(&[sub(&[sub(&[])])]), Some("nested as Discord")),
            (of(&[group(&[plain])]), Some("nested as Discord")),
            (of(&[below_plain]), Some("nested as Discord")),
        ];
        assert_table(Body::Command, &rows);
    }

    #[test]
    fn choices_are_few_short_and_never_beside_autocomplete() {
        let holder = |more: Value| slash("ask", &json!([string("a", &more)]));
        let long = "x".repeat(101);
        let many = vec![choice("a", "a"); 26];
        let rows: Vec<Row> = vec![
            (
                holder(json!({ "choices": [choice("Français", "fr")] })),
                None,
            ),
            (holder(json!({ "autocomplete": true, "choices": [] })), None),
            (
                holder(json!({ "autocomplete": true, "choices": [choice("a", "a")] })),
                Some("together with autocomplete"),
            ),
            (holder(json!({ "choices": many })), Some("26 choices")),
            (
                holder(json!({ "choices": [choice(&long, "a")] })),
                Some("name : 101"),
            ),
            (
                holder(json!({ "choices": [choice("", "a")] })),
                Some("name : 0"),
            ),
            (
                holder(json!({ "choices": [choice("a", &long)] })),
                Some("value: 101"),
            ),
            (
                holder(json!({ "choices": [{ "name": "a" }] })),
                Some("no value"),
            ),
            (
                holder(json!({ "choices": [{ "name": "a", "value": 1, "vlaue": 1 }] })),
                Some("unknown key `vlaue`"),
            ),
        ];
        assert_table(Body::Command, &rows);
    }

    #[test]
    fn a_command_and_a_set_of_commands_have_a_size() {
        let stuffed = |options: usize, language: &str| {
            let choices: Vec<_> = (0..25)
                .map(|n| choice(&format!("{n:0>100}"), &format!("{n:0>99}")))
                .collect();
            let options: Vec<_> = (0..options)
                .map(|n| string(&format!("o{n}"), &json!({ "choices": choices })))
                .collect();
            let mut command = slash("ask", &json!(options));
            command["description_localizations"] = json!({ language: "d".repeat(100) });
            command
        };
        let numbered = |count: usize, kind: u64| -> Value {
            (0..count).map(|n| json!({ "type": kind, "name": format!("c{n}"), "description": if kind == 1 { "d" } else { "" } })).collect()
        };
        let size_rows: Vec<Row> = vec![
            (stuffed(1, "fr"), None),
            (stuffed(2, "fr"), Some("characters in all")),
        ];
        assert_table(Body::Command, &size_rows);
        let rows: Vec<Row> = vec![
            (numbered(100, 1), None),
            (numbered(15, 3), None),
            (numbered(101, 1), Some("101 commands of type 1")),
            (numbered(16, 3), Some("16 commands of type 3")),
            (
                json!([slash("ask", &json!([])), slash("ask", &json!([]))]),
                Some("`ask`  stands twice"),
            ),
        ];
        assert_table(Body::Commands, &rows);
    }

    #[test]
    fn of_several_languages_the_longest_counts() {
        let localised =
            with(&json!({ "description_localizations": { "fr": "Demander", "en-GB": "Ask" } }));
        assert_eq!(size(&localised), "ask".len() + "Demander".len());
    }
}

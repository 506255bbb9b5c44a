//! Whether a command that Discord has is the one we want.

use serde_json::Value;
use serenity::all::Command;

/// Whether Discord has the command as we want it.
pub(super) fn is_same(wanted: &Value, registered: &Command) -> bool {
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
/// or add: null, false, and empty texts, lists and objects.
fn plain(value: &Value) -> Value {
    let is_nothing = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
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
    use super::super::{ask, ask_message, griot, story};
    use super::*;

    /// A command as Discord would give it back.
    fn registered(mut command: Value) -> Command {
        command["id"] = "1".into();
        if command["type"].is_null() {
            command["type"] = 1.into();
        }
        if command["description"].is_null() {
            command["description"] = "".into();
        }
        command["application_id"] = "2".into();
        command["version"] = "3".into();
        command["dm_permission"] = true.into();
        serde_json::from_value(command).expect("a command as Discord gives it")
    }

    #[test]
    fn a_command_is_registered_only_where_it_differs() {
        for command in [ask(), ask_message(), story(), griot()] {
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

//! The commands registered for the application, kept and given back as Discord does.

use serde_json::{Map, Value, json};

use super::objects::{BOT, fresh_id};
use super::rest::Answer;

#[derive(Debug, Default)]
pub(super) struct Commands {
    registered: Vec<Value>,
    written: bool,
}

impl Commands {
    /// All commands with their localisations, once the bot has written any.
    pub(super) fn written(&self) -> Option<Vec<Value>> {
        self.written.then(|| self.registered.clone())
    }

    pub(super) fn registered(&self) -> &[Value] {
        &self.registered
    }

    /// Keeps the ids of commands of the same name and type, as a bulk write does.
    pub(super) fn replace_all(&mut self, commands: &[Value]) {
        self.registered = commands
            .iter()
            .map(|command| self.made_of(command))
            .collect();
    }

    /// Answers a request below `/applications/{id}/commands`.
    pub(super) fn answer(
        &mut self,
        method: &str,
        below: &[&str],
        query: &str,
        body: &Value,
    ) -> Option<Answer> {
        self.written |= method != "GET";
        Some(match (method, below) {
            ("GET", []) => {
                let all = query
                    .split('&')
                    .any(|part| part == "with_localizations=true");
                let keep = |command: &Value| {
                    if all {
                        command.clone()
                    } else {
                        unlocalised(command)
                    }
                };
                Answer::ok(self.registered.iter().map(keep).collect())
            }
            ("PUT", []) => {
                self.replace_all(body.as_array().map(Vec::as_slice).unwrap_or_default());
                Answer::ok(json!(self.registered))
            }
            ("POST", []) => {
                let command = self.made_of(body);
                self.registered.retain(|other| other["id"] != command["id"]);
                self.registered.push(command.clone());
                Answer::ok(command)
            }
            (_, [id]) => self.answer_one(method, id, body)?,
            _ => return None,
        })
    }

    fn answer_one(&mut self, method: &str, id: &str, body: &Value) -> Option<Answer> {
        let Some(at) = self
            .registered
            .iter()
            .position(|command| command["id"] == id)
        else {
            return Some(Answer::refused(404, 10_063, "Unknown application command"));
        };
        match method {
            "GET" => {}
            "PATCH" => {
                let mut command = self.registered[at].clone();
                for (key, value) in body.as_object().into_iter().flatten() {
                    command[key] = value.clone();
                }
                command["version"] = json!(fresh_id().to_string());
                self.registered[at] = command;
            }
            "DELETE" => {
                self.registered.remove(at);
                return Some(Answer::empty());
            }
            _ => return None,
        }
        Some(Answer::ok(self.registered[at].clone()))
    }

    fn made_of(&self, sent: &Value) -> Value {
        let kind = sent.get("type").cloned().unwrap_or(json!(1));
        let same = |other: &&Value| other["name"] == sent["name"] && other["type"] == kind;
        let id = self
            .registered
            .iter()
            .find(same)
            .map(|other| other["id"].clone());
        let mut command = json!({
            "application_id": BOT.to_string(),
            "contexts": null,
            "default_member_permissions": null,
            "description": "",
            "description_localizations": null,
            "dm_permission": true,
            "integration_types": [0],
            "name_localizations": null,
            "nsfw": false,
            "type": kind,
        });
        for (key, value) in sent.as_object().into_iter().flatten() {
            command[key] = value.clone();
        }
        command["id"] = id.unwrap_or_else(|| json!(fresh_id().to_string()));
        command["version"] = json!(fresh_id().to_string());
        let options = command["options"].take();
        let map = command.as_object_mut().expect("a command is an object");
        map.remove("options");
        if let Some(options) = options.as_array().filter(|options| !options.is_empty()) {
            map.insert("options".into(), options.iter().map(terse).collect());
        }
        command
    }
}

/// An option without what says nothing (false, null, empty), which Discord does not give back.
fn terse(option: &Value) -> Value {
    let Some(map) = option.as_object() else {
        return option.clone();
    };
    let says_nothing = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    };
    let kept = map.iter().filter(|(_, value)| !says_nothing(value));
    kept.map(|(key, value)| match value.as_array() {
        Some(items) => (key.clone(), items.iter().map(terse).collect()),
        None => (key.clone(), value.clone()),
    })
    .collect::<Map<_, _>>()
    .into()
}

fn unlocalised(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(unlocalised).collect(),
        Value::Object(map) => map
            .iter()
            .filter(|(key, _)| !key.ends_with("_localizations"))
            .map(|(key, value)| (key.clone(), unlocalised(value)))
            .collect::<Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}

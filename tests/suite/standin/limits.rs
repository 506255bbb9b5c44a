//! Discord's documented limits, which the official description does not hold: which check each
//! kind of request body gets. Pure functions from a body to the list of its problems.

mod command;
mod component;
mod keys;
mod message;
mod modal;

use serde_json::Value;

/// What a request body is, and so what is asked of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Body {
    /// A message in a channel.
    Message,
    /// The first answer to an interaction.
    Callback,
    /// A further message after the first answer.
    FollowUp,
    /// A change of the first answer.
    Edit,
    /// One command, whole.
    Command,
    /// Some fields of one command.
    CommandPatch,
    /// All commands of the application.
    Commands,
    /// Anything whose limits are in the official description alone.
    Other,
}

/// Every documented rule that `body` breaks, each with its place.
#[must_use]
pub(crate) fn problems(kind: Body, body: &Value) -> Vec<String> {
    let mut problems = Problems::default();
    match kind {
        Body::Message => message::check(&message::CREATE, body, &mut problems),
        Body::FollowUp => message::check(&message::FOLLOW_UP, body, &mut problems),
        Body::Edit => message::check(&message::EDIT, body, &mut problems),
        Body::Callback => message::check_callback(body, &mut problems),
        Body::Command => command::check(body, &mut problems),
        Body::CommandPatch => keys::check(body, keys::COMMAND, "command", &mut problems),
        Body::Commands => command::check_all(body, &mut problems),
        Body::Other => {}
    }
    problems.0
}

/// The problems found so far.
#[derive(Debug, Default)]
struct Problems(Vec<String>);

impl Problems {
    fn add(&mut self, place: &str, what: &str) {
        self.0.push(format!("{place}: {what}"));
    }

    fn unless(&mut self, holds: bool, place: &str, what: &str) {
        if !holds {
            self.add(place, what);
        }
    }

    /// Discord trims the ends before it counts.
    fn length(&mut self, text: &str, allowed: std::ops::RangeInclusive<usize>, place: &str) {
        let length = trimmed_length(text);
        if !allowed.contains(&length) {
            let (least, most) = allowed.into_inner();
            self.add(
                place,
                &format!("{length} characters, Discord takes {least} to {most}"),
            );
        }
    }
}

/// Length in code points, which is how Discord counts.
fn trimmed_length(text: &str) -> usize {
    text.trim().chars().count()
}

/// The items of an array, or none where the key is absent or null.
fn items<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

/// One row of a table of bodies: the body, and a part of the problem expected (none: it is good).
#[cfg(test)]
type Row = (Value, Option<&'static str>);

#[cfg(test)]
fn assert_table(kind: Body, rows: &[Row]) {
    for (body, expected) in rows {
        let found = problems(kind, body);
        match expected {
            None => assert!(
                found.is_empty(),
                "{body} is good, yet was refused: {found:?}"
            ),
            Some(part) => assert!(
                found.iter().any(|problem| problem.contains(part)),
                "{body} should be refused for `{part}`; found: {found:?}"
            ),
        }
    }
}

//! Limits of messages, embeds and first answers to interactions.

use serde_json::Value;

use super::{Problems, component, items, keys, modal, text, trimmed_length};

const CONTENT_LENGTH: usize = 2_000;
const EMBEDS: usize = 10;
const EMBEDS_TOTAL_LENGTH: usize = 6_000;
const FIELDS: usize = 25;
const NONCE_LENGTH: usize = 25;
const EPHEMERAL: u64 = 1 << 6;

/// What sets one way of sending a message apart from another.
pub(super) struct Rules {
    keys: &'static [&'static str],
    emptiness: Emptiness,
}

/// Whether a body without content may be sent.
#[derive(PartialEq)]
enum Emptiness {
    Refused,
    /// A change keeps what it does not name.
    Allowed,
}

pub(super) const CREATE: Rules = Rules {
    keys: keys::MESSAGE,
    emptiness: Emptiness::Refused,
};
pub(super) const FOLLOW_UP: Rules = Rules {
    keys: keys::FOLLOW_UP,
    emptiness: Emptiness::Refused,
};
pub(super) const EDIT: Rules = Rules {
    keys: keys::EDIT,
    emptiness: Emptiness::Allowed,
};
const ANSWER: Rules = Rules {
    keys: keys::CALLBACK_MESSAGE,
    emptiness: Emptiness::Refused,
};
const UPDATE: Rules = Rules {
    keys: keys::CALLBACK_MESSAGE,
    emptiness: Emptiness::Allowed,
};

/// The first answer to an interaction: its type says what `data` is.
pub(super) fn check_callback(body: &Value, problems: &mut Problems) {
    keys::check(body, keys::CALLBACK, "callback", problems);
    let data = body.get("data").unwrap_or(&Value::Null);
    match body.get("type").and_then(Value::as_u64) {
        Some(4) => check(&ANSWER, data, problems),
        Some(5) => check_deferral(data, problems),
        Some(7) => check(&UPDATE, data, problems),
        Some(8) => check_autocomplete(data, problems),
        Some(9) => modal::check(data, problems),
        Some(1 | 6 | 12) => {}
        other => problems.add("callback", &format!("unknown type {other:?}")),
    }
}

pub(super) fn check(rules: &Rules, body: &Value, problems: &mut Problems) {
    keys::check(body, rules.keys, "message", problems);
    let content = text(body, "content").unwrap_or_default();
    problems.length(content, 0..=CONTENT_LENGTH, "content");
    if let Some(nonce) = text(body, "nonce") {
        problems.length(nonce, 0..=NONCE_LENGTH, "nonce");
    }
    let holds_something = ["embeds", "components", "sticker_ids", "attachments"]
        .iter()
        .any(|key| items(body, key).next().is_some())
        || body.get("poll").is_some_and(|poll| !poll.is_null());
    problems.unless(
        rules.emptiness == Emptiness::Allowed || holds_something || !content.trim().is_empty(),
        "message",
        "empty message",
    );
    check_embeds(body, problems);
    component::check_message(body, problems);
    check_mentions(body, problems);
}

/// Unset, Discord pings whoever the text names; only an empty `parse` pings nobody.
fn check_mentions(body: &Value, problems: &mut Problems) {
    let Some(mentions) = body.get("allowed_mentions").filter(|v| v.is_object()) else {
        problems.add("allowed_mentions", "absent, so that the text may ping");
        return;
    };
    let place = "allowed_mentions";
    keys::check(mentions, keys::ALLOWED_MENTIONS, place, problems);
    let parse = mentions.get("parse").and_then(Value::as_array);
    problems.unless(
        parse.is_some_and(Vec::is_empty),
        place,
        "`parse` is not empty",
    );
    for key in ["users", "roles"] {
        let named = items(mentions, key).count();
        problems.unless(named == 0, place, &format!("`{key}` pings {named}"));
    }
    problems.unless(
        mentions.get("replied_user") != Some(&Value::Bool(true)),
        place,
        "`replied_user` pings the author",
    );
}

fn check_embeds(body: &Value, problems: &mut Problems) {
    let count = items(body, "embeds").count();
    problems.unless(
        count <= EMBEDS,
        "embeds",
        &format!("{count} embeds, Discord takes {EMBEDS}"),
    );
    let mut total = 0;
    for (at, embed) in items(body, "embeds").enumerate() {
        total += check_embed(embed, &format!("embeds[{at}]"), problems);
    }
    problems.unless(
        total <= EMBEDS_TOTAL_LENGTH,
        "embeds",
        &format!("{total} characters in total, Discord takes {EMBEDS_TOTAL_LENGTH}"),
    );
}

/// Checks one embed and gives the characters it adds to the total of the message.
fn check_embed(embed: &Value, place: &str, problems: &mut Problems) -> usize {
    keys::check(embed, keys::EMBED, place, problems);
    let mut texts = vec![
        (text(embed, "title"), "title", 256),
        (text(embed, "description"), "description", 4_096),
    ];
    for (part, key, known, most) in [
        ("footer", "text", keys::EMBED_FOOTER, 2_048),
        ("author", "name", keys::EMBED_AUTHOR, 256),
    ] {
        if let Some(value) = embed.get(part) {
            keys::check(value, known, &format!("{place}.{part}"), problems);
            texts.push((text(value, key), part, most));
        }
    }
    let mut total = 0;
    for (text, key, most) in &texts {
        let text = text.unwrap_or_default();
        problems.length(text, 0..=*most, &format!("{place}.{key}"));
        total += trimmed_length(text);
    }
    total += check_fields(embed, place, problems);
    let pictured = ["image", "thumbnail"]
        .iter()
        .any(|key| embed.get(key).is_some());
    problems.unless(total > 0 || pictured, place, "empty embed");
    total
}

fn check_fields(embed: &Value, place: &str, problems: &mut Problems) -> usize {
    let count = items(embed, "fields").count();
    problems.unless(
        count <= FIELDS,
        place,
        &format!("{count} fields, Discord takes {FIELDS}"),
    );
    let mut total = 0;
    for (at, field) in items(embed, "fields").enumerate() {
        let place = format!("{place}.fields[{at}]");
        keys::check(field, keys::EMBED_FIELD, &place, problems);
        for (key, most) in [("name", 256), ("value", 1_024)] {
            let text = text(field, key).unwrap_or_default();
            problems.length(text, 1..=most, &format!("{place}.{key}"));
            total += trimmed_length(text);
        }
    }
    total
}

/// Only privacy can be chosen before the answer is known.
fn check_deferral(data: &Value, problems: &mut Problems) {
    let flags = data.get("flags").and_then(Value::as_u64).unwrap_or(0);
    problems.unless(
        flags & !EPHEMERAL == 0,
        "deferral",
        "no flag but `EPHEMERAL`",
    );
    for key in ["content", "embeds", "components"] {
        problems.unless(data.get(key).is_none(), "deferral", &format!("`{key}`"));
    }
}

fn check_autocomplete(data: &Value, problems: &mut Problems) {
    keys::check(data, keys::AUTOCOMPLETE, "autocomplete", problems);
    problems.unless(
        data.get("choices").is_some_and(Value::is_array),
        "autocomplete",
        "no `choices`",
    );
    super::command::check_choices(data, "autocomplete", problems);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{Body, Row, assert_table};
    use super::*;

    fn saying(content: &str) -> Value {
        json!({ "content": content, "allowed_mentions": { "parse": [] } })
    }

    fn with_embeds(embeds: &Value) -> Value {
        json!({ "embeds": embeds, "allowed_mentions": { "parse": [] } })
    }

    fn one(embed: &Value) -> Value {
        with_embeds(&json!([embed]))
    }

    fn field(name: &str, value: &str) -> Value {
        one(&json!({ "title": "t", "fields": [{ "name": name, "value": value }] }))
    }

    #[test]
    fn content_is_present_and_counted_in_code_points() {
        let rows: Vec<Row> = vec![
            (saying(&"é".repeat(2_000)), None),
            (saying(&format!("  {}  ", "x".repeat(2_000))), None),
            (saying(&"é".repeat(2_001)), Some("content: 2001")),
            (saying(" \n"), Some("empty message")),
            (with_embeds(&json!([])), Some("empty message")),
            (
                json!({ "contnet": "x", "allowed_mentions": { "parse": [] } }),
                Some("unknown key `contnet`"),
            ),
            (
                json!({ "content": "x", "nonce": "n".repeat(26), "allowed_mentions": { "parse": [] } }),
                Some("nonce: 26"),
            ),
        ];
        assert_table(Body::Message, &rows);
        assert_table(Body::FollowUp, &[(saying(""), Some("empty message"))]);
        assert_table(
            Body::Edit,
            &[
                (saying(""), None),
                (saying(&"x".repeat(2_001)), Some("content: 2001")),
            ],
        );
    }

    #[test]
    fn nobody_is_ever_pinged() {
        let mentions = |value: Value| json!({ "content": "x", "allowed_mentions": value });
        let rows: Vec<Row> = vec![
            (
                mentions(json!({ "parse": [], "users": [], "roles": [], "replied_user": false })),
                None,
            ),
            (json!({ "content": "x" }), Some("absent")),
            (mentions(Value::Null), Some("absent")),
            (mentions(json!({})), Some("`parse` is not empty")),
            (
                mentions(json!({ "parse": ["users"] })),
                Some("`parse` is not empty"),
            ),
            (
                mentions(json!({ "parse": [], "replied_user": true })),
                Some("pings the author"),
            ),
            (
                mentions(json!({ "parse": [], "users": ["1"] })),
                Some("`users` pings 1"),
            ),
            (
                mentions(json!({ "parse": [], "repliedUser": true })),
                Some("unknown key `repliedUser`"),
            ),
        ];
        assert_table(Body::Message, &rows);
        for kind in [4, 7] {
            let body = json!({ "type": kind, "data": { "content": "x" } });
            assert_table(Body::Callback, &[(body, Some("absent"))]);
        }
        for kind in [Body::FollowUp, Body::Edit] {
            assert_table(kind, &[(json!({ "content": "x" }), Some("absent"))]);
        }
    }

    #[test]
    fn each_part_of_an_embed_has_its_length() {
        let x = |count: usize| "x".repeat(count);
        let rows: Vec<Row> = vec![
            (one(&json!({ "title": x(256) })), None),
            (
                one(&json!({ "image": { "url": "https://e.org/a.png" } })),
                None,
            ),
            (field("n", &x(1_024)), None),
            (one(&json!({ "title": x(257) })), Some("title: 257")),
            (
                one(&json!({ "description": x(4_097) })),
                Some("description: 4097"),
            ),
            (
                one(&json!({ "footer": { "text": x(2_049) } })),
                Some("footer: 2049"),
            ),
            (
                one(&json!({ "author": { "name": x(257) } })),
                Some("author: 257"),
            ),
            (field(&x(257), "v"), Some("name: 257")),
            (field("n", &x(1_025)), Some("value: 1025")),
            (field("n", " "), Some("value: 0")),
            (field("", "v"), Some("name: 0")),
            (one(&json!({ "color": 1 })), Some("empty embed")),
            (one(&json!({ "titel": "x" })), Some("unknown key `titel`")),
            (
                one(&json!({ "title": "x", "footer": { "txt": "x" } })),
                Some("unknown key `txt`"),
            ),
        ];
        assert_table(Body::Message, &rows);
    }

    #[test]
    fn embeds_have_a_number_and_a_total() {
        let of = |length: usize| json!({ "description": "x".repeat(length) });
        let fields = |count: usize| {
            one(&json!({ "fields": vec![json!({ "name": "n", "value": "v" }); count] }))
        };
        let rows: Vec<Row> = vec![
            (with_embeds(&json!([of(4_000), of(2_000)])), None),
            (with_embeds(&json!(vec![of(1); 10])), None),
            (fields(25), None),
            (
                with_embeds(&json!([of(4_000), of(2_001)])),
                Some("6001 characters in total"),
            ),
            (with_embeds(&json!(vec![of(1); 11])), Some("11 embeds")),
            (fields(26), Some("26 fields")),
        ];
        assert_table(Body::Message, &rows);
    }

    #[test]
    fn each_type_of_callback_has_its_own_data() {
        let callback = |kind: u64, data: Value| json!({ "type": kind, "data": data });
        let choices = |count: usize, name: &str, value: &str| {
            callback(
                8,
                json!({ "choices": vec![json!({ "name": name, "value": value }); count] }),
            )
        };
        let long = "é".repeat(101);
        let rows: Vec<Row> = vec![
            (callback(4, saying("x")), None),
            (callback(5, json!({ "flags": 64, "attachments": [] })), None),
            (json!({ "type": 6 }), None),
            (choices(25, "é", "é"), None),
            (callback(8, json!({ "choices": [] })), None),
            (callback(4, saying("")), Some("empty message")),
            (
                callback(5, json!({ "flags": 4 })),
                Some("no flag but `EPHEMERAL`"),
            ),
            (
                callback(5, json!({ "content": "x" })),
                Some("deferral: `content`"),
            ),
            (choices(26, "a", "a"), Some("26 choices")),
            (choices(1, &long, "a"), Some("name : 101")),
            (choices(1, "", "a"), Some("name : 0")),
            (choices(1, "a", &long), Some("value: 101")),
            (callback(8, json!({})), Some("no `choices`")),
            (callback(3, json!({})), Some("unknown type")),
            (json!({ "type": 6, "dta": {} }), Some("unknown key `dta`")),
            (
                callback(4, json!({ "content": "x", "ephemeral": true })),
                Some("unknown key `ephemeral`"),
            ),
        ];
        assert_table(Body::Callback, &rows);
    }
}

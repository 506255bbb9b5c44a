//! Limits of action rows, buttons and selects. Of Components V2 only the count and the
//! exclusion of legacy content are known here.

use std::collections::HashSet;

use serde_json::Value;

use super::{Problems, items, keys, modal, text};

const ROWS: usize = 5;
const BUTTONS_IN_A_ROW: usize = 5;
const V2_COMPONENTS: usize = 40;
const SELECT_OPTIONS: usize = 25;
const IS_COMPONENTS_V2: u64 = 1 << 15;
const LINK: u64 = 5;
const PREMIUM: u64 = 6;

pub(super) fn check_message(body: &Value, problems: &mut Problems) {
    let flags = body.get("flags").and_then(Value::as_u64).unwrap_or(0);
    if flags & IS_COMPONENTS_V2 == 0 {
        let rows = items(body, "components").count();
        problems.unless(
            rows <= ROWS,
            "components",
            &format!("{rows} action rows, Discord takes {ROWS}"),
        );
        problems.unless(
            items(body, "components").all(|row| kind(row) == Some(1)),
            "components",
            "only action rows at the top without the flag of Components V2",
        );
    } else {
        for key in ["content", "embeds", "poll", "sticker_ids"] {
            let filled = text(body, key).is_some() || items(body, key).next().is_some();
            problems.unless(!filled, key, "not beside Components V2");
        }
    }
    check_tree(body, problems);
}

pub(super) fn check_tree(body: &Value, problems: &mut Problems) {
    let mut ids = HashSet::new();
    let mut count = 0;
    let mut waiting: Vec<(String, &Value)> = children(body, "");
    while let Some((place, component)) = waiting.pop() {
        count += 1;
        check_component(component, &place, problems);
        if let Some(id) = text(component, "custom_id") {
            problems.length(id, 1..=100, &format!("{place}.custom_id"));
            problems.unless(
                ids.insert(id),
                &place,
                &format!("`custom_id` {id} used twice"),
            );
        }
        waiting.extend(children(component, &format!("{place}.")));
    }
    problems.unless(
        count <= V2_COMPONENTS,
        "components",
        &format!("{count} components, Discord takes {V2_COMPONENTS}"),
    );
}

fn children<'v>(parent: &'v Value, prefix: &str) -> Vec<(String, &'v Value)> {
    items(parent, "components")
        .enumerate()
        .map(|(at, child)| (format!("{prefix}components[{at}]"), child))
        .chain(["accessory", "component"].iter().filter_map(|key| {
            parent
                .get(key)
                .map(|child| (format!("{prefix}{key}"), child))
        }))
        .collect()
}

pub(super) fn kind(component: &Value) -> Option<u64> {
    component.get("type").and_then(Value::as_u64)
}

fn check_component(component: &Value, place: &str, problems: &mut Problems) {
    match kind(component) {
        Some(1) => check_row(component, place, problems),
        Some(2) => check_button(component, place, problems),
        Some(3 | 5..=8) => check_select(component, place, problems),
        Some(4) => modal::check_input(component, place, problems),
        Some(18) => modal::check_label(component, place, problems),
        Some(_) => {}
        None => problems.add(place, "no `type`"),
    }
}

fn check_row(row: &Value, place: &str, problems: &mut Problems) {
    keys::check(row, keys::ACTION_ROW, place, problems);
    let count = items(row, "components").count();
    problems.unless(
        (1..=BUTTONS_IN_A_ROW).contains(&count),
        place,
        &format!("{count} components in a row, Discord takes 1 to {BUTTONS_IN_A_ROW}"),
    );
    let buttons = items(row, "components").filter(|child| kind(child) == Some(2));
    problems.unless(
        count <= 1 || buttons.count() == count,
        place,
        "a select or an input stands alone in its row",
    );
}

fn check_button(button: &Value, place: &str, problems: &mut Problems) {
    keys::check(button, keys::BUTTON, place, problems);
    if let Some(label) = text(button, "label") {
        problems.length(label, 1..=80, &format!("{place}.label"));
    }
    let named = text(button, "label").is_some() || button.get("emoji").is_some();
    match button.get("style").and_then(Value::as_u64) {
        Some(LINK) => {
            problems.unless(named, place, "neither label nor emoji");
            problems.unless(button.get("custom_id").is_none(), place, "id on a link");
            let url = text(button, "url").unwrap_or_default();
            problems.length(url, 1..=512, &format!("{place}.url"));
        }
        Some(PREMIUM) => problems.unless(text(button, "sku_id").is_some(), place, "no `sku_id`"),
        _ => {
            problems.unless(named, place, "neither label nor emoji");
            check_has_id(button, place, problems);
        }
    }
}

pub(super) fn check_has_id(component: &Value, place: &str, problems: &mut Problems) {
    let present = text(component, "custom_id").is_some();
    problems.unless(present, place, "no `custom_id`");
}

fn check_select(select: &Value, place: &str, problems: &mut Problems) {
    keys::check(select, keys::SELECT, place, problems);
    check_has_id(select, place, problems);
    let placeholder = text(select, "placeholder").unwrap_or_default();
    problems.length(placeholder, 0..=150, &format!("{place}.placeholder"));
    let count = items(select, "options").count();
    let least = usize::from(kind(select) == Some(3));
    problems.unless(
        (least..=SELECT_OPTIONS).contains(&count),
        place,
        &format!("{count} options, Discord takes {least} to {SELECT_OPTIONS}"),
    );
    let mut values = HashSet::new();
    for (at, option) in items(select, "options").enumerate() {
        let place = format!("{place}.options[{at}]");
        keys::check(option, keys::SELECT_OPTION, &place, problems);
        for (key, least) in [("label", 1), ("value", 1), ("description", 0)] {
            let text = text(option, key).unwrap_or_default();
            problems.length(text, least..=100, &format!("{place}.{key}"));
        }
        let fresh = values.insert(text(option, "value"));
        problems.unless(fresh, &place, "value used twice");
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{Body, Row, assert_table};
    use super::*;

    fn message(components: &Value) -> Value {
        json!({ "content": "x", "components": components, "allowed_mentions": { "parse": [] } })
    }

    fn row(children: &[Value]) -> Value {
        json!({ "type": 1, "components": children })
    }

    fn button(id: &str) -> Value {
        json!({ "type": 2, "style": 1, "label": "More", "custom_id": id })
    }

    fn one(child: Value) -> Value {
        message(&json!([row(&[child])]))
    }

    #[test]
    fn rows_hold_one_to_five_buttons_or_one_select() {
        let ids: Vec<_> = (0..6).map(|n| button(&format!("b{n}"))).collect();
        let rows: Vec<_> = ids
            .iter()
            .map(|button| row(std::slice::from_ref(button)))
            .collect();
        let select =
            json!({ "type": 3, "custom_id": "s", "options": [{ "label": "a", "value": "a" }] });
        let table: Vec<Row> = vec![
            (message(&json!([row(&ids[..5])])), None),
            (message(&json!(rows[..5])), None),
            (one(select.clone()), None),
            (message(&json!(rows)), Some("6 action rows")),
            (message(&json!([row(&ids)])), Some("6 components in a row")),
            (message(&json!([row(&[])])), Some("0 components in a row")),
            (
                message(&json!([row(&[button("b"), select])])),
                Some("stands alone"),
            ),
            (message(&json!([button("b")])), Some("only action rows")),
            (
                message(&json!([{ "type": 1, "componets": [] }])),
                Some("unknown key `componets`"),
            ),
            (message(&json!([{ "components": [] }])), Some("no `type`")),
        ];
        assert_table(Body::Message, &table);
    }

    #[test]
    fn buttons_have_a_short_label_and_an_id_of_their_own() {
        let long = "x".repeat(101);
        let labelled =
            |label: String| one(json!({ "type": 2, "style": 1, "label": label, "custom_id": "b" }));
        let table: Vec<Row> = vec![
            (labelled("é".repeat(80)), None),
            (one(button(&"x".repeat(100))), None),
            (
                one(
                    json!({ "type": 2, "style": 5, "label": "Read", "url": "https://example.org" }),
                ),
                None,
            ),
            (labelled("é".repeat(81)), Some("label: 81")),
            (one(button(&long)), Some("custom_id: 101")),
            (one(button("")), Some("custom_id: 0")),
            (
                one(json!({ "type": 2, "style": 1, "label": "a" })),
                Some("no `custom_id`"),
            ),
            (
                message(&json!([row(&[button("b")]), row(&[button("b")])])),
                Some("used twice"),
            ),
            (
                one(json!({ "type": 2, "style": 1, "custom_id": "b" })),
                Some("neither label nor emoji"),
            ),
            (
                one(json!({ "type": 2, "style": 5, "label": "Read" })),
                Some("url: 0"),
            ),
            (
                one(
                    json!({ "type": 2, "style": 5, "label": "R", "url": "https://e.org", "custom_id": "b" }),
                ),
                Some("id on a link"),
            ),
            (
                one(json!({ "type": 2, "style": 1, "lable": "a", "custom_id": "b" })),
                Some("unknown key `lable`"),
            ),
        ];
        assert_table(Body::Message, &table);
    }

    #[test]
    fn selects_hold_up_to_25_short_distinct_options() {
        let select =
            |options: Value| one(json!({ "type": 3, "custom_id": "s", "options": options }));
        let options = |count: usize| {
            (0..count)
                .map(|n| json!({ "label": "a", "value": n.to_string() }))
                .collect::<Value>()
        };
        let long = "x".repeat(101);
        let table: Vec<Row> = vec![
            (select(options(25)), None),
            (one(json!({ "type": 5, "custom_id": "users" })), None),
            (select(options(26)), Some("26 options")),
            (select(json!([])), Some("0 options")),
            (
                select(json!([{ "label": long, "value": "a" }])),
                Some("label: 101"),
            ),
            (
                select(json!([{ "label": "a", "value": long }])),
                Some("value: 101"),
            ),
            (
                select(json!([{ "label": "a", "value": "a", "description": long }])),
                Some("description: 101"),
            ),
            (
                select(json!([{ "label": "a", "value": "a" }, { "label": "b", "value": "a" }])),
                Some("value used twice"),
            ),
            (
                one(json!({ "type": 5, "custom_id": "s", "placeholder": "x".repeat(151) })),
                Some("placeholder: 151"),
            ),
        ];
        assert_table(Body::Message, &table);
    }

    #[test]
    fn components_v2_excludes_legacy_content_and_is_counted_whole() {
        let v2 = |components: Value| json!({ "flags": 1 << 15, "components": components, "allowed_mentions": { "parse": [] } });
        let display = json!({ "type": 10, "content": "x" });
        let mut beside = v2(json!([display]));
        beside["content"] = json!("x");
        let table: Vec<Row> = vec![
            (
                v2(json!([{ "type": 17, "components": vec![display.clone(); 39] }])),
                None,
            ),
            (
                v2(json!([{ "type": 17, "components": vec![display.clone(); 40] }])),
                Some("41 components"),
            ),
            (beside, Some("not beside Components V2")),
            (
                v2(
                    json!([{ "type": 9, "components": [display], "accessory": { "type": 2, "style": 1, "label": "a" } }]),
                ),
                Some("accessory: no `custom_id`"),
            ),
        ];
        assert_table(Body::Message, &table);
    }
}

//! Limits of modals and of the texts written in them.

use serde_json::Value;

use super::component::{check_has_id, check_tree, kind};
use super::{Problems, items, keys, text};

const COMPONENTS: usize = 5;
const LABEL_LENGTH: usize = 45;
const TEXT_LENGTH: u64 = 4_000;
const ACTION_ROW: u64 = 1;
const TEXT_INPUT: u64 = 4;
const TEXT_DISPLAY: u64 = 10;
const LABEL: u64 = 18;

pub(super) fn check(data: &Value, problems: &mut Problems) {
    keys::check(data, keys::MODAL, "modal", problems);
    let title = text(data, "title").unwrap_or_default();
    problems.length(title, 1..=45, "modal.title");
    let id = text(data, "custom_id").unwrap_or_default();
    problems.length(id, 1..=100, "modal.custom_id");
    let count = items(data, "components").count();
    problems.unless(
        (1..=COMPONENTS).contains(&count),
        "modal",
        &format!("{count} components, Discord takes 1 to {COMPONENTS}"),
    );
    for (at, component) in items(data, "components").enumerate() {
        let holds_inputs =
            || items(component, "components").all(|child| kind(child) == Some(TEXT_INPUT));
        let fits = match kind(component) {
            Some(ACTION_ROW) => holds_inputs(),
            other => matches!(other, Some(LABEL | TEXT_DISPLAY)),
        };
        let place = format!("modal.components[{at}]");
        problems.unless(fits, &place, "neither a row of an input nor a label");
    }
    check_tree(data, problems);
}

pub(super) fn check_label(label: &Value, place: &str, problems: &mut Problems) {
    keys::check(label, keys::LABEL, place, problems);
    let said = text(label, "label").unwrap_or_default();
    problems.length(said, 1..=LABEL_LENGTH, &format!("{place}.label"));
    let description = text(label, "description").unwrap_or_default();
    problems.length(description, 0..=100, &format!("{place}.description"));
}

/// A text input; its label stands on itself in a row, and around it otherwise.
pub(super) fn check_input(input: &Value, place: &str, problems: &mut Problems) {
    keys::check(input, keys::TEXT_INPUT, place, problems);
    check_has_id(input, place, problems);
    let labelled = place.ends_with(".component");
    let label = text(input, "label").unwrap_or_default();
    let least = usize::from(!labelled);
    problems.length(label, least..=LABEL_LENGTH, &format!("{place}.label"));
    let placeholder = text(input, "placeholder").unwrap_or_default();
    problems.length(placeholder, 0..=100, &format!("{place}.placeholder"));
    let value = text(input, "value").unwrap_or_default();
    problems.length(value, 0..=4_000, &format!("{place}.value"));
    let number = |key| input.get(key).and_then(Value::as_u64);
    problems.unless(
        matches!(number("style"), Some(1 | 2)),
        place,
        "`style` is neither short nor paragraph",
    );
    let (least, most) = (number("min_length"), number("max_length"));
    let (least, most) = (least.unwrap_or(0), most.unwrap_or(TEXT_LENGTH));
    problems.unless(
        least <= most && (1..=TEXT_LENGTH).contains(&most),
        place,
        &format!("from {least} to {most} characters, Discord takes up to {TEXT_LENGTH}"),
    );
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{Body, Row, assert_table};
    use super::*;

    fn modal(title: &str, components: &Value) -> Value {
        json!({ "type": 9, "data": { "title": title, "custom_id": "m", "components": components } })
    }

    fn row(child: &Value) -> Value {
        json!({ "type": 1, "components": [child] })
    }

    /// A good input with one key set otherwise.
    fn input(key: &str, value: impl Into<Value>) -> Value {
        let mut input = json!({ "type": 4, "custom_id": "i", "style": 1, "label": "Question" });
        input[key] = value.into();
        input
    }

    fn holding(input: &Value) -> Value {
        modal("t", &json!([row(input)]))
    }

    #[test]
    fn modals_have_a_short_title_and_one_to_five_components() {
        let rows: Vec<_> = (0..6)
            .map(|n| row(&input("custom_id", n.to_string())))
            .collect();
        let button = json!({ "type": 2, "style": 1, "label": "More", "custom_id": "b" });
        let mut long_id = holding(&input("style", 1));
        long_id["data"]["custom_id"] = json!("m".repeat(101));
        let table: Vec<Row> = vec![
            (modal(&"t".repeat(45), &json!(rows[..5])), None),
            (modal(&"t".repeat(46), &json!(rows[..1])), Some("title: 46")),
            (modal("t", &json!([])), Some("0 components")),
            (modal("t", &json!(rows)), Some("6 components")),
            (long_id, Some("modal.custom_id: 101")),
            (holding(&button), Some("neither a row of an input")),
            (
                modal("t", &json!([button])),
                Some("neither a row of an input"),
            ),
        ];
        assert_table(Body::Callback, &table);
    }

    #[test]
    fn inputs_have_a_short_label_an_id_and_a_length_that_can_be() {
        let mut nameless = input("style", 1);
        nameless
            .as_object_mut()
            .expect("an input is an object")
            .remove("custom_id");
        let table: Vec<Row> = vec![
            (holding(&input("label", "é".repeat(45))), None),
            (holding(&input("max_length", 4_000)), None),
            (holding(&nameless), Some("no `custom_id`")),
            (holding(&input("label", "é".repeat(46))), Some("label: 46")),
            (holding(&input("label", "")), Some("label: 0")),
            (
                holding(&input("custom_id", "x".repeat(101))),
                Some("custom_id: 101"),
            ),
            (
                holding(&input("placeholder", "x".repeat(101))),
                Some("placeholder: 101"),
            ),
            (
                holding(&input("value", "x".repeat(4_001))),
                Some("value: 4001"),
            ),
            (holding(&input("max_length", 4_001)), Some("to 4001")),
            (holding(&input("max_length", 0)), Some("to 0")),
            (holding(&input("style", 3)), Some("`style`")),
            (holding(&input("lable", "x")), Some("unknown key `lable`")),
        ];
        assert_table(Body::Callback, &table);
    }

    #[test]
    fn a_label_may_hold_an_input_that_has_none() {
        let mut bare = input("style", 1);
        bare.as_object_mut()
            .expect("an input is an object")
            .remove("label");
        let label = |said: String| json!({ "type": 18, "label": said, "component": bare });
        let table: Vec<Row> = vec![
            (modal("t", &json!([label("x".repeat(45))])), None),
            (
                modal("t", &json!([label("x".repeat(46))])),
                Some("label: 46"),
            ),
            (modal("t", &json!([row(&bare)])), Some("label: 0")),
        ];
        assert_table(Body::Callback, &table);
    }
}

//! The keys that Discord documents. It ignores any other in silence, so that a misspelt one would
//! go unnoticed: here it is a problem.

use serde_json::Value;

use super::Problems;

pub(super) const MESSAGE: &[&str] = &[
    "allowed_mentions",
    "attachments",
    "components",
    "content",
    "embeds",
    "enforce_nonce",
    "flags",
    "message_reference",
    "nonce",
    "poll",
    "shared_client_theme",
    "sticker_ids",
    "tts",
];
pub(super) const FOLLOW_UP: &[&str] = &[
    "allowed_mentions",
    "applied_tags",
    "attachments",
    "avatar_url",
    "components",
    "content",
    "embeds",
    "flags",
    "poll",
    "thread_name",
    "tts",
    "username",
];
pub(super) const EDIT: &[&str] = &[
    "allowed_mentions",
    "attachments",
    "components",
    "content",
    "embeds",
    "flags",
    "poll",
];
pub(super) const CALLBACK: &[&str] = &["type", "data"];
pub(super) const CALLBACK_MESSAGE: &[&str] = &[
    "allowed_mentions",
    "attachments",
    "components",
    "content",
    "embeds",
    "flags",
    "poll",
    "tts",
];
pub(super) const AUTOCOMPLETE: &[&str] = &["choices"];
pub(super) const MODAL: &[&str] = &["components", "custom_id", "title"];
pub(super) const ALLOWED_MENTIONS: &[&str] = &["parse", "replied_user", "roles", "users"];

pub(super) const EMBED: &[&str] = &[
    "author",
    "color",
    "description",
    "fields",
    "footer",
    "image",
    "provider",
    "thumbnail",
    "timestamp",
    "title",
    "type",
    "url",
    "video",
];
pub(super) const EMBED_FIELD: &[&str] = &["inline", "name", "value"];
pub(super) const EMBED_AUTHOR: &[&str] = &["icon_url", "name", "proxy_icon_url", "url"];
pub(super) const EMBED_FOOTER: &[&str] = &["icon_url", "proxy_icon_url", "text"];

pub(super) const ACTION_ROW: &[&str] = &["components", "id", "type"];
pub(super) const BUTTON: &[&str] = &[
    "custom_id",
    "disabled",
    "emoji",
    "id",
    "label",
    "sku_id",
    "style",
    "type",
    "url",
];
pub(super) const SELECT: &[&str] = &[
    "channel_types",
    "custom_id",
    "default_values",
    "disabled",
    "id",
    "max_values",
    "min_values",
    "options",
    "placeholder",
    "required",
    "type",
];
pub(super) const SELECT_OPTION: &[&str] = &["default", "description", "emoji", "label", "value"];
pub(super) const LABEL: &[&str] = &["component", "description", "id", "label", "type"];
pub(super) const TEXT_INPUT: &[&str] = &[
    "custom_id",
    "id",
    "label",
    "max_length",
    "min_length",
    "placeholder",
    "required",
    "style",
    "type",
    "value",
];

pub(super) const COMMAND: &[&str] = &[
    "contexts",
    "default_member_permissions",
    "description",
    "description_localizations",
    "dm_permission",
    "handler",
    "id",
    "integration_types",
    "name",
    "name_localizations",
    "nsfw",
    "options",
    "type",
];
pub(super) const OPTION: &[&str] = &[
    "autocomplete",
    "channel_types",
    "choices",
    "description",
    "description_localizations",
    "max_length",
    "max_value",
    "min_length",
    "min_value",
    "name",
    "name_localizations",
    "options",
    "required",
    "type",
];
pub(super) const CHOICE: &[&str] = &["name", "name_localizations", "value"];

/// Adds a problem for each key of the object `value` that is not `known`.
pub(super) fn check(value: &Value, known: &[&str], place: &str, problems: &mut Problems) {
    for key in value.as_object().into_iter().flat_map(|map| map.keys()) {
        problems.unless(
            known.contains(&key.as_str()),
            place,
            &format!("unknown key `{key}`"),
        );
    }
}

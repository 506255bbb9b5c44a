//! Judges every request body: by Discord's official description where it is at hand, and always
//! by the documented limits. Collects problems; never refuses a request.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Registry, ValidationError, Validator};
use serde_json::{Value, json};

use super::limits::{self, Body};

const DESCRIPTION: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../shared/discord-openapi.json"
);
const NAME: &str = "urn:discord";

/// The requests with a body that the stand-in knows, as the official description names them.
const TEMPLATES: &[(&str, &str, Body)] = &[
    ("POST", "/channels/{channel_id}/messages", Body::Message),
    (
        "PATCH",
        "/channels/{channel_id}/messages/{message_id}",
        Body::Edit,
    ),
    (
        "POST",
        "/interactions/{interaction_id}/{interaction_token}/callback",
        Body::Callback,
    ),
    (
        "PATCH",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        Body::Edit,
    ),
    (
        "POST",
        "/webhooks/{webhook_id}/{webhook_token}",
        Body::FollowUp,
    ),
    (
        "PUT",
        "/applications/{application_id}/commands",
        Body::Commands,
    ),
    (
        "POST",
        "/applications/{application_id}/commands",
        Body::Command,
    ),
    (
        "PATCH",
        "/applications/{application_id}/commands/{command_id}",
        Body::CommandPatch,
    ),
    ("POST", "/users/@me/channels", Body::Other),
];

/// What the validation found so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report {
    /// Bodies checked against the documented limits.
    pub(crate) validated: usize,
    /// Of these, bodies also checked against the official description.
    pub(crate) against_description: usize,
    /// Each broken rule, after the request that broke it.
    pub(crate) problems: Vec<String>,
}

impl Report {
    pub(super) fn add(&mut self, method: &str, path: &str, problem: impl std::fmt::Display) {
        self.problems.push(format!("{method} {path}: {problem}"));
    }

    /// Checks the body of one request; `body` is null where the request had none.
    pub(super) fn check(&mut self, method: &str, path: &str, body: &Value) {
        let Some((template, kind)) = template_of(method, path) else {
            if !body.is_null() {
                self.add(method, path, "a body where none was expected");
            }
            return;
        };
        self.validated += 1;
        for problem in limits::problems(kind, body) {
            self.add(method, path, problem);
        }
        let Some(schema) = description().map(|description| description.schema(method, template))
        else {
            return;
        };
        self.against_description += 1;
        for error in schema.iter_errors(body) {
            let cause = cause(&error);
            let place = cause.instance_path();
            self.add(
                method,
                path,
                format_args!("official description, at `{place}`: {cause}"),
            );
        }
    }
}

/// Where a body fits none of several schemas: the error of the one it went deepest into.
fn cause<'e, 'i>(error: &'e ValidationError<'i>) -> &'e ValidationError<'i> {
    let (ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context }) =
        error.kind()
    else {
        return error;
    };
    let depth = |error: &&ValidationError<'_>| error.instance_path().as_str().matches('/').count();
    let causes = context.iter().flatten().map(cause);
    causes.max_by_key(depth).unwrap_or(error)
}

fn template_of(method: &str, path: &str) -> Option<(&'static str, Body)> {
    TEMPLATES
        .iter()
        .find(|(verb, template, _)| *verb == method && fits(template, path))
        .map(|(_, template, kind)| (*template, *kind))
}

fn fits(template: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given)) if wanted == given || wanted.starts_with('{') => {}
            _ => return false,
        }
    }
}

/// The official description, and its schemas once compiled.
struct Description {
    registry: Registry<'static>,
    compiled: Mutex<HashMap<String, Arc<Validator>>>,
}

/// Loaded once for all tests: it is large.
fn description() -> Option<&'static Description> {
    static LOADED: OnceLock<Option<Description>> = OnceLock::new();
    LOADED.get_or_init(Description::load).as_ref()
}

impl Description {
    fn load() -> Option<Self> {
        let Ok(text) = std::fs::read_to_string(DESCRIPTION) else {
            eprintln!("no official description at {DESCRIPTION}: only the limits are checked");
            return None;
        };
        let whole: Value = serde_json::from_str(&text).expect("the official description is JSON");
        let registry = Registry::new()
            .add(NAME, whole)
            .expect("the official description can be registered")
            .prepare()
            .expect("the references in the official description can be resolved");
        Some(Self {
            registry,
            compiled: Mutex::default(),
        })
    }

    fn schema(&'static self, method: &str, template: &str) -> Arc<Validator> {
        let reference = reference(method, template);
        let mut compiled = self.compiled.lock().expect("no check panics");
        let validator = compiled.entry(reference).or_insert_with_key(|reference| {
            let validator = jsonschema::options()
                .with_registry(&self.registry)
                .should_validate_formats(true)
                .should_ignore_unknown_formats(true)
                .build(&json!({ "$ref": reference }));
            Arc::new(validator.expect("each template stands in the official description"))
        });
        Arc::clone(validator)
    }
}

/// Where the schema of a request body stands, as a JSON pointer inside a URI.
fn reference(method: &str, template: &str) -> String {
    let path = template
        .replace('/', "~1")
        .replace('{', "%7B")
        .replace('}', "%7D");
    let method = method.to_lowercase();
    format!("{NAME}#/paths/{path}/{method}/requestBody/content/application~1json/schema")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_template_stands_in_the_official_description() {
        for (method, template, _) in TEMPLATES {
            if let Some(description) = description() {
                description.schema(method, template);
            }
        }
    }

    #[test]
    fn a_body_that_only_the_official_description_refuses_is_a_problem() {
        let mut report = Report::default();
        let body = json!({ "content": "x", "tts": 1, "allowed_mentions": { "parse": [] } });
        report.check("POST", "/channels/1/messages", &body);
        assert_eq!(report.validated, 1);
        assert_eq!(
            report.against_description,
            report.problems.len(),
            "{report:?}"
        );
    }

    #[test]
    fn a_path_fits_its_template_segment_by_segment() {
        assert!(fits("/a/{b}/c", "/a/1/c"));
        for other in ["/a/1", "/a/1/d", "/a/1/c/d", "a/1/c"] {
            assert!(!fits("/a/{b}/c", other), "{other}");
        }
    }
}

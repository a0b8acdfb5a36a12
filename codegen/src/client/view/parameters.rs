//! Rules for parameters: R6, R7 and R8.

use serde_json::Value;

use super::LeftOut;
use super::Note;
use super::direction::Direction;
use super::schemas;
use super::tree::{is_true, picked, resolved, text};

pub(super) fn rewritten(
    document: &Value,
    parameters: &[&Value],
    pointer: &str,
    notes: &mut Vec<Note>,
) -> Result<Vec<Value>, LeftOut> {
    let mut kept = Vec::new();
    for parameter in parameters {
        if is_ignored(parameter) {
            continue;
        }
        let (place, name) = (text(parameter, "in"), text(parameter, "name"));
        match obstacle(document, parameter) {
            None => {
                let mut rewritten = picked(parameter, &["name", "in", "required", "description"]);
                let schema = parameter.get("schema").unwrap_or(&Value::Null);
                rewritten.insert(
                    "schema".to_owned(),
                    schemas::relaxed(document, schema, Direction::SENT),
                );
                kept.push(Value::Object(rewritten));
            }
            Some(obstacle) if is_true(parameter, "required") => {
                return Err(LeftOut(format!(
                    "it requires the {place} parameter `{name}`, which {obstacle}"
                )));
            }
            Some(obstacle) => notes.push(Note {
                pointer: pointer.to_owned(),
                message: format!(
                    "The client does not have the {place} parameter `{name}`, which {obstacle}."
                ),
            }),
        }
    }
    Ok(kept)
}

/// OpenAPI says that header parameters of these names are ignored.
fn is_ignored(parameter: &Value) -> bool {
    let name = text(parameter, "name");
    text(parameter, "in") == "header"
        && ["accept", "content-type", "authorization"]
            .iter()
            .any(|ignored| name.eq_ignore_ascii_case(ignored))
}

/// What keeps progenitor from sending a parameter.
fn obstacle(document: &Value, parameter: &Value) -> Option<&'static str> {
    let place = text(parameter, "in");
    let Some(schema) = parameter.get("schema") else {
        return Some("has `content` instead of a schema");
    };
    let schema = resolved(document, schema);
    let is_list = text(schema, "type") == "array";
    let is_object = text(schema, "type") == "object";
    let style = text(parameter, "style");
    let explodes = parameter
        .get("explode")
        .and_then(Value::as_bool)
        .unwrap_or(true);
    match place {
        "cookie" => Some("is a cookie"),
        "query" if !matches!(style, "" | "form") => Some("has a style that it cannot write"),
        "query" if is_object => Some("is an object"),
        "query" if is_list && !explodes => Some("is an array that is not exploded"),
        "path" | "header" if !matches!(style, "" | "simple") => {
            Some("has a style that it cannot write")
        }
        "path" | "header" if is_list || is_object => Some("is an array or an object"),
        "query" | "path" | "header" => None,
        _ => Some("is in a place that it does not know"),
    }
}

//! Rules for responses: R3, R4 and R5.

use serde_json::{Map, Value, json};

use super::Note;
use super::direction::Direction;
use super::schemas;
use super::tree::{is_binary, members, resolved, text};
use crate::media_type::essence;

const JSON: &str = "application/json";

pub(super) fn rewritten(
    document: &Value,
    operation: &Value,
    pointer: &str,
    notes: &mut Vec<Note>,
) -> Value {
    let mut successes: Vec<(&String, &Value)> = members(operation, "responses")
        .filter(|(status, _)| status.starts_with('2'))
        .map(|(status, response)| (status, resolved(document, response)))
        .collect();
    // A range such as `2XX` sorts after every single status.
    successes.sort_by_key(|(status, _)| *status);
    let chosen = successes
        .iter()
        .find(|(_, response)| json_of(document, response).is_some())
        .or_else(|| successes.first())
        .copied();
    if let (Some((status, _)), true) = (chosen, successes.len() > 1) {
        notes.push(Note {
            pointer: format!("{pointer}/responses"),
            message: format!("To the client only {status} is a success."),
        });
    }
    let mut kept = Map::new();
    if let Some((status, response)) = chosen {
        kept.insert(status.clone(), success(document, response));
    }
    Value::Object(kept)
}

fn success(document: &Value, response: &Value) -> Value {
    let mut kept = Map::new();
    kept.insert(
        "description".to_owned(),
        text(response, "description").into(),
    );
    let mut content = Map::new();
    if let Some(json) = json_of(document, response) {
        // Without a schema progenitor panics; without keywords it is any value.
        let schema = schemas::relaxed(
            document,
            json.get("schema").unwrap_or(&Value::Null),
            Direction::ANSWERED,
        );
        content.insert(JSON.to_owned(), json!({ "schema": schema }));
    } else if let Some((media_type, _)) = members(response, "content").next() {
        // Bytes that are called JSON would be read as JSON.
        let media_type = match essence(media_type) == JSON {
            true => "application/octet-stream",
            false => media_type,
        };
        content.insert(media_type.to_owned(), json!({}));
    }
    if !content.is_empty() {
        kept.insert("content".to_owned(), Value::Object(content));
    }
    Value::Object(kept)
}

/// The JSON of a response. Other types of JSON, such as `application/hal+json`, are not taken: progenitor would ask
/// for `application/json`, which the server may refuse. Neither is JSON that is bytes to the contract.
fn json_of<'a>(document: &Value, response: &'a Value) -> Option<&'a Value> {
    members(response, "content")
        .find(|(media_type, content)| essence(media_type) == JSON && !is_binary(document, content))
        .map(|(_, content)| content)
}

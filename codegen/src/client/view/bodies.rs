//! Rules for request bodies: R5 and R7.

use serde_json::{Map, Value, json};

use super::direction::Direction;
use super::tree::{is_binary, is_true, members, picked, text};
use super::{LeftOut, Note, schemas};
use crate::media_type::MediaType;

/// What progenitor can send as bytes or as text. Of the others it writes what they hold.
const PLAIN: [&str; 3] = ["application/octet-stream", "text/plain", "text/x-markdown"];

const FORM: &str = "application/x-www-form-urlencoded";

/// What progenitor can send, best first.
const SENDABLE: [&str; 5] = [
    "application/json",
    FORM,
    "application/octet-stream",
    "text/plain",
    "text/x-markdown",
];

pub(super) fn rewritten(
    document: &Value,
    body: &Value,
    pointer: &str,
    notes: &mut Vec<Note>,
) -> Result<Option<Value>, LeftOut> {
    let declared: Vec<(String, &Value)> = members(body, "content")
        .map(|(written, content)| (told_apart(written), content))
        .collect();
    let chosen = SENDABLE.iter().find_map(|sendable| {
        declared
            .iter()
            .find(|(media_type, content)| {
                media_type == sendable
                    && (PLAIN.contains(sendable) || !is_binary(document, content))
                    && !(*sendable == FORM && has_style(content))
            })
            .map(|(_, content)| (*sendable, *content))
    });
    let Some((media_type, content)) = chosen else {
        let others: Vec<String> = declared
            .iter()
            .map(|(media_type, content)| match media_type.as_str() {
                _ if is_binary(document, content) => format!("{media_type} as bytes"),
                FORM if has_style(content) => format!("{media_type} with a style"),
                _ => media_type.clone(),
            })
            .collect();
        let others = others.join(", ");
        if is_true(body, "required") {
            return Err(LeftOut(format!(
                "its body is {others}, which the client cannot send"
            )));
        }
        notes.push(Note {
            pointer: format!("{pointer}/requestBody"),
            message: format!("The client never sends this optional body: it cannot send {others}."),
        });
        return Ok(None);
    };
    if declared.len() > 1 {
        notes.push(Note {
            pointer: format!("{pointer}/requestBody"),
            message: format!("The client sends this body only as {media_type}."),
        });
    }
    let schema = match media_type {
        "application/octet-stream" => json!({ "type": "string", "format": "binary" }),
        "text/plain" | "text/x-markdown" => json!({ "type": "string" }),
        _ => schemas::relaxed(
            document,
            content.get("schema").unwrap_or(&Value::Null),
            Direction::SENT,
        ),
    };
    let mut kept = picked(body, &["description", "required"]);
    let mut content = Map::new();
    content.insert(media_type.to_owned(), json!({ "schema": schema }));
    kept.insert("content".to_owned(), Value::Object(content));
    Ok(Some(Value::Object(kept)))
}

/// Whether a property of a form is written in another style than the default one.
fn has_style(content: &Value) -> bool {
    members(content, "encoding")
        .any(|(_, encoding)| !matches!(text(encoding, "style"), "" | "form"))
}

/// A media type with the parameters that tell it from others, which a client does not send.
fn told_apart(written: &str) -> String {
    match MediaType::parse(written) {
        Some(mut media_type) => {
            media_type.take_charset();
            media_type.to_string()
        }
        None => written.to_owned(),
    }
}

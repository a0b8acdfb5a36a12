//! Rules for schemas: R9, R10 and R11.

use serde_json::{Map, Value, json};

use super::direction::Direction;
use super::tree::{elements, is_true, resolved, text};

/// How deep the parts of parts are followed. A deeper one is a circle.
const NESTING: usize = 16;

/// A schema that says what shape values have, and nothing else.
pub(super) fn relaxed(document: &Value, schema: &Value, direction: Direction) -> Value {
    if let Some(reference) = schema.get("$ref") {
        return json!({ "$ref": reference });
    }
    let Some(members) = schema.as_object() else {
        return json!({});
    };
    let mut kept = Map::new();
    for (name, value) in members {
        let value = match name.as_str() {
            "type" | "nullable" | "description" => Some(value.clone()),
            "format" => has_own_type(value).then(|| value.clone()),
            "enum" => has_names(value).then(|| distinct(value)),
            "required" => required(document, schema, value, direction),
            "properties" => value.as_object().map(|properties| {
                properties
                    .iter()
                    .map(|(name, schema)| (name.clone(), relaxed(document, schema, direction)))
                    .collect::<Map<_, _>>()
                    .into()
            }),
            "items" => Some(relaxed(document, value, direction)),
            // `false` closes the object, `true` says what is the case anyway.
            "additionalProperties" => value
                .is_object()
                .then(|| relaxed(document, value, direction)),
            "allOf" | "oneOf" | "anyOf" => value.as_array().map(|schemas| {
                schemas
                    .iter()
                    .map(|schema| relaxed(document, schema, direction))
                    .collect()
            }),
            _ => None,
        };
        if let Some(value) = value {
            kept.insert(name.clone(), value);
        }
    }
    // An array has items in OpenAPI 3.0, and so it has for the reader of the view.
    if text(schema, "type") == "array" && !kept.contains_key("items") {
        kept.insert("items".to_owned(), json!({}));
    }
    Value::Object(kept)
}

/// Whether values of a format are of another type than those without it. Everything else is a rule.
fn has_own_type(format: &Value) -> bool {
    matches!(
        format.as_str(),
        Some(
            "int32"
                | "int64"
                | "uint64"
                | "float"
                | "double"
                | "uuid"
                | "date"
                | "date-time"
                | "binary"
        )
    )
}

/// Whether the values of an enum are texts, or `null` beside texts.
fn has_names(values: &Value) -> bool {
    values.as_array().is_some_and(|values| {
        values.iter().any(Value::is_string)
            && values
                .iter()
                .all(|value| value.is_string() || value.is_null())
    })
}

/// Without values that are there twice, which typify gives up on.
fn distinct(values: &Value) -> Value {
    let mut distinct: Vec<Value> = Vec::new();
    for value in values.as_array().into_iter().flatten() {
        if !distinct.contains(value) {
            distinct.push(value.clone());
        }
    }
    distinct.into()
}

/// Whether a schema, or a part of its `allOf`, says this of itself.
fn is_marked(document: &Value, schema: &Value, name: &str, nesting: usize) -> bool {
    let schema = resolved(document, schema);
    is_true(schema, name)
        || nesting > 0
            && elements(schema, "allOf").any(|part| is_marked(document, part, name, nesting - 1))
}

/// What is required in every direction in which the values go.
fn required(
    document: &Value,
    schema: &Value,
    names: &Value,
    direction: Direction,
) -> Option<Value> {
    let is_absent_somewhere = |name: &str| {
        schema
            .get("properties")
            .and_then(|properties| properties.get(name))
            .is_some_and(|property| {
                (direction.sent && is_marked(document, property, "readOnly", NESTING))
                    || (direction.answered && is_marked(document, property, "writeOnly", NESTING))
            })
    };
    let names: Vec<Value> = names
        .as_array()?
        .iter()
        .filter(|name| name.as_str().is_some_and(|name| !is_absent_somewhere(name)))
        .cloned()
        .collect();
    (!names.is_empty()).then(|| names.into())
}

//! Small steps through a JSON document.

use serde_json::{Map, Value};

/// References that lead to references are followed this far. A longer chain is a circle.
const LONGEST_CHAIN: usize = 32;

/// The members of an object that is itself a member, or nothing.
pub(in crate::client) fn members<'a>(
    value: &'a Value,
    name: &str,
) -> impl Iterator<Item = (&'a String, &'a Value)> {
    value
        .get(name)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

/// The elements of an array that is a member, or nothing.
pub(in crate::client) fn elements<'a>(
    value: &'a Value,
    name: &str,
) -> impl Iterator<Item = &'a Value> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// A text that is a member, or an empty one.
pub(in crate::client) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Whether a member is `true`.
pub(in crate::client) fn is_true(value: &Value, name: &str) -> bool {
    value.get(name).and_then(Value::as_bool).unwrap_or_default()
}

/// Whether a media type's content is bytes by its schema, whatever the media type says of them.
pub(in crate::client) fn is_binary(document: &Value, content: &Value) -> bool {
    let schema = content.get("schema").unwrap_or(&Value::Null);
    let schema = resolved(document, schema);
    text(schema, "type") == "string" && text(schema, "format") == "binary"
}

/// The members of these names, in this order.
pub(in crate::client) fn picked(value: &Value, names: &[&str]) -> Map<String, Value> {
    names
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), value.get(name)?.clone())))
        .collect()
}

/// What a value refers to, or the value itself where it is no reference or leads nowhere.
pub(in crate::client) fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let mut value = value;
    for _ in 0..LONGEST_CHAIN {
        let target = value
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|reference| reference.strip_prefix('#'))
            .and_then(|pointer| document.pointer(pointer));
        match target {
            Some(target) => value = target,
            None => return value,
        }
    }
    value
}

/// A name as a part of a JSON pointer.
pub(in crate::client) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

//! What a text without a type stands for, where a schema says so.
//!
//! A schema that has a type decides. Where it is a choice (`anyOf: [integer, string]`), a text is the first of
//! number, boolean and string that satisfies the schema, so that `5` is the number wherever a number is taken.

use std::borrow::Cow;

use super::check::Check;
use super::{JsonType, Schema};
use crate::json::Node;
use crate::path::Path;
use crate::scalar;

/// How deep `allOf` is searched for a type. The generator refuses an `allOf` that contains itself.
const MAX_NESTING: u32 = 16;

/// The scalar: never a [`Node::Text`].
pub(super) fn interpret<'t>(schema: &Schema, text: &'t str, check: &mut Check<'_>) -> Node<'t> {
    let string = || Node::String(Cow::Borrowed(text));
    let typed = match declared_type(schema, MAX_NESTING) {
        Some(JsonType::Boolean) => scalar::boolean(text).map(Node::Boolean),
        Some(JsonType::Integer) => scalar::integer(text).map(Node::Number),
        Some(JsonType::Number) => scalar::number(text).map(Node::Number),
        Some(JsonType::String | JsonType::Array | JsonType::Object) => None,
        None => {
            // A schema with rules for numbers and no type is a part of one that has a type.
            if let Some(number) = scalar::number(text).map(Node::Number)
                && (has_number_rules(schema) || holds(schema, &number, check))
            {
                Some(number)
            } else {
                scalar::boolean(text)
                    .map(Node::Boolean)
                    .filter(|boolean| holds(schema, boolean, check))
            }
        }
    };
    typed.unwrap_or_else(string)
}

fn holds(schema: &Schema, node: &Node<'_>, check: &mut Check<'_>) -> bool {
    check.trial(|check| check.apply(schema, node, &Path::Root, None))
}

fn has_number_rules(schema: &Schema) -> bool {
    schema.minimum.is_some() || schema.maximum.is_some() || schema.multiple_of.is_some()
}

/// The type that a schema or a part of its `allOf` names; an integer rather than a number.
pub(super) fn declared_type(schema: &Schema, nesting: u32) -> Option<JsonType> {
    if schema.json_type.is_some() || nesting == 0 {
        return schema.json_type;
    }
    let mut parts = schema
        .all_of
        .iter()
        .filter_map(|part| declared_type(part, nesting - 1));
    let first = parts.next()?;
    match first {
        JsonType::Number if parts.any(|other| other == JsonType::Integer) => {
            Some(JsonType::Integer)
        }
        first => Some(first),
    }
}

/// As [`declared_type`], with the usual bound.
pub(super) fn type_of(schema: &Schema) -> Option<JsonType> {
    declared_type(schema, MAX_NESTING)
}

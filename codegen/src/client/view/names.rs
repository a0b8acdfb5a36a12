//! Rule for names: R13.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::tree::is_true;
use crate::lower::upper_camel;

const SECTION: &str = "#/components/schemas/";

/// Gives schemas names of which typify makes different ones. `nullTime` beside `NullTime` becomes `nullTime2`, and a choice that may be
/// `null` is apart from the `null`, because typify has one name for both.
///
/// Returns the new names by the old ones.
pub(super) fn separate(view: &mut Value) -> HashMap<String, String> {
    let Some(schemas) = view
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut)
    else {
        return HashMap::new();
    };
    let mut taken: HashSet<String> = HashSet::new();
    let mut renamed: HashMap<String, String> = HashMap::new();
    let mut named = Map::new();
    // Names that are Rust's already stay.
    let (exact, other): (Vec<&String>, Vec<&String>) =
        schemas.keys().partition(|name| upper_camel(name) == **name);
    for name in exact.into_iter().chain(other) {
        let new = free(name, &mut taken);
        if new != *name {
            renamed.insert(name.clone(), new);
        }
    }
    for (name, mut schema) in std::mem::take(schemas) {
        let name = renamed.get(&name).cloned().unwrap_or(name);
        let is_choice = schema.get("oneOf").or(schema.get("anyOf")).is_some();
        if is_choice && is_true(&schema, "nullable") {
            let inner = free(&format!("{name}Value"), &mut taken);
            if let Some(members) = schema.as_object_mut() {
                members.shift_remove("nullable");
            }
            let outer =
                json!({ "nullable": true, "allOf": [{ "$ref": format!("{SECTION}{inner}") }] });
            named.insert(name, outer);
            named.insert(inner, schema);
        } else {
            named.insert(name, schema);
        }
    }
    *schemas = named;
    rewrite(view, &renamed);
    renamed
}

/// The name, with a number where another one has it in Rust.
fn free(name: &str, taken: &mut HashSet<String>) -> String {
    let mut number = 1;
    loop {
        let candidate = match number {
            1 => name.to_owned(),
            number => format!("{name}{number}"),
        };
        if taken.insert(upper_camel(&candidate)) {
            return candidate;
        }
        number += 1;
    }
}

/// The view is as deep as the document, which reading bounds.
fn rewrite(value: &mut Value, renamed: &HashMap<String, String>) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get_mut("$ref")
                && let Some(new) = reference
                    .strip_prefix(SECTION)
                    .and_then(|name| renamed.get(name))
            {
                *reference = format!("{SECTION}{new}");
            }
            members
                .values_mut()
                .for_each(|value| rewrite(value, renamed));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rewrite(item, renamed)),
        _ => {}
    }
}

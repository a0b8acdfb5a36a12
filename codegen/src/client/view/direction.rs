//! Which way the values of a schema go.

use std::collections::HashSet;

use serde_json::Value;

use super::tree::{elements, members, resolved};

/// Which way the values of a schema go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Direction {
    /// From client to server.
    pub(super) sent: bool,
    /// From server to client.
    pub(super) answered: bool,
}

impl Direction {
    pub(super) const SENT: Self = Self {
        sent: true,
        answered: false,
    };
    pub(super) const ANSWERED: Self = Self {
        sent: false,
        answered: true,
    };
}

/// Which way the values of the schemas under `components` go.
pub(super) struct Directions<'a> {
    sent: HashSet<&'a str>,
    answered: HashSet<&'a str>,
}

impl Directions<'_> {
    pub(super) fn of(&self, name: &str) -> Direction {
        Direction {
            sent: self.sent.contains(name),
            answered: self.answered.contains(name),
        }
    }
}

pub(super) fn directions(document: &Value) -> Directions<'_> {
    let (mut sent, mut answered) = (Vec::new(), Vec::new());
    for (_, item) in members(document, "paths") {
        let item = resolved(document, item);
        sent.extend(elements(item, "parameters").map(|parameter| resolved(document, parameter)));
        for operation in item.as_object().into_iter().flat_map(|item| item.values()) {
            sent.extend(
                elements(operation, "parameters").map(|parameter| resolved(document, parameter)),
            );
            sent.extend(
                operation
                    .get("requestBody")
                    .map(|body| resolved(document, body)),
            );
            answered.extend(
                members(operation, "responses").map(|(_, response)| resolved(document, response)),
            );
        }
    }
    Directions {
        sent: reached(document, sent),
        answered: reached(document, answered),
    }
}

/// The names of the schemas that values refer to, directly or through others.
fn reached<'a>(document: &'a Value, mut from: Vec<&'a Value>) -> HashSet<&'a str> {
    let mut names = HashSet::new();
    while let Some(value) = from.pop() {
        match value {
            Value::Array(values) => from.extend(values),
            Value::Object(members) => {
                let reference = members.get("$ref").and_then(Value::as_str);
                if let Some(reference) = reference
                    && let Some(name) = reference.strip_prefix("#/components/schemas/")
                    && names.insert(name)
                    && let Some(schema) = document.pointer(&reference[1..])
                {
                    from.push(schema);
                }
                // Examples hold data, in which `$ref` would mean nothing.
                from.extend(
                    members
                        .iter()
                        .filter(|(name, _)| !matches!(name.as_str(), "example" | "examples"))
                        .map(|(_, value)| value),
                );
            }
            _ => {}
        }
    }
    names
}

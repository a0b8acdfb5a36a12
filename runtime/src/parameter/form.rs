//! Bodies of `application/x-www-form-urlencoded`.

use std::borrow::Cow;
use std::collections::HashSet;

use super::nested;
use super::pairs::{Pair, Pairs, key_in_brackets};
use super::percent::Escapes;
use super::{Encoding, FormField, ParameterError, Shape, Style};
use crate::json::Node;
use crate::path::Path;
use crate::violation::Violations;

/// The object that a form is: its fields as the contract says they are written, and behind them whatever else is there, which is texts
/// unless `rest` says how it is written. `None` only where a violation was added.
pub fn form<'a>(
    body: &'a [u8],
    fields: &[FormField],
    rest: Option<Encoding>,
    violations: &mut Violations,
) -> Option<Node<'a>> {
    let pairs = match str::from_utf8(body) {
        Ok(text) => Pairs::of_form(text),
        Err(_) => {
            ParameterError::syntax("is not UTF-8").report(&Path::Root, violations);
            return None;
        }
    };
    if let Some(fault) = pairs.fault() {
        fault.report(&Path::Root, violations);
        return None;
    }
    let before = violations.len();
    let mut members = Vec::with_capacity(pairs.list.len());
    for field in fields {
        let taken = |key: &str| {
            let mut others = fields.iter().filter(|other| other.name != field.name);
            others.any(|other| claims(other, key))
        };
        match pairs.node(field.name, &field.encoding, taken) {
            Ok(None) => {}
            Ok(Some(node)) => members.push((Cow::Borrowed(field.name), node)),
            Err(fault) => fault.report(&Path::Root.key(field.name), violations),
        }
    }
    let is_rest = |pair: &&Pair<'_>| !fields.iter().any(|field| claims(field, &pair.name));
    if fields.iter().all(|field| !takes_every_key(field)) {
        let mut seen = HashSet::new();
        for pair in pairs.list.iter().filter(is_rest) {
            if let Some(rest) = rest {
                if seen.insert(&pair.name) {
                    match pairs.node(&pair.name, &rest, |_| true) {
                        Ok(node) => members.extend(node.map(|node| (pair.name.clone(), node))),
                        Err(fault) => fault.report(&Path::Root.key(&pair.name), violations),
                    }
                }
                continue;
            }
            match pair.value().and_then(|value| Escapes::Form.decode(value)) {
                Ok(text) => members.push((pair.name.clone(), Node::Text(text))),
                Err(fault) => fault.report(&Path::Root.key(&pair.name), violations),
            }
        }
    }
    (violations.len() == before).then_some(Node::Object(members))
}

/// Whether a key belongs to a field.
fn claims(field: &FormField, key: &str) -> bool {
    match field.encoding {
        Encoding::Style {
            shape: Shape::Nested(_),
            ..
        } => nested::is_of(field.name, key),
        Encoding::Style {
            style: Style::DeepObject,
            ..
        } => key_in_brackets(key, field.name).is_some(),
        Encoding::Style {
            explode: true,
            shape: Shape::Object { properties, .. },
            ..
        } => properties.contains(&key),
        _ => key == field.name,
    }
}

/// Whether what no other field claims belongs to it.
fn takes_every_key(field: &FormField) -> bool {
    matches!(
        field.encoding,
        Encoding::Style {
            style: Style::Form | Style::SpaceDelimited | Style::PipeDelimited,
            explode: true,
            shape: Shape::Object { open: true, .. },
        }
    )
}

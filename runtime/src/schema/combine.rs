//! Schemas of schemas: `allOf`, `anyOf`, `oneOf`, `not`, and the discriminator.
//!
//! A discriminator names the alternative that a value means, so the value is held against that one only and every
//! violation is reported. Without one, alternatives are tried; where none holds, the violations of an alternative
//! are reported if it is the only one that is of the value's type, because then it is the one that was meant.

use super::check::{Check, Frame, is_of};
use super::{Additional, Discriminator, JsonType, Quoted, Schema, object, text};
use crate::json::Node;
use crate::path::Path;

/// Holds a node against the combinations of a schema.
pub(super) fn check(scope: &Frame<'_>, node: &Node<'_>, at: &Path<'_>, check: &mut Check<'_>) {
    let schema = scope.schema;
    match schema.all_of {
        [] => {}
        // The usual `allOf: [$ref]` is a way to write one schema, not a combination.
        [only] if !descends(schema) => check.apply(only, node, at, Some(scope)),
        parts => check.combining(|check| {
            for part in parts {
                check.apply(part, node, at, Some(scope));
            }
        }),
    }
    let mut any_of = schema.any_of;
    let mut one_of = schema.one_of;
    if let Some(discriminator) = &schema.discriminator {
        let alternatives = if one_of.is_empty() {
            &mut any_of
        } else {
            &mut one_of
        };
        if let Node::Object(_) = node
            && !alternatives.is_empty()
            && !cannot_choose(discriminator, alternatives, scope, node, check)
        {
            chosen(discriminator, alternatives, scope, node, at, check);
            *alternatives = &[];
        }
    }
    if !any_of.is_empty() && !check.is_over() {
        self::any_of(any_of, scope, node, at, check);
    }
    if !one_of.is_empty() && !check.is_over() {
        self::one_of(one_of, scope, node, at, check);
    }
    if let Some(not) = schema.not
        && !check.is_over()
        && holds(not, scope, node, at, check)
    {
        check.fail(
            at,
            "not",
            format_args!("is of a kind that is not allowed here"),
        );
    }
}

/// Whether both its own rules and its parts may go into members or items.
pub(super) fn shares_inside(schema: &Schema) -> bool {
    let has_parts = !schema.all_of.is_empty()
        || !schema.any_of.is_empty()
        || !schema.one_of.is_empty()
        || schema.not.is_some();
    has_parts && descends(schema)
}

/// Whether its own rules go into members or items.
fn descends(schema: &Schema) -> bool {
    !schema.properties.is_empty()
        || schema.items.is_some()
        || matches!(schema.additional, Additional::Schema(_))
}

/// A discriminator that is `readOnly` is not in a request; then the alternatives are tried after all.
fn cannot_choose(
    discriminator: &Discriminator,
    alternatives: &[&Schema],
    scope: &Frame<'_>,
    node: &Node<'_>,
    check: &Check<'_>,
) -> bool {
    let (name, direction) = (discriminator.property, check.direction);
    node.get(name).is_none()
        && (object::is_exempt(scope, name, direction)
            || alternatives
                .iter()
                .any(|alternative| object::refuses(alternative, name, direction)))
}

fn chosen(
    discriminator: &Discriminator,
    alternatives: &[&Schema],
    scope: &Frame<'_>,
    node: &Node<'_>,
    at: &Path<'_>,
    check: &mut Check<'_>,
) {
    let at_property = at.key(discriminator.property);
    let Some(value) = node.get(discriminator.property) else {
        check.fail(
            &at_property,
            "required",
            format_args!("is required: it tells which kind of object this is"),
        );
        return;
    };
    let alternative = value.as_str().and_then(|value| {
        let (_, index) = discriminator
            .mapping
            .iter()
            .find(|(name, _)| *name == value)?;
        alternatives.get(*index)
    });
    match alternative {
        Some(alternative) => {
            check.combining(|check| check.apply(alternative, node, at, Some(scope)));
        }
        None => {
            let names = Quoted(discriminator.mapping);
            check.fail(
                &at_property,
                "discriminator",
                format_args!("must be {names}"),
            );
        }
    }
}

fn any_of(
    alternatives: &[&Schema],
    scope: &Frame<'_>,
    node: &Node<'_>,
    at: &Path<'_>,
    check: &mut Check<'_>,
) {
    let held = alternatives
        .iter()
        .any(|alternative| holds(alternative, scope, node, at, check));
    if !held {
        let what = "must match at least one of the alternatives";
        none_held("anyOf", what, alternatives, scope, node, at, check);
    }
}

fn one_of(
    alternatives: &[&Schema],
    scope: &Frame<'_>,
    node: &Node<'_>,
    at: &Path<'_>,
    check: &mut Check<'_>,
) {
    let held = alternatives
        .iter()
        .filter(|alternative| holds(alternative, scope, node, at, check))
        .take(2)
        .count();
    match held {
        0 => {
            let what = "must match exactly one of the alternatives, and matches none";
            none_held("oneOf", what, alternatives, scope, node, at, check);
        }
        1 => {}
        _ => check.fail(
            at,
            "oneOf",
            format_args!("must match exactly one of the alternatives, and matches several"),
        ),
    }
}

fn holds(
    schema: &Schema,
    scope: &Frame<'_>,
    node: &Node<'_>,
    at: &Path<'_>,
    check: &mut Check<'_>,
) -> bool {
    let mut held = false;
    check.combining(|check| {
        held = check.trial(|check| check.apply(schema, node, at, Some(scope)));
    });
    held
}

fn none_held(
    rule: &'static str,
    what: &'static str,
    alternatives: &[&Schema],
    scope: &Frame<'_>,
    node: &Node<'_>,
    at: &Path<'_>,
    check: &mut Check<'_>,
) {
    if check.is_reporting() {
        let mut meant = alternatives.iter().filter(|schema| takes(schema, node));
        match (meant.next(), meant.next()) {
            (Some(meant), None) => {
                check.combining(|check| check.apply(meant, node, at, Some(scope)));
                return;
            }
            (None, _) if alternatives.iter().all(|schema| is_object(schema)) => {
                check.fail(at, "type", format_args!("must be an object"));
                return;
            }
            _ => {}
        }
    }
    check.fail(at, rule, format_args!("{what}"));
}

fn is_object(schema: &Schema) -> bool {
    text::type_of(schema) == Some(JsonType::Object)
}

fn takes(schema: &Schema, node: &Node<'_>) -> bool {
    text::type_of(schema).is_none_or(|expected| is_of(expected, node))
}

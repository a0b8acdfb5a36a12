//! The rules of objects: `properties`, `required`, `additionalProperties`, sizes, `readOnly` and `writeOnly`.

use std::borrow::Cow;

use super::check::{Check, Frame, count};
use super::{Additional, Direction, Property, Schema};
use crate::json::Node;
use crate::path::Path;

/// How deep `allOf` is searched for a property. The generator refuses an `allOf` that contains itself.
const MAX_NESTING: u32 = 16;

/// Holds the members of an object against the rules.
pub(super) fn check(
    scope: &Frame<'_>,
    members: &[(Cow<'_, str>, Node<'_>)],
    at: &Path<'_>,
    check: &mut Check<'_>,
) {
    let schema = scope.schema;
    let length = members.len() as u64;
    if let Some(limit) = schema.min_properties
        && length < limit
    {
        let limit = count(limit, "property").to_string().replace("ys", "ies");
        check.fail(
            at,
            "minProperties",
            format_args!("must have at least {limit}"),
        );
    }
    if let Some(limit) = schema.max_properties
        && length > limit
    {
        let limit = count(limit, "property").to_string().replace("ys", "ies");
        check.fail(
            at,
            "maxProperties",
            format_args!("must have at most {limit}"),
        );
    }
    required(scope, members, at, check);
    each(schema, members, at, check);
}

fn required(
    scope: &Frame<'_>,
    members: &[(Cow<'_, str>, Node<'_>)],
    at: &Path<'_>,
    check: &mut Check<'_>,
) {
    let mut hint = 0;
    for name in scope.schema.required {
        if check.is_over() {
            return;
        }
        match find(members, &mut hint, |(other, _)| other == name) {
            Some(_) => {}
            None if is_exempt(scope, name, check.direction) => {}
            None => check.fail(&at.key(name), "required", format_args!("is required")),
        }
    }
}

fn each(
    schema: &Schema,
    members: &[(Cow<'_, str>, Node<'_>)],
    at: &Path<'_>,
    check: &mut Check<'_>,
) {
    if schema.properties.is_empty() && matches!(schema.additional, Additional::Allowed) {
        return;
    }
    let mut hint = 0;
    for (name, value) in members {
        if check.is_over() {
            return;
        }
        let at = at.key(name);
        let property = find(schema.properties, &mut hint, |property| {
            property.name == name
        });
        match (property, schema.additional) {
            (Some(property), _) => match is_refused(property, check.direction) {
                Some(rule) => check.fail(
                    &at,
                    rule,
                    match check.direction {
                        Direction::Request => {
                            format_args!("must not be sent: only answers have it")
                        }
                        Direction::Response => {
                            format_args!("must not be answered: only requests have it")
                        }
                    },
                ),
                None => check.descend(property.schema, value, &at),
            },
            (None, Additional::Allowed) => {}
            (None, Additional::Denied) => check.fail(
                &at,
                "additionalProperties",
                format_args!("is not a known property"),
            ),
            (None, Additional::Schema(rules)) => check.descend(rules, value, &at),
        }
    }
}

/// The first that matches, from where the last one was found on: members mostly come in the contract's order.
fn find<'t, T>(list: &'t [T], hint: &mut usize, matches: impl Fn(&T) -> bool) -> Option<&'t T> {
    let (before, after) = list.split_at(*hint);
    let index = match after.iter().position(&matches) {
        Some(index) => *hint + index,
        None => before.iter().position(&matches)?,
    };
    *hint = index + 1;
    list.get(index)
}

fn is_refused(property: &Property, direction: Direction) -> Option<&'static str> {
    match direction {
        Direction::Request => property.read_only.then_some("readOnly"),
        Direction::Response => property.write_only.then_some("writeOnly"),
    }
}

/// Whether a required property may be absent, because it does not go in this direction. Where a schema is put together
/// by `allOf`, one part may require what another part declares; all of them are looked at.
pub(super) fn is_exempt(scope: &Frame<'_>, name: &str, direction: Direction) -> bool {
    let mut next = Some(scope);
    while let Some(scope) = next {
        if refuses(scope.schema, name, direction) {
            return true;
        }
        next = scope.outer;
    }
    false
}

/// Whether a schema, or a part of it, says that a property does not go in this direction.
pub(super) fn refuses(schema: &Schema, name: &str, direction: Direction) -> bool {
    fn search(schema: &Schema, name: &str, direction: Direction, nesting: u32) -> bool {
        let mut properties = schema.properties.iter();
        let mut parts = schema.all_of.iter();
        properties
            .any(|property| property.name == name && is_refused(property, direction).is_some())
            || nesting > 0 && parts.any(|part| search(part, name, direction, nesting - 1))
    }
    search(schema, name, direction, MAX_NESTING)
}

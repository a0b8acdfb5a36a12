//! The rules of arrays: `minItems`, `maxItems`, `items`, `uniqueItems`.

use super::check::{Check, count};
use super::{Schema, equality, text};
use crate::json::Node;
use crate::path::Path;

/// Holds an array against the rules.
pub(super) fn check(schema: &Schema, items: &[Node<'_>], at: &Path<'_>, check: &mut Check<'_>) {
    let length = items.len() as u64;
    if let Some(limit) = schema.min_items
        && length < limit
    {
        let limit = count(limit, "item");
        check.fail(at, "minItems", format_args!("must have at least {limit}"));
    }
    if let Some(limit) = schema.max_items
        && length > limit
    {
        let limit = count(limit, "item");
        check.fail(at, "maxItems", format_args!("must have at most {limit}"));
    }
    if let Some(rules) = schema.items {
        for (index, item) in items.iter().enumerate() {
            if check.is_over() {
                return;
            }
            check.descend(rules, item, &at.index(index));
        }
    }
    if schema.unique_items
        && !check.is_over()
        && let Some((first, second)) = repeated(schema.items, items, check)
    {
        check.fail(
            at,
            "uniqueItems",
            format_args!("must not repeat an item: those at {first} and {second} are equal"),
        );
    }
}

/// Texts are compared as what they stand for: `1` and `1.0` are one number.
fn repeated(
    rules: Option<&Schema>,
    items: &[Node<'_>],
    check: &mut Check<'_>,
) -> Option<(usize, usize)> {
    if let Some(rules) = rules
        && items.iter().any(|item| matches!(item, Node::Text(_)))
    {
        let items: Vec<_> = items
            .iter()
            .map(|item| match item {
                Node::Text(value) => text::interpret(rules, value, check),
                other => other.clone(),
            })
            .collect();
        equality::repeated(&items)
    } else {
        equality::repeated(items)
    }
}

//! The rules of strings: `minLength`, `maxLength`, `pattern`, `format`.

use super::check::{Check, count};
use super::{Schema, format};
use crate::path::Path;

/// Holds a string against the rules. Lengths are in Unicode code points.
pub(super) fn check(schema: &Schema, text: &str, at: &Path<'_>, check: &mut Check<'_>) {
    let mut too_long = false;
    if schema.min_length.is_some() || schema.max_length.is_some() {
        let length = text.chars().count() as u64;
        if let Some(limit) = schema.min_length
            && length < limit
        {
            let limit = count(limit, "character");
            check.fail(at, "minLength", format_args!("must have at least {limit}"));
        }
        if let Some(limit) = schema.max_length
            && length > limit
        {
            too_long = true;
            let limit = count(limit, "character");
            check.fail(at, "maxLength", format_args!("must have at most {limit}"));
        }
    }
    if let Some(format) = schema.format
        && !format::holds(format, text)
    {
        let expected = format::expected(format);
        check.fail(at, "format", format_args!("must be {expected}"));
    }
    // A pattern may backtrack: a text that is refused for its length is not given to it.
    if let Some(pattern) = schema.pattern
        && !too_long
        && !check.is_over()
        && !pattern.is_match(text)
    {
        let source = pattern.source();
        check.fail(
            at,
            "pattern",
            format_args!("must match the pattern {source}"),
        );
    }
}

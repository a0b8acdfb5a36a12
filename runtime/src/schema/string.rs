//! The rules of strings: `minLength`, `maxLength`, `pattern`, `format`. Lengths are in Unicode code points, and of files in bytes.

use super::check::{Check, count};
use super::{Format, Pattern, Schema, format};
use crate::multipart::File;
use crate::path::Path;

/// Holds a string against the rules.
pub(super) fn check(schema: &Schema, text: &str, at: &Path<'_>, check: &mut Check<'_>) {
    let mut is_too_long = false;
    if schema.min_length.is_some() || schema.max_length.is_some() {
        let length = text.chars().count() as u64;
        is_too_long = check_length(schema, length, "character", at, check);
    }
    if let Some(format) = schema.format
        && !format::holds(format, text)
    {
        fail_format(format, at, check);
    }
    // A pattern may backtrack: a text that is refused for its length is not given to it.
    if let Some(pattern) = schema.pattern
        && !is_too_long
        && !check.is_over()
        && !pattern.is_match(text)
    {
        fail_pattern(pattern, at, check);
    }
}

/// Holds a file against the rules. Its content has a format, or matches a pattern, only where it is UTF-8.
pub(super) fn check_file(schema: &Schema, file: &File, at: &Path<'_>, check: &mut Check<'_>) {
    let is_too_long = check_length(schema, file.bytes.len() as u64, "byte", at, check);
    if schema.format.is_none() && schema.pattern.is_none() {
        return;
    }
    let text = file.text();
    if let Some(format) = schema.format
        && !text.is_some_and(|text| format::holds(format, text))
    {
        fail_format(format, at, check);
    }
    if let Some(pattern) = schema.pattern
        && !is_too_long
        && !check.is_over()
        && !text.is_some_and(|text| pattern.is_match(text))
    {
        fail_pattern(pattern, at, check);
    }
}

/// Whether it is too long.
fn check_length(
    schema: &Schema,
    length: u64,
    unit: &'static str,
    at: &Path<'_>,
    check: &mut Check<'_>,
) -> bool {
    if let Some(limit) = schema.min_length
        && length < limit
    {
        let limit = count(limit, unit);
        check.fail(at, "minLength", format_args!("must have at least {limit}"));
    }
    let limit = schema.max_length.filter(|limit| length > *limit);
    if let Some(limit) = limit {
        let limit = count(limit, unit);
        check.fail(at, "maxLength", format_args!("must have at most {limit}"));
    }
    limit.is_some()
}

fn fail_format(format: Format, at: &Path<'_>, check: &mut Check<'_>) {
    let expected = format::expected(format);
    check.fail(at, "format", format_args!("must be {expected}"));
}

fn fail_pattern(pattern: &Pattern, at: &Path<'_>, check: &mut Check<'_>) {
    let source = pattern.source();
    check.fail(
        at,
        "pattern",
        format_args!("must match the pattern {source}"),
    );
}

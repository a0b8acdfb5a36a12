//! The rules of numbers: `minimum`, `maximum`, `multipleOf`, and the formats that are widths.

use std::cmp::Ordering;

use super::check::Check;
use super::{Format, JsonType, Number, Schema};
use crate::path::Path;

/// Holds a number against the rules. Whether it is an integer where it must be one was checked with its type.
pub(super) fn check(
    schema: &Schema,
    number: &serde_json::Number,
    at: &Path<'_>,
    check: &mut Check<'_>,
) {
    let value = Number::of(number);
    width(schema, value, at, check);
    if let Some(bound) = &schema.minimum {
        let order = value.compare(bound.limit);
        if order == Ordering::Less || bound.exclusive && order == Ordering::Equal {
            let than = if bound.exclusive {
                "greater than"
            } else {
                "at least"
            };
            check.fail(
                at,
                "minimum",
                format_args!("must be {than} {}", bound.limit),
            );
        }
    }
    if let Some(bound) = &schema.maximum {
        let order = value.compare(bound.limit);
        if order == Ordering::Greater || bound.exclusive && order == Ordering::Equal {
            let than = if bound.exclusive {
                "less than"
            } else {
                "at most"
            };
            check.fail(
                at,
                "maximum",
                format_args!("must be {than} {}", bound.limit),
            );
        }
    }
    if let Some(divisor) = schema.multiple_of
        && !value.is_multiple_of(divisor)
    {
        check.fail(
            at,
            "multipleOf",
            format_args!("must be a multiple of {divisor}"),
        );
    }
}

/// What the type that it becomes can hold. An integer without a format becomes an `i64`.
fn width(schema: &Schema, value: Number, at: &Path<'_>, check: &mut Check<'_>) {
    let (fits, expected) = match (schema.format, schema.json_type) {
        (Some(Format::Int32), _) => (is_integer_of::<i32>(value), "an integer that fits 32 bits"),
        (Some(Format::Uint64), _) => (
            is_integer_of::<u64>(value),
            "an integer from 0 that fits 64 bits",
        ),
        (Some(Format::Int64), _) | (_, Some(JsonType::Integer)) => {
            (is_integer_of::<i64>(value), "an integer that fits 64 bits")
        }
        (Some(Format::Float), _) => (
            is_finite_in_32_bits(value),
            "a number that fits a 32-bit float",
        ),
        _ => return,
    };
    if !fits {
        check.fail(at, "format", format_args!("must be {expected}"));
    }
}

fn is_integer_of<T: TryFrom<i128>>(value: Number) -> bool {
    value
        .as_integer()
        .is_some_and(|value| T::try_from(value).is_ok())
}

fn is_finite_in_32_bits(value: Number) -> bool {
    match value {
        Number::Integer(value) => (value as f32).is_finite(),
        Number::Float(value) => (value as f32).is_finite(),
    }
}

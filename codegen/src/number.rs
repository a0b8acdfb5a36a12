//! What a number of a document is: the same for what is looked at, what is generated, and what is refused.

use std::cmp::Ordering;

use serde_json::{Number, Value};

/// The integer that a number is, if it is one: `5.0` is (JSON Schema Validation, `type`). Beyond 38 digits none is told from another.
#[must_use]
pub fn integer(number: &Number) -> Option<i128> {
    let integer = number
        .as_i64()
        .map(i128::from)
        .or_else(|| number.as_u64().map(i128::from));
    integer.or_else(|| {
        let value = number.as_f64()?;
        (value.fract() == 0.0 && value.abs() < 1e38).then_some(value as i128)
    })
}

/// The integer that a value is, if it is one.
#[must_use]
pub fn integer_of(value: &Value) -> Option<i128> {
    match value {
        Value::Number(number) => integer(number),
        _ => None,
    }
}

/// Whether two values are one by JSON Schema: `2.0` is 2. They are as deep as documents are.
#[must_use]
pub fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => match (integer(one), integer(other)) {
            (Some(one), Some(other)) => one == other,
            _ => one.as_f64() == other.as_f64(),
        },
        (Value::Array(one), Value::Array(other)) => {
            let mut pairs = one.iter().zip(other);
            one.len() == other.len() && pairs.all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let mut members = one.iter();
            one.len() == other.len()
                && members
                    .all(|(name, one)| other.get(name).is_some_and(|other| is_same(one, other)))
        }
        (one, other) => one == other,
    }
}

/// Where a number is beside the range of what values of this type and format are held as: below it, in it, or above it.
#[must_use]
pub fn beside_range(typ: Option<&str>, format: Option<&str>, number: &Number) -> Ordering {
    let value = number.as_f64().unwrap_or_default();
    let outside = match (typ, format) {
        (Some("integer" | "number"), Some("int32")) => match integer(number) {
            Some(integer) => i32::try_from(integer).is_err(),
            None => !(f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&value),
        },
        (Some("integer" | "number"), Some("uint64")) => match integer(number) {
            Some(integer) => u64::try_from(integer).is_err(),
            // 2^64, which is the first one above.
            None => !(0.0..18_446_744_073_709_551_616.0).contains(&value),
        },
        (Some("integer"), _) => match integer(number) {
            Some(integer) => i64::try_from(integer).is_err(),
            // 2^63, which is the first one above.
            None => value.abs() >= 9_223_372_036_854_775_808.0,
        },
        (Some("number"), Some("float")) => !(value as f32).is_finite(),
        (Some("number"), _) => !value.is_finite(),
        _ => false,
    };
    match (outside, value < 0.0) {
        (false, _) => Ordering::Equal,
        (true, true) => Ordering::Less,
        (true, false) => Ordering::Greater,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_integer_is_one_however_it_is_written() {
        for (value, is) in [
            (json!(5), Some(5)),
            (json!(5.0), Some(5)),
            (json!(-1e3), Some(-1_000)),
            (json!(u64::MAX), Some(i128::from(u64::MAX))),
            (json!(5.5), None),
            (json!("5"), None),
            (json!(null), None),
        ] {
            assert_eq!(integer_of(&value), is, "{value}");
        }
    }

    #[test]
    fn values_are_compared_by_what_they_are() {
        for (one, other, same) in [
            (json!(2), json!(2.0), true),
            (json!([1, {"a": 1.0}]), json!([1.0, {"a": 1}]), true),
            (json!(0.5), json!(0.5), true),
            (
                json!(9_007_199_254_740_993_u64),
                json!(9_007_199_254_740_992_u64),
                false,
            ),
            (json!([1]), json!([1, 2]), false),
            (json!({"a": 1}), json!({"b": 1}), false),
            (json!("1"), json!(1), false),
        ] {
            assert_eq!(is_same(&one, &other), same, "{one} {other}");
        }
    }

    #[test]
    fn a_type_holds_what_is_in_its_range() {
        let beside = |typ, format: &str, text: &str| {
            let number: Number = text.parse().expect("a number");
            let format = (!format.is_empty()).then_some(format);
            beside_range(Some(typ), format, &number)
        };
        for (typ, format, inside, beyond, side) in [
            (
                "integer",
                "int32",
                "2147483647",
                "2147483648",
                Ordering::Greater,
            ),
            (
                "integer",
                "int32",
                "-2147483648",
                "-2147483648.5",
                Ordering::Less,
            ),
            (
                "integer",
                "int64",
                "9223372036854775807",
                "9223372036854775808",
                Ordering::Greater,
            ),
            (
                "integer",
                "",
                "-9223372036854775808",
                "-9223372036854779904",
                Ordering::Less,
            ),
            ("integer", "", "1e18", "1e19", Ordering::Greater),
            ("integer", "", "2.5", "1e300", Ordering::Greater),
            (
                "integer",
                "uint64",
                "18446744073709551615",
                "18446744073709551616",
                Ordering::Greater,
            ),
            ("integer", "uint64", "0", "-1", Ordering::Less),
            ("number", "int32", "2.5", "1e10", Ordering::Greater),
            ("number", "float", "3e38", "1e39", Ordering::Greater),
            ("number", "float", "1.5", "-1e39", Ordering::Less),
        ] {
            assert_eq!(beside(typ, format, inside), Ordering::Equal, "{inside}");
            assert_eq!(beside(typ, format, beyond), side, "{typ} {format} {beyond}");
        }
        for format in ["", "double"] {
            assert_eq!(beside("number", format, "1e300"), Ordering::Equal);
        }
    }
}

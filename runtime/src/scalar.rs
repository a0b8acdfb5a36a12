//! The scalar that a node is.
//!
//! A parameter or a form gives text without a type ([`Node::Text`]). What scalar it stands for is decided in one place,
//! here, so that the rules and the types never disagree about it: a number is written as JSON writes it (no leading
//! `+`, no leading zeros, no `NaN`), an integer has no fraction and no exponent, a boolean is `true` or `false`.

use serde_json::Number;

use crate::json::Node;

impl Node<'_> {
    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Node::String(text) | Node::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Node::Boolean(value) => Some(*value),
            Node::Text(text) => boolean(text),
            _ => None,
        }
    }

    /// The value of a number.
    pub fn as_number(&self) -> Option<Number> {
        match self {
            Node::Number(value) => Some(value.clone()),
            Node::Text(text) => number(text),
            _ => None,
        }
    }

    /// The value of a whole number that 64 bits hold. `5.0` is one in JSON, and is not in a text.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Node::Number(value) => whole(value),
            Node::Text(text) => integer(text).and_then(|value| value.as_i64()),
            _ => None,
        }
    }

    /// The value of a whole number that 64 bits without a sign hold. `5.0` is one in JSON, and is not in a text.
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Node::Number(value) => unsigned(value),
            Node::Text(text) => integer(text).and_then(|value| value.as_u64()),
            _ => None,
        }
    }
}

/// The number as a `u64`, if it is exactly one.
pub(crate) fn unsigned(number: &Number) -> Option<u64> {
    if let Some(value) = number.as_u64() {
        return Some(value);
    }
    let value = number.as_f64()?;
    // 2^64 is the first one above the range.
    let limit = 18_446_744_073_709_551_616.0;
    (value.fract() == 0.0 && (0.0..limit).contains(&value)).then_some(value as u64)
}

/// The boolean that a text stands for.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// The number that a text stands for.
pub(crate) fn number(text: &str) -> Option<Number> {
    // What serde_json takes beside a number is white space around it.
    if !text.starts_with(|c: char| c == '-' || c.is_ascii_digit())
        || !text.ends_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    serde_json::from_str(text).ok()
}

/// The integer that a text stands for, also where 64 bits do not hold it: then it is a float.
pub(crate) fn integer(text: &str) -> Option<Number> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    number(text).map(|value| match whole(&value) {
        // Also makes `-0`, which JSON readers take for a float, an integer.
        Some(whole) => whole.into(),
        None => value,
    })
}

/// The number as an `i64`, if it is exactly one.
pub(crate) fn whole(number: &Number) -> Option<i64> {
    if let Some(value) = number.as_i64() {
        return Some(value);
    }
    if number.is_u64() {
        return None;
    }
    let value = number.as_f64()?;
    // -2^63 is a float and 2^63 is the first one above the range.
    let limit = 9_223_372_036_854_775_808.0;
    (value.fract() == 0.0 && (-limit..limit).contains(&value)).then_some(value as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> Node<'_> {
        Node::Text(value.into())
    }

    #[test]
    fn a_text_is_a_number_only_as_json_writes_it() {
        for (value, expected) in [
            ("0", Some(0)),
            ("-0", Some(0)),
            ("12", Some(12)),
            ("-12", Some(-12)),
            ("9223372036854775807", Some(i64::MAX)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9223372036854775808", None),
            ("5.0", None),
            ("1e2", None),
            ("+1", None),
            ("01", None),
            ("-", None),
            ("", None),
            (" 1", None),
            ("1 ", None),
            ("1\n", None),
            ("0x10", None),
            ("NaN", None),
            ("１", None),
        ] {
            assert_eq!(text(value).as_i64(), expected, "{value:?}");
        }
        for (value, is_number) in [
            ("1.5", true),
            ("-1.5e+3", true),
            ("1e400", false),
            (".5", false),
            ("5.", false),
            ("inf", false),
            ("-Infinity", false),
            ("1_000", false),
            ("1,5", false),
        ] {
            assert_eq!(text(value).as_number().is_some(), is_number, "{value:?}");
        }
    }

    #[test]
    fn a_text_is_a_boolean_only_as_json_writes_it() {
        assert_eq!(text("true").as_bool(), Some(true));
        assert_eq!(text("false").as_bool(), Some(false));
        for value in ["True", "1", "yes", "", " true"] {
            assert_eq!(text(value).as_bool(), None, "{value:?}");
        }
    }

    #[test]
    fn json_writes_whole_numbers_in_several_ways() {
        for (json, expected) in [
            ("5", Some(5)),
            ("5.0", Some(5)),
            ("5e0", Some(5)),
            ("-0", Some(0)),
            ("-0.0", Some(0)),
            ("5.5", None),
            ("1e18", Some(1_000_000_000_000_000_000)),
            ("1e19", None),
            ("-9223372036854775808.0", Some(i64::MIN)),
            ("9223372036854775807", Some(i64::MAX)),
            ("9223372036854775808", None),
            ("9223372036854775807.0", None),
            ("\"5\"", None),
        ] {
            let node = Node::parse(json.as_bytes()).unwrap();
            assert_eq!(node.as_i64(), expected, "{json}");
        }
    }
}

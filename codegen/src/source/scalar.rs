//! What a plain YAML scalar is, by the core schema of YAML 1.2.
//!
//! `yes`, `no`, `on`, `off`, `1_000`, `12:30` and dates are texts: they had other meanings in YAML 1.1 only.

use serde_json::Number;

/// What a plain scalar stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number that is held exactly, or as the nearest double of something with a fraction or an exponent.
    Number(Number),
    /// An integer that is wider than 64 bits: the nearest double.
    Rounded(Number),
    /// A number that JSON cannot hold.
    NotJson,
    /// A text.
    Text,
}

/// Resolves a plain scalar.
#[must_use]
pub fn resolve(text: &str) -> Scalar {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Scalar::Null,
        "true" | "True" | "TRUE" => return Scalar::Bool(true),
        "false" | "False" | "FALSE" => return Scalar::Bool(false),
        _ => {}
    }
    if !text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) {
        return Scalar::Text;
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Scalar::NotJson;
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            return based(digits, radix);
        }
    }
    number(text, unsigned)
}

fn based(digits: &str, radix: u32) -> Scalar {
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return Scalar::Text;
    }
    match u64::from_str_radix(digits, radix) {
        Ok(value) => Scalar::Number(value.into()),
        Err(_) => Scalar::NotJson,
    }
}

fn number(text: &str, unsigned: &str) -> Scalar {
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let exponent_digits =
        exponent.map(|exponent| exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
    let is_number = digits(whole)
        && digits(fraction.unwrap_or_default())
        && !(whole.is_empty() && fraction.unwrap_or_default().is_empty())
        && exponent_digits.is_none_or(|part| !part.is_empty() && digits(part));
    if !is_number {
        return Scalar::Text;
    }
    if fraction.is_none() && exponent.is_none() {
        let plain = text.strip_prefix('+').unwrap_or(text);
        if let Ok(value) = plain.parse::<u64>() {
            return Scalar::Number(value.into());
        }
        if let Ok(value) = plain.parse::<i64>() {
            return Scalar::Number(value.into());
        }
        return match nearest(plain) {
            Some(number) => Scalar::Rounded(number),
            None => Scalar::NotJson,
        };
    }
    nearest(text).map_or(Scalar::NotJson, Scalar::Number)
}

fn nearest(text: &str) -> Option<Number> {
    Number::from_f64(text.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_core_schema() {
        for text in [
            "yes",
            "on",
            "y",
            "1_000",
            "12:30",
            "2020-01-01",
            "0x",
            "0o8",
            ".",
            "-",
            "+",
            "1e",
            "e1",
            "--1",
            "0b1",
            "infinity",
            "nan",
            "1.2.3",
            "-0x1",
        ] {
            assert_eq!(resolve(text), Scalar::Text, "{text}");
        }
        for (text, value) in [("1", 1), ("+1", 1), ("0x1F", 31), ("0o17", 15), ("007", 7)] {
            assert_eq!(resolve(text), Scalar::Number(value.into()), "{text}");
        }
        assert_eq!(
            resolve("-9223372036854775808"),
            Scalar::Number(i64::MIN.into())
        );
        assert_eq!(
            resolve("18446744073709551615"),
            Scalar::Number(u64::MAX.into())
        );
        assert!(matches!(
            resolve("18446744073709551616"),
            Scalar::Rounded(_)
        ));
        assert_eq!(
            resolve(".5"),
            Scalar::Number(Number::from_f64(0.5).unwrap())
        );
        assert_eq!(
            resolve("5."),
            Scalar::Number(Number::from_f64(5.0).unwrap())
        );
        assert_eq!(resolve("1e999"), Scalar::NotJson);
        assert_eq!(resolve("-.inf"), Scalar::NotJson);
        assert_eq!(resolve("~"), Scalar::Null);
    }
}

//! Scalars. Each takes exactly what its rules let through, whether it came as JSON or as text.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Number;
use uuid::Uuid;

use super::{Decode, DecodeError};
use crate::json::Node;
use crate::schema::format;
use crate::values::{Base64, Ipv4Addr, Ipv6Addr, Nullable, Password};

impl Decode for bool {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        node.as_bool().ok_or_else(|| DecodeError::new("a boolean"))
    }
}

impl Decode for i64 {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        node.as_i64()
            .ok_or_else(|| DecodeError::new("an integer that fits 64 bits"))
    }
}

impl Decode for u64 {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        node.as_u64()
            .ok_or_else(|| DecodeError::new("an integer from 0 that fits 64 bits"))
    }
}

impl Decode for i32 {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        node.as_i64()
            .and_then(|value| value.try_into().ok())
            .ok_or_else(|| DecodeError::new("an integer that fits 32 bits"))
    }
}

/// The nearest one.
impl Decode for f64 {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        node.as_number()
            .and_then(|value| Number::as_f64(&value))
            .ok_or_else(|| DecodeError::new("a number"))
    }
}

/// The nearest one, which must not be infinite.
impl Decode for f32 {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        let value = f64::decode(node)? as f32;
        value
            .is_finite()
            .then_some(value)
            .ok_or_else(|| DecodeError::new("a number that fits a 32-bit float"))
    }
}

/// A string that is something else in a type of its own.
fn text<T>(
    node: &Node<'_>,
    expected: &'static str,
    make: impl FnOnce(&str) -> Option<T>,
) -> Result<T, DecodeError> {
    node.as_str()
        .and_then(make)
        .ok_or_else(|| DecodeError::new(expected))
}

impl Decode for String {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        text(node, "a string", |text| Some(text.to_owned()))
    }
}

impl Decode for Password {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        text(node, "a string", |text| Some(Password::new(text)))
    }
}

impl Decode for Uuid {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        text(node, "a UUID with hyphens", |text| {
            // The crate also takes braces, URNs and no hyphens.
            format::is_uuid(text).then(|| Uuid::try_parse(text).ok())?
        })
    }
}

impl Decode for NaiveDate {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        text(node, "a date (YYYY-MM-DD)", format::date)
    }
}

impl Decode for DateTime<Utc> {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        text(node, "a date and time with offset (RFC 3339)", |text| {
            // The crate also takes a space instead of the T.
            let time = format::is_date_time(text).then(|| DateTime::parse_from_rfc3339(text).ok());
            Some(time??.to_utc())
        })
    }
}

impl Decode for Ipv4Addr {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        text(node, "an IPv4 address", |text| text.parse().ok())
    }
}

impl Decode for Ipv6Addr {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        text(node, "an IPv6 address", |text| text.parse().ok())
    }
}

impl Decode for Base64 {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        text(node, "base64 with padding", |text| {
            format::base64(text).map(Base64)
        })
    }
}

impl<T: Decode> Decode for Nullable<T> {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        match node {
            Node::Null => Ok(Nullable::Null),
            node => T::decode(node).map(Nullable::Value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Debug;

    fn json<T: Decode>(text: &str) -> Option<T> {
        T::decode(&Node::parse(text.as_bytes()).unwrap()).ok()
    }

    fn both<T: Decode + PartialEq + Debug>(value: &str) -> Option<T> {
        let from_text = T::decode(&Node::Text(value.into())).ok();
        let from_string = T::decode(&Node::String(value.into())).ok();
        assert_eq!(from_text, from_string, "{value}");
        from_text
    }

    #[test]
    fn numbers() {
        assert_eq!(json::<i64>("5.0"), Some(5));
        assert_eq!(json::<i64>("5.5"), None);
        assert_eq!(json::<i64>("\"5\""), None);
        assert_eq!(json::<i32>("2147483647"), Some(i32::MAX));
        assert_eq!(json::<i32>("2147483648"), None);
        assert_eq!(json::<u64>("18446744073709551615"), Some(u64::MAX));
        assert_eq!(json::<u64>("5.0"), Some(5));
        assert_eq!(json::<u64>("1e19"), Some(10_000_000_000_000_000_000));
        for beyond in ["18446744073709551616", "-1", "-0.5", "1e300"] {
            assert_eq!(json::<u64>(beyond), None, "{beyond}");
        }
        assert_eq!(json::<f64>("1"), Some(1.0));
        assert_eq!(json::<f32>("0.1"), Some(0.1));
        assert_eq!(json::<f32>("1e39"), None);
        assert_eq!(json::<bool>("true"), Some(true));
        assert_eq!(json::<bool>("1"), None);
    }

    #[test]
    fn strings() {
        assert_eq!(both::<String>("5"), Some("5".to_owned()));
        assert_eq!(both::<Ipv4Addr>("127.0.0.1"), Some(Ipv4Addr::LOCALHOST));
        assert_eq!(both::<Ipv6Addr>("::1"), Some(Ipv6Addr::LOCALHOST));
        assert_eq!(both::<Base64>("AAE="), Some(Base64(vec![0, 1])));
        assert_eq!(both::<Uuid>("{00000000-0000-0000-0000-000000000000}"), None);
        assert_eq!(
            both::<Uuid>("00000000-0000-0000-0000-000000000000"),
            Some(Uuid::nil())
        );
        assert_eq!(both::<NaiveDate>("2023-02-29"), None);
        assert_eq!(
            both::<NaiveDate>("2024-02-29"),
            NaiveDate::from_ymd_opt(2024, 2, 29)
        );
        assert_eq!(json::<String>("5"), None);
    }

    #[test]
    fn every_valid_time_is_one() {
        for (value, expected) in [
            ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00+00:00"),
            ("2024-02-29t01:00:00z", "2024-02-29T01:00:00+00:00"),
            ("2024-02-29T01:00:00+01:30", "2024-02-28T23:30:00+00:00"),
            ("2024-02-29T01:00:00-00:00", "2024-02-29T01:00:00+00:00"),
            ("2024-02-29T01:00:00-23:59", "2024-03-01T00:59:00+00:00"),
            (
                "2024-02-29T01:00:00.1234567890123Z",
                "2024-02-29T01:00:00.123456789+00:00",
            ),
            (
                "1998-12-31T15:59:60.5-08:00",
                "1998-12-31T23:59:60.500+00:00",
            ),
            ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59+00:00"),
        ] {
            let time = both::<DateTime<Utc>>(value).map(|time| time.to_rfc3339());
            assert_eq!(time.as_deref(), Some(expected), "{value}");
        }
        for value in ["0000-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"] {
            assert!(both::<DateTime<Utc>>(value).is_some(), "{value}");
        }
        assert_eq!(both::<DateTime<Utc>>("2024-02-29 00:00:00Z"), None);
    }

    #[test]
    fn null_is_not_absence() {
        assert_eq!(json::<Nullable<bool>>("null"), Some(Nullable::Null));
        assert_eq!(json::<Nullable<bool>>("true"), Some(Nullable::Value(true)));
        assert_eq!(json::<Nullable<bool>>("1"), None);
        assert_eq!(json::<bool>("null"), None);
    }
}

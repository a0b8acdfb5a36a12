//! Readers of JSON for what vendors write in more than one way.

use chrono::{DateTime, Utc};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A text, or a number as its text.
pub(super) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    as_text(&Value::deserialize(from)?).ok_or_else(|| D::Error::custom("not a text or a number"))
}

/// The same where it may be null. With `#[serde(default)]`, it may be missing.
pub(super) fn maybe_text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    match Value::deserialize(from)? {
        Value::Null => Ok(None),
        value => as_text(&value)
            .map(Some)
            .ok_or_else(|| D::Error::custom("not a text, a number or null")),
    }
}

/// An integer, or its text.
pub(super) fn integer<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
    as_integer(&Value::deserialize(from)?).ok_or_else(|| D::Error::custom("not an integer"))
}

/// A time in milliseconds since 1970, as a text or an integer.
pub(super) fn time<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime<Utc>, D::Error> {
    as_time(&Value::deserialize(from)?)
        .ok_or_else(|| D::Error::custom("not a time in milliseconds"))
}

/// The same where it may be null. With `#[serde(default)]`, it may be missing.
pub(super) fn maybe_time<'de, D>(from: D) -> Result<Option<DateTime<Utc>>, D::Error>
where
    D: Deserializer<'de>,
{
    match Value::deserialize(from)? {
        Value::Null => Ok(None),
        value => as_time(&value)
            .map(Some)
            .ok_or_else(|| D::Error::custom("not a time in milliseconds, or null")),
    }
}

/// What may be null, which is the same as nothing. With `#[serde(default)]`, it may be missing.
pub(super) fn or_default<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

pub(crate) fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

pub(super) fn as_integer(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        _ => value.as_i64(),
    }
}

fn as_time(value: &Value) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(as_integer(value)?)
}

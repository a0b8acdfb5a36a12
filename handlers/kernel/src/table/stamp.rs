//! Times as the table keeps them: RFC 3339, UTC, always with three digits of a second.
//!
//! Keys and conditions compare times as strings, so every time must have the same width: in the format
//! that chrono serializes by default, `…:00Z` would sort after `…:00.500Z`. Use this module in
//! entities as `#[serde(with = "civicforge_kernel::table::stamp")]`, and [`option`] for an optional time.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serializer, de};

/// A time as a string that sorts as the time does (for the years 0 to 9999).
pub fn format(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// A time in whole seconds since 1970, as the `ttl` attribute wants it.
pub fn epoch_seconds(time: DateTime<Utc>) -> i64 {
    time.timestamp()
}

/// Cut a time to what the table keeps, so that a time compares equal before and after a round trip.
pub fn truncate(time: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(time.timestamp_millis()).unwrap_or(time)
}

/// For `#[serde(with)]`.
pub fn serialize<S: Serializer>(time: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&format(*time))
}

/// For `#[serde(with)]`.
pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime<Utc>, D::Error> {
    let text = String::deserialize(from)?;
    DateTime::parse_from_rfc3339(&text)
        .map(|time| time.with_timezone(&Utc))
        .map_err(|e| de::Error::custom(format!("`{text}` is not a time: {e}")))
}

/// The same for an optional time; add `#[serde(default)]`, because an absent time is an absent attribute.
pub mod option {
    use super::{DateTime, Deserialize, Deserializer, Serializer, Utc};

    /// For `#[serde(with)]`.
    pub fn serialize<S: Serializer>(
        time: &Option<DateTime<Utc>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => super::serialize(time, serializer),
            None => serializer.serialize_none(),
        }
    }

    /// For `#[serde(with)]`.
    pub fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<DateTime<Utc>>, D::Error> {
        #[derive(Deserialize)]
        struct Stamp(#[serde(with = "super")] DateTime<Utc>);
        Ok(Option::<Stamp>::deserialize(from)?.map(|stamp| stamp.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(serde::Serialize, serde::Deserialize, PartialEq, Debug)]
    struct Times {
        #[serde(with = "super")]
        at: DateTime<Utc>,
        #[serde(with = "super::option", default)]
        maybe: Option<DateTime<Utc>>,
    }

    proptest! {
        #[test]
        fn strings_sort_as_times_do(a in 0i64..253_402_300_799_999, b in 0i64..253_402_300_799_999) {
            let [a, b] = [a, b].map(|ms| DateTime::from_timestamp_millis(ms).unwrap());
            prop_assert_eq!(format(a).cmp(&format(b)), a.cmp(&b));
        }
    }

    #[test]
    fn a_time_survives_an_item() {
        for maybe in [None, Some(truncate(Utc::now()))] {
            let times = Times {
                at: truncate(Utc::now()),
                maybe,
            };
            let item: super::super::Item = serde_dynamo::to_item(&times).unwrap();
            assert_eq!(times, serde_dynamo::from_item(item).unwrap());
        }
        let absent: Times = serde_json::from_str(r#"{"at":"2026-01-02T03:04:05.006Z"}"#).unwrap();
        assert_eq!(absent.maybe, None);
    }
}

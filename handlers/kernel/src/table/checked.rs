//! For `#[serde(deserialize_with)]` in items of the table: a value of a type of the contract, which has rules of its own.

use std::fmt::Display;

use serde::{Deserialize, Deserializer, de};

/// Reads the value, and holds it against its rules.
///
/// # Errors
///
/// There is another kind of value, or it breaks a rule.
pub fn checked<'de, D, V, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    V: Deserialize<'de>,
    T: TryFrom<V, Error: Display>,
{
    T::try_from(V::deserialize(from)?).map_err(de::Error::custom)
}

//! For `#[serde(with)]` in items of the table: a value that is kept as its name. What the rules of a feature work with knows nothing of
//! serialization.

use serde::{Deserialize, Deserializer, Serializer, de};

/// Something of which there are few, each with a name.
pub trait Named: Copy + 'static {
    /// All of them.
    const ALL: &'static [Self];

    /// Its name, which no other has.
    fn name(self) -> &'static str;
}

/// For `#[serde(with)]`.
///
/// # Errors
///
/// Those of the serializer.
pub fn serialize<T: Named, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(value.name())
}

/// For `#[serde(with)]`.
///
/// # Errors
///
/// There is no text, or it is the name of none.
pub fn deserialize<'de, T: Named, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let text = String::deserialize(from)?;
    let found = T::ALL.iter().find(|one| one.name() == text);
    found
        .copied()
        .ok_or_else(|| de::Error::custom(format!("`{text}` is none of the names")))
}

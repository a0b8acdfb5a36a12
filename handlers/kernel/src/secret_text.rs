//! Texts that must not get into a log.

use zeroize::Zeroizing;

/// A text that is not printed.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText(Zeroizing<String>);

impl SecretText {
    /// Takes the text in.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for SecretText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[redacted]")
    }
}

/// For `#[serde(with)]` in items of the table: the text itself. It has no serialization of its own, so that it gets nowhere else.
pub mod stored {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::SecretText;

    /// For `#[serde(with)]`.
    pub fn serialize<S: Serializer>(text: &SecretText, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(text.expose())
    }

    /// For `#[serde(with)]`.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<SecretText, D::Error> {
        String::deserialize(from).map(SecretText::new)
    }
}

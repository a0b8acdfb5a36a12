//! What `configured.toml` names: types in place of generated ones, and the runtime by another path.

use std::fmt;
use std::str::FromStr;

use civicforge_runtime::decode::{Decode, DecodeError};
use civicforge_runtime::decode_deserialized;
use civicforge_runtime::json::Node;
use serde::{Deserialize, Serialize, Serializer};

/// The runtime, by another path.
pub mod runtime {
    pub use civicforge_runtime::rt;
}

/// An amount of a currency. It is read as serde does it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// The amount.
    pub amount: String,
    /// The code of the currency.
    pub currency: String,
}

decode_deserialized!(Money: "an amount of a currency");

/// A decimal number, as hundredths. It has a `Decode` of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal(pub i64);

impl FromStr for Decimal {
    type Err = DecodeError;

    fn from_str(text: &str) -> Result<Self, DecodeError> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "00"));
        let digits = format!("{whole}{part}");
        let hundredths = digits.parse().ok().filter(|_| part.len() == 2);
        let error = DecodeError::new("a number with two decimal places");
        hundredths.map(Decimal).ok_or(error)
    }
}

impl Decode for Decimal {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        node.as_str().unwrap_or_default().parse()
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0.abs() % 100)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use std::borrow::Cow;
use std::fmt::{Display, Formatter};
use std::str::FromStr;
use civicforge_runtime::decode::{Decode, Mismatch, UnknownValue};
use civicforge_runtime::json::Node;
use serde::{Serialize, Serializer};

/// One of the values that the contract lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GetMeTheme {
    /// `light`.
    Light,
    /// `dark`.
    Dark,
}

impl GetMeTheme {
    /// Every value, in the order of the contract.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];
}

impl GetMeTheme {
    /// The value on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Display for GetMeTheme {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<GetMeTheme> for Cow<'static, str> {
    fn from(value: GetMeTheme) -> Self {
        Cow::Borrowed(value.as_str())
    }
}

impl FromStr for GetMeTheme {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        Self::ALL.into_iter().find(|known| known.as_str() == text).ok_or(UnknownValue)
    }
}

impl Serialize for GetMeTheme {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Decode for GetMeTheme {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        node.as_str()
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| Mismatch::new("one of the values that the contract lists"))
    }
}

civicforge_runtime::deserialize_decoded! {
    GetMeTheme
}

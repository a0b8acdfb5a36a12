// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use std::borrow::Cow;
use std::fmt::{Display, Formatter};
use std::str::FromStr;
use civicforge_runtime::decode::{Decode, Members, Mismatch, UnknownValue};
use civicforge_runtime::json::Node;
use serde::{Serialize, Serializer};

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Merged {
    /// `on`.
    pub on: MergedOn,
    /// `time`.
    ///
    /// Where it is absent: `"12:30:45"`.
    pub time: String,
    /// `date`.
    ///
    /// Where it is absent: `"2020-01-01"`.
    pub date: String,
    /// `hex`.
    ///
    /// Where it is absent: `31`.
    pub hex: i64,
    /// `octal`.
    ///
    /// Where it is absent: `15`.
    pub octal: i64,
    /// `leading`.
    ///
    /// Where it is absent: `10`.
    pub leading: i64,
    /// `tagged`.
    ///
    /// Where it is absent: `"123"`.
    pub tagged: String,
}

impl Decode for Merged {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            on: members.required("on")?,
            time: members.optional("time")?.unwrap_or_else(|| "12:30:45".to_owned()),
            date: members.optional("date")?.unwrap_or_else(|| "2020-01-01".to_owned()),
            hex: members.optional("hex")?.unwrap_or(31),
            octal: members.optional("octal")?.unwrap_or(15),
            leading: members.optional("leading")?.unwrap_or(10),
            tagged: members.optional("tagged")?.unwrap_or_else(|| "123".to_owned()),
        })
    }
}

/// One of the values that the contract lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MergedOn {
    /// `yes`.
    Yes,
    /// `no`.
    No,
    /// `on`.
    On,
    /// `off`.
    Off,
    /// `y`.
    Y,
    /// `n`.
    N,
}

impl MergedOn {
    /// Every value, in the order of the contract.
    pub const ALL: [Self; 6] = [
        Self::Yes,
        Self::No,
        Self::On,
        Self::Off,
        Self::Y,
        Self::N,
    ];
}

impl MergedOn {
    /// The value on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::On => "on",
            Self::Off => "off",
            Self::Y => "y",
            Self::N => "n",
        }
    }
}

impl Display for MergedOn {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<MergedOn> for Cow<'static, str> {
    fn from(value: MergedOn) -> Self {
        Cow::Borrowed(value.as_str())
    }
}

impl FromStr for MergedOn {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        Self::ALL.into_iter().find(|known| known.as_str() == text).ok_or(UnknownValue)
    }
}

impl Serialize for MergedOn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Decode for MergedOn {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        node.as_str()
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| Mismatch::new("one of the values that the contract lists"))
    }
}

civicforge_runtime::deserialize_decoded! {
    Merged, MergedOn
}

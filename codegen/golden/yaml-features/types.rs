// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use civicforge_runtime::decode::{Decode, Members, Mismatch};
use civicforge_runtime::json::Node;
use serde::Serialize;

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

civicforge_runtime::string_enum!(
    MergedOn { Yes = "yes", No = "no", On = "on", Off = "off", Y = "y", N = "n" }
);

civicforge_runtime::deserialize_decoded! {
    Merged, MergedOn
}

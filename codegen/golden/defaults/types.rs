// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use civicforge_runtime::values::{DateTime, Utc, Uuid};
use civicforge_runtime::decode::{Decode, Members, Mismatch};
use civicforge_runtime::json::Node;
use serde::Serialize;

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Defaults {
    /// `certain`.
    pub certain: String,
    /// `text`.
    ///
    /// Where it is absent: `"a"`.
    pub text: String,
    /// `whole`.
    ///
    /// Where it is absent: `5`.
    pub whole: i32,
    /// `real`.
    ///
    /// Where it is absent: `1`.
    pub real: f64,
    /// `truth`.
    ///
    /// Where it is absent: `true`.
    pub truth: bool,
    /// `list`.
    ///
    /// Where it is absent: `["a"]`.
    pub list: Vec<String>,
    /// `object`.
    ///
    /// Where it is absent: `{"a":"b"}`.
    pub object: DefaultsObject,
    /// `level`.
    ///
    /// Where it is absent: `"low"`.
    pub level: Level,
    /// `wrapped`.
    ///
    /// Where it is absent: `"high"`.
    pub wrapped: Level,
    /// `inherited`.
    ///
    /// Where it is absent: `"low"`.
    pub inherited: Level,
    /// `when`.
    ///
    /// Where it is absent: `"2020-02-29T23:59:60Z"`.
    pub when: DateTime<Utc>,
    /// `id`.
    ///
    /// Where it is absent: `"6f1d3f0e-0000-4000-8000-000000000000"`.
    pub id: Uuid,
}

impl Decode for Defaults {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            certain: members.required("certain")?,
            text: members.optional("text")?.unwrap_or_else(|| "a".to_owned()),
            whole: members.optional("whole")?.unwrap_or(5),
            real: members.optional("real")?.unwrap_or(1.0),
            truth: members.optional("truth")?.unwrap_or(true),
            list: members.optional_or("list", "[\"a\"]")?,
            object: members.optional_or("object", "{\"a\":\"b\"}")?,
            level: members.optional("level")?.unwrap_or(Level::Low),
            wrapped: members.optional("wrapped")?.unwrap_or(Level::High),
            inherited: members.optional("inherited")?.unwrap_or(Level::Low),
            when: members.optional_or("when", "\"2020-02-29T23:59:60Z\"")?,
            id: members.optional_or("id", "\"6f1d3f0e-0000-4000-8000-000000000000\"")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DefaultsObject {
    /// `a`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a: Option<String>,
}

impl Decode for DefaultsObject {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self { a: members.optional("a")? })
    }
}

/// One of the values that the contract lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// `low`.
    Low,
    /// `high`.
    High,
}

civicforge_runtime::string_enum!(Level { Low = "low", High = "high" });

civicforge_runtime::deserialize_decoded! {
    Defaults, DefaultsObject, Level
}

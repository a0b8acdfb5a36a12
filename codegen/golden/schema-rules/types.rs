// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use std::collections::BTreeMap;
use civicforge_runtime::values::{Map, Value};
use civicforge_runtime::decode::{Decode, Members, Mismatch};
use civicforge_runtime::json::Node;
use serde::Serialize;

/// One of the values that the contract lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// `1`.
    Value1,
    /// `2`.
    Value2,
    /// `-1`.
    ValueMinus1,
}

civicforge_runtime::integer_enum!(Level { Value1 = 1, Value2 = 2, ValueMinus1 = - 1 });

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rules {
    /// `text`.
    pub text: String,
    /// `whole`.
    pub whole: i64,
    /// `real`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub real: Option<f64>,
    /// `list`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<Vec<String>>,
    /// `anything`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anything: Option<Value>,
    /// `not`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not: Option<Value>,
    /// `mixed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mixed: Option<Value>,
    /// `few`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub few: Option<f64>,
    /// `truth`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truth: Option<bool>,
    /// `closed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<RulesClosed>,
    /// `nothing`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nothing: Option<RulesNothing>,
    /// `open`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<RulesOpen>,
    /// `typed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typed: Option<RulesTyped>,
    /// `map`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub map: Option<BTreeMap<String, Level>>,
    /// `free`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub free: Option<Map<String, Value>>,
    /// `demanding`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub demanding: Option<RulesDemanding>,
    /// `untyped`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub untyped: Option<Value>,
}

impl Decode for Rules {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            text: members.required("text")?,
            whole: members.required("whole")?,
            real: members.optional("real")?,
            list: members.optional("list")?,
            anything: members.optional("anything")?,
            not: members.optional("not")?,
            mixed: members.optional("mixed")?,
            few: members.optional("few")?,
            truth: members.optional("truth")?,
            closed: members.optional("closed")?,
            nothing: members.optional("nothing")?,
            open: members.optional("open")?,
            typed: members.optional("typed")?,
            map: members.optional("map")?,
            free: members.optional("free")?,
            demanding: members.optional("demanding")?,
            untyped: members.optional("untyped")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RulesClosed {
    /// `a`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a: Option<String>,
}

impl Decode for RulesClosed {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self { a: members.optional("a")? })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RulesDemanding {
    /// `a`.
    pub a: String,
    /// `b`.
    pub b: Value,
}

impl Decode for RulesDemanding {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            a: members.required("a")?,
            b: members.required("b")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RulesNothing {}

impl Decode for RulesNothing {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Members::of(node)?;
        Ok(Self {})
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RulesOpen {
    /// `a`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a: Option<String>,
    /// The properties that have no field of their own.
    #[serde(flatten)]
    pub additional_properties: BTreeMap<String, Value>,
}

impl Decode for RulesOpen {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            a: members.optional("a")?,
            additional_properties: members.others(&["a"])?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RulesTyped {
    /// `a`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a: Option<String>,
    /// The properties that have no field of their own.
    #[serde(flatten)]
    pub additional_properties: BTreeMap<String, i64>,
}

impl Decode for RulesTyped {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            a: members.optional("a")?,
            additional_properties: members.others(&["a"])?,
        })
    }
}

civicforge_runtime::deserialize_decoded! {
    Level, Rules, RulesClosed, RulesDemanding, RulesNothing, RulesOpen, RulesTyped
}

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use civicforge_runtime::values::{Nullable, Value};
use std::ops::Deref;
use civicforge_runtime::decode::{Decode, Invalid, Members, Mismatch};
use civicforge_runtime::json::Node;
use serde::Serialize;
use super::schemas;

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Certain {
    /// `d`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub d: Option<String>,
}

impl Decode for Certain {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self { d: members.optional("d")? })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Holder {
    /// `implied`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub implied: Option<Implied>,
    /// `merged`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged: Option<Merged>,
    /// `anything`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anything: Option<Nullable<Rules>>,
}

impl Decode for Holder {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            implied: members.optional("implied")?,
            merged: members.optional("merged")?,
            anything: members.optional("anything")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Implied {
    /// `a`.
    pub a: String,
}

impl Decode for Implied {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self { a: members.required("a")? })
    }
}

/// A value with the rules of its schema.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct ListOfAnything(Vec<Value>);

impl ListOfAnything {
    /// What it holds.
    pub fn into_inner(self) -> Vec<Value> {
        self.0
    }
}

impl Deref for ListOfAnything {
    type Target = Vec<Value>;

    fn deref(&self) -> &Vec<Value> {
        &self.0
    }
}

impl From<Vec<Value>> for ListOfAnything {
    fn from(value: Vec<Value>) -> Self {
        ListOfAnything(value)
    }
}

impl Decode for ListOfAnything {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(ListOfAnything)
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Merged {
    /// `b`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub b: Option<String>,
    /// `c`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub c: Option<String>,
}

impl Decode for Merged {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            b: members.optional("b")?,
            c: members.optional("c")?,
        })
    }
}

/// A value with the rules of its schema.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Rules(Value);

impl Rules {
    /// What it holds.
    pub fn into_inner(self) -> Value {
        self.0
    }
}

impl Deref for Rules {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.0
    }
}

impl TryFrom<Value> for Rules {
    type Error = Invalid;

    fn try_from(value: Value) -> Result<Self, Invalid> {
        Invalid::check(&value, &schemas::RULES)?;
        Ok(Rules(value))
    }
}

impl Decode for Rules {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(Rules)
    }
}

civicforge_runtime::deserialize_decoded! {
    Certain, Holder, Implied, ListOfAnything, Merged, Rules
}

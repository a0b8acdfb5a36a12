// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use std::collections::BTreeMap;
use civicforge_runtime::values::Nullable;
use std::ops::Deref;
use civicforge_runtime::decode::{Decode, Invalid, Members, Mismatch};
use civicforge_runtime::json::Node;
use civicforge_runtime::schema::Direction;
use serde::Serialize;
use super::schemas;

/// A value with the rules of its schema.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Bush(BTreeMap<String, Bush>);

impl Bush {
    /// What it holds.
    pub fn into_inner(self) -> BTreeMap<String, Bush> {
        self.0
    }
}

impl Deref for Bush {
    type Target = BTreeMap<String, Bush>;

    fn deref(&self) -> &BTreeMap<String, Bush> {
        &self.0
    }
}

impl TryFrom<BTreeMap<String, Bush>> for Bush {
    type Error = Invalid;

    fn try_from(value: BTreeMap<String, Bush>) -> Result<Self, Invalid> {
        Invalid::check(&value, &schemas::BUSH)?;
        Ok(Bush(value))
    }
}

impl Decode for Bush {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(Bush)
    }
}

/// One of several alternatives.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Expression {
    /// `Int64`.
    Int64(i64),
    /// `Negation`.
    Negation(Box<Negation>),
}

impl Decode for Expression {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        if schemas::EXPRESSION__INT64.is_valid(node, Direction::Request) {
            return Decode::decode(node).map(Self::Int64);
        }
        if schemas::NEGATION.is_valid(node, Direction::Request) {
            return Decode::decode(node).map(Self::Negation);
        }
        Err(Mismatch::new("one of the alternatives that the contract lists"))
    }
}

/// One of several alternatives.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Json {
    /// `Boolean`.
    Boolean(bool),
    /// `Double`.
    Double(f64),
    /// `String`.
    String(String),
    /// `Array`.
    Array(Vec<Nullable<Json>>),
    /// `Map`.
    Map(BTreeMap<String, Nullable<Json>>),
}

impl Decode for Json {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        if schemas::JSON__BOOLEAN.is_valid(node, Direction::Request) {
            return Decode::decode(node).map(Self::Boolean);
        }
        if schemas::JSON__DOUBLE.is_valid(node, Direction::Request) {
            return Decode::decode(node).map(Self::Double);
        }
        if schemas::JSON__STRING.is_valid(node, Direction::Request) {
            return Decode::decode(node).map(Self::String);
        }
        if schemas::JSON__ARRAY.is_valid(node, Direction::Request) {
            return Decode::decode(node).map(Self::Array);
        }
        if schemas::JSON__MAP.is_valid(node, Direction::Request) {
            return Decode::decode(node).map(Self::Map);
        }
        Err(Mismatch::new("one of the alternatives that the contract lists"))
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct List {
    /// `next`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Box<List>>,
}

impl Decode for List {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            next: members.optional("next")?,
        })
    }
}

/// A value with the rules of its schema.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Lists(Vec<Lists>);

impl Lists {
    /// What it holds.
    pub fn into_inner(self) -> Vec<Lists> {
        self.0
    }
}

impl Deref for Lists {
    type Target = Vec<Lists>;

    fn deref(&self) -> &Vec<Lists> {
        &self.0
    }
}

impl TryFrom<Vec<Lists>> for Lists {
    type Error = Invalid;

    fn try_from(value: Vec<Lists>) -> Result<Self, Invalid> {
        Invalid::check(&value, &schemas::LISTS)?;
        Ok(Lists(value))
    }
}

impl Decode for Lists {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(Lists)
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Maybe {
    /// `next`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Nullable<Box<Maybe>>>,
}

impl Decode for Maybe {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            next: members.optional("next")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Negation {
    /// `of`.
    pub of: Box<Expression>,
}

impl Decode for Negation {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            of: members.required("of")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ping {
    /// `pong`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pong: Option<Box<Pong>>,
}

impl Decode for Ping {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            pong: members.optional("pong")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pong {
    /// `ping`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ping: Option<Box<Ping>>,
    /// `list`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<List>,
}

impl Decode for Pong {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            ping: members.optional("ping")?,
            list: members.optional("list")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tree {
    /// `children`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub children: Option<Vec<Tree>>,
}

impl Decode for Tree {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            children: members.optional("children")?,
        })
    }
}

civicforge_runtime::deserialize_decoded! {
    Bush, Expression, Json, List, Lists, Maybe, Negation, Ping, Pong, Tree
}

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use std::fmt::{Display, Formatter};
use std::ops::Deref;
use civicforge_runtime::decode::{Decode, Invalid, Members, Mismatch};
use civicforge_runtime::json::Node;
use serde::Serialize;
use super::schemas;

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Escaped {
    /// `a/b~c d`.
    #[serde(rename = "a/b~c d", skip_serializing_if = "Option::is_none")]
    pub a_b_c_d: Option<EscapedA1b0cD>,
    /// `again`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub again: Option<EscapedA1b0cD>,
}

impl Decode for Escaped {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            a_b_c_d: members.optional("a/b~c d")?,
            again: members.optional("again")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EscapedA1b0cD {
    /// `x`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x: Option<String>,
}

impl Decode for EscapedA1b0cD {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self { x: members.optional("x")? })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Failure {
    /// `label`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// `cause`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<Box<Failure>>,
}

impl Decode for Failure {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            label: members.optional("label")?,
            cause: members.optional("cause")?,
        })
    }
}

/// A value with the rules of its schema.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Label(String);

impl Label {
    /// What it holds.
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl Deref for Label {
    type Target = String;

    fn deref(&self) -> &String {
        &self.0
    }
}

impl Display for Label {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for Label {
    type Error = Invalid;

    fn try_from(value: String) -> Result<Self, Invalid> {
        Invalid::check(&value, &schemas::LABEL)?;
        Ok(Label(value))
    }
}

impl Decode for Label {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(Label)
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tag {
    /// `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Decode for Tag {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            name: members.optional("name")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tag2 {
    /// `kind`.
    pub kind: String,
}

impl Decode for Tag2 {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            kind: members.required("kind")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Thing {
    /// 😀 é
    pub name: String,
    /// `tags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag2>>,
}

impl Decode for Thing {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            name: members.required("name")?,
            tags: members.optional("tags")?,
        })
    }
}

/// One of several alternatives.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Union {
    /// Where the discriminator is `theirs`.
    Tag2(Tag2),
    /// Where the discriminator is `ours`.
    Tag(Tag),
}

impl Decode for Union {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        match node.get("kind").and_then(Node::as_str) {
            Some("theirs") => Decode::decode(node).map(Self::Tag2),
            Some("ours") => Decode::decode(node).map(Self::Tag),
            _ => Err(Mismatch::new("one of the alternatives that the contract lists")),
        }
    }
}

civicforge_runtime::deserialize_decoded! {
    Escaped, EscapedA1b0cD, Failure, Label, Tag, Tag2, Thing, Union
}

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use std::collections::BTreeMap;
use civicforge_runtime::values::{Map, Uuid, Value};
use std::fmt::{Display, Formatter};
use std::ops::Deref;
use civicforge_runtime::decode::{Decode, Invalid, Members, Mismatch};
use civicforge_runtime::json::Node;
use serde::Serialize;
use super::schemas;

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Base {
    /// `id`.
    pub id: Uuid,
    /// `note`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Decode for Base {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            id: members.required("id")?,
            note: members.optional("note")?,
        })
    }
}

/// A value with the rules of its schema.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Contradiction(Value);

impl Contradiction {
    /// What it holds.
    pub fn into_inner(self) -> Value {
        self.0
    }
}

impl Deref for Contradiction {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.0
    }
}

impl TryFrom<Value> for Contradiction {
    type Error = Invalid;

    fn try_from(value: Value) -> Result<Self, Invalid> {
        Invalid::check(&value, &schemas::CONTRADICTION)?;
        Ok(Contradiction(value))
    }
}

impl Decode for Contradiction {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(Contradiction)
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Deeper {
    /// `extra`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extra: Option<bool>,
    /// `id`.
    pub id: Uuid,
    /// `note`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `age`.
    pub age: i32,
}

impl Decode for Deeper {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            extra: members.optional("extra")?,
            id: members.required("id")?,
            note: members.optional("note")?,
            name: members.optional("name")?,
            age: members.required("age")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Derived {
    /// `id`.
    pub id: Uuid,
    /// `note`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `age`.
    pub age: i32,
}

impl Decode for Derived {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            id: members.required("id")?,
            note: members.optional("note")?,
            name: members.optional("name")?,
            age: members.required("age")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diamond {
    /// `id`.
    pub id: Uuid,
    /// `note`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `age`.
    pub age: i32,
}

impl Decode for Diamond {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            id: members.required("id")?,
            note: members.optional("note")?,
            name: members.optional("name")?,
            age: members.required("age")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Holder {
    /// A reference with prose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub described: Option<Base>,
    /// Only prose. The same type as Base.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<Base>,
    /// `reference`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<Base>,
}

impl Decode for Holder {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            described: members.optional("described")?,
            alias: members.optional("alias")?,
            reference: members.optional("reference")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Named {
    /// `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Decode for Named {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            name: members.optional("name")?,
        })
    }
}

/// A value with the rules of its schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Narrow(Uuid);

impl Narrow {
    /// What it holds.
    pub fn into_inner(self) -> Uuid {
        self.0
    }
}

impl Deref for Narrow {
    type Target = Uuid;

    fn deref(&self) -> &Uuid {
        &self.0
    }
}

impl Display for Narrow {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<Uuid> for Narrow {
    type Error = Invalid;

    fn try_from(value: Uuid) -> Result<Self, Invalid> {
        Invalid::check(&value, &schemas::NARROW)?;
        Ok(Narrow(value))
    }
}

impl Decode for Narrow {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(Narrow)
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Override {
    /// `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<OverrideName>,
}

impl Decode for Override {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            name: members.optional("name")?,
        })
    }
}

/// One of the values that the contract lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OverrideName {
    /// `ada`.
    Ada,
    /// `grace`.
    Grace,
}

civicforge_runtime::string_enum!(OverrideName { Ada = "ada", Grace = "grace" });

/// A value with the rules of its schema.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ShortText(String);

impl ShortText {
    /// What it holds.
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl Deref for ShortText {
    type Target = String;

    fn deref(&self) -> &String {
        &self.0
    }
}

impl Display for ShortText {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for ShortText {
    type Error = Invalid;

    fn try_from(value: String) -> Result<Self, Invalid> {
        Invalid::check(&value, &schemas::SHORT_TEXT)?;
        Ok(ShortText(value))
    }
}

impl Decode for ShortText {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(ShortText)
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stricter {
    /// `name`.
    pub name: String,
}

impl Decode for Stricter {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            name: members.required("name")?,
        })
    }
}

/// A value with the rules of its schema.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct WithChoice(Map<String, Value>);

impl WithChoice {
    /// What it holds.
    pub fn into_inner(self) -> Map<String, Value> {
        self.0
    }
}

impl Deref for WithChoice {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Map<String, Value> {
        &self.0
    }
}

impl TryFrom<Map<String, Value>> for WithChoice {
    type Error = Invalid;

    fn try_from(value: Map<String, Value>) -> Result<Self, Invalid> {
        Invalid::check(&value, &schemas::WITH_CHOICE)?;
        Ok(WithChoice(value))
    }
}

impl Decode for WithChoice {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(WithChoice)
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WithMap {
    /// `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The properties that have no field of their own.
    #[serde(flatten)]
    pub additional_properties: BTreeMap<String, i64>,
}

impl Decode for WithMap {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            name: members.optional("name")?,
            additional_properties: members.others(&["name"])?,
        })
    }
}

civicforge_runtime::deserialize_decoded! {
    Base, Contradiction, Deeper, Derived, Diamond, Holder, Named, Narrow, Override,
    OverrideName, ShortText, Stricter, WithChoice, WithMap
}

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use std::collections::BTreeMap;
use civicforge_runtime::values::{DateTime, Map, Utc, Value};
use std::fmt::{Display, Formatter};
use std::ops::Deref;
use civicforge_runtime::decode::{Decode, Invalid, Members, Mismatch};
use civicforge_runtime::json::Node;
use civicforge_runtime::schema::Direction;
use serde::Serialize;
use super::schemas;

/// `type: object` beside alternatives adds nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Ambient {
    /// `Cat`.
    Cat(Cat),
    /// `Dog`.
    Dog(Dog),
}

impl Decode for Ambient {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        if schemas::CAT.is_valid(node, Direction::Request) {
            return Decode::decode(node).map(Self::Cat);
        }
        if schemas::DOG.is_valid(node, Direction::Request) {
            return Decode::decode(node).map(Self::Dog);
        }
        Err(Mismatch::new("one of the alternatives that the contract lists"))
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cat {
    /// `meows`.
    pub meows: bool,
}

impl Decode for Cat {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            meows: members.required("meows")?,
        })
    }
}

/// The alternatives are rules for the properties that are here.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conditions {
    /// `email`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// `phone`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

impl Decode for Conditions {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            email: members.optional("email")?,
            phone: members.optional("phone")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dog {
    /// `barks`.
    pub barks: bool,
}

impl Decode for Dog {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            barks: members.required("barks")?,
        })
    }
}

/// Types without names get variants named after them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Loose {
    /// `DateTime`.
    DateTime(DateTime<Utc>),
    /// `String`.
    String(String),
    /// `Int64`.
    Int64(i64),
    /// `Array`.
    Array(Vec<Pet>),
    /// `InnerThing`.
    InnerThing(LooseInnerThing),
    /// `Variant6`.
    Variant6(LooseVariant6),
    /// `Map`.
    Map(BTreeMap<String, String>),
    /// `Text`.
    Text(LooseText),
}

impl Decode for Loose {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        if schemas::LOOSE__DATE_TIME.is_valid(node, Direction::Request) {
            return Decode::decode(node).map(Self::DateTime);
        }
        if schemas::LOOSE__STRING.is_valid(node, Direction::Request) {
            return Decode::decode(node).map(Self::String);
        }
        if schemas::LOOSE__INT64.is_valid(node, Direction::Request) {
            return Decode::decode(node).map(Self::Int64);
        }
        if schemas::LOOSE__ARRAY.is_valid(node, Direction::Request) {
            return Decode::decode(node).map(Self::Array);
        }
        if schemas::LOOSE_INNER_THING.is_valid(node, Direction::Request) {
            return Decode::decode(node).map(Self::InnerThing);
        }
        if schemas::LOOSE_VARIANT6.is_valid(node, Direction::Request) {
            return Decode::decode(node).map(Self::Variant6);
        }
        if schemas::LOOSE__MAP.is_valid(node, Direction::Request) {
            return Decode::decode(node).map(Self::Map);
        }
        if schemas::LOOSE_TEXT.is_valid(node, Direction::Request) {
            return Decode::decode(node).map(Self::Text);
        }
        Err(Mismatch::new("one of the alternatives that the contract lists"))
    }
}

/// Inner thing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LooseInnerThing {
    /// `a`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a: Option<String>,
}

impl Decode for LooseInnerThing {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self { a: members.optional("a")? })
    }
}

/// One of the values that the contract lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LooseText {
    /// `x`.
    X,
    /// `y`.
    Y,
}

civicforge_runtime::string_enum!(LooseText { X = "x", Y = "y" });

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LooseVariant6 {
    /// `b`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub b: Option<String>,
}

impl Decode for LooseVariant6 {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self { b: members.optional("b")? })
    }
}

/// Properties here and in the alternatives. No struct holds both.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Mixed(Map<String, Value>);

impl Mixed {
    /// What it holds.
    pub fn into_inner(self) -> Map<String, Value> {
        self.0
    }
}

impl Deref for Mixed {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Map<String, Value> {
        &self.0
    }
}

impl TryFrom<Map<String, Value>> for Mixed {
    type Error = Invalid;

    fn try_from(value: Map<String, Value>) -> Result<Self, Invalid> {
        Invalid::check(&value, &schemas::MIXED)?;
        Ok(Mixed(value))
    }
}

impl Decode for Mixed {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(Mixed)
    }
}

/// One of several alternatives.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Pet {
    /// `Cat`.
    Cat(Cat),
    /// `Dog`.
    Dog(Dog),
}

impl Decode for Pet {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        if schemas::CAT.is_valid(node, Direction::Request) {
            return Decode::decode(node).map(Self::Cat);
        }
        if schemas::DOG.is_valid(node, Direction::Request) {
            return Decode::decode(node).map(Self::Dog);
        }
        Err(Mismatch::new("one of the alternatives that the contract lists"))
    }
}

/// A type of its own, with more rules.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Texts(String);

impl Texts {
    /// What it holds.
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl Deref for Texts {
    type Target = String;

    fn deref(&self) -> &String {
        &self.0
    }
}

impl Display for Texts {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for Texts {
    type Error = Invalid;

    fn try_from(value: String) -> Result<Self, Invalid> {
        Invalid::check(&value, &schemas::TEXTS)?;
        Ok(Texts(value))
    }
}

impl Decode for Texts {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(Texts)
    }
}

civicforge_runtime::deserialize_decoded! {
    Ambient, Cat, Conditions, Dog, Loose, LooseInnerThing, LooseText, LooseVariant6,
    Mixed, Pet, Texts
}

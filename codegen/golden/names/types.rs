// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use std::collections::BTreeMap;
use std::fmt::{Display, Formatter};
use std::ops::Deref;
use civicforge_runtime::decode::{Decode, Members, Mismatch};
use civicforge_runtime::json::Node;
use serde::Serialize;

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Additional {
    /// `additionalProperties`.
    #[serde(rename = "additionalProperties", skip_serializing_if = "Option::is_none")]
    pub additional_properties: Option<String>,
    /// `additional_properties`.
    #[serde(rename = "additional_properties", skip_serializing_if = "Option::is_none")]
    pub additional_properties_2: Option<String>,
    /// The properties that have no field of their own.
    #[serde(flatten)]
    pub additional_properties_3: BTreeMap<String, String>,
}

impl Decode for Additional {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            additional_properties: members.optional("additionalProperties")?,
            additional_properties_2: members.optional("additional_properties")?,
            additional_properties_3: members
                .others(&["additionalProperties", "additional_properties"])?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MakeThingRequest {
    /// `inline`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inline: Option<MakeThingRequestInline2>,
}

impl Decode for MakeThingRequest {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            inline: members.optional("inline")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MakeThingRequestInline {
    /// `taken`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken: Option<String>,
}

impl Decode for MakeThingRequestInline {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            taken: members.optional("taken")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MakeThingRequestInline2 {
    /// `a`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a: Option<String>,
}

impl Decode for MakeThingRequestInline2 {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self { a: members.optional("a")? })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct N2ndThing {
    /// `1st`.
    #[serde(rename = "1st", skip_serializing_if = "Option::is_none")]
    pub n1st: Option<String>,
    /// `+1`.
    #[serde(rename = "+1", skip_serializing_if = "Option::is_none")]
    pub plus_1: Option<i64>,
    /// `-1`.
    #[serde(rename = "-1", skip_serializing_if = "Option::is_none")]
    pub minus_1: Option<i64>,
}

impl Decode for N2ndThing {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            n1st: members.optional("1st")?,
            plus_1: members.optional("+1")?,
            minus_1: members.optional("-1")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OptionType {
    /// `self`.
    #[serde(rename = "self", skip_serializing_if = "Option::is_none")]
    pub self_: Option<String>,
    /// `Self`.
    #[serde(rename = "Self", skip_serializing_if = "Option::is_none")]
    pub self_2: Option<String>,
    /// `crate`.
    #[serde(rename = "crate", skip_serializing_if = "Option::is_none")]
    pub crate_: Option<String>,
    /// `_`.
    #[serde(rename = "_", skip_serializing_if = "Option::is_none")]
    pub underscore: Option<String>,
    /// ``.
    #[serde(rename = "", skip_serializing_if = "Option::is_none")]
    pub empty: Option<String>,
}

impl Decode for OptionType {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            self_: members.optional("self")?,
            self_2: members.optional("Self")?,
            crate_: members.optional("crate")?,
            underscore: members.optional("_")?,
            empty: members.optional("")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pet {
    /// `type`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    /// `match`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#match: Option<String>,
    /// `async`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#async: Option<String>,
    /// `gen`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#gen: Option<String>,
}

impl Decode for Pet {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            r#type: members.optional("type")?,
            r#match: members.optional("match")?,
            r#async: members.optional("async")?,
            r#gen: members.optional("gen")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pet2 {
    /// `petName`.
    #[serde(rename = "petName", skip_serializing_if = "Option::is_none")]
    pub pet_name: Option<String>,
    /// `pet_name`.
    #[serde(rename = "pet_name", skip_serializing_if = "Option::is_none")]
    pub pet_name_2: Option<String>,
    /// `pet-name`.
    #[serde(rename = "pet-name", skip_serializing_if = "Option::is_none")]
    pub pet_name_3: Option<String>,
    /// `PetName`.
    #[serde(rename = "PetName", skip_serializing_if = "Option::is_none")]
    pub pet_name_4: Option<String>,
}

impl Decode for Pet2 {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            pet_name: members.optional("petName")?,
            pet_name_2: members.optional("pet_name")?,
            pet_name_3: members.optional("pet-name")?,
            pet_name_4: members.optional("PetName")?,
        })
    }
}

/// A value with the rules of its schema.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Pet3(String);

impl Pet3 {
    /// What it holds.
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl Deref for Pet3 {
    type Target = String;

    fn deref(&self) -> &String {
        &self.0
    }
}

impl Display for Pet3 {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl From<String> for Pet3 {
    fn from(value: String) -> Self {
        Pet3(value)
    }
}

impl Decode for Pet3 {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(Pet3)
    }
}

/// One of the values that the contract lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strasse {
    /// ``.
    Empty,
    /// ` `.
    Space,
    /// `-`.
    Minus,
    /// `_`.
    Underscore,
    /// `Self`.
    SelfValue,
    /// `self`.
    SelfValue2,
    /// `a`.
    A,
    /// `A`.
    A2,
    /// `á`.
    A3,
    /// `ä`.
    Ae,
    /// `1`.
    N1,
    /// `+1`.
    Plus1,
    /// `-1`.
    Minus1,
    /// `>=`.
    GreaterEqual,
    /// `<=`.
    LessEqual,
    /// `日本`.
    U65e5U672c,
    /// `🎉`.
    Other,
}

civicforge_runtime::string_enum!(
    Strasse { Empty = "", Space = " ", Minus = "-", Underscore = "_", SelfValue = "Self",
    SelfValue2 = "self", A = "a", A2 = "A", A3 = "á", Ae = "ä", N1 = "1", Plus1 = "+1",
    Minus1 = "-1", GreaterEqual = ">=", LessEqual = "<=", U65e5U672c = "日本", Other =
    "🎉" }
);

/// A value with the rules of its schema.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct StringType(String);

impl StringType {
    /// What it holds.
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl Deref for StringType {
    type Target = String;

    fn deref(&self) -> &String {
        &self.0
    }
}

impl Display for StringType {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl From<String> for StringType {
    fn from(value: String) -> Self {
        StringType(value)
    }
}

impl Decode for StringType {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(StringType)
    }
}

/// One of the values that the contract lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ValueType {
    /// `Uuid`.
    Uuid,
    /// `Value`.
    Value,
}

civicforge_runtime::string_enum!(ValueType { Uuid = "Uuid", Value = "Value" });

/// One of the values that the contract lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Versions {
    /// `1`.
    Value1,
    /// `-1`.
    ValueMinus1,
    /// `0`.
    Value0,
}

civicforge_runtime::integer_enum!(
    Versions { Value1 = 1, ValueMinus1 = - 1, Value0 = 0 }
);

civicforge_runtime::deserialize_decoded! {
    Additional, MakeThingRequest, MakeThingRequestInline, MakeThingRequestInline2,
    N2ndThing, OptionType, Pet, Pet2, Pet3, Strasse, StringType, ValueType, Versions
}

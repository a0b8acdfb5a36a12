// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use civicforge_runtime::values::Nullable;
use std::borrow::Cow;
use std::fmt::{Display, Formatter};
use std::ops::Deref;
use std::str::FromStr;
use civicforge_runtime::decode::{Decode, Invalid, Members, Mismatch, UnknownValue};
use civicforge_runtime::json::Node;
use civicforge_runtime::schema::Direction;
use serde::{Serialize, Serializer};
use super::schemas;

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Holder {
    /// `both`.
    pub both: Nullable<String>,
    /// `neither`.
    pub neither: String,
    /// `optional`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub optional: Option<String>,
    /// `optionalNullable`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub optional_nullable: Option<Nullable<String>>,
    /// `viaAllOf`.
    pub via_all_of: Nullable<Plain>,
    /// `viaOneOf`.
    pub via_one_of: Nullable<Plain>,
    /// `viaAnyOf`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via_any_of: Option<Nullable<Plain>>,
    /// `viaComponent`.
    pub via_component: Nullable<NullableText>,
    /// `viaComponents`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via_components: Option<Vec<Nullable<NullableStruct>>>,
    /// `viaEnum`.
    pub via_enum: Nullable<HolderViaEnum>,
    /// `viaUntypedEnum`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via_untyped_enum: Option<Nullable<HolderViaUntypedEnum>>,
    /// `choice`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choice: Option<Nullable<HolderChoice>>,
    /// `withDefault`.
    ///
    /// Where it is absent: `null`.
    pub with_default: Nullable<String>,
    /// `notNullable`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_nullable: Option<String>,
}

impl Decode for Holder {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            both: members.required("both")?,
            neither: members.required("neither")?,
            optional: members.optional("optional")?,
            optional_nullable: members.optional("optionalNullable")?,
            via_all_of: members.required("viaAllOf")?,
            via_one_of: members.required("viaOneOf")?,
            via_any_of: members.optional("viaAnyOf")?,
            via_component: members.required("viaComponent")?,
            via_components: members.optional("viaComponents")?,
            via_enum: members.required("viaEnum")?,
            via_untyped_enum: members.optional("viaUntypedEnum")?,
            choice: members.optional("choice")?,
            with_default: members.optional("withDefault")?.unwrap_or(Nullable::Null),
            not_nullable: members.optional("notNullable")?,
        })
    }
}

/// One of several alternatives.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum HolderChoice {
    /// `Plain`.
    Plain(Plain),
    /// `Int64`.
    Int64(i64),
}

impl Decode for HolderChoice {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        if schemas::PLAIN.is_valid(node, Direction::Request) {
            return Decode::decode(node).map(Self::Plain);
        }
        if schemas::HOLDER_CHOICE__INT64.is_valid(node, Direction::Request) {
            return Decode::decode(node).map(Self::Int64);
        }
        Err(Mismatch::new("one of the alternatives that the contract lists"))
    }
}

/// One of the values that the contract lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HolderViaEnum {
    /// `a`.
    A,
    /// `b`.
    B,
}

impl HolderViaEnum {
    /// Every value, in the order of the contract.
    pub const ALL: [Self; 2] = [Self::A, Self::B];
}

impl HolderViaEnum {
    /// The value on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
        }
    }
}

impl Display for HolderViaEnum {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<HolderViaEnum> for Cow<'static, str> {
    fn from(value: HolderViaEnum) -> Self {
        Cow::Borrowed(value.as_str())
    }
}

impl FromStr for HolderViaEnum {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        Self::ALL.into_iter().find(|known| known.as_str() == text).ok_or(UnknownValue)
    }
}

impl Serialize for HolderViaEnum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Decode for HolderViaEnum {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        node.as_str()
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| Mismatch::new("one of the values that the contract lists"))
    }
}

/// One of the values that the contract lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HolderViaUntypedEnum {
    /// `a`.
    A,
}

impl HolderViaUntypedEnum {
    /// Every value, in the order of the contract.
    pub const ALL: [Self; 1] = [Self::A];
}

impl HolderViaUntypedEnum {
    /// The value on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A => "a",
        }
    }
}

impl Display for HolderViaUntypedEnum {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<HolderViaUntypedEnum> for Cow<'static, str> {
    fn from(value: HolderViaUntypedEnum) -> Self {
        Cow::Borrowed(value.as_str())
    }
}

impl FromStr for HolderViaUntypedEnum {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        Self::ALL.into_iter().find(|known| known.as_str() == text).ok_or(UnknownValue)
    }
}

impl Serialize for HolderViaUntypedEnum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Decode for HolderViaUntypedEnum {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        node.as_str()
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| Mismatch::new("one of the values that the contract lists"))
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NullableStruct {
    /// `a`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a: Option<String>,
}

impl Decode for NullableStruct {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self { a: members.optional("a")? })
    }
}

/// A value with the rules of its schema.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct NullableText(String);

impl NullableText {
    /// What it holds.
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl Deref for NullableText {
    type Target = String;

    fn deref(&self) -> &String {
        &self.0
    }
}

impl Display for NullableText {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for NullableText {
    type Error = Invalid;

    fn try_from(value: String) -> Result<Self, Invalid> {
        Invalid::check(&value, &schemas::NULLABLE_TEXT)?;
        Ok(NullableText(value))
    }
}

impl Decode for NullableText {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(NullableText)
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plain {
    /// `a`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a: Option<String>,
}

impl Decode for Plain {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self { a: members.optional("a")? })
    }
}

civicforge_runtime::deserialize_decoded! {
    Holder, HolderChoice, HolderViaEnum, HolderViaUntypedEnum, NullableStruct,
    NullableText, Plain
}

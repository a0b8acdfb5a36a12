// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use civicforge_runtime::values::Nullable;
use std::fmt::{Display, Formatter};
use std::ops::Deref;
use civicforge_runtime::decode::{Decode, Invalid, Members, Mismatch};
use civicforge_runtime::json::Node;
use civicforge_runtime::schema::Direction;
use serde::Serialize;
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

civicforge_runtime::string_enum!(HolderViaEnum { A = "a", B = "b" });

/// One of the values that the contract lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HolderViaUntypedEnum {
    /// `a`.
    A,
}

civicforge_runtime::string_enum!(HolderViaUntypedEnum { A = "a" });

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

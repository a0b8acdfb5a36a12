// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use std::collections::BTreeMap;
use civicforge_runtime::values::{Map, Value};
use std::fmt::{Display, Formatter};
use std::ops::Deref;
use civicforge_runtime::decode::{Decode, Invalid, Members, Mismatch};
use civicforge_runtime::json::Node;
use serde::Serialize;
use super::schemas;

/// A value with the rules of its schema.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Ages(BTreeMap<String, i64>);

impl Ages {
    /// What it holds.
    pub fn into_inner(self) -> BTreeMap<String, i64> {
        self.0
    }
}

impl Deref for Ages {
    type Target = BTreeMap<String, i64>;

    fn deref(&self) -> &BTreeMap<String, i64> {
        &self.0
    }
}

impl TryFrom<BTreeMap<String, i64>> for Ages {
    type Error = Invalid;

    fn try_from(value: BTreeMap<String, i64>) -> Result<Self, Invalid> {
        Invalid::check(&value, &schemas::AGES)?;
        Ok(Ages(value))
    }
}

impl Decode for Ages {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(Ages)
    }
}

/// A value with the rules of its schema.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct AnyList(Vec<Value>);

impl AnyList {
    /// What it holds.
    pub fn into_inner(self) -> Vec<Value> {
        self.0
    }
}

impl Deref for AnyList {
    type Target = Vec<Value>;

    fn deref(&self) -> &Vec<Value> {
        &self.0
    }
}

impl TryFrom<Vec<Value>> for AnyList {
    type Error = Invalid;

    fn try_from(value: Vec<Value>) -> Result<Self, Invalid> {
        Invalid::check(&value, &schemas::ANY_LIST)?;
        Ok(AnyList(value))
    }
}

impl Decode for AnyList {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(AnyList)
    }
}

/// A value with the rules of its schema.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct AnyObject(Map<String, Value>);

impl AnyObject {
    /// What it holds.
    pub fn into_inner(self) -> Map<String, Value> {
        self.0
    }
}

impl Deref for AnyObject {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Map<String, Value> {
        &self.0
    }
}

impl From<Map<String, Value>> for AnyObject {
    fn from(value: Map<String, Value>) -> Self {
        AnyObject(value)
    }
}

impl Decode for AnyObject {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(AnyObject)
    }
}

/// A value with the rules of its schema.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Anything(Value);

impl Anything {
    /// What it holds.
    pub fn into_inner(self) -> Value {
        self.0
    }
}

impl Deref for Anything {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.0
    }
}

impl From<Value> for Anything {
    fn from(value: Value) -> Self {
        Anything(value)
    }
}

impl Decode for Anything {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(Anything)
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Borrower {
    /// `address`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<OwnerAddress>,
    /// `city`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<OwnerAddressCity>,
}

impl Decode for Borrower {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            address: members.optional("address")?,
            city: members.optional("city")?,
        })
    }
}

/// A value with the rules of its schema.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Names(Vec<Text>);

impl Names {
    /// What it holds.
    pub fn into_inner(self) -> Vec<Text> {
        self.0
    }
}

impl Deref for Names {
    type Target = Vec<Text>;

    fn deref(&self) -> &Vec<Text> {
        &self.0
    }
}

impl TryFrom<Vec<Text>> for Names {
    type Error = Invalid;

    fn try_from(value: Vec<Text>) -> Result<Self, Invalid> {
        Invalid::check(&value, &schemas::NAMES)?;
        Ok(Names(value))
    }
}

impl Decode for Names {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(Names)
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Owner {
    /// `address`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<OwnerAddress>,
    /// `list`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<Vec<OwnerListItem>>,
    /// `map`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub map: Option<BTreeMap<String, OwnerMapValue>>,
}

impl Decode for Owner {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            address: members.optional("address")?,
            list: members.optional("list")?,
            map: members.optional("map")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OwnerAddress {
    /// `city`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<OwnerAddressCity>,
}

impl Decode for OwnerAddress {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            city: members.optional("city")?,
        })
    }
}

/// A value with the rules of its schema.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct OwnerAddressCity(String);

impl OwnerAddressCity {
    /// What it holds.
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl Deref for OwnerAddressCity {
    type Target = String;

    fn deref(&self) -> &String {
        &self.0
    }
}

impl Display for OwnerAddressCity {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for OwnerAddressCity {
    type Error = Invalid;

    fn try_from(value: String) -> Result<Self, Invalid> {
        Invalid::check(&value, &schemas::OWNER_ADDRESS_CITY)?;
        Ok(OwnerAddressCity(value))
    }
}

impl Decode for OwnerAddressCity {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(OwnerAddressCity)
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OwnerListItem {
    /// `inList`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_list: Option<String>,
}

impl Decode for OwnerListItem {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            in_list: members.optional("inList")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OwnerMapValue {
    /// `inMap`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_map: Option<String>,
}

impl Decode for OwnerMapValue {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            in_map: members.optional("inMap")?,
        })
    }
}

/// A value with the rules of its schema.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Pair(Vec<Vec<PairItemItem>>);

impl Pair {
    /// What it holds.
    pub fn into_inner(self) -> Vec<Vec<PairItemItem>> {
        self.0
    }
}

impl Deref for Pair {
    type Target = Vec<Vec<PairItemItem>>;

    fn deref(&self) -> &Vec<Vec<PairItemItem>> {
        &self.0
    }
}

impl TryFrom<Vec<Vec<PairItemItem>>> for Pair {
    type Error = Invalid;

    fn try_from(value: Vec<Vec<PairItemItem>>) -> Result<Self, Invalid> {
        Invalid::check(&value, &schemas::PAIR)?;
        Ok(Pair(value))
    }
}

impl Decode for Pair {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(Pair)
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairItemItem {
    /// `inner`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inner: Option<String>,
}

impl Decode for PairItemItem {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            inner: members.optional("inner")?,
        })
    }
}

/// A value with the rules of its schema.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Text(String);

impl Text {
    /// What it holds.
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl Deref for Text {
    type Target = String;

    fn deref(&self) -> &String {
        &self.0
    }
}

impl Display for Text {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for Text {
    type Error = Invalid;

    fn try_from(value: String) -> Result<Self, Invalid> {
        Invalid::check(&value, &schemas::TEXT)?;
        Ok(Text(value))
    }
}

impl Decode for Text {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(Text)
    }
}

/// A value with the rules of its schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Truth(bool);

impl Truth {
    /// What it holds.
    pub fn into_inner(self) -> bool {
        self.0
    }
}

impl Deref for Truth {
    type Target = bool;

    fn deref(&self) -> &bool {
        &self.0
    }
}

impl Display for Truth {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        Truth(value)
    }
}

impl Decode for Truth {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(Truth)
    }
}

/// A value with the rules of its schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Whole(i64);

impl Whole {
    /// What it holds.
    pub fn into_inner(self) -> i64 {
        self.0
    }
}

impl Deref for Whole {
    type Target = i64;

    fn deref(&self) -> &i64 {
        &self.0
    }
}

impl Display for Whole {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl From<i64> for Whole {
    fn from(value: i64) -> Self {
        Whole(value)
    }
}

impl Decode for Whole {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(Whole)
    }
}

civicforge_runtime::deserialize_decoded! {
    Ages, AnyList, AnyObject, Anything, Borrower, Names, Owner, OwnerAddress,
    OwnerAddressCity, OwnerListItem, OwnerMapValue, Pair, PairItemItem, Text, Truth,
    Whole
}

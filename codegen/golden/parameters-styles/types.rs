// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use std::ops::Deref;
use civicforge_runtime::decode::{Decode, Invalid, Members, Mismatch};
use civicforge_runtime::json::Node;
use serde::Serialize;
use super::schemas;

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContentParameterFilter {
    /// `terms`.
    pub terms: Vec<Vec<String>>,
}

impl Decode for ContentParameterFilter {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            terms: members.required("terms")?,
        })
    }
}

/// A value with the rules of its schema.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Numbers(Vec<i64>);

impl Numbers {
    /// What it holds.
    pub fn into_inner(self) -> Vec<i64> {
        self.0
    }
}

impl Deref for Numbers {
    type Target = Vec<i64>;

    fn deref(&self) -> &Vec<i64> {
        &self.0
    }
}

impl TryFrom<Vec<i64>> for Numbers {
    type Error = Invalid;

    fn try_from(value: Vec<i64>) -> Result<Self, Invalid> {
        Invalid::check(&value, &schemas::NUMBERS)?;
        Ok(Numbers(value))
    }
}

impl Decode for Numbers {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(Numbers)
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// `x`.
    pub x: f64,
    /// `y`.
    pub y: f64,
}

impl Decode for Point {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            x: members.required("x")?,
            y: members.required("y")?,
        })
    }
}

civicforge_runtime::deserialize_decoded! {
    ContentParameterFilter, Numbers, Point
}

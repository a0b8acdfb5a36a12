// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use civicforge_runtime::decode::{Decode, Members, Mismatch};
use civicforge_runtime::json::Node;
use serde::Serialize;

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Circle {
    /// `kind`.
    pub kind: String,
    /// `radius`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub radius: Option<f64>,
}

impl Decode for Circle {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            kind: members.required("kind")?,
            radius: members.optional("radius")?,
        })
    }
}

/// One of several alternatives.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Figure {
    /// Where the discriminator is `Circle`.
    Circle(Circle),
    /// Where the discriminator is `Square`.
    Square(Square),
}

impl Decode for Figure {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        match node.get("kind").and_then(Node::as_str) {
            Some("Circle") => Decode::decode(node).map(Self::Circle),
            Some("Square") => Decode::decode(node).map(Self::Square),
            _ => Err(Mismatch::new("one of the alternatives that the contract lists")),
        }
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// `kind`.
    pub kind: String,
    /// `length`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<f64>,
}

impl Decode for Line {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            kind: members.required("kind")?,
            length: members.optional("length")?,
        })
    }
}

/// One of several alternatives.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Shape {
    /// Where the discriminator is `circle` or `round`.
    Circle(Circle),
    /// Where the discriminator is `Square`.
    Square(Square),
    /// Where the discriminator is `Line`.
    Line(Line),
}

impl Decode for Shape {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        match node.get("kind").and_then(Node::as_str) {
            Some("circle" | "round") => Decode::decode(node).map(Self::Circle),
            Some("Square") => Decode::decode(node).map(Self::Square),
            Some("Line") => Decode::decode(node).map(Self::Line),
            _ => Err(Mismatch::new("one of the alternatives that the contract lists")),
        }
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Square {
    /// `kind`.
    pub kind: String,
    /// `side`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<f64>,
}

impl Decode for Square {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            kind: members.required("kind")?,
            side: members.optional("side")?,
        })
    }
}

civicforge_runtime::deserialize_decoded! {
    Circle, Figure, Line, Shape, Square
}

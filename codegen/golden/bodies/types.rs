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
pub struct Note {
    /// `text`.
    pub text: String,
}

impl Decode for Note {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            text: members.required("text")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PostFormBody {
    /// `name`.
    pub name: String,
    /// `tags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// `codes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codes: Option<Vec<i64>>,
    /// `address`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<PostFormBodyAddress>,
    /// `spread`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spread: Option<PostFormBodySpread>,
}

impl Decode for PostFormBody {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            name: members.required("name")?,
            tags: members.optional("tags")?,
            codes: members.optional("codes")?,
            address: members.optional("address")?,
            spread: members.optional("spread")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PostFormBodyAddress {
    /// `city`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
}

impl Decode for PostFormBodyAddress {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            city: members.optional("city")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PostFormBodySpread {
    /// `a`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a: Option<String>,
}

impl Decode for PostFormBodySpread {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self { a: members.optional("a")? })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PostSeveralOkBodyJson {
    /// `text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Decode for PostSeveralOkBodyJson {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            text: members.optional("text")?,
        })
    }
}

civicforge_runtime::deserialize_decoded! {
    Note, PostFormBody, PostFormBodyAddress, PostFormBodySpread, PostSeveralOkBodyJson
}

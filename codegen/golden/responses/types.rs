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
pub struct GetAllOkBodyJson {
    /// `inline`.
    pub inline: Vec<GetAllOkBodyJsonInlineItem>,
}

impl Decode for GetAllOkBodyJson {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            inline: members.required("inline")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GetAllOkBodyJsonInlineItem {
    /// `a`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a: Option<String>,
}

impl Decode for GetAllOkBodyJsonInlineItem {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self { a: members.optional("a")? })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GetAllXPoint {
    /// `x`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x: Option<i64>,
}

impl Decode for GetAllXPoint {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self { x: members.optional("x")? })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OtherProblem {
    /// `reason`.
    pub reason: String,
}

impl Decode for OtherProblem {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            reason: members.required("reason")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// `type`.
    pub r#type: String,
    /// `title`.
    pub title: String,
    /// `status`.
    pub status: i32,
    /// `detail`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// `instance`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// `code`.
    pub code: ProblemCode,
    /// `violations`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub violations: Option<Vec<ProblemViolationsItem>>,
    /// `requestId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// `extra`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extra: Option<String>,
}

impl Decode for Problem {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            r#type: members.required("type")?,
            title: members.required("title")?,
            status: members.required("status")?,
            detail: members.optional("detail")?,
            instance: members.optional("instance")?,
            code: members.required("code")?,
            violations: members.optional("violations")?,
            request_id: members.optional("requestId")?,
            extra: members.optional("extra")?,
        })
    }
}

/// One of the values that the contract lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemCode {
    /// `not_found`.
    NotFound,
    /// `broken`.
    Broken,
}

civicforge_runtime::string_enum!(
    ProblemCode { NotFound = "not_found", Broken = "broken" }
);

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProblemViolationsItem {
    /// `pointer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
}

impl Decode for ProblemViolationsItem {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            pointer: members.optional("pointer")?,
        })
    }
}

civicforge_runtime::deserialize_decoded! {
    GetAllOkBodyJson, GetAllOkBodyJsonInlineItem, GetAllXPoint, OtherProblem, Problem,
    ProblemCode, ProblemViolationsItem
}

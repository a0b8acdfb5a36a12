// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use std::borrow::Cow;
use std::fmt::{Display, Formatter};
use std::str::FromStr;
use civicforge_runtime::decode::{Decode, Members, Mismatch, UnknownValue};
use civicforge_runtime::json::Node;
use serde::{Serialize, Serializer};

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

impl ProblemCode {
    /// Every value, in the order of the contract.
    pub const ALL: [Self; 2] = [Self::NotFound, Self::Broken];
}

impl ProblemCode {
    /// The value on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Broken => "broken",
        }
    }
}

impl Display for ProblemCode {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<ProblemCode> for Cow<'static, str> {
    fn from(value: ProblemCode) -> Self {
        Cow::Borrowed(value.as_str())
    }
}

impl FromStr for ProblemCode {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        Self::ALL.into_iter().find(|known| known.as_str() == text).ok_or(UnknownValue)
    }
}

impl Serialize for ProblemCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Decode for ProblemCode {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        node.as_str()
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| Mismatch::new("one of the values that the contract lists"))
    }
}

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

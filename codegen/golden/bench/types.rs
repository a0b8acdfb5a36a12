// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use civicforge_runtime::values::{DateTime, Utc, Uuid};
use std::borrow::Cow;
use std::fmt::{Display, Formatter};
use std::str::FromStr;
use civicforge_runtime::decode::{Decode, Members, Mismatch, UnknownValue};
use civicforge_runtime::json::Node;
use serde::{Serialize, Serializer};

/// One of the values that the contract lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// `ENVIRONMENT`.
    Environment,
    /// `EDUCATION`.
    Education,
    /// `CULTURE`.
    Culture,
    /// `SAFETY`.
    Safety,
}

impl Category {
    /// Every value, in the order of the contract.
    pub const ALL: [Self; 4] = [
        Self::Environment,
        Self::Education,
        Self::Culture,
        Self::Safety,
    ];
}

impl Category {
    /// The value on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Environment => "ENVIRONMENT",
            Self::Education => "EDUCATION",
            Self::Culture => "CULTURE",
            Self::Safety => "SAFETY",
        }
    }
}

impl Display for Category {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<Category> for Cow<'static, str> {
    fn from(value: Category) -> Self {
        Cow::Borrowed(value.as_str())
    }
}

impl FromStr for Category {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        Self::ALL.into_iter().find(|known| known.as_str() == text).ok_or(UnknownValue)
    }
}

impl Serialize for Category {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Decode for Category {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        node.as_str()
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| Mismatch::new("one of the values that the contract lists"))
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Member {
    /// `name`.
    pub name: String,
    /// `points`.
    pub points: i64,
}

impl Decode for Member {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            name: members.required("name")?,
            points: members.required("points")?,
        })
    }
}

/// One of the values that the contract lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// `DAY`.
    Day,
    /// `WEEK`.
    Week,
    /// `MONTH`.
    Month,
    /// `YEAR`.
    Year,
}

impl Period {
    /// Every value, in the order of the contract.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];
}

impl Period {
    /// The value on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "DAY",
            Self::Week => "WEEK",
            Self::Month => "MONTH",
            Self::Year => "YEAR",
        }
    }
}

impl Display for Period {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<Period> for Cow<'static, str> {
    fn from(value: Period) -> Self {
        Cow::Borrowed(value.as_str())
    }
}

impl FromStr for Period {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        Self::ALL.into_iter().find(|known| known.as_str() == text).ok_or(UnknownValue)
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Decode for Period {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        node.as_str()
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| Mismatch::new("one of the values that the contract lists"))
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
    pub code: String,
    /// `requestId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// `violations`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub violations: Option<Vec<Violation>>,
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
            request_id: members.optional("requestId")?,
            violations: members.optional("violations")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Quest {
    /// `id`.
    pub id: Uuid,
    /// `guildId`.
    pub guild_id: Uuid,
    /// `creatorId`.
    pub creator_id: Uuid,
    /// `title`.
    pub title: String,
    /// `description`.
    pub description: String,
    /// `category`.
    pub category: Category,
    /// `status`.
    pub status: QuestStatus,
    /// `rewardXp`.
    pub reward_xp: i32,
    /// `rewardReputation`.
    pub reward_reputation: i32,
    /// `expiresAt`.
    pub expires_at: DateTime<Utc>,
    /// `createdAt`.
    pub created_at: DateTime<Utc>,
    /// `tags`.
    pub tags: Vec<String>,
}

impl Decode for Quest {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            id: members.required("id")?,
            guild_id: members.required("guildId")?,
            creator_id: members.required("creatorId")?,
            title: members.required("title")?,
            description: members.required("description")?,
            category: members.required("category")?,
            status: members.required("status")?,
            reward_xp: members.required("rewardXp")?,
            reward_reputation: members.required("rewardReputation")?,
            expires_at: members.required("expiresAt")?,
            created_at: members.required("createdAt")?,
            tags: members.required("tags")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QuestDraft {
    /// `title`.
    pub title: String,
    /// `description`.
    pub description: String,
    /// `category`.
    pub category: Category,
    /// `rewardXp`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reward_xp: Option<i32>,
    /// `rewardReputation`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reward_reputation: Option<i32>,
    /// `expiresAt`.
    pub expires_at: DateTime<Utc>,
    /// `tags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
}

impl Decode for QuestDraft {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            title: members.required("title")?,
            description: members.required("description")?,
            category: members.required("category")?,
            reward_xp: members.optional("rewardXp")?,
            reward_reputation: members.optional("rewardReputation")?,
            expires_at: members.required("expiresAt")?,
            tags: members.optional("tags")?,
        })
    }
}

/// One of the values that the contract lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuestStatus {
    /// `OPEN`.
    Open,
    /// `CLAIMED`.
    Claimed,
    /// `COMPLETE`.
    Complete,
}

impl QuestStatus {
    /// Every value, in the order of the contract.
    pub const ALL: [Self; 3] = [Self::Open, Self::Claimed, Self::Complete];
}

impl QuestStatus {
    /// The value on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::Claimed => "CLAIMED",
            Self::Complete => "COMPLETE",
        }
    }
}

impl Display for QuestStatus {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<QuestStatus> for Cow<'static, str> {
    fn from(value: QuestStatus) -> Self {
        Cow::Borrowed(value.as_str())
    }
}

impl FromStr for QuestStatus {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        Self::ALL.into_iter().find(|known| known.as_str() == text).ok_or(UnknownValue)
    }
}

impl Serialize for QuestStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Decode for QuestStatus {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        node.as_str()
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| Mismatch::new("one of the values that the contract lists"))
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ranking {
    /// `guildId`.
    pub guild_id: Uuid,
    /// `period`.
    pub period: Period,
    /// `rank`.
    pub rank: i32,
    /// `points`.
    pub points: i64,
    /// `members`.
    pub members: Vec<Member>,
}

impl Decode for Ranking {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            guild_id: members.required("guildId")?,
            period: members.required("period")?,
            rank: members.required("rank")?,
            points: members.required("points")?,
            members: members.required("members")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Violation {
    /// `in`.
    pub r#in: ViolationIn,
    /// `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `pointer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// `rule`.
    pub rule: String,
    /// `message`.
    pub message: String,
}

impl Decode for Violation {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            r#in: members.required("in")?,
            name: members.optional("name")?,
            pointer: members.optional("pointer")?,
            rule: members.required("rule")?,
            message: members.required("message")?,
        })
    }
}

/// One of the values that the contract lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ViolationIn {
    /// `body`.
    Body,
    /// `query`.
    Query,
    /// `path`.
    Path,
    /// `header`.
    Header,
    /// `cookie`.
    Cookie,
}

impl ViolationIn {
    /// Every value, in the order of the contract.
    pub const ALL: [Self; 5] = [
        Self::Body,
        Self::Query,
        Self::Path,
        Self::Header,
        Self::Cookie,
    ];
}

impl ViolationIn {
    /// The value on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Query => "query",
            Self::Path => "path",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

impl Display for ViolationIn {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<ViolationIn> for Cow<'static, str> {
    fn from(value: ViolationIn) -> Self {
        Cow::Borrowed(value.as_str())
    }
}

impl FromStr for ViolationIn {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        Self::ALL.into_iter().find(|known| known.as_str() == text).ok_or(UnknownValue)
    }
}

impl Serialize for ViolationIn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Decode for ViolationIn {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        node.as_str()
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| Mismatch::new("one of the values that the contract lists"))
    }
}

civicforge_runtime::deserialize_decoded! {
    Category, Member, Period, Problem, Quest, QuestDraft, QuestStatus, Ranking,
    Violation, ViolationIn
}

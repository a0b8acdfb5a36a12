// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use civicforge_runtime::values::{DateTime, Utc, Uuid};
use civicforge_runtime::decode::{Decode, Members, Mismatch};
use civicforge_runtime::json::Node;
use serde::Serialize;

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

civicforge_runtime::string_enum!(
    Category { Environment = "ENVIRONMENT", Education = "EDUCATION", Culture = "CULTURE",
    Safety = "SAFETY" }
);

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

civicforge_runtime::string_enum!(
    Period { Day = "DAY", Week = "WEEK", Month = "MONTH", Year = "YEAR" }
);

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

civicforge_runtime::string_enum!(
    QuestStatus { Open = "OPEN", Claimed = "CLAIMED", Complete = "COMPLETE" }
);

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

civicforge_runtime::string_enum!(
    ViolationIn { Body = "body", Query = "query", Path = "path", Header = "header",
    Cookie = "cookie" }
);

civicforge_runtime::deserialize_decoded! {
    Category, Member, Period, Problem, Quest, QuestDraft, QuestStatus, Ranking,
    Violation, ViolationIn
}

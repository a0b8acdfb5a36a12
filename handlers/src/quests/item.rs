//! The quest as it is kept, and the two things that are made of it: what the rules decide on, and what members read.

use chrono::{DateTime, Utc};
use civicforge_api::types;
use civicforge_kernel::table::named::{self, Named};
use civicforge_kernel::table::{Item, Keys, Shards, StoreError, stamp, to_item};
use civicforge_runtime::conditional::ETag;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::keys;
use super::rules::{
    self, Actor, AttestationRole, CommandKind, QuestState, QuestStatus, Transition, TransitionError,
};
use crate::members::Member;

/// A quest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Quest {
    /// Its id.
    pub quest_id: Uuid,
    /// One line of plain text.
    pub title: String,
    /// Cleaned HTML.
    pub description: String,
    /// Where it is in its life.
    #[serde(with = "named")]
    pub status: QuestStatus,
    /// Who posted it.
    pub creator_id: Uuid,
    /// Who does it.
    #[serde(default)]
    pub performer_id: Option<Uuid>,
    /// The experience that the performer receives.
    pub reward_xp: i32,
    /// The reputation that the performer receives.
    pub reward_reputation: i32,
    /// In the order in which they were made.
    #[serde(default)]
    pub attestations: Vec<Attestation>,
    /// What the performer says about the work.
    #[serde(default)]
    pub submission_text: Option<String>,
    /// Why an arbiter is to decide.
    #[serde(default)]
    pub dispute_reason: Option<String>,
    /// How the last dispute ended. For the record: no answer shows it, and a reopened quest keeps it.
    #[serde(default)]
    pub resolution: Option<Resolution>,
    /// When it was posted.
    #[serde(with = "stamp")]
    pub created_at: DateTime<Utc>,
    /// When it was claimed.
    #[serde(with = "stamp::option", default)]
    pub claimed_at: Option<DateTime<Utc>>,
    /// When the work was handed in.
    #[serde(with = "stamp::option", default)]
    pub submitted_at: Option<DateTime<Utc>>,
    /// When it became COMPLETE.
    #[serde(with = "stamp::option", default)]
    pub completed_at: Option<DateTime<Utc>>,
    /// From when on it counts as expired, unless the work was handed in before.
    #[serde(with = "stamp::option", default)]
    pub expires_at: Option<DateTime<Utc>>,
    /// When it last changed.
    #[serde(with = "stamp")]
    pub updated_at: DateTime<Utc>,
    /// How often it was changed, from 1.
    pub version: u64,
}

/// A party's word that the work was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attestation {
    /// Whose.
    pub user_id: Uuid,
    /// As what.
    #[serde(with = "named")]
    pub role: AttestationRole,
    /// When.
    #[serde(with = "stamp")]
    pub attested_at: DateTime<Utc>,
    /// What was said about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// The wallet's signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

/// How a dispute ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Resolution {
    /// The arbiter.
    pub user_id: Uuid,
    /// `complete` or `reopen`.
    pub outcome: String,
    /// When.
    #[serde(with = "stamp")]
    pub resolved_at: DateTime<Utc>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

impl Quest {
    /// Its keys.
    pub fn keys(&self, shards: Shards) -> Keys {
        let status = self.status.as_str();
        keys::keys(
            self.quest_id,
            self.creator_id,
            status,
            self.created_at,
            shards,
        )
    }

    /// Its item.
    pub fn item(&self, shards: Shards) -> Result<Item, StoreError> {
        to_item(self, &self.keys(shards))
    }

    /// The entity tag, which is another one after every change.
    pub fn etag(&self) -> ETag {
        ETag::new(self.version)
    }

    /// The transition that a member's command causes.
    pub fn decide(
        &self,
        action: CommandKind,
        member: &Member,
        now: DateTime<Utc>,
    ) -> Result<Transition, TransitionError> {
        let user = member.user_id.to_string();
        let actor = Actor {
            user: &user,
            is_arbiter: member.is_arbiter(),
        };
        self.with_state(|state| rules::decide(&state, action, actor, now))
    }

    /// What the job that looks for overdue quests should do about it.
    pub fn expire(&self, now: DateTime<Utc>) -> Option<Transition> {
        self.with_state(|state| rules::expire(&state, now))
    }

    pub(super) fn with_state<T>(&self, then: impl FnOnce(QuestState<'_>) -> T) -> T {
        let creator = self.creator_id.to_string();
        let performer = self.performer_id.map(|id| id.to_string());
        let has = |role| self.attestations.iter().any(|one| one.role == role);
        then(QuestState {
            status: self.status,
            creator: &creator,
            performer: performer.as_deref(),
            requestor_attested: has(AttestationRole::Requestor),
            performer_attested: has(AttestationRole::Performer),
            expires_at: self.expires_at,
        })
    }
}

impl From<Quest> for types::Quest {
    fn from(quest: Quest) -> Self {
        Self {
            quest_id: quest.quest_id.into(),
            title: quest.title,
            description: quest.description,
            status: shown(quest.status),
            creator_id: quest.creator_id.into(),
            performer_id: quest.performer_id.map(Into::into),
            reward_xp: quest.reward_xp,
            reward_reputation: quest.reward_reputation,
            attestations: quest.attestations.into_iter().map(Into::into).collect(),
            submission_text: quest.submission_text,
            dispute_reason: quest.dispute_reason,
            created_at: quest.created_at,
            claimed_at: quest.claimed_at,
            submitted_at: quest.submitted_at,
            completed_at: quest.completed_at,
            expires_at: quest.expires_at,
            updated_at: quest.updated_at,
            version: i64::try_from(quest.version).unwrap_or(i64::MAX),
        }
    }
}

impl From<Attestation> for types::Attestation {
    fn from(one: Attestation) -> Self {
        Self {
            user_id: one.user_id.into(),
            role: match one.role {
                AttestationRole::Requestor => types::AttestationRole::Requestor,
                AttestationRole::Performer => types::AttestationRole::Performer,
            },
            attested_at: one.attested_at,
            notes: one.notes,
            signature: one.signature,
        }
    }
}

/// The rules' status as the contract's.
fn shown(status: QuestStatus) -> types::QuestStatus {
    match status {
        QuestStatus::Open => types::QuestStatus::Open,
        QuestStatus::Claimed => types::QuestStatus::Claimed,
        QuestStatus::Submitted => types::QuestStatus::Submitted,
        QuestStatus::Complete => types::QuestStatus::Complete,
        QuestStatus::Disputed => types::QuestStatus::Disputed,
        QuestStatus::Expired => types::QuestStatus::Expired,
    }
}

impl Named for QuestStatus {
    const ALL: &'static [Self] = &Self::ALL;

    fn name(self) -> &'static str {
        self.as_str()
    }
}

impl Named for AttestationRole {
    const ALL: &'static [Self] = &[Self::Requestor, Self::Performer];

    fn name(self) -> &'static str {
        self.as_str()
    }
}

//! What completing a quest earns, exactly once.
//!
//! The marker `REWARD / APPLIED` is created in the transaction that changes the member, and its condition is that there
//! is none. Where the member cannot be changed, the quest completes all the same and a [`FailedReward`] takes the
//! marker's place, for a [job](super::jobs) to apply.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::{StoreError, Write, stamp, to_item};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::item::Quest;
use super::keys;
use super::rules::COMPLETION_POINTS;
use crate::users::parts::{self, Earned};

/// What a performer receives for a quest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reward {
    /// For which quest.
    pub quest_id: Uuid,
    /// Who receives it.
    pub user_id: Uuid,
    /// So much experience.
    pub experience: i32,
    /// So much reputation.
    pub reputation: i32,
    /// So many quest-creation points.
    pub points: u32,
}

impl Reward {
    /// What a quest earns its performer.
    pub fn of(quest: &Quest, performer: Uuid) -> Self {
        Self {
            quest_id: quest.quest_id,
            user_id: performer,
            experience: quest.reward_xp,
            reputation: quest.reward_reputation,
            points: COMPLETION_POINTS,
        }
    }

    /// The change of the member.
    pub fn give(&self) -> Write {
        let earned = Earned {
            experience: self.experience,
            reputation: self.reputation,
            points: self.points,
        };
        parts::credit(self.user_id, earned)
    }

    /// The marker that makes it happen once. It fails where the reward was given.
    pub fn marker(&self) -> Result<Write, StoreError> {
        let marker = Marker {
            quest_id: self.quest_id,
            user_id: self.user_id,
        };
        let keys = keys::reward_keys(self.quest_id);
        Ok(Write::create(to_item(&marker, &keys)?))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Marker {
    quest_id: Uuid,
    user_id: Uuid,
}

/// A reward that could not be given when the quest was completed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FailedReward {
    /// The pending reward.
    #[serde(flatten)]
    pub reward: Reward,
    /// When the quest was completed.
    #[serde(with = "stamp")]
    pub created_at: DateTime<Utc>,
    /// How often giving it was tried since.
    #[serde(default)]
    pub tries: u32,
    /// What the last try met.
    #[serde(default)]
    pub last_error: Option<String>,
}

impl FailedReward {
    /// A pending reward that is due at once.
    pub fn new(reward: Reward, now: DateTime<Utc>) -> Self {
        Self {
            reward,
            created_at: now,
            tries: 0,
            last_error: None,
        }
    }

    /// The write that records it.
    pub fn create(&self) -> Result<Write, StoreError> {
        let keys = keys::failed_reward_keys(self.reward.quest_id, self.created_at);
        Ok(Write::create(to_item(self, &keys)?))
    }
}

//! The task as it is kept, and the two things that are made of it: what the rules decide on, and what anyone reads.

use chrono::{DateTime, Utc};
use civicforge_api::types;
use civicforge_kernel::table::checked::checked;
use civicforge_kernel::table::key::id_at;
use civicforge_kernel::table::named::{self, Named};
use civicforge_kernel::table::{Item, Keys, Shards, StoreError, attr, stamp, to_item};
use civicforge_runtime::conditional::ETag;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::keys;
use super::rules::{self, Actor, Command, TaskState, TaskStatus, Transition, TransitionError};

/// A task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Task {
    /// Its id.
    pub task_id: Uuid,
    /// One line of plain text.
    pub title: String,
    /// Plain text of several lines.
    #[serde(default)]
    pub description: Option<String>,
    /// Its shop.
    #[serde(deserialize_with = "checked::<_, String, _>")]
    pub shop: types::ShopId,
    /// Where it is in its life.
    #[serde(with = "named")]
    pub status: TaskStatus,
    /// How soon it should be done.
    pub urgency: types::TaskUrgency,
    /// What kind of problem it is.
    #[serde(default)]
    pub problem_type: Option<String>,
    /// Whether it is a major repair.
    pub major_repair: bool,
    /// The member who has it, or has done it.
    #[serde(default)]
    pub volunteer_id: Option<Uuid>,
    /// The member who has reported it.
    #[serde(default)]
    pub reporter_id: Option<Uuid>,
    /// Who has it in ClickUp, where that is not known to be a member.
    #[serde(default)]
    pub volunteer_name: Option<String>,
    /// What has become of the volunteer's last command, where ClickUp has decided otherwise.
    #[serde(default)]
    pub notice: Option<String>,
    /// Its place in ClickUp, once it has one.
    #[serde(default)]
    pub click_up: Option<InClickUp>,
    /// The message on Slack that was the first about it.
    #[serde(default)]
    pub slack_url: Option<String>,
    /// Its topic on Discourse.
    #[serde(default)]
    pub discourse_url: Option<String>,
    /// Whether its topic waits until somebody approves it. It has no address before that.
    #[serde(default, skip_serializing_if = "is_not")]
    pub topic_held: bool,
    /// When it was deleted in ClickUp, or taken out of the lists that are published. It is nowhere to be seen then, and is kept, so
    /// that what comes late does not make it anew.
    #[serde(with = "stamp::option", default)]
    pub deleted_at: Option<DateTime<Utc>>,
    /// When it was claimed.
    #[serde(with = "stamp::option", default)]
    pub claimed_at: Option<DateTime<Utc>>,
    /// When it was done.
    #[serde(with = "stamp::option", default)]
    pub completed_at: Option<DateTime<Utc>>,
    /// When it was made.
    #[serde(with = "stamp")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(with = "stamp")]
    pub updated_at: DateTime<Utc>,
    /// How often something of it was changed that can be seen, from 1.
    pub version: u64,
    /// How often it was written, from 1: what a change is held against.
    pub revision: u64,
}

/// The attribute that a change is held against.
pub const REVISION: &str = "revision";

/// A task's place in ClickUp, and what is known of it there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InClickUp {
    /// Its id there.
    pub id: String,
    /// Where people see it.
    pub url: String,
    /// Its status there, as it was read or written last.
    #[serde(with = "named")]
    pub status: TaskStatus,
    /// When it was changed there, as it was read or written last. What is older is not taken.
    #[serde(with = "stamp")]
    pub updated_at: DateTime<Utc>,
    /// The version of the task that is there.
    pub pushed_version: u64,
}

/// The attributes that a change may touch. Everything else is as it was created.
pub const CHANGING: [&str; 24] = [
    "title",
    "description",
    "shop",
    "status",
    "urgency",
    "problemType",
    "majorRepair",
    "volunteerId",
    "volunteerName",
    "notice",
    "clickUp",
    "slackUrl",
    "discourseUrl",
    "topicHeld",
    "deletedAt",
    "claimedAt",
    "completedAt",
    attr::UPDATED_AT,
    attr::VERSION,
    REVISION,
    attr::GSI1PK,
    attr::GSI1SK,
    attr::GSI2PK,
    attr::GSI2SK,
];

impl Task {
    /// An open one that nobody has, made at a time.
    pub fn new(title: String, shop: types::ShopId, made: DateTime<Utc>) -> Self {
        Self {
            task_id: id_at(made),
            title,
            description: None,
            shop,
            status: TaskStatus::Open,
            urgency: types::TaskUrgency::Medium,
            problem_type: None,
            major_repair: false,
            volunteer_id: None,
            reporter_id: None,
            volunteer_name: None,
            notice: None,
            click_up: None,
            slack_url: None,
            discourse_url: None,
            topic_held: false,
            deleted_at: None,
            claimed_at: None,
            completed_at: None,
            created_at: made,
            updated_at: made,
            version: 1,
            revision: 1,
        }
    }

    /// Its keys.
    pub fn keys(&self, shards: Shards) -> Keys {
        if self.deleted_at.is_some() {
            return keys::deleted_keys(self.task_id);
        }
        keys::keys(
            self.task_id,
            &self.shop,
            self.status,
            self.created_at,
            shards,
        )
    }

    /// Its item.
    ///
    /// # Errors
    ///
    /// It has no form in the table.
    pub fn item(&self, shards: Shards) -> Result<Item, StoreError> {
        to_item(self, &self.keys(shards))
    }

    /// The entity tag, which is another one after every change.
    pub fn etag(&self) -> ETag {
        ETag::new(self.version)
    }

    /// The transition that a member's command causes.
    ///
    /// # Errors
    ///
    /// The rule that the command breaks.
    pub fn decide(
        &self,
        command: Command,
        member: Uuid,
        is_volunteer: bool,
    ) -> Result<Transition, TransitionError> {
        let volunteer = self.volunteer_id.map(|id| id.to_string());
        let state = TaskState {
            status: self.status,
            volunteer: volunteer.as_deref(),
        };
        let actor = Actor {
            user: &member.to_string(),
            is_volunteer,
        };
        rules::decide(state, command, actor)
    }

    /// The task after a transition by a member.
    #[must_use]
    pub fn after(&self, transition: Transition, by: Uuid, now: DateTime<Utc>) -> Self {
        let mut after = Self {
            status: transition.to(),
            notice: None,
            updated_at: now,
            version: self.version.saturating_add(1),
            revision: self.revision.saturating_add(1),
            ..self.clone()
        };
        match transition {
            Transition::Claimed => {
                after.volunteer_id = Some(by);
                after.volunteer_name = None;
                after.claimed_at = Some(now);
            }
            Transition::Released => {
                after.volunteer_id = None;
                after.claimed_at = None;
            }
            Transition::Completed => after.completed_at = Some(now),
        }
        after
    }
}

impl From<Task> for types::Task {
    fn from(task: Task) -> Self {
        Self {
            task_id: task.task_id.into(),
            title: task.title,
            description: task.description,
            shop: task.shop,
            status: match task.status {
                TaskStatus::Open => types::TaskStatus::Open,
                TaskStatus::InProgress => types::TaskStatus::InProgress,
                TaskStatus::Done => types::TaskStatus::Done,
            },
            urgency: task.urgency,
            problem_type: task.problem_type,
            major_repair: task.major_repair,
            click_up_url: task.click_up.map(|place| place.url),
            discourse_url: task.discourse_url,
            slack_url: task.slack_url,
            notice: task.notice,
            created_at: task.created_at,
            updated_at: task.updated_at,
            version: i64::try_from(task.version).unwrap_or(i64::MAX),
        }
    }
}

fn is_not(flag: &bool) -> bool {
    !flag
}

impl Named for TaskStatus {
    const ALL: &'static [Self] = &Self::ALL;

    fn name(self) -> &'static str {
        self.as_str()
    }
}

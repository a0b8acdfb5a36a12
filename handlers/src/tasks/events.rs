//! The events of tasks.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::outbox::{Event, EventType, Message};
use serde::Serialize;
use uuid::Uuid;

use super::item::Task;
use super::rules::Transition;

/// A task, as it is after what has happened to it.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TaskEvent<'a> {
    #[serde(skip)]
    kind: &'static str,
    /// Its id.
    task_id: Uuid,
    /// Its title.
    title: &'a str,
    /// The short name of its shop.
    shop: &'a str,
    /// Where it is in its life.
    status: &'static str,
    /// How soon it should be done: `low`, `medium`, `high` or `critical`.
    urgency: &'static str,
    /// Whether it is a major repair.
    major_repair: bool,
    /// Who has acted; nobody where it happened elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_id: Option<Uuid>,
    /// How often it was changed, from 1.
    version: u64,
}

impl Event for TaskEvent<'_> {
    const VERSION: u32 = 1;

    fn kind(&self) -> &'static str {
        self.kind
    }
}

/// The kind of what tells of a reported problem.
pub const REPORTED: &str = "task.reported";

/// The kind of what tells that a task is talked about elsewhere.
pub const LINKED: &str = "task.linked";

/// What has become of a task in ClickUp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elsewhere {
    /// It was created there.
    Created,
    /// It was changed there.
    Updated,
    /// It was changed there while a volunteer's command was on its way, which counts for nothing therefore.
    Overruled,
    /// It was deleted there, or taken out of the lists that are published.
    Deleted,
}

impl Elsewhere {
    fn kind(self) -> &'static str {
        match self {
            Self::Created => "task.created",
            Self::Updated => "task.updated",
            Self::Overruled => "task.overruled",
            Self::Deleted => "task.deleted",
        }
    }
}

/// The kind of what a transition tells.
fn kind(transition: Transition) -> &'static str {
    match transition {
        Transition::Claimed => "task.claimed",
        Transition::Released => "task.released",
        Transition::Completed => "task.completed",
    }
}

/// Every kind, and what has happened then.
pub fn types() -> Vec<EventType> {
    [
        (REPORTED, "A member has reported a problem."),
        ("task.claimed", "A volunteer has taken a task."),
        ("task.released", "Its volunteer has given a task back."),
        ("task.completed", "Its volunteer has done a task."),
        ("task.created", "A task was created in ClickUp."),
        ("task.updated", "A task was changed in ClickUp."),
        (
            "task.overruled",
            "ClickUp has decided otherwise than a volunteer's last command.",
        ),
        (
            "task.deleted",
            "A task was deleted in ClickUp, or taken out of the lists that are published.",
        ),
        (
            LINKED,
            "There is a message on Slack or a topic on Discourse about a task.",
        ),
    ]
    .map(|(kind, description)| EventType {
        #[cfg(feature = "server")]
        schema: Some(|| schemars::schema_for!(TaskEvent<'static>).to_value()),
        ..EventType::of::<TaskEvent<'_>>(kind, description)
    })
    .into()
}

/// The message that a problem was reported.
///
/// # Errors
///
/// It has no form in JSON.
pub fn reported(task: &Task, now: DateTime<Utc>) -> Result<Message, StoreError> {
    Message::of(&event(REPORTED, task, task.reporter_id), now)
}

/// The message that something has happened to a task, which is so now.
///
/// # Errors
///
/// It has no form in JSON.
pub fn moved(
    transition: Transition,
    task: &Task,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<Message, StoreError> {
    Message::of(&event(kind(transition), task, Some(by)), now)
}

/// The message that something has become of a task in ClickUp.
///
/// # Errors
///
/// It has no form in JSON.
pub fn elsewhere(what: Elsewhere, task: &Task, now: DateTime<Utc>) -> Result<Message, StoreError> {
    Message::of(&event(what.kind(), task, None), now)
}

/// The message that a task is talked about elsewhere.
///
/// # Errors
///
/// It has no form in JSON.
pub fn linked(task: &Task, now: DateTime<Utc>) -> Result<Message, StoreError> {
    Message::of(&event(LINKED, task, None), now)
}

fn event<'a>(kind: &'static str, task: &'a Task, actor_id: Option<Uuid>) -> TaskEvent<'a> {
    TaskEvent {
        kind,
        task_id: task.task_id,
        title: &task.title,
        shop: &task.shop,
        status: task.status.as_str(),
        urgency: task.urgency.as_str(),
        major_repair: task.major_repair,
        actor_id,
        version: task.version,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_that_is_told_is_in_the_list() {
        let listed: Vec<_> = types().into_iter().map(|one| one.kind).collect();
        for transition in Transition::ALL {
            assert!(listed.contains(&kind(transition)), "{transition:?}");
        }
        use Elsewhere::{Created, Deleted, Overruled, Updated};
        for what in [Created, Updated, Overruled, Deleted] {
            assert!(listed.contains(&what.kind()), "{what:?}");
        }
    }
}

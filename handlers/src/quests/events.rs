//! The events of quests.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::outbox::{Event, EventType, Message};
use serde::Serialize;
use uuid::Uuid;

use super::item::Quest;
use super::rules::Transition;

/// A quest, as it is after what has happened to it.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct QuestEvent<'a> {
    #[serde(skip)]
    kind: &'static str,
    /// Its id.
    quest_id: Uuid,
    /// Its title.
    title: &'a str,
    /// Where it is in its life.
    status: &'static str,
    /// Who has posted it.
    creator_id: Uuid,
    /// Who does it.
    #[serde(skip_serializing_if = "Option::is_none")]
    performer_id: Option<Uuid>,
    /// Who has acted; nobody where it happened by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_id: Option<Uuid>,
    /// How often it was changed, from 1.
    version: u64,
}

impl Event for QuestEvent<'_> {
    const VERSION: u32 = 1;

    fn kind(&self) -> &'static str {
        self.kind
    }
}

const CREATED: &str = "quest.created";

/// The kind of what a transition tells.
fn kind(transition: Transition) -> &'static str {
    match transition {
        Transition::Claimed => "quest.claimed",
        Transition::Unclaimed => "quest.unclaimed",
        Transition::Submitted => "quest.submitted",
        Transition::Attested(_) => "quest.attested",
        Transition::Completed(_) | Transition::ResolvedComplete => "quest.completed",
        Transition::Disputed => "quest.disputed",
        Transition::Reopened => "quest.reopened",
        Transition::Deleted => "quest.deleted",
        Transition::Expired => "quest.expired",
    }
}

/// Every kind, and what has happened then.
pub fn types() -> Vec<EventType> {
    [
        (CREATED, "A member has posted a quest."),
        ("quest.claimed", "A member has taken a quest."),
        ("quest.unclaimed", "Its performer has given a quest back."),
        ("quest.submitted", "Its performer has handed the work in."),
        (
            "quest.attested",
            "One of two has attested that the work was done.",
        ),
        (
            "quest.completed",
            "Both have attested, or an arbiter has decided so.",
        ),
        ("quest.disputed", "A party wants an arbiter to decide."),
        ("quest.reopened", "An arbiter has opened a quest again."),
        ("quest.deleted", "Its creator has deleted a quest."),
        ("quest.expired", "Its date has passed."),
    ]
    .map(|(kind, description)| EventType {
        #[cfg(feature = "server")]
        schema: Some(|| schemars::schema_for!(QuestEvent<'static>).to_value()),
        ..EventType::of::<QuestEvent<'_>>(kind, description)
    })
    .into()
}

/// The message that a quest was posted.
///
/// # Errors
///
/// It has no form in JSON.
pub fn created(quest: &Quest, now: DateTime<Utc>) -> Result<Message, StoreError> {
    Message::of(&event(CREATED, quest, Some(quest.creator_id)), now)
}

/// The message that something has happened to a quest, which is so now.
///
/// # Errors
///
/// It has no form in JSON.
pub fn moved(
    transition: Transition,
    quest: &Quest,
    by: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Message, StoreError> {
    Message::of(&event(kind(transition), quest, by), now)
}

fn event<'a>(kind: &'static str, quest: &'a Quest, actor_id: Option<Uuid>) -> QuestEvent<'a> {
    QuestEvent {
        kind,
        quest_id: quest.quest_id,
        title: &quest.title,
        status: quest.status.as_str(),
        creator_id: quest.creator_id,
        performer_id: quest.performer_id,
        actor_id,
        version: quest.version,
    }
}

#[cfg(test)]
mod tests {
    use super::super::rules::AttestationRole;
    use super::*;

    #[test]
    fn every_kind_that_is_told_is_in_the_list() {
        let listed: Vec<_> = types().into_iter().map(|one| one.kind).collect();
        let role = AttestationRole::Requestor;
        for transition in [
            Transition::Claimed,
            Transition::Unclaimed,
            Transition::Submitted,
            Transition::Attested(role),
            Transition::Completed(role),
            Transition::ResolvedComplete,
            Transition::Disputed,
            Transition::Reopened,
            Transition::Deleted,
            Transition::Expired,
        ] {
            assert!(listed.contains(&kind(transition)), "{transition:?}");
        }
    }
}

//! How the sync with other systems goes, as administrators see it.

use std::fmt;

use chrono::{DateTime, Utc};
use civicforge_api::types;
use civicforge_kernel::refusal::Refusal;
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::key::outbox::Lane;
use civicforge_kernel::table::named::Named;
use civicforge_kernel::table::outbox::operate::{self, OutboxEntry, Which};
use futures::future::{try_join, try_join_all, try_join3};

use super::Sync;
use super::reconciled::{Reconciled, WebhookHealth, WebhookState};
use super::state::{System, SystemState};

/// How many messages are counted.
const COUNTED: usize = 1_000;

/// Why nothing can be read again.
#[derive(Debug)]
pub(super) struct NotInSync;

impl Refusal for NotInSync {
    fn code(&self) -> &'static str {
        "not_in_sync"
    }

    fn is_forbidden(&self) -> bool {
        false
    }
}

impl fmt::Display for NotInSync {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("tasks are not kept in sync with ClickUp")
    }
}

impl Sync {
    /// How it goes with each system.
    pub(super) async fn status(&self) -> Result<types::SyncStatus, StoreError> {
        let states = System::ALL
            .iter()
            .map(|system| SystemState::read(&self.table, *system));
        let messages = |which| operate::list_in(&self.table, &[Lane::Sync], which, COUNTED);
        let messages = try_join(messages(Which::Waiting), messages(Which::Dead));
        let (states, reconciled, (waiting, dead)) = try_join3(
            try_join_all(states),
            Reconciled::read(&self.table),
            messages,
        )
        .await?;
        let now = self.clock.now();
        let systems = System::ALL.iter().zip(states);
        Ok(types::SyncStatus {
            reconciled_at: reconciled.reconciled_at,
            systems: systems
                .map(|(system, state)| {
                    let mut shown = shown(*system, state, &waiting, &dead, now);
                    if *system == System::ClickUp {
                        show_reconciled(&mut shown, &reconciled);
                    }
                    shown
                })
                .collect(),
        })
    }
}

fn shown(
    system: System,
    state: SystemState,
    waiting: &[OutboxEntry],
    dead: &[OutboxEntry],
    now: DateTime<Utc>,
) -> types::SyncSystem {
    let of = |entries: &[OutboxEntry]| -> Vec<Option<DateTime<Utc>>> {
        let is_its = |entry: &&OutboxEntry| system_of(entry) == Some(system);
        let created = |entry: &OutboxEntry| Some(entry.message.as_ref().ok()?.created_at);
        entries.iter().filter(is_its).map(created).collect()
    };
    let (waiting, dead) = (of(waiting), of(dead));
    let oldest = waiting.iter().flatten().min();
    let lag = oldest.map_or(0, |oldest| now.signed_duration_since(*oldest).num_seconds());
    types::SyncSystem {
        system: match system {
            System::ClickUp => types::SyncSystemSystem::ClickUp,
            System::Neon => types::SyncSystemSystem::Neon,
            System::Slack => types::SyncSystemSystem::Slack,
            System::Discourse => types::SyncSystemSystem::Discourse,
        },
        configured: state.configured,
        last_event_at: state.last_event_at,
        last_success_at: state.last_success_at,
        last_failure_at: state.last_failure_at,
        last_failure: state.last_failure,
        breaker: match state.left_alone_until.is_some_and(|until| until > now) {
            true => types::SyncSystemBreaker::Open,
            false => types::SyncSystemBreaker::Closed,
        },
        waiting: count(&waiting),
        lag_seconds: lag.max(0),
        dead_letters: count(&dead),
        webhooks: Vec::new(),
        pulled_at: None,
        pulled_all_at: None,
        missed: None,
        resync_requested_at: None,
    }
}

fn show_reconciled(shown: &mut types::SyncSystem, reconciled: &Reconciled) {
    shown.webhooks = reconciled.webhooks.iter().map(webhook).collect();
    shown.pulled_at = reconciled.pulled_at;
    shown.pulled_all_at = reconciled.pulled_all_at;
    shown.missed = reconciled.pulled_at.map(|_| reconciled.missed.into());
    let requested = reconciled.resync_requested_at;
    shown.resync_requested_at = requested.filter(|_| reconciled.is_requested());
}

/// There are no more than are counted.
fn count<T>(messages: &[T]) -> i32 {
    i32::try_from(messages.len()).unwrap_or(i32::MAX)
}

/// A message that is damaged has its destination in its key.
fn system_of(entry: &OutboxEntry) -> Option<System> {
    let (_, destination) = civicforge_kernel::table::key::outbox::parse(&entry.key)?;
    System::of_destination(destination?)
}

fn webhook(state: &WebhookState) -> types::SyncWebhook {
    types::SyncWebhook {
        webhook_id: state.webhook_id.clone(),
        list: state.list.clone(),
        health: match state.health {
            WebhookHealth::Active => types::SyncWebhookHealth::Active,
            WebhookHealth::Failing => types::SyncWebhookHealth::Failing,
            WebhookHealth::Suspended => types::SyncWebhookHealth::Suspended,
            WebhookHealth::Missing => types::SyncWebhookHealth::Missing,
        },
        lost_events: state.lost.into(),
    }
}

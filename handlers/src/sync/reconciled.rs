//! What the job that reconciles has done, and what it is to do next: one item, so that of several processes one does it.

use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_kernel::table::named::{self, Named};
use civicforge_kernel::table::record::{self, Record};
use civicforge_kernel::table::{Condition, Key, Keys, StoreError, Table, Write, attr, stamp};
use serde::{Deserialize, Serialize};

/// How often what has changed is asked for. It is a bit less than the schedule of the function on AWS.
const EVERY: TimeDelta = TimeDelta::minutes(4);
/// How often everything is read.
pub(super) const ALL_EVERY: TimeDelta = TimeDelta::hours(24);

/// How a webhook goes, as the system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookHealth {
    /// It delivers.
    Active,
    /// Events were lost.
    Failing,
    /// It delivers nothing any more.
    Suspended,
    /// The system does not have it.
    Missing,
}

impl Named for WebhookHealth {
    const ALL: &'static [Self] = &[Self::Active, Self::Failing, Self::Suspended, Self::Missing];

    fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Failing => "failing",
            Self::Suspended => "suspended",
            Self::Missing => "missing",
        }
    }
}

/// A webhook, as the system says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WebhookState {
    /// Its id.
    pub webhook_id: String,
    /// The list that it is for; none where it is for more.
    #[serde(default)]
    pub list: Option<String>,
    /// How it went when that was looked at.
    #[serde(with = "named")]
    pub health: WebhookHealth,
    /// How many events were lost by then.
    pub lost: u32,
}

/// What rounds have done, and what the next one is to do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Reconciled {
    /// When the last round began that has ended.
    #[serde(with = "stamp::option")]
    pub reconciled_at: Option<DateTime<Utc>>,
    /// The webhooks of ClickUp.
    pub webhooks: Vec<WebhookState>,
    /// Up to when everything that was changed in ClickUp was read.
    #[serde(with = "stamp::option")]
    pub pulled_at: Option<DateTime<Utc>>,
    /// When reading everything began that was read last.
    #[serde(with = "stamp::option")]
    pub pulled_all_at: Option<DateTime<Utc>>,
    /// How much of what was read last webhooks had missed.
    pub missed: u32,
    /// When the open tasks of shops were last counted anew.
    #[serde(with = "stamp::option")]
    pub recounted_at: Option<DateTime<Utc>>,
    /// When the sweep of Neon CRM began that has read every account last.
    #[serde(with = "stamp::option")]
    pub swept_at: Option<DateTime<Utc>>,
    /// When the sweep began that has not read every account yet; none where there is no such sweep.
    #[serde(with = "stamp::option")]
    pub sweeping_since: Option<DateTime<Utc>>,
    /// When somebody asked for everything to be read.
    #[serde(with = "stamp::option")]
    pub resync_requested_at: Option<DateTime<Utc>>,
    /// Until when one process reconciles, and no other.
    #[serde(with = "stamp::option")]
    pub leased_until: Option<DateTime<Utc>>,
    /// Counts its changes, from 1.
    pub version: u64,
}

impl Record for Reconciled {
    fn version(&mut self) -> &mut u64 {
        &mut self.version
    }
}

/// The item of what rounds have done.
pub fn keys() -> Keys {
    Keys::new(
        "RECONCILED",
        Key::new("RECONCILED".to_owned(), "RECONCILED"),
    )
}

/// Has the next round read everything. Where there was none yet it does so anyway.
///
/// # Errors
///
/// The table fails.
pub async fn request(table: &Table, now: DateTime<Utc>) -> Result<(), StoreError> {
    let requested = Write::update(keys().primary)
        .when(Condition::exists())
        .set("resyncRequestedAt", now)
        .add(attr::VERSION, 1);
    table.write_if(requested).await?;
    Ok(())
}

impl Reconciled {
    /// That of this table.
    ///
    /// # Errors
    ///
    /// The table cannot be read, or it is damaged.
    pub async fn read(table: &Table) -> Result<Self, StoreError> {
        record::read(table, &keys()).await
    }

    /// Whether somebody has asked for everything since it was read.
    pub fn is_requested(&self) -> bool {
        self.is_requested_since(self.pulled_all_at)
    }

    /// What was asked for at the very moment at which something began may have come too late for it.
    fn is_requested_since(&self, last: Option<DateTime<Utc>>) -> bool {
        self.resync_requested_at.is_some() && self.resync_requested_at >= last
    }

    fn is_due(&self, now: DateTime<Utc>) -> bool {
        let free = self.leased_until.is_none_or(|until| until < now);
        free && (self.is_requested() || is_over(self.reconciled_at, EVERY, now))
    }

    pub(super) fn is_recount_due(&self, now: DateTime<Utc>) -> bool {
        self.is_requested_since(self.recounted_at) || is_over(self.recounted_at, ALL_EVERY, now)
    }

    pub(super) fn is_sweep_due(&self, now: DateTime<Utc>) -> bool {
        self.is_requested_since(self.swept_at) || is_over(self.swept_at, ALL_EVERY, now)
    }

    pub(super) fn is_all_due(&self, now: DateTime<Utc>) -> bool {
        self.is_requested()
            || is_over(self.pulled_all_at, ALL_EVERY, now)
            || is_over(self.pulled_at, ALL_EVERY, now)
    }
}

/// Whether it was so long ago, or never.
fn is_over(last: Option<DateTime<Utc>>, every: TimeDelta, now: DateTime<Utc>) -> bool {
    last.is_none_or(|last| now.signed_duration_since(last) >= every)
}

/// What rounds have done, if something is due and nobody else does it. Nobody else does for so long.
///
/// # Errors
///
/// The table fails, or the item is damaged.
pub(super) async fn begin(
    table: &Table,
    now: DateTime<Utc>,
    round: TimeDelta,
) -> Result<Option<Reconciled>, StoreError> {
    let state = Reconciled::read(table).await?;
    if !state.is_due(now) {
        return Ok(None);
    }
    let is_ours = AtomicBool::new(false);
    let lease = |state: &mut Reconciled| {
        let is_due = state.is_due(now);
        // The last word is that of the round that was written.
        is_ours.store(is_due, Ordering::Relaxed);
        if is_due {
            state.leased_until = now.checked_add_signed(round);
        }
    };
    let state = record::change(table, &keys(), lease).await?;
    Ok(is_ours.into_inner().then_some(state))
}

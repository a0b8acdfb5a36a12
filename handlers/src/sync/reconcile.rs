//! The job that looks after the sync: it reads what webhooks have missed, and looks at the webhooks themselves.
//!
//! A system loses events without saying so, and stops to send any after a while. So what was changed there is asked for every few
//! minutes, and everything once a day or where an administrator wants it ([`request`]).

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_kernel::jobs::{Bounds, Job, Round};
use civicforge_kernel::table::named::{self, Named};
use civicforge_kernel::table::record::{self, Record};
use civicforge_kernel::table::{Condition, Key, Keys, StoreError, Table, Write, attr, stamp};
use civicforge_kernel::telemetry::metric;
use serde::{Deserialize, Serialize};
use url::Url;

use super::clickup::FromClickUp;
use super::connect::EVENTS;
use super::neon::{self, RefreshError};
use super::pull::{Pull, PullError, Pulled};
use super::state::{System, SystemState};
use super::webhooks::Webhooks;
use crate::tasks::mapping::ClickUpMapping;
use crate::vendors::VendorError;
use crate::vendors::clickup::{ClickUp, Health};

/// How often a server looks whether there is something to do.
const LOOK: Duration = Duration::from_secs(60);
/// How often what has changed is asked for. It is a bit less than the schedule of the function on AWS.
const EVERY: TimeDelta = TimeDelta::minutes(4);
/// How often everything is read.
const ALL_EVERY: TimeDelta = TimeDelta::hours(24);
/// How far back it is asked for again: clocks disagree, and a search can be behind.
const OVERLAP: TimeDelta = TimeDelta::minutes(10);
/// How long a round may take, and how long no other process begins one. At 100 calls a minute, which is the least that ClickUp
/// allows, it is enough for 130,000 tasks.
const ROUND: Duration = Duration::from_secs(14 * 60);

/// An outcome: something was otherwise here, and webhooks had not told of it.
const MENDED: &str = "mended";
/// An outcome: the number of a shop's open tasks was wrong.
const RECOUNTED: &str = "recounted";
/// An outcome: a webhook was suspended, and is active again.
const REACTIVATED: &str = "reactivated";
/// An outcome: a webhook is gone, and nobody has disconnected it.
const LOST: &str = "lost";
/// An outcome: a system did not answer, or not as it should.
const FAILED: &str = "failed";

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
    /// When the accounts of Neon CRM were last read.
    #[serde(with = "stamp::option")]
    pub swept_at: Option<DateTime<Utc>>,
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

/// The job.
pub fn job(from: FromClickUp) -> Job {
    let what = "changes that webhooks have missed";
    let job = Job::new("reconcile", what, LOOK, move |bounds| {
        let from = from.clone();
        async move { round(&from, bounds).await }
    });
    job.lasting(ROUND)
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

    fn is_recount_due(&self, now: DateTime<Utc>) -> bool {
        self.is_requested_since(self.recounted_at) || is_over(self.recounted_at, ALL_EVERY, now)
    }

    fn is_sweep_due(&self, now: DateTime<Utc>) -> bool {
        self.is_requested_since(self.swept_at) || is_over(self.swept_at, ALL_EVERY, now)
    }

    fn is_all_due(&self, now: DateTime<Utc>) -> bool {
        self.is_requested()
            || is_over(self.pulled_all_at, ALL_EVERY, now)
            || is_over(self.pulled_at, ALL_EVERY, now)
    }
}

/// Whether it was so long ago, or never.
fn is_over(last: Option<DateTime<Utc>>, every: TimeDelta, now: DateTime<Utc>) -> bool {
    last.is_none_or(|last| now.signed_duration_since(last) >= every)
}

async fn round(from: &FromClickUp, bounds: Bounds) -> Result<Round, StoreError> {
    let mut round = Round::new(&[MENDED, RECOUNTED, REACTIVATED, LOST, FAILED]);
    let table = &from.tasks.table;
    let now = from.tasks.clock.stamp();
    let Some(state) = begin(table, now).await? else {
        return Ok(round);
    };
    let done = Reconciling {
        from,
        bounds,
        state,
        now,
    };
    let outcome = done.everything(&mut round).await;
    let ended = |state: &mut Reconciled| {
        state.leased_until = None;
        state.reconciled_at = Some(now);
    };
    record::change(table, &keys(), ended).await?;
    outcome.map(|()| round)
}

/// The state, if something is due and nobody else does it.
async fn begin(table: &Table, now: DateTime<Utc>) -> Result<Option<Reconciled>, StoreError> {
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
            state.leased_until = TimeDelta::from_std(ROUND).ok().map(|round| now + round);
        }
    };
    let state = record::change(table, &keys(), lease).await?;
    Ok(is_ours.into_inner().then_some(state))
}

/// A round.
struct Reconciling<'a> {
    from: &'a FromClickUp,
    bounds: Bounds,
    /// As it was when the round began.
    state: Reconciled,
    now: DateTime<Utc>,
}

impl Reconciling<'_> {
    async fn everything(&self, round: &mut Round) -> Result<(), StoreError> {
        if self.state.is_recount_due(self.now) {
            for _ in 0..self.from.tasks.recount().await? {
                round.count(RECOUNTED);
            }
            self.change(|state| state.recounted_at = Some(self.now))
                .await?;
        }
        let clients = match self.from.vendors.clients().await {
            Ok(clients) => clients,
            Err(error) => {
                round.count(FAILED);
                tracing::error!(%error, "what is kept in sync cannot be known");
                for system in System::ALL {
                    self.failed(*system, &error.to_string()).await?;
                }
                return Ok(());
            }
        };
        for system in System::ALL {
            let configured = Some(system.is_configured(&clients));
            let looked = |state: &mut SystemState| state.configured = configured;
            SystemState::change(&self.from.tasks.table, *system, looked).await?;
        }
        let mapping = self.from.mapping().await?;
        let by = mapping
            .as_ref()
            .and_then(|mapping| mapping.click_up.as_ref());
        if let (Some(click_up), Some(by)) = (&clients.click_up, by) {
            self.click_up(click_up, by, round).await?;
        }
        let is_mapped = mapping.is_some_and(|mapping| mapping.neon.is_some());
        if is_mapped && clients.neon.is_some() && self.state.is_sweep_due(self.now) {
            self.neon(round).await?;
        }
        Ok(())
    }

    /// Finds the volunteers that no webhook of Neon CRM has told of.
    async fn neon(&self, round: &mut Round) -> Result<(), StoreError> {
        match neon::sweep(self.from, self.bounds.until).await {
            Ok(swept) => {
                if !swept.is_all {
                    tracing::warn!(
                        read = swept.read,
                        "there was no time for all accounts of Neon CRM"
                    );
                }
                self.change(|state| state.swept_at = Some(self.now)).await?;
                self.succeeded(System::Neon).await
            }
            Err(RefreshError::Store(error)) => Err(error),
            Err(error) => {
                round.count(FAILED);
                tracing::warn!(%error, "the accounts of Neon CRM could not be read");
                self.failed(System::Neon, &error.to_string()).await
            }
        }
    }

    async fn click_up(
        &self,
        click_up: &ClickUp,
        by: &ClickUpMapping,
        round: &mut Round,
    ) -> Result<(), StoreError> {
        let all = self.state.is_all_due(self.now);
        let pull = Pull {
            from: self.from,
            click_up,
            by,
            until: Some(self.bounds.until),
        };
        let pulled = match self.state.pulled_at {
            Some(pulled_at) if !all => pull.changed_since(pulled_at - OVERLAP).await,
            _ => pull.all(|_, _| {}).await,
        };
        let outcome = match pulled {
            Ok(pulled) => {
                self.pulled(&pulled, all, round).await?;
                self.webhooks(click_up, by, round).await
            }
            Err(error) => Err(error),
        };
        match outcome {
            Ok(()) => self.succeeded(System::ClickUp).await,
            Err(PullError::Store(error)) => Err(error),
            Err(error) => {
                round.count(FAILED);
                tracing::warn!(%error, "what webhooks have missed could not be read");
                self.failed(System::ClickUp, &error.to_string()).await
            }
        }
    }

    async fn pulled(
        &self,
        pulled: &Pulled,
        all: bool,
        round: &mut Round,
    ) -> Result<(), StoreError> {
        // What there is at the first time nobody has missed.
        let missed = match self.state.pulled_all_at {
            Some(_) => pulled.missed,
            None => 0,
        };
        for _ in 0..missed {
            metric!("sync.missed");
            round.count(MENDED);
        }
        let missed = u32::try_from(missed).unwrap_or(u32::MAX);
        self.change(|state| {
            state.pulled_at = Some(self.now);
            if all {
                state.pulled_all_at = Some(self.now);
            }
            state.missed = missed;
        })
        .await
    }

    /// Looks at the webhooks, and has those send again that ClickUp has suspended. What they have not sent was read before.
    async fn webhooks(
        &self,
        click_up: &ClickUp,
        by: &ClickUpMapping,
        round: &mut Round,
    ) -> Result<(), PullError> {
        let known = Webhooks::read(&self.from.tasks.table).await?.click_up;
        let mut states = Vec::new();
        if !known.is_empty() {
            let there = click_up.webhooks(&by.team).await?;
            for webhook in known.iter().filter(|webhook| webhook.until.is_none()) {
                let found = there.iter().find(|found| found.id == webhook.webhook_id);
                let health = found.map(|found| &found.health);
                let state = WebhookState {
                    webhook_id: webhook.webhook_id.clone(),
                    list: webhook.list.clone(),
                    health: health.map_or(WebhookHealth::Missing, health_of),
                    lost: health.map_or(0, |health| health.fail_count),
                };
                let (id, lost) = (&state.webhook_id, state.lost);
                match state.health {
                    WebhookHealth::Active => {}
                    WebhookHealth::Failing => tracing::warn!(
                        webhookId = id,
                        lost,
                        "ClickUp could not deliver all events of a webhook"
                    ),
                    WebhookHealth::Suspended => {
                        tracing::error!(webhookId = id, lost, "ClickUp has suspended a webhook");
                        metric!("sync.webhooks.suspended");
                        let endpoint = webhook.endpoint.parse::<Url>();
                        let endpoint = endpoint.map_err(|error| {
                            VendorError::Unreadable(format!("the endpoint of {id}: {error}"))
                        })?;
                        click_up.activate_webhook(id, &endpoint, &EVENTS).await?;
                        round.count(REACTIVATED);
                    }
                    WebhookHealth::Missing => {
                        tracing::error!(
                            webhookId = id,
                            "a webhook is gone from ClickUp; `civicforge clickup connect` makes another one"
                        );
                        metric!("sync.webhooks.suspended");
                        round.count(LOST);
                    }
                }
                states.push(state);
            }
        }
        self.change(|state| state.webhooks.clone_from(&states))
            .await?;
        Ok(())
    }

    async fn succeeded(&self, system: System) -> Result<(), StoreError> {
        let succeeded = |state: &mut SystemState| state.succeeded(self.now);
        SystemState::change(&self.from.tasks.table, system, succeeded).await?;
        Ok(())
    }

    async fn failed(&self, system: System, why: &str) -> Result<(), StoreError> {
        let alone = self.from.vendors.breakers().open_for(system.vendor());
        let failed = |state: &mut SystemState| state.failed(why, alone, self.now);
        SystemState::change(&self.from.tasks.table, system, failed).await?;
        Ok(())
    }

    async fn change(&self, change: impl Fn(&mut Reconciled)) -> Result<(), StoreError> {
        record::change(&self.from.tasks.table, &keys(), change).await?;
        Ok(())
    }
}

/// What ClickUp has no word for counts events that were lost.
fn health_of(health: &Health) -> WebhookHealth {
    match health.status.as_str() {
        "active" | "" => WebhookHealth::Active,
        _ if health.is_suspended() => WebhookHealth::Suspended,
        _ => WebhookHealth::Failing,
    }
}

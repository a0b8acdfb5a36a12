//! The job that looks after the sync: it reads what webhooks have missed, and looks at the webhooks themselves.
//!
//! A system loses events without saying so, and stops to send any after a while. So what was changed there is asked for every few
//! minutes, and everything once a day or where an administrator wants it ([`request`](super::reconciled::request)).

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_kernel::jobs::{Bounds, Job, Round};
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::named::Named;
use civicforge_kernel::table::record;
use civicforge_kernel::telemetry::metric;
use url::Url;

use super::clickup::FromClickUp;
use super::connect::EVENTS;
use super::neon::{self, RefreshError};
use super::pull::{Pull, PullError, Pulled};
use super::reconciled::{Reconciled, WebhookHealth, WebhookState, begin, keys};
use super::state::{System, SystemState};
use super::webhooks::Webhooks;
use crate::tasks::item::Task;
use crate::tasks::links::Link;
use crate::tasks::mapping::ClickUpMapping;
use crate::tasks::rules::TaskStatus;
use crate::vendors::VendorError;
use crate::vendors::clickup::{ClickUp, Health};
use crate::vendors::discourse::Discourse;

/// How often a server looks whether there is something to do.
const LOOK: Duration = Duration::from_secs(60);
/// How far back it is asked for again: clocks disagree, and a search can be behind.
const OVERLAP: TimeDelta = TimeDelta::minutes(10);
/// How long a round may take, and how long no other process begins one. At 100 calls a minute, which is the least that ClickUp
/// allows, it is enough for 130,000 tasks.
const ROUND: TimeDelta = TimeDelta::minutes(14);

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

/// The job.
pub fn job(from: FromClickUp) -> Job {
    let what = "changes that webhooks have missed";
    let job = Job::new("reconcile", what, LOOK, move |bounds| {
        let from = from.clone();
        async move { round(&from, bounds).await }
    });
    job.lasting(ROUND.to_std().unwrap_or_default())
}

async fn round(from: &FromClickUp, bounds: Bounds) -> Result<Round, StoreError> {
    let mut round = Round::new(&[MENDED, RECOUNTED, REACTIVATED, LOST, FAILED]);
    let table = &from.tasks.table;
    let now = from.tasks.clock.stamp();
    let Some(state) = begin(table, now, ROUND).await? else {
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
        if let Some(discourse) = &clients.discourse
            && self.state.is_all_due(self.now)
        {
            self.topics(discourse, round).await?;
        }
        let is_mapped = mapping.is_some_and(|mapping| mapping.neon.is_some());
        if is_mapped && clients.neon.is_some() && self.state.is_sweep_due(self.now) {
            self.neon(round).await?;
        }
        Ok(())
    }

    /// Notes the addresses of topics that somebody has approved. Discourse tells nobody of that.
    async fn topics(&self, discourse: &Discourse, round: &mut Round) -> Result<(), StoreError> {
        let tasks = &self.from.tasks;
        let held = |task: Task| task.topic_held.then_some(task.task_id);
        let statuses = [TaskStatus::Open, TaskStatus::InProgress];
        for id in tasks.all(&statuses, held).await? {
            match discourse.topic(&id.to_string()).await {
                Ok(Some(topic)) => tasks.link(id, Link::Discourse(topic.url.into())).await?,
                Ok(None) => {}
                Err(error) => {
                    round.count(FAILED);
                    tracing::warn!(%error, "topics that wait for approval could not be looked for");
                    return self.failed(System::Discourse, &error.to_string()).await;
                }
            }
        }
        Ok(())
    }

    /// Finds the volunteers that no webhook of Neon CRM has told of.
    async fn neon(&self, round: &mut Round) -> Result<(), StoreError> {
        // A sweep that fails, or has no time for all, goes on in the next round.
        let since = self.state.sweeping_since.unwrap_or(self.now);
        self.change(|state| state.sweeping_since = Some(since))
            .await?;
        match neon::sweep(self.from, since, self.bounds.until).await {
            Ok(swept) => {
                if swept.is_all {
                    let ended = |state: &mut Reconciled| {
                        state.sweeping_since = None;
                        state.swept_at = Some(since);
                    };
                    self.change(ended).await?;
                } else {
                    tracing::warn!(
                        read = swept.read,
                        "there was no time for all accounts of Neon CRM; the next round reads the others"
                    );
                }
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

//! Work that is done again and again without a request.
//!
//! A job may run in any number of processes at once, may be cut off anywhere, and may see an index that is behind: what it
//! finds is only a hint, and every change is one transaction under the conditions that say that it is still due. So nothing elects
//! a leader, and nothing waits for another worker. The server runs the list of jobs by itself ([`run`]); on AWS a schedule calls
//! each as a function ([`Job::triggered`]).

use std::fmt;
use std::ops::Index as At;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use futures::future::{BoxFuture, join_all};
use futures::stream::{self, StreamExt};
use rand::Rng;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::table::item::{self, Item};
use crate::table::{Due, Index, Query, StoreError, Table, Write, attr, key, reason_to_keep};
use crate::trigger::TriggerError;

/// How many items one round handles at most; what is left is the next one's.
pub const LIMIT: usize = 1_000;
/// The most that one round may be asked for: what a function gets done in its fifteen minutes.
const HIGHEST_LIMIT: usize = 10_000;
/// How long a round of a server may take, where the job says nothing else.
const ROUND: Duration = Duration::from_secs(50);
/// How many items one worker handles at a time.
const PARALLEL: usize = 8;

/// An outcome of every job: the item is still to be handled.
pub const SKIPPED: &str = "skipped";
/// An outcome of every job: the item is damaged, and was put where no round looks.
pub const DAMAGED: &str = "damaged";

/// How much a round does, and until when it begins something.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// About how many items it handles.
    pub limit: usize,
    /// When it begins nothing any more.
    pub until: Instant,
}

impl Bounds {
    /// Those of a round that may take this long.
    pub fn within(time: Duration) -> Self {
        Self {
            limit: LIMIT,
            until: Instant::now() + time,
        }
    }
}

/// How many items had which outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round(Vec<(&'static str, usize)>);

impl Round {
    /// A round that has done nothing yet, with these outcomes beside [`DAMAGED`] and [`SKIPPED`].
    pub fn new(outcomes: &[&'static str]) -> Self {
        let outcomes = outcomes.iter().copied().chain([DAMAGED, SKIPPED]);
        Self(outcomes.map(|outcome| (outcome, 0)).collect())
    }

    /// One more.
    pub fn count(&mut self, outcome: &'static str) {
        match self.0.iter_mut().find(|(name, _)| *name == outcome) {
            Some((_, count)) => *count += 1,
            None => self.0.push((outcome, 1)),
        }
    }

    /// The outcomes that items had.
    pub fn met(&self) -> Vec<(&'static str, usize)> {
        let met = self.0.iter().filter(|(_, count)| *count > 0);
        met.copied().collect()
    }

    /// How many items are done with for now.
    fn handled(&self) -> usize {
        let handled = self
            .0
            .iter()
            .filter(|(name, _)| ![SKIPPED, DAMAGED].contains(name));
        handled.map(|(_, count)| count).sum()
    }
}

impl At<&str> for Round {
    type Output = usize;

    fn index(&self, outcome: &str) -> &usize {
        let found = self.0.iter().find(|(name, _)| *name == outcome);
        found.map_or(&0, |(_, count)| count)
    }
}

impl Serialize for Round {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

impl fmt::Display for Round {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, (name, count)) in self.met().into_iter().enumerate() {
            let separator = if position == 0 { "" } else { ", " };
            write!(f, "{separator}{name} {count}")?;
        }
        Ok(())
    }
}

type Work = Box<dyn Fn(Bounds) -> BoxFuture<'static, Result<Round, StoreError>> + Send + Sync>;

/// One job.
pub struct Job {
    /// What it is called, and its function on AWS too.
    pub name: &'static str,
    /// What it looks for, such as `overdue quests`.
    pub what: &'static str,
    /// How often a server does it.
    pub every: Duration,
    round: Duration,
    work: Work,
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job")
            .field("name", &self.name)
            .field("every", &self.every)
            .finish_non_exhaustive()
    }
}

impl Job {
    /// A job whose rounds are done so. An error is one of finding what is to be done.
    pub fn new<F>(
        name: &'static str,
        what: &'static str,
        every: Duration,
        work: impl Fn(Bounds) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<Round, StoreError>> + Send + 'static,
    {
        Self {
            name,
            what,
            every,
            round: ROUND,
            work: Box::new(move |bounds| Box::pin(work(bounds))),
        }
    }

    /// A job whose rounds may take this long on a server; on AWS its function's time counts.
    #[must_use]
    pub fn lasting(mut self, round: Duration) -> Self {
        self.round = round;
        self
    }

    /// Does one round. It may be cut off anywhere.
    ///
    /// # Errors
    ///
    /// What is to be done cannot be found. What cannot be done with one item is logged, counted, and left to the next round.
    pub async fn round(&self, bounds: Bounds) -> Result<Round, StoreError> {
        let round = (self.work)(bounds).await?;
        if !round.met().is_empty() {
            tracing::info!(job = self.name, %round, "{} were looked for", self.what);
        }
        Ok(round)
    }

    /// Does one round because a schedule has called. Its event may bound the round by `limit`.
    ///
    /// # Errors
    ///
    /// Those of [`Job::round`], and an event that makes no sense.
    pub async fn triggered(&self, payload: &Value, until: Instant) -> Result<Value, TriggerError> {
        let limit = self.limit(payload)?;
        Ok(json!(self.round(Bounds { limit, until }).await?))
    }

    /// A schedule may send an event of its own form, in which nothing is said of a limit.
    fn limit(&self, payload: &Value) -> Result<usize, TriggerError> {
        let Value::Object(fields) = payload else {
            return Err(TriggerError::malformed(self.name, "", "is not an object"));
        };
        let Some(limit) = fields.get("limit") else {
            return Ok(LIMIT);
        };
        let limit = limit.as_u64().and_then(|limit| usize::try_from(limit).ok());
        let limit = limit.filter(|limit| (1..=HIGHEST_LIMIT).contains(limit));
        limit.ok_or_else(|| {
            let problem = format!("is not a number from 1 to {HIGHEST_LIMIT}");
            TriggerError::malformed(self.name, "/limit", problem)
        })
    }

    async fn repeat(&self) {
        loop {
            tokio::time::sleep(jittered(self.every)).await;
            if let Err(error) = self.round(Bounds::within(self.round)).await {
                tracing::warn!(job = self.name, %error, "{} could not be looked for", self.what);
            }
        }
    }
}

/// Does all of these jobs again and again, until dropped. A round that is cut off there is safe: what it has begun either
/// happens or does not, and the next round finds what is left.
pub async fn run(jobs: &[Job]) {
    join_all(jobs.iter().map(Job::repeat)).await;
}

/// An interval, up to a tenth shorter or longer, so that servers that were started together do not stay together.
fn jittered(interval: Duration) -> Duration {
    interval.mul_f64(rand::rng().random_range(0.9..1.1))
}

/// Items of GSI2 that are due: their sort keys start with when.
#[derive(Debug, Clone)]
pub struct DueItems<'a> {
    /// The table.
    pub table: &'a Table,
    /// The partitions in which they stand.
    pub partitions: Vec<String>,
    /// The partition for damaged items, which no job reads.
    pub aside: &'static str,
    /// Called for each that was put there, to count it.
    pub damaged: fn(),
}

impl DueItems<'_> {
    /// Hands over each that is due at this time, some at a time, and counts what became of it. One that is damaged does not keep the
    /// others from being handled.
    ///
    /// # Errors
    ///
    /// The index cannot be read.
    pub async fn each<F>(
        &self,
        now: DateTime<Utc>,
        bounds: Bounds,
        mut round: Round,
        handle: impl Fn(Item) -> F,
    ) -> Result<Round, StoreError>
    where
        F: Future<Output = Result<&'static str, StoreError>>,
    {
        let due = key::dated_at_most(now);
        let handle = &handle;
        for partition in &self.partitions {
            let mut start = None;
            loop {
                let missing = bounds.limit.saturating_sub(round.handled());
                if missing == 0 || Instant::now() >= bounds.until {
                    return Ok(round);
                }
                let query = Query::new(Index::Gsi2, partition)
                    .at_most(&due)
                    .limit(missing.min(100))
                    .start(start);
                let page = self.table.query(&query).await?;
                let items = stream::iter(page.items);
                let outcomes = items.map(|item| self.one(item, bounds.until, handle));
                let mut outcomes = outcomes.buffer_unordered(PARALLEL);
                while let Some(outcome) = outcomes.next().await {
                    round.count(outcome);
                }
                start = page.next;
                if start.is_none() {
                    break;
                }
            }
        }
        Ok(round)
    }

    async fn one<F>(&self, item: Item, until: Instant, handle: impl Fn(Item) -> F) -> &'static str
    where
        F: Future<Output = Result<&'static str, StoreError>>,
    {
        if Instant::now() >= until {
            return SKIPPED;
        }
        let name = item::describe(&item);
        let due = Due::of(&item);
        match handle(item).await {
            Ok(outcome) => outcome,
            Err(error) if error.is_damage() => match self.set_aside(due, &name, &error).await {
                true => DAMAGED,
                false => SKIPPED,
            },
            Err(error) => {
                tracing::warn!(item = name, %error, "an item that is due could not be handled");
                SKIPPED
            }
        }
    }

    /// Whether a damaged item was put aside, with the reason; it may have changed meanwhile.
    async fn set_aside(
        &self,
        due: Result<Due, StoreError>,
        name: &str,
        error: &StoreError,
    ) -> bool {
        let moved = async {
            let due = due?;
            let aside = Write::update(due.key.clone())
                .when(due.unchanged())
                .set(attr::GSI2PK, self.aside)
                .set(attr::LAST_ERROR, reason_to_keep(error));
            self.table.write_if(aside).await
        };
        match moved.await {
            Ok(moved) => {
                if moved {
                    let partition = self.aside;
                    tracing::error!(item = name, %error, partition, "a damaged item was set aside");
                    (self.damaged)();
                }
                moved
            }
            Err(failure) => {
                tracing::error!(item = name, %error, %failure, "a damaged item could not be set aside");
                false
            }
        }
    }
}

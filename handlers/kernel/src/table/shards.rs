//! The number of shards, which is kept in the table itself.
//!
//! One item says over how many partitions readers and writers spread a shared list ([`ShardCounts`]); without the item
//! there is one. Every process reads it and acts on a copy that is never older than [`Freshness::bound`], so the number
//! can be raised ([`raise`]) while servers and functions run:
//!
//! 1. The readers' number is raised. Nobody writes to the new partitions yet, so it does not matter who reads them.
//! 2. After [`SETTLE`] every copy from before is too old to be used, and every list that was begun with one has ended.
//! 3. The writers' number is raised. All readers look where they write now, and where they have written before: an item's
//!    shard under the lower number is below that number.
//!
//! It is never lowered: what was written to the higher shards stays there, and nobody would read it.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::json;
use tokio::time::Instant;

use super::item::{Item, describe, to_item};
use super::{Condition, Shards, StoreError, Table, Write, attr, key};

/// How old a copy of the numbers may be when it is used.
pub const BOUND: Duration = Duration::from_secs(60);

/// How long a raise waits between the readers' number and the writers': until no process uses a copy from before, and
/// half a minute for the lists that were begun with one.
pub const SETTLE: Duration = BOUND.saturating_add(Duration::from_secs(30));

/// How long a refresh in the background waits after one that failed.
const RETRY: Duration = Duration::from_secs(5);

/// The form of the item that this code reads and writes.
const FORMAT: u64 = 1;

const FORMAT_ATTRIBUTE: &str = "format";
const READERS: &str = "readShards";
const WRITERS: &str = "writeShards";

/// Over how many partitions a shared list is spread. Readers look in at least as many as are written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShardCounts {
    /// For those who read a list.
    pub readers: Shards,
    /// For those who write an item of one.
    pub writers: Shards,
}

impl ShardCounts {
    /// What holds where the table says nothing.
    pub const ONE: Self = Self {
        readers: Shards::ONE,
        writers: Shards::ONE,
    };
}

/// How old a copy may become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freshness {
    /// A copy of this age is not used any more: a caller waits until the numbers are read.
    pub bound: Duration,
    /// A copy of this age is used, and read anew in the background.
    pub refresh_after: Duration,
}

impl Freshness {
    /// Every use reads the table.
    pub const UNCACHED: Self = Self {
        bound: Duration::ZERO,
        refresh_after: Duration::ZERO,
    };
}

impl Default for Freshness {
    fn default() -> Self {
        Self {
            bound: BOUND,
            refresh_after: BOUND / 2,
        }
    }
}

/// The numbers as a process uses them: a copy that is read when it is first needed, and again before it is too old.
/// Clones share it.
#[derive(Debug, Clone)]
pub struct CurrentShards(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    table: Table,
    freshness: Freshness,
    state: Mutex<State>,
    /// Held by the one who reads.
    reading: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct State {
    copy: Option<Copied>,
    /// The last read that failed, if none has succeeded since, and when it ended.
    failure: Option<(Instant, StoreError)>,
    /// Whether a task reads in the background.
    refreshing: bool,
}

#[derive(Debug, Clone, Copy)]
struct Copied {
    counts: ShardCounts,
    /// When the read began.
    at: Instant,
    wall: SystemTime,
}

impl Copied {
    /// The host of a function may stop its process between two events, and the monotonic clock with it, so the clock on
    /// the wall counts too.
    fn age(&self) -> Duration {
        let wall = self.wall.elapsed().unwrap_or_default();
        self.at.elapsed().max(wall)
    }
}

impl CurrentShards {
    /// The numbers of this table, which is asked when they are first needed.
    pub fn new(table: Table, freshness: Freshness) -> Self {
        Self(Arc::new(Inner {
            table,
            freshness,
            state: Mutex::default(),
            reading: tokio::sync::Mutex::default(),
        }))
    }

    /// The numbers, as they were at most [`Freshness::bound`] ago. Safe to cancel.
    ///
    /// # Errors
    ///
    /// [`StoreError::Corrupt`] where the item is not one that this code can read, and the table's own errors where it
    /// cannot be asked and the copy is too old.
    pub async fn now(&self) -> Result<ShardCounts, StoreError> {
        let started = Instant::now();
        let Freshness {
            bound,
            refresh_after,
        } = self.0.freshness;
        if let Some(copy) = self.copy().filter(|copy| copy.age() < bound) {
            if copy.age() >= refresh_after {
                self.refresh_in_background();
            }
            return Ok(copy.counts);
        }
        let _reading = self.0.reading.lock().await;
        // Somebody else may have read it in the meantime, or tried to.
        let usable = |copy: &Copied| copy.at >= started || copy.age() < bound;
        if let Some(copy) = self.copy().filter(usable) {
            return Ok(copy.counts);
        }
        if let Some((at, failure)) = &self.state().failure
            && *at >= started
        {
            return Err(failure.clone());
        }
        self.read().await
    }

    /// Reads the item now, whatever the age of the copy, and keeps what it says. It is also how readiness asks whether the
    /// table answers.
    ///
    /// # Errors
    ///
    /// As [`CurrentShards::now`].
    pub async fn read_now(&self) -> Result<ShardCounts, StoreError> {
        let _reading = self.0.reading.lock().await;
        self.read().await
    }

    async fn read(&self) -> Result<ShardCounts, StoreError> {
        let (at, wall) = (Instant::now(), SystemTime::now());
        let read = stored(&self.0.table).await;
        let mut state = self.state();
        match read {
            Ok(stored) => {
                let counts = stored.map_or(ShardCounts::ONE, |stored| stored.counts);
                state.copy = Some(Copied { counts, at, wall });
                state.failure = None;
                Ok(counts)
            }
            Err(error) => {
                state.failure = Some((Instant::now(), error.clone()));
                Err(error)
            }
        }
    }

    fn refresh_in_background(&self) {
        {
            let mut state = self.state();
            let failed_just_now = state
                .failure
                .as_ref()
                .is_some_and(|(at, _)| at.elapsed() < RETRY);
            if state.refreshing || failed_just_now {
                return;
            }
            state.refreshing = true;
        }
        let this = self.clone();
        tokio::spawn(async move {
            if let Err(error) = this.read_now().await {
                tracing::warn!(%error, "the number of shards could not be read; the last one is used until it is too old");
            }
            this.state().refreshing = false;
        });
    }

    fn copy(&self) -> Option<Copied> {
        self.state().copy
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The item as it was read.
struct Stored {
    counts: ShardCounts,
    version: u64,
}

async fn stored(table: &Table) -> Result<Option<Stored>, StoreError> {
    let item = table.get(&key::meta::config()).await?;
    item.map(|item| decode(&item)).transpose()
}

fn decode(item: &Item) -> Result<Stored, StoreError> {
    let wrong = |name: &str, what: String| {
        StoreError::corrupt(describe(item), format!("attribute `{name}` {what}"))
    };
    let number = |name: &str| match item.get(name) {
        Some(AttributeValue::N(text)) => text
            .parse::<u64>()
            .map_err(|_| wrong(name, format!("is {text}, which is no whole number"))),
        Some(_) => Err(wrong(name, "is not a number".to_owned())),
        None => Err(wrong(name, "is missing".to_owned())),
    };
    let shards = |name: &str| {
        let count = number(name)?;
        u16::try_from(count)
            .ok()
            .and_then(Shards::checked)
            .ok_or_else(|| {
                let most = Shards::MOST;
                wrong(name, format!("is {count}, expected 1 to {most}"))
            })
    };
    let format = number(FORMAT_ATTRIBUTE)?;
    if format != FORMAT {
        let what = format!("is {format}, and this program knows {FORMAT} alone: use a newer one");
        return Err(wrong(FORMAT_ATTRIBUTE, what));
    }
    let counts = ShardCounts {
        readers: shards(READERS)?,
        writers: shards(WRITERS)?,
    };
    if counts.readers < counts.writers {
        let (readers, writers) = (counts.readers.count(), counts.writers.count());
        let what = format!("is {readers}, which is less than `{WRITERS}`, {writers}");
        return Err(wrong(READERS, what));
    }
    Ok(Stored {
        counts,
        version: number(attr::VERSION)?,
    })
}

/// The numbers as they are in the table now.
///
/// # Errors
///
/// As [`CurrentShards::now`].
pub async fn read(table: &Table) -> Result<ShardCounts, StoreError> {
    let stored = stored(table).await?;
    Ok(stored.map_or(ShardCounts::ONE, |stored| stored.counts))
}

/// Why the number was not raised.
#[derive(Debug, thiserror::Error)]
pub enum RaiseError {
    /// It would be lower than it is.
    #[error(
        "the number of shards cannot be lowered from {from} to {to}: what was written to the higher shards stays there, and no list would have it"
    )]
    Lower {
        /// What it is.
        from: u16,
        /// What it was to be.
        to: u16,
    },
    /// Readers already use a higher number: an earlier raise was cut off or is still running.
    #[error(
        "readers use {readers} shards already: a raise to {readers} is under way or was cut off; finish it first"
    )]
    Unfinished {
        /// The readers' number.
        readers: u16,
    },
    /// The item has changed since it was read.
    #[error(
        "somebody else has changed the number of shards in the meantime; look at it and run the command again"
    )]
    Changed,
    /// The table.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How far a raise is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Readers use this number from now on.
    ReadersRaised(u16),
    /// Until writers may follow.
    Waiting(Duration),
    /// Writers use this number from now on: the raise is done.
    WritersRaised(u16),
    /// It was this number already.
    Unchanged(u16),
}

/// Raises the number of shards, in two conditional writes with `settle` between them ([`SETTLE`], or nothing where no
/// process uses the table). `report` hears of each step, and about once a second while it waits.
///
/// It may be cut off anywhere and called again with the same number: lists are complete at every moment, and it goes on
/// where it was, but waits in full, so that no two machines' clocks are compared.
///
/// # Errors
///
/// [`RaiseError`]. Writers then keep their number; readers may already use the new one.
pub async fn raise(
    table: &Table,
    to: Shards,
    settle: Duration,
    mut report: impl FnMut(Progress),
) -> Result<ShardCounts, RaiseError> {
    let found = stored(table).await?;
    let before = found
        .as_ref()
        .map_or(ShardCounts::ONE, |found| found.counts);
    let count = to.count();
    if to < before.writers {
        let from = before.writers.count();
        return Err(RaiseError::Lower { from, to: count });
    }
    if to < before.readers {
        let readers = before.readers.count();
        return Err(RaiseError::Unfinished { readers });
    }
    if to == before.writers {
        report(Progress::Unchanged(count));
        return Ok(before);
    }
    let version = match found {
        None => {
            let counts = ShardCounts {
                readers: to,
                writers: before.writers,
            };
            written(table, create(counts)?).await?;
            report(Progress::ReadersRaised(count));
            1
        }
        Some(found) if before.readers < to => {
            written(table, change(found.version, READERS, to)).await?;
            report(Progress::ReadersRaised(count));
            found.version + 1
        }
        Some(found) => found.version,
    };
    let end = Instant::now() + settle;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            break;
        }
        report(Progress::Waiting(left));
        tokio::time::sleep(left.min(Duration::from_secs(1))).await;
    }
    written(table, change(version, WRITERS, to)).await?;
    report(Progress::WritersRaised(count));
    Ok(ShardCounts {
        readers: to,
        writers: to,
    })
}

async fn written(table: &Table, write: Write) -> Result<(), RaiseError> {
    match table.write(write).await {
        Ok(_) => Ok(()),
        Err(StoreError::ConditionFailed(_)) => Err(RaiseError::Changed),
        Err(error) => Err(error.into()),
    }
}

fn change(version: u64, name: &'static str, to: Shards) -> Write {
    Write::update(key::meta::config())
        .when(Condition::version(version))
        .set(name, to.count())
        .add(attr::VERSION, 1)
}

fn create(counts: ShardCounts) -> Result<Write, StoreError> {
    let item = json!({
        FORMAT_ATTRIBUTE: FORMAT,
        READERS: counts.readers.count(),
        WRITERS: counts.writers.count(),
        attr::VERSION: 1,
    });
    Ok(Write::create(to_item(&item, &key::meta::config_keys())?))
}

/// Writes these numbers into a table that says nothing of them yet, for tests.
///
/// # Errors
///
/// The table's own, and [`RaiseError::Changed`] where it has other numbers.
pub async fn begin_with(table: &Table, counts: ShardCounts) -> Result<(), RaiseError> {
    match stored(table).await? {
        Some(found) if found.counts == counts => Ok(()),
        _ => written(table, create(counts)?).await,
    }
}

impl fmt::Display for ShardCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} for readers, {} for writers",
            self.readers.count(),
            self.writers.count()
        )
    }
}

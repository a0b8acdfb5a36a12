//! The number of shards, which is kept in the table itself.
//!
//! One item says over how many partitions readers and writers spread a shared list ([`ShardCounts`]); without the item
//! there is one. Every process reads it and acts on a copy that is never older than a bound ([`Current`]), so the number
//! can be raised ([`raise`]) while servers and functions run:
//!
//! 1. The readers' number is raised. Nobody writes to the new partitions yet, so it does not matter who reads them.
//! 2. After [`SETTLE`] every copy from before is too old to be used, and every list that was begun with one has ended.
//! 3. The writers' number is raised. All readers look where they write now, and where they have written before: an item's
//!    shard under the lower number is below that number.
//!
//! It is never lowered: what was written to the higher shards stays there, and nobody would read it.

use std::fmt;
use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::json;
use tokio::time::Instant;

use super::current::{BOUND, Current, Shared};
use super::item::{Item, describe, to_item};
use super::{Condition, Shards, StoreError, Table, Write, attr, key};

/// How long a raise waits between the readers' number and the writers': until no process uses a copy from before, and
/// half a minute for the lists that were begun with one.
pub const SETTLE: Duration = BOUND.saturating_add(Duration::from_secs(30));

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

/// The numbers as a process uses them.
pub type CurrentShards = Current<ShardCounts>;

impl Shared for ShardCounts {
    const WHAT: &'static str = "the number of shards";

    async fn read(table: &Table) -> Result<Self, StoreError> {
        read(table).await
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
/// [`StoreError::Corrupt`] where the item is not one that this code can read, and the table's own errors.
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

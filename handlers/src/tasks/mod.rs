//! Tasks: work in the shops that volunteers take.

mod erase;
pub mod events;
mod export;
pub mod follow;
pub mod item;
pub mod keys;
pub mod links;
pub mod mapping;
mod operations;
pub mod recount;
pub mod rules;
pub mod shops;
pub mod store;
mod text;
pub mod volunteers;

use std::fmt;

use civicforge_kernel::clock::Clock;
use civicforge_kernel::keys::CurrentKeys;
use civicforge_kernel::table::{CurrentShards, Table};
use civicforge_kernel::telemetry::Counted;

/// What is counted of tasks.
pub const COUNTED: [Counted; 4] = [
    ("tasks.claimed", "Tasks taken"),
    ("tasks.completed", "Tasks done, as their volunteers say"),
    ("tasks.released", "Tasks given back"),
    ("tasks.reported", "Problems reported"),
];

/// Tasks, and what they need.
pub struct Tasks {
    /// Where they are.
    pub table: Table,
    /// Over how many partitions their feeds are spread.
    pub shards: CurrentShards,
    /// What page tokens are made with.
    pub keys: CurrentKeys,
    /// Tells the time.
    pub clock: Clock,
}

impl fmt::Debug for Tasks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tasks").finish_non_exhaustive()
    }
}

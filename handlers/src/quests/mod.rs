//! Quests: posted by one member, done by another, attested by both.

mod erase;
pub mod events;
mod export;
pub mod item;
pub mod jobs;
pub mod keys;
mod operations;
pub mod reward;
pub mod rules;
pub mod store;
mod text;
pub mod transition;

use std::fmt;

use civicforge_kernel::clock::Clock;
use civicforge_kernel::keys::CurrentKeys;
use civicforge_kernel::searches::Searches;
use civicforge_kernel::table::{CurrentShards, Table};
use civicforge_kernel::telemetry::Counted;

/// What is counted of quests and rewards.
pub const COUNTED: [Counted; 8] = [
    ("quests.claimed", "Quests taken"),
    (
        "quests.completed",
        "Quests attested by both, or completed by an arbiter",
    ),
    ("quests.created", "Quests posted"),
    (
        "quests.damaged",
        "Dates that cannot be handled, because they or their quests cannot be read",
    ),
    ("quests.expired", "Quests whose date has passed"),
    ("rewards.abandoned", "Rewards that were given up"),
    (
        "rewards.damaged",
        "Records of failed rewards that cannot be read",
    ),
    (
        "rewards.failed",
        "Rewards that were not given with the completion",
    ),
];

/// Quests, and what they need.
pub struct Quests {
    /// Where they are.
    pub table: Table,
    /// Over how many partitions their feeds are spread.
    pub shards: CurrentShards,
    /// What page tokens are made with.
    pub keys: CurrentKeys,
    /// Tells the time.
    pub clock: Clock,
    /// How many searches run at once.
    pub searches: Searches,
}

impl fmt::Debug for Quests {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Quests").finish_non_exhaustive()
    }
}

//! Properties: listed by sellers and agents, looked for by anyone.

mod erase;
pub mod events;
mod export;
pub mod images;
pub mod item;
pub mod keys;
pub mod money;
mod operations;
pub mod parts;
pub mod rules;
pub mod search;
pub mod store;
mod text;

use std::fmt;

use civicforge_kernel::clock::Clock;
use civicforge_kernel::keys::CurrentKeys;
use civicforge_kernel::searches::Searches;
use civicforge_kernel::table::{CurrentShards, Table};
use civicforge_kernel::telemetry::Counted;

use crate::media::Media;

/// What is counted of properties.
pub const COUNTED: [Counted; 6] = [
    ("properties.created", "Properties listed"),
    ("properties.deleted", "Properties deleted"),
    ("properties.sold", "Properties sold"),
    ("images.made", "Images made of uploaded files"),
    (
        "images.refused",
        "Uploaded files of which no image could be made",
    ),
    (
        "images.damaged",
        "Removed images whose files cannot be removed, because the item is damaged",
    ),
];

/// Properties, and what they need.
pub struct Properties {
    /// Where they are.
    pub table: Table,
    /// Over how many partitions their lists are spread.
    pub shards: CurrentShards,
    /// What page tokens are made with.
    pub keys: CurrentKeys,
    /// Tells the time.
    pub clock: Clock,
    /// How many searches run at once.
    pub searches: Searches,
    /// Where files of images are.
    pub media: Media,
}

impl fmt::Debug for Properties {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Properties").finish_non_exhaustive()
    }
}

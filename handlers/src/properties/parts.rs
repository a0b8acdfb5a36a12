//! What other features may know of properties, and check in their own transactions.

use chrono::{DateTime, Utc};
use civicforge_api::types::PropertyStatus;
use civicforge_kernel::table::{Condition, Key, Write, postponed, stamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::keys;

pub use super::keys::{DELETED, DELETED_DAMAGED, key};

/// What others need to know of a property.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Facts {
    /// Who has listed it.
    pub owner_id: Uuid,
    /// Its title.
    pub title: String,
    /// Where it is on its way to a buyer.
    pub status: PropertyStatus,
    version: u64,
}

impl Facts {
    /// A check that a property is as it was when these were read.
    pub fn check(&self, property: Uuid) -> Write {
        Write::check(key(property), Condition::version(self.version))
    }
}

/// That a property was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Deleted {
    /// Which.
    pub property_id: Uuid,
    /// When.
    #[serde(with = "stamp")]
    pub deleted_at: DateTime<Utc>,
}

impl Deleted {
    /// Its place in the table.
    pub fn key(&self) -> Key {
        keys::deleted(self.property_id)
    }

    /// Something is to be done about it at another time.
    pub fn due(&self, at: DateTime<Utc>) -> Write {
        postponed(keys::deleted_keys(self.property_id, at))
    }
}

//! Items of GSI2 that somebody looks for from a time on.

use super::item::{Item, text};
use super::key::{IndexKey, Key, Keys};
use super::{Condition, StoreError, Write, attr};

/// Where an item of GSI2 was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Its place in the table.
    pub key: Key,
    /// Its place in the index.
    pub place: IndexKey,
}

impl Due {
    /// The places of an item that was read from the index.
    ///
    /// # Errors
    ///
    /// One of its keys is missing. DynamoDB has no item in an index without them.
    pub fn of(found: &Item) -> Result<Self, StoreError> {
        let text = |name| text(found, name).map(str::to_owned);
        Ok(Self {
            key: Key {
                pk: text(attr::PK)?,
                sk: text(attr::SK)?,
            },
            place: IndexKey {
                pk: text(attr::GSI2PK)?,
                sk: text(attr::GSI2SK)?,
            },
        })
    }

    /// It stands where it was found: an index may be behind.
    pub fn unchanged(&self) -> Condition {
        let partition = Condition::eq(attr::GSI2PK, &self.place.pk);
        partition.and(Condition::eq(attr::GSI2SK, &self.place.sk))
    }
}

/// Something is to be done about an item at another time, which these keys of it say. It may be gone.
pub fn postponed(keys: Keys) -> Write {
    let place = keys.gsi2.map(|due| due.sk).unwrap_or_default();
    Write::update(keys.primary)
        .when(Condition::exists())
        .set(attr::GSI2SK, place)
}

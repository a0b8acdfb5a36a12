//! Every change of a property as one transaction, as `docs/data-model.md` lists them.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::revise::Revision;
use civicforge_kernel::table::{
    Condition, OutboxSource, Shards, Slot, StoreError, Transaction, Write, to_item,
};
use civicforge_kernel::telemetry::metric;
use uuid::Uuid;

use super::Properties;
use super::events::{self, Happened};
use super::images::Removed;
use super::item::{CHANGING, Property};
use super::keys;
use super::parts::Deleted;
use crate::users;

/// What a member writes who lists a property, and where the check stands that the member may.
///
/// # Errors
///
/// Something has no form in the table.
pub fn create(
    property: &Property,
    shards: Shards,
    outbox: OutboxSource,
) -> Result<(Transaction, Slot), StoreError> {
    let mut transaction = Transaction::new();
    let owner = transaction.push(users::parts::check_sells(property.owner_id));
    transaction.push(Write::create(property.item()?));
    for listing in property.listings(shards)? {
        transaction.push(Write::create(listing));
    }
    let message = events::message(Happened::Listed, property, property.created_at)?;
    transaction.push(message.send(outbox)?);
    Ok((transaction, owner))
}

/// What is written where a property changes. It fails where the property is not as it was read.
///
/// # Errors
///
/// Something has no form in the table.
pub fn update(
    before: &Property,
    after: &Property,
    shards: Shards,
    outbox: OutboxSource,
) -> Result<Transaction, StoreError> {
    let mut transaction = Transaction::new();
    let update = Write::update(keys::key(before.property_id)).when(unchanged(before));
    transaction.push(update.difference(before.item()?, after.item()?, &CHANGING));
    let former = before.listings(shards)?;
    for (former, listing) in former.into_iter().zip(after.listings(shards)?) {
        // What lists do not show costs them nothing.
        if former != listing {
            transaction.push(Write::put(listing));
        }
    }
    // What nobody sees is no news: an image that was announced.
    if !before.looks_like(after) {
        let message = events::message(Happened::Updated, after, after.updated_at)?;
        transaction.push(message.send(outbox)?);
    }
    Ok(transaction)
}

/// What its owner writes who deletes a property. It fails where the property is not as it was read.
///
/// # Errors
///
/// Something has no form in the table.
fn delete(
    property: &Property,
    now: DateTime<Utc>,
    outbox: OutboxSource,
) -> Result<Transaction, StoreError> {
    let mut transaction = Transaction::new();
    let delete = Write::delete(keys::key(property.property_id));
    transaction.push(delete.when(unchanged(property)));
    for listing in keys::listings(property.property_id) {
        transaction.push(Write::delete(listing));
    }
    let deleted = Deleted {
        property_id: property.property_id,
        deleted_at: now,
    };
    let keys = keys::deleted_keys(property.property_id, now);
    transaction.push(Write::create(to_item(&deleted, &keys)?));
    if let Some(images) = Removed::of(property, &[], now) {
        transaction.push(images.keep()?);
    }
    let message = events::message(Happened::Deleted, property, now)?;
    transaction.push(message.send(outbox)?);
    Ok(transaction)
}

fn unchanged(property: &Property) -> Condition {
    Condition::version(property.version)
}

impl Properties {
    /// Delete a property, if it is as it was read.
    ///
    /// # Errors
    ///
    /// The table's own.
    pub(crate) async fn try_delete(&self, property: &Property) -> Result<Revision<()>, StoreError> {
        let transaction = delete(property, self.clock.stamp(), self.table.outbox())?;
        let outcome = self.table.transact(transaction).await;
        if outcome.is_ok() {
            metric!("properties.deleted");
        }
        Revision::of(outcome, ())
    }

    /// A property, as it is now.
    ///
    /// # Errors
    ///
    /// The table cannot be read, or the property is damaged.
    pub async fn property(&self, property: Uuid) -> Result<Option<Property>, StoreError> {
        self.table.get_as(&keys::key(property)).await
    }
}

//! Addresses that have refused mails, or whose owners have complained of them: nothing is sent there any more.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::{Key, Keys, StoreError, Table, Write, stamp, to_item};
use serde::{Deserialize, Serialize};

/// Why an address gets no mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reason {
    /// It does not exist, or takes nothing.
    Bounced,
    /// Its owner has called a mail spam.
    Complained,
}

/// The `UNDELIVERABLE` item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Undeliverable {
    reason: Reason,
    #[serde(with = "stamp")]
    since: DateTime<Utc>,
}

/// An address that gets no mails. Give it as [`normal_email`](crate::users::text::normal_email) makes it.
pub fn key(address: &str) -> Key {
    Key::new(format!("UNDELIVERABLE#{address}"), "ADDRESS")
}

/// The item of that.
pub fn keys(address: &str) -> Keys {
    Keys::new("UNDELIVERABLE", key(address))
}

/// Sends no mails to an address from now on.
///
/// # Errors
///
/// The table fails.
pub async fn give_up(
    table: &Table,
    address: &str,
    reason: Reason,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let item = Undeliverable { reason, since: now };
    let write = Write::put(to_item(&item, &keys(address))?);
    table.write(write).await?;
    Ok(())
}

/// Why an address gets no mails, if it gets none.
///
/// # Errors
///
/// The table fails, or the item is damaged.
pub async fn refusal(table: &Table, address: &str) -> Result<Option<Reason>, StoreError> {
    let item: Option<Undeliverable> = table.get_as(&key(address)).await?;
    Ok(item.map(|item| item.reason))
}

/// The write that has mails be sent to an address again.
pub fn forget(address: &str) -> Write {
    Write::delete(key(address))
}

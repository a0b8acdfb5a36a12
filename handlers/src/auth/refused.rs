//! Members whose access tokens are refused before they expire: those who are blocked, and those who have closed their accounts.
//!
//! What writes asks the account itself. For what only reads no item of the account is read: every process has a copy of the list, which
//! is short, because a closed account is in it only until its last access token has expired.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use civicforge_kernel::lists::pointer;
use civicforge_kernel::table::{Current, Index, Query, Shared, StoreError, Table, Write, to_item};
use serde_json::json;
use uuid::Uuid;

use super::keys;

/// The list.
#[derive(Debug, Clone, Default)]
pub struct Refused(Arc<HashSet<Uuid>>);

/// The list as a process uses it.
pub type CurrentRefused = Current<Refused>;

/// The one attribute of an item of it.
const USER: &str = "userId";

impl Refused {
    /// Whether this member's tokens are refused.
    pub fn has(&self, member: Uuid) -> bool {
        self.0.contains(&member)
    }
}

impl Shared for Refused {
    const WHAT: &'static str = "the list of members whose tokens are refused";

    async fn read(table: &Table) -> Result<Self, StoreError> {
        let mut members = HashSet::new();
        let mut pages = table.pages(Query::new(Index::Main, keys::REFUSED));
        while let Some(page) = pages.next().await? {
            // One that is damaged must not refuse everybody.
            members.extend(page.iter().filter_map(|item| pointer(item, USER)));
        }
        Ok(Self(Arc::new(members)))
    }
}

/// The write that has a member's tokens be refused, until a time or for as long as nobody says otherwise.
///
/// # Errors
///
/// It has no form in the table.
pub fn refuse(member: Uuid, until: Option<DateTime<Utc>>) -> Result<Write, StoreError> {
    let keys = keys::refused_keys(member, until);
    Ok(Write::put(to_item(&json!({ USER: member }), &keys)?))
}

/// The write that ends that.
pub fn accept(member: Uuid) -> Write {
    Write::delete(keys::refused(member))
}

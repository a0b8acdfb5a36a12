//! Who operates the installation.

use std::fmt;

use civicforge_api::types::UserRole;
use civicforge_kernel::refusal::Refusal;
use civicforge_kernel::table::{StoreError, Table};
use uuid::Uuid;

use super::store;

/// Why a member may not.
#[derive(Debug, Clone, Copy)]
pub struct NotAdmin;

impl Refusal for NotAdmin {
    fn code(&self) -> &'static str {
        "not_admin"
    }

    fn is_forbidden(&self) -> bool {
        true
    }
}

impl fmt::Display for NotAdmin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("only administrators can do this")
    }
}

/// Whether a member operates the installation, by the account as it is now. No token has a say in that: it would go on after the
/// role was taken away, and an issuer elsewhere could give it.
///
/// # Errors
///
/// The table cannot be read, or the account is damaged.
pub async fn is_admin(table: &Table, user: Uuid) -> Result<bool, StoreError> {
    let account = store::find(table, user).await?;
    Ok(account.is_some_and(|account| account.roles.contains(&UserRole::Admin)))
}

//! What an operator has done to an account, for the record: an item beside the account, written in one transaction with the change.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::key::id_at;
use civicforge_kernel::table::revise::{Revision, revise};
use civicforge_kernel::table::transact::Transaction;
use civicforge_kernel::table::{Condition, StoreError, Table, Write, attr, stamp, to_item};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::item::Account;
use super::{keys, store};

/// Something that was done to an account. It is never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Audit {
    /// Whose account it is.
    pub user_id: Uuid,
    /// Its id.
    pub audit_id: Uuid,
    /// What was done.
    pub action: Action,
    /// The account's address at that time.
    pub email: String,
    /// By whom, as far as that is known.
    pub by: Actor,
    /// When.
    #[serde(with = "stamp")]
    pub created_at: DateTime<Utc>,
}

/// What is done to accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// The address counts as the member's from then on.
    EmailVerified,
}

/// Who does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Actor {
    /// Whoever may use the table, with a command. Nothing here knows more of who that is.
    Operator,
}

/// Has the address of an account count as verified, on an operator's word. An account whose address is verified stays as it is, and
/// nothing is recorded. The account as it is then; nothing where it is gone.
///
/// # Errors
///
/// The table's own, and contention where others change the account all the time.
pub async fn verify_email(
    table: &Table,
    user: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Account>, StoreError> {
    let round = || async {
        let Some(account) = store::find(table, user).await? else {
            return Ok(Revision::Done(None));
        };
        if account.email_verified {
            return Ok(Revision::Done(Some(account)));
        }
        let audit = Audit {
            user_id: user,
            audit_id: id_at(now),
            action: Action::EmailVerified,
            email: account.email.clone(),
            by: Actor::Operator,
            created_at: stamp::truncate(now),
        };
        let item = to_item(&audit, &keys::audit_keys(user, audit.audit_id, now))?;
        let change = Write::update(keys::key(user))
            .when(Condition::version(account.version))
            .set(attr::VERSION, account.version.saturating_add(1))
            .set("emailVerified", true);
        let transaction = Transaction::new().with(change).with(Write::create(item));
        match table.transact(transaction).await {
            // Read again, so that what is shown is what was written.
            Ok(()) | Err(StoreError::ConditionFailed(_)) => Ok(Revision::Stale),
            Err(StoreError::Contended { .. }) => Ok(Revision::Contended),
            Err(other) => Err(other),
        }
    };
    revise(round).await
}

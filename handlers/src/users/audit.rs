//! What an operator has done to an account, for the record: an item beside the account, written in one transaction with the change.

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, Utc};
use civicforge_api::types::UserRole;
use civicforge_kernel::table::item::Value;
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
    /// The account's roles from then on, where that was what was done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<UserRole>,
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
    /// The account has other roles from then on.
    RolesChanged,
}

/// Who does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Actor {
    /// Whoever may use the table, with a command. Nothing here knows more of who that is.
    Operator,
}

/// A change of an account, and what is recorded of it.
struct Change {
    action: Action,
    roles: Vec<UserRole>,
    write: Write,
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
    let verify = |account: &Account, write: Write| {
        (!account.email_verified).then(|| Change {
            action: Action::EmailVerified,
            roles: Vec::new(),
            write: write.set("emailVerified", true),
        })
    };
    change(table, user, now, verify).await
}

/// Has an account have other roles, on an operator's word: those that it is to have after those that it has. Where they are the same
/// nothing is recorded. The account as it is then; nothing where it is gone.
///
/// # Errors
///
/// The table's own, and contention where others change the account all the time.
pub async fn change_roles(
    table: &Table,
    user: Uuid,
    now: DateTime<Utc>,
    after: impl Fn(&[UserRole]) -> Vec<UserRole>,
) -> Result<Option<Account>, StoreError> {
    let become_so = |account: &Account, write: Write| {
        let roles = after(&account.roles);
        let names = roles.iter().map(|role| Value::from(role.as_str()).into());
        let names = AttributeValue::L(names.collect());
        (roles != account.roles).then(|| Change {
            action: Action::RolesChanged,
            roles,
            write: write.set("roles", names),
        })
    };
    change(table, user, now, become_so).await
}

async fn change(
    table: &Table,
    user: Uuid,
    now: DateTime<Utc>,
    changes: impl Fn(&Account, Write) -> Option<Change>,
) -> Result<Option<Account>, StoreError> {
    let round = || async {
        let Some(account) = store::find(table, user).await? else {
            return Ok(Revision::Done(None));
        };
        let write = Write::update(keys::key(user))
            .when(Condition::version(account.version))
            .set(attr::VERSION, account.version.saturating_add(1));
        let Some(change) = changes(&account, write) else {
            return Ok(Revision::Done(Some(account)));
        };
        let audit = Audit {
            user_id: user,
            audit_id: id_at(now),
            action: change.action,
            email: account.email.clone(),
            roles: change.roles,
            by: Actor::Operator,
            created_at: stamp::truncate(now),
        };
        let item = to_item(&audit, &keys::audit_keys(user, audit.audit_id, now))?;
        let transaction = Transaction::new()
            .with(change.write)
            .with(Write::create(item));
        match table.transact(transaction).await {
            // Read again, so that what is shown is what was written.
            Ok(()) | Err(StoreError::ConditionFailed(_)) => Ok(Revision::Stale),
            Err(StoreError::Contended { .. }) => Ok(Revision::Contended),
            Err(other) => Err(other),
        }
    };
    revise(round).await
}

//! What an operator has done to an account, for the record: an item beside the account, written in one transaction with the change.

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, Utc};
use civicforge_api::types::UserRole;
use civicforge_kernel::table::item::Value;
use civicforge_kernel::table::key::id_at;
use civicforge_kernel::table::outbox::Message;
use civicforge_kernel::table::revise::{Revision, revise};
use civicforge_kernel::table::transact::Transaction;
use civicforge_kernel::table::{StoreError, Table, Write, stamp, to_item};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::item::Account;
use super::{events, keys, parts, store};

/// Something that was done to an account. It is never changed but for the address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Audit {
    /// Whose account it is.
    pub user_id: Uuid,
    /// Its id.
    pub audit_id: Uuid,
    /// What was done.
    pub action: Action,
    /// The account's address at that time. It is forgotten when the account was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
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
    /// The organization knows who the member is from then on.
    Verified,
    /// The failed logins before count no more.
    Unlocked,
    /// Mails are sent to the address again, which has refused them before.
    MailsResumed,
    /// The account's tokens are refused, and nobody logs in to it.
    Blocked,
    /// The account is not blocked any more.
    Unblocked,
    /// The account is closed, for good.
    Closed,
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
    /// What the world outside is told of it.
    told: Option<Message>,
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
    let told = events::email_verified(user, now)?;
    let verify = |account: &Account, write: Write| {
        (!account.email_verified).then(|| Change {
            action: Action::EmailVerified,
            roles: Vec::new(),
            write: parts::with_verified_email(write),
            told: Some(told.clone()),
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
            told: None,
        })
    };
    change(table, user, now, become_so).await
}

/// Has the organization know who a member is. Nothing is recorded where it does. The account as it is then; nothing where it is gone.
///
/// # Errors
///
/// The table's own, and contention where others change the account all the time.
pub async fn verify(
    table: &Table,
    user: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Account>, StoreError> {
    let verify = |account: &Account, write: Write| {
        (!account.verified).then(|| Change {
            action: Action::Verified,
            roles: Vec::new(),
            write: write.set("verified", true),
            told: None,
        })
    };
    change(table, user, now, verify).await
}

/// Does something about an account that is not written in it, and records it, in one transaction. Whether it was done: its write may have
/// a condition that fails.
///
/// # Errors
///
/// The table's own.
pub async fn record(
    table: &Table,
    account: &Account,
    action: Action,
    write: Write,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let audit = item(account, action, Vec::new(), now)?;
    let transaction = Transaction::new().with(write).with(audit);
    match table.transact(transaction).await {
        Ok(()) => Ok(true),
        Err(StoreError::ConditionFailed(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The write that records something.
///
/// # Errors
///
/// It has no form in the table.
pub fn item(
    account: &Account,
    action: Action,
    roles: Vec<UserRole>,
    now: DateTime<Utc>,
) -> Result<Write, StoreError> {
    let audit = Audit {
        user_id: account.user_id,
        audit_id: id_at(now),
        action,
        email: Some(account.email.clone()),
        roles,
        by: Actor::Operator,
        created_at: stamp::truncate(now),
    };
    let keys = keys::audit_keys(account.user_id, audit.audit_id, now);
    Ok(Write::create(to_item(&audit, &keys)?))
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
        let Some(change) = changes(&account, store::update(&account)) else {
            return Ok(Revision::Done(Some(account)));
        };
        let audit = item(&account, change.action, change.roles, now)?;
        let mut transaction = Transaction::new().with(change.write).with(audit);
        if let Some(told) = &change.told {
            transaction.push(told.send(table.outbox())?);
        }
        match table.transact(transaction).await {
            // Read again, so that what is shown is what was written.
            Ok(()) | Err(StoreError::ConditionFailed(_)) => Ok(Revision::Stale),
            Err(StoreError::Contended { .. }) => Ok(Revision::Contended),
            Err(other) => Err(other),
        }
    };
    revise(round).await
}

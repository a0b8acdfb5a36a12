//! Reading and changing accounts.

use civicforge_kernel::table::revise::{Revision, revise};
use civicforge_kernel::table::{Condition, StoreError, Table, Transaction, Write, attr, from_item};
use civicforge_runtime::error::{Declares, OperationError};
use civicforge_runtime::status::{
    InternalServerError, PreconditionFailed, ServiceUnavailable, Unauthorized,
};
use uuid::Uuid;

use super::item::Account;
use super::{keys, parts};
use crate::members::no_account;

/// Why an account was not changed.
#[derive(Debug)]
pub enum ChangeError {
    /// It is gone.
    NoAccount(Unauthorized),
    /// It is at another version than the caller wants to change.
    OtherVersion(PreconditionFailed),
    /// The table.
    Store(StoreError),
}

impl From<StoreError> for ChangeError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl<O> From<ChangeError> for OperationError<O>
where
    O: Declares<Unauthorized>
        + Declares<PreconditionFailed>
        + Declares<InternalServerError>
        + Declares<ServiceUnavailable>,
{
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NoAccount(status) => status.into(),
            ChangeError::OtherVersion(status) => status.into(),
            ChangeError::Store(error) => error.into(),
        }
    }
}

/// A member's account, as it is now. Nothing where it is closed: then there is no such member any more.
pub async fn find(table: &Table, user: Uuid) -> Result<Option<Account>, StoreError> {
    let account = find_even_closed(table, user).await?;
    Ok(account.filter(|account| account.closed_at.is_none()))
}

/// A member's account, as it is now or as closing it has left it.
pub async fn find_even_closed(table: &Table, user: Uuid) -> Result<Option<Account>, StoreError> {
    table.get_as(&keys::key(user)).await
}

/// Changes an account, if it is at a version that `if_match` lets through. Without `If-Match` the change applies to
/// any version, so it is retried after a concurrent write.
pub async fn change(
    table: &Table,
    user: Uuid,
    if_match: Option<&str>,
    changes: impl Fn(Write) -> Write,
) -> Result<Account, ChangeError> {
    let round = || async {
        let account = open_at(table, user, if_match).await?;
        written(table, changes(update(&account))).await
    };
    revise(round).await
}

/// The same with another name, which moves the account in the list of all.
pub async fn rename(
    table: &Table,
    user: Uuid,
    if_match: Option<&str>,
    name: &str,
    changes: impl Fn(Write) -> Write,
) -> Result<Account, ChangeError> {
    let round = || async {
        let account = open_at(table, user, if_match).await?;
        let write = changes(update(&account).set("name", name));
        if account.listed && account.name == name {
            return written(table, write).await;
        }
        let transaction = Transaction::new()
            .with(write.set("listed", true))
            .with(parts::list(user, name)?);
        let outcome = Revision::of(table.transact(transaction).await, ())?;
        Ok(match outcome {
            // A transaction answers without the items.
            Revision::Done(()) => Revision::Done(find(table, user).await?.ok_or_else(gone)?),
            Revision::Stale => Revision::Stale,
            Revision::Contended => Revision::Contended,
        })
    };
    revise(round).await
}

/// An account, if it is at a version that `if_match` lets through.
async fn open_at(
    table: &Table,
    user: Uuid,
    if_match: Option<&str>,
) -> Result<Account, ChangeError> {
    let account = find(table, user).await?.ok_or_else(gone)?;
    if if_match.is_some_and(|header| !account.etag().satisfies_if_match(header)) {
        return Err(ChangeError::OtherVersion(
            PreconditionFailed::default().detail("The account has changed since it was read."),
        ));
    }
    Ok(account)
}

/// The account after an update on its own.
async fn written(table: &Table, update: Write) -> Result<Revision<Account>, ChangeError> {
    Ok(match table.write(update).await {
        Ok(Some(item)) => Revision::Done(from_item(item)?),
        // An update answers with the item; without one it is for the next round to find out.
        Ok(None) | Err(StoreError::ConditionFailed(_)) => Revision::Stale,
        Err(other) => return Err(other.into()),
    })
}

/// The update of an account as it was read.
pub(super) fn update(account: &Account) -> Write {
    Write::update(keys::key(account.user_id))
        .when(Condition::version(account.version))
        .set(attr::VERSION, account.version.saturating_add(1))
}

fn gone() -> ChangeError {
    ChangeError::NoAccount(no_account())
}

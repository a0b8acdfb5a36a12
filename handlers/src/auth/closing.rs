//! Closing and blocking accounts.
//!
//! Either takes effect in one transaction: sessions end, the password is good for nothing or gone, and the member is in the list of those
//! whose access tokens are refused. What else there is of the member of a closed account is erased later ([`crate::users::jobs`]).

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_kernel::table::revise::{Revision, revise};
use civicforge_kernel::table::{
    Index, Key, OutboxSource, Query, StoreError, Table, Transaction, Write,
};
use futures::future::BoxFuture;
use uuid::Uuid;

use super::credentials::{self, Credential};
use super::mails::AccountMail;
use super::{Auth, keys, refused};
use crate::members::ErasesMembers;
use crate::users::audit::{self, Action};
use crate::users::item::Account;
use crate::users::text::normal_email;
use crate::users::{self, events, parts};

/// How long the tokens of a closed account are in the list of those that are refused: longer than any is good for.
const REFUSED_FOR: TimeDelta = TimeDelta::days(2);

/// The transaction that closes an account. It fails where the account is closed, or its password is another one than was read.
///
/// # Errors
///
/// Something has no form in the table.
pub fn close(
    account: &Account,
    credential: Option<&Credential>,
    now: DateTime<Utc>,
    outbox: OutboxSource,
) -> Result<Transaction, StoreError> {
    let user = account.user_id;
    let (gone, end) = match credential {
        Some(credential) => credential.remove(),
        None => (None, end_sessions(account)),
    };
    let mut transaction = Transaction::new()
        .with(parts::with_closing(end, now))
        .with(parts::unlist(user))
        .with(Write::delete(keys::email(&normal_email(&account.email))))
        .with(refused::refuse(user, Some(now + REFUSED_FOR))?)
        .with(users::jobs::have_erased(user, now)?)
        .with(AccountMail::Closed.to(user, now)?.send(outbox)?)
        .with(events::closed(user, now)?.send(outbox)?);
    if let Some(gone) = gone {
        transaction.push(gone);
    }
    Ok(transaction)
}

/// Closes an account on an operator's word. False where there is none that is open.
///
/// # Errors
///
/// The table's own, and contention where others change the account all the time.
pub async fn close_for_operator(
    table: &Table,
    user: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    revise(|| async {
        let Some((account, credential)) = credentials::find(table, user).await? else {
            return Ok(Revision::Done(false));
        };
        let audit = audit::item(&account, Action::Closed, Vec::new(), now)?;
        let transaction = close(&account, credential.as_ref(), now, table.outbox())?;
        Revision::of(table.transact(transaction.with(audit)).await, true)
    })
    .await
}

/// Has the tokens of an account be refused and nobody log in to it, or has that end. Where it is so already nothing is recorded. False
/// where there is no account that is open.
///
/// # Errors
///
/// The table's own, and contention where others change the account all the time.
pub async fn block(
    table: &Table,
    user: Uuid,
    blocked: bool,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    revise(|| async {
        let Some((account, credential)) = credentials::find(table, user).await? else {
            return Ok(Revision::Done(false));
        };
        if account.blocked_at.is_some() == blocked {
            return Ok(Revision::Done(true));
        }
        let mut transaction = Transaction::new();
        let action = match blocked {
            true => {
                let end = match &credential {
                    // The same password, of another generation: no session that it has opened goes on.
                    Some(credential) => {
                        let [again, end] = credential.change(&credential.hash, None)?;
                        transaction.push(again);
                        end
                    }
                    None => end_sessions(&account),
                };
                transaction.push(parts::with_block(end, now));
                transaction.push(refused::refuse(user, None)?);
                Action::Blocked
            }
            false => {
                transaction.push(parts::unblock(user));
                transaction.push(refused::accept(user));
                Action::Unblocked
            }
        };
        transaction.push(audit::item(&account, action, Vec::new(), now)?);
        Revision::of(table.transact(transaction).await, true)
    })
    .await
}

/// That of somebody without a password here, who has no sessions here either.
fn end_sessions(account: &Account) -> Write {
    let generation = account.session_generation.saturating_add(1);
    parts::end_sessions(account.user_id, generation, None, None)
}

impl ErasesMembers for Auth {
    /// What other issuers call the member, and the failed logins. Sessions go by themselves, and say nothing of anybody.
    fn erase(&self, member: Uuid, until: Instant) -> BoxFuture<'_, Result<bool, StoreError>> {
        Box::pin(async move {
            let (partition, prefix) = keys::identities_of(member);
            let identities = Query::new(Index::Gsi1, partition).prefix(prefix);
            let mut pages = self.table.pages(identities);
            while let Some(page) = pages.next().await? {
                for key in page.iter().filter_map(Key::of) {
                    if Instant::now() >= until {
                        return Ok(false);
                    }
                    self.table.write(Write::delete(key)).await?;
                }
            }
            let account = users::store::find_even_closed(&self.table, member).await?;
            if let Some(account) = account {
                let address = normal_email(&account.email);
                self.table
                    .write(Write::delete(keys::lockout(&address)))
                    .await?;
            }
            Ok(true)
        })
    }
}

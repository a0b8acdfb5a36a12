//! What is kept of accounts beside the account itself: whose an e-mail address is, how often a login failed, and the
//! families of refresh tokens.
//!
//! Every decision is the condition of a write (`docs/data-model.md`); what is read before only says which write to try.

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_kernel::table::{
    Condition, Reads, StoreError, Table, Write, attr, from_item, stamp, to_item,
};
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::lockout::{Failures, LockedOut};
use super::refresh_token::{Family, RefreshToken, SecretHash};
use super::{Auth, keys};
use crate::members::Addresses;
use crate::users;
use crate::users::item::Account;

/// Whose an e-mail address is.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Guard {
    user_id: Uuid,
}

/// The write that makes an address somebody's. It fails where it is somebody's already.
pub fn claim_email(address: &str, user: Uuid) -> Result<Write, StoreError> {
    let guard = Guard { user_id: user };
    Ok(Write::create(to_item(&guard, &keys::email_keys(address))?))
}

/// Whose an address is. The nil UUID, which is nobody's id, where it is nobody's.
pub(super) async fn owner_of(table: &Table, address: &str) -> Result<Uuid, StoreError> {
    let guard: Option<Guard> = table.get_as(&keys::email(address)).await?;
    Ok(guard.map_or(Uuid::nil(), |guard| guard.user_id))
}

impl Addresses for Auth {
    fn owner<'a>(&'a self, address: &'a str) -> BoxFuture<'a, Result<Option<Uuid>, StoreError>> {
        Box::pin(async move {
            let owner = owner_of(&self.table, address).await?;
            Ok((!owner.is_nil()).then_some(owner))
        })
    }
}

/// The account with this address.
pub async fn find_by_email(table: &Table, address: &str) -> Result<Option<Account>, StoreError> {
    users::store::find(table, owner_of(table, address).await?).await
}

/// How often a counter of failures is tried again. Each try loses to a failure that was counted, and five of those lock.
const TRIES: u32 = 32;

/// The `LOCKOUT` item.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Counter {
    /// When the first failure was counted; the item is replaced with each.
    #[serde(with = "stamp::option", default)]
    created_at: Option<DateTime<Utc>>,
    count: u32,
    #[serde(with = "stamp::option", default)]
    since: Option<DateTime<Utc>>,
    #[serde(with = "stamp::option", default)]
    last: Option<DateTime<Utc>>,
    #[serde(with = "stamp::option", default)]
    locked_until: Option<DateTime<Utc>>,
    locks: u32,
    version: u64,
    #[serde(default, skip_serializing)]
    ttl: i64,
}

impl Counter {
    fn new(failures: Failures, created_at: Option<DateTime<Utc>>, version: u64) -> Self {
        Self {
            created_at,
            count: failures.count,
            since: failures.since,
            last: failures.last,
            locked_until: failures.locked_until,
            locks: failures.locks,
            version,
            ttl: 0,
        }
    }

    /// What is remembered of it; one that has outlived its time counts as absent.
    fn failures(&self, now: DateTime<Utc>) -> Failures {
        if self.ttl <= stamp::epoch_seconds(now) {
            return Failures::default();
        }
        Failures {
            count: self.count,
            since: self.since,
            last: self.last,
            locked_until: self.locked_until,
            locks: self.locks,
        }
    }
}

/// A login that was counted as failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    before: Failures,
    created_at: Option<DateTime<Utc>>,
    version: u64,
}

/// Counts a login as failed before its password is looked at, unless the address is locked. So a hundred guesses at once
/// are a hundred failures, and no more than five of them are looked at.
pub async fn count_attempt(
    table: &Table,
    address: &str,
    now: DateTime<Utc>,
) -> Result<Result<Attempt, LockedOut>, StoreError> {
    for _ in 0..TRIES {
        let seen: Option<Counter> = table.get_as(&keys::lockout(address)).await?;
        let failures = seen
            .as_ref()
            .map_or_else(Failures::default, |seen| seen.failures(now));
        if let Err(locked) = failures.check(now) {
            return Ok(Err(locked));
        }
        let failed = failures.after_failure(now);
        let created_at = seen.as_ref().and_then(|seen| seen.created_at);
        let (unchanged, version) = match &seen {
            None => (Condition::new_item(), 1),
            Some(seen) => (
                Condition::version(seen.version),
                seen.version.saturating_add(1),
            ),
        };
        let keys = keys::lockout_keys(address, failed.forgotten_at().unwrap_or(now));
        let item = to_item(&Counter::new(failed, created_at, version), &keys)?;
        match table.write(Write::put(item).when(unchanged)).await {
            Ok(_) => {
                return Ok(Ok(Attempt {
                    before: failures,
                    created_at,
                    version,
                }));
            }
            // Another login was counted in the meantime; the address may be locked by now.
            Err(StoreError::ConditionFailed(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Err(StoreError::contended("PutItem"))
}

/// Takes back what was counted for a login whose password was not looked at after all, because the server was overloaded or
/// the table failed: that must not lock anybody out. Where another login was counted since, it stays.
pub async fn uncount_attempt(
    table: &Table,
    address: &str,
    attempt: Attempt,
) -> Result<(), StoreError> {
    let write = match attempt.before.forgotten_at() {
        None => Write::delete(keys::lockout(address)),
        Some(expires) => {
            let counter = Counter::new(
                attempt.before,
                attempt.created_at,
                attempt.version.saturating_add(1),
            );
            let keys = keys::lockout_keys(address, expires);
            Write::put(to_item(&counter, &keys)?)
        }
    };
    let unchanged = Condition::version(attempt.version);
    table.write_if(write.when(unchanged)).await.map(drop)
}

/// Forgets the failures of an address, after a login that succeeded.
pub async fn forget_failures(table: &Table, address: &str) -> Result<(), StoreError> {
    let forget = Write::delete(keys::lockout(address));
    table.write(forget).await.map(|_| ())
}

/// A family of refresh tokens, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// The member.
    pub user_id: Uuid,
    /// The generation of the password that has opened it.
    pub generation: u64,
    /// Its tokens.
    pub family: Family,
}

/// The `SESSION` item.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SessionItem {
    user_id: Uuid,
    #[serde(default)]
    generation: u64,
    current: String,
    #[serde(with = "stamp")]
    expires_at: DateTime<Utc>,
    revoked: bool,
}

impl TryFrom<SessionItem> for Session {
    type Error = StoreError;

    fn try_from(item: SessionItem) -> Result<Self, StoreError> {
        let current = SecretHash::parse(&item.current);
        let not_a_hash = || StoreError::corrupt("a SESSION", "`current` is not a hash");
        Ok(Self {
            user_id: item.user_id,
            generation: item.generation,
            family: Family {
                current: current.ok_or_else(not_a_hash)?,
                expires_at: item.expires_at,
                revoked: item.revoked,
            },
        })
    }
}

/// The write that opens a session with its first refresh token, by a password of this generation.
pub fn open_session(
    user: Uuid,
    generation: u64,
    token: &RefreshToken,
    lifetime: TimeDelta,
    now: DateTime<Utc>,
) -> Result<Write, StoreError> {
    let family = Family::with_current(token, lifetime, now);
    let item = SessionItem {
        user_id: user,
        generation,
        current: family.current.to_text(),
        expires_at: family.expires_at,
        revoked: family.revoked,
    };
    let keys = keys::session_keys(token.family_id(), user, now, family.expires_at);
    Ok(Write::create(to_item(&item, &keys)?))
}

/// The session that a refresh token belongs to.
pub async fn find_session(table: &Table, family: Uuid) -> Result<Option<Session>, StoreError> {
    let item: Option<SessionItem> = table.get_as(&keys::session(family)).await?;
    item.map(Session::try_from).transpose()
}

/// Why an access token is refused that has not expired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Its session: by logging out, by the reuse of a token, or by another password.
    Session,
    /// The account is blocked or closed.
    Account,
}

/// Whether a member's access token is still good, which is of this session if it is one of ours: nothing where it is.
pub async fn ended(
    table: &Table,
    user: Uuid,
    session: Option<Uuid>,
) -> Result<Option<Ended>, StoreError> {
    let mut keys = vec![users::keys::key(user)];
    keys.extend(session.map(keys::session));
    let found = table.get_many(&keys, Reads::Consistent).await?;
    let mut found = found.into_iter();
    // That there is no account is for the operation to say.
    let account: Option<Account> = found.next().flatten().map(from_item).transpose()?;
    if account.as_ref().is_some_and(Account::is_refused) {
        return Ok(Some(Ended::Account));
    }
    let Some(family) = session else {
        return Ok(None);
    };
    let session: Option<SessionItem> = found.next().flatten().map(from_item).transpose()?;
    let goes_on = session.is_some_and(|session| {
        let is_over = account.is_some_and(|account| account.has_ended(family, session.generation));
        session.user_id == user && !session.revoked && !is_over
    });
    Ok((!goes_on).then_some(Ended::Session))
}

/// Puts the next token in the place of the presented one, if that one is still current. False if it is not: somebody
/// has used it, or the session has ended.
pub async fn rotate(
    table: &Table,
    presented: &RefreshToken,
    next: &RefreshToken,
    lifetime: TimeDelta,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let expires = now + lifetime;
    let rotate = Write::update(keys::session(presented.family_id()))
        .when(
            Condition::eq("current", presented.hash().to_text())
                .and(Condition::eq("revoked", false)),
        )
        .set("current", next.hash().to_text())
        .set("expiresAt", expires)
        .set(attr::TTL, stamp::epoch_seconds(expires));
    table.write_if(rotate).await
}

/// The write that ends a session. It fails where there is none; the caller may ignore that.
pub fn end_session(family: Uuid) -> Write {
    Write::update(keys::session(family))
        .when(Condition::exists())
        .set("revoked", true)
}

/// Ends a session.
pub async fn revoke(table: &Table, family: Uuid) -> Result<(), StoreError> {
    table.write_if(end_session(family)).await.map(drop)
}

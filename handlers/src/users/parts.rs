//! What other features write of members in their own transactions: every attribute of a member is written in this folder.
//!
//! Each part is a write of the member's item, which a transaction may name once. What a member does fails where the account is gone or
//! closed. What a member is given or owes is written into a closed one too, so that nothing is stuck for that.

use chrono::{DateTime, Utc};
use civicforge_api::types::UserType;
use civicforge_kernel::table::item::{self, Item};
use civicforge_kernel::table::{Condition, StoreError, Write, attr, to_item};
use serde_json::json;
use uuid::Uuid;

use super::keys;

const POINTS: &str = "questCreationPoints";
const WALLET: &str = "walletAddress";
const POSTED: &str = "questsCreated";
const FORMER_HASH: &str = "passwordHash";
const GENERATION: &str = "sessionGeneration";
const KEPT: &str = "keptSession";
const EMAIL_VERIFIED: &str = "emailVerified";
const INQUIRY_MAILS: &str = "inquiryMails";
const NAME: &str = "name";
const LISTED: &str = "listed";
const TYPE: &str = "userType";
const BLOCKED: &str = "blockedAt";
const CLOSED: &str = "closedAt";
/// What an account says of its member, and what others are not told any more once it is closed.
const PERSONAL: [&str; 9] = [
    "email",
    EMAIL_VERIFIED,
    NAME,
    "username",
    "phoneNumber",
    WALLET,
    INQUIRY_MAILS,
    BLOCKED,
    KEPT,
];

/// What a completed quest earns its performer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earned {
    /// Experience.
    pub experience: i32,
    /// Reputation.
    pub reputation: i32,
    /// Quest-creation points.
    pub points: u32,
}

/// The member posts a quest, which costs so many points. It fails too where there are fewer.
pub fn post_quest(user: Uuid, cost: u32) -> Write {
    update(user)
        .when(Condition::at_least(POINTS, cost))
        .add(POINTS, -i64::from(cost))
        .add(POSTED, 1)
}

/// The member has deleted a quest, and has its cost back.
pub fn delete_quest(user: Uuid, cost: u32) -> Write {
    refund(user, cost).add(POSTED, -1)
}

/// The member has the cost of a quest back.
pub fn refund(user: Uuid, cost: u32) -> Write {
    settle(user).add(POINTS, cost)
}

/// The member has become a quest's performer, or is it no more: `by` is 1 or -1.
pub fn count_performed(user: Uuid, by: i32) -> Write {
    let write = if by > 0 { update(user) } else { settle(user) };
    write.add("questsPerformed", by)
}

/// The member has what a completed quest earns.
pub fn credit(user: Uuid, earned: Earned) -> Write {
    settle(user)
        .add("experience", earned.experience)
        .add("reputation", earned.reputation)
        .add(POINTS, earned.points)
        .add("questsCompleted", 1)
}

/// That the member's wallet is this one.
pub fn has_wallet(address: &str) -> Condition {
    Condition::eq(WALLET, address)
}

/// A check that the member's wallet is this one, for a transaction that does not write the member.
pub fn check_wallet(user: Uuid, address: &str) -> Write {
    Write::check(keys::key(user), has_wallet(address))
}

/// The hash of a member's password, where it stands in the member's item: that was its place once.
pub fn former_hash(item: &Item) -> Option<&str> {
    item::text(item, FORMER_HASH).ok()
}

/// The hash has a place of its own now.
pub fn forget_hash(user: Uuid, seen: &str) -> Write {
    Write::update(keys::key(user))
        .when(Condition::eq(FORMER_HASH, seen))
        .remove(FORMER_HASH)
}

/// The member's sessions before this generation have ended, but for one. A former hash, if there was one, is forgotten.
pub fn end_sessions(
    user: Uuid,
    generation: u64,
    kept: Option<Uuid>,
    former: Option<&str>,
) -> Write {
    let write = match former {
        Some(seen) => forget_hash(user, seen).add(attr::VERSION, 1),
        None => update(user),
    };
    let write = write.set(GENERATION, generation);
    match kept {
        Some(session) => write.set(KEPT, session),
        None => write.remove(KEPT),
    }
}

/// With that the member's address is known to be the member's own.
pub fn with_verified_email(write: Write) -> Write {
    write.set(EMAIL_VERIFIED, true)
}

/// The member's address is known to be the member's own.
pub fn verify_email(user: Uuid) -> Write {
    with_verified_email(update(user))
}

/// The member gets no mails but those about the account.
pub fn mute_mails(user: Uuid) -> Write {
    update(user).set(INQUIRY_MAILS, false)
}

/// With whether the member gets mails about inquiries.
pub fn with_inquiry_mails(write: Write, wanted: bool) -> Write {
    write.set(INQUIRY_MAILS, wanted)
}

/// With that an operator has blocked the account.
pub fn with_block(write: Write, at: DateTime<Utc>) -> Write {
    write.set(BLOCKED, at)
}

/// The account is blocked no more. It fails where it was not.
pub fn unblock(user: Uuid) -> Write {
    update(user)
        .when(Condition::Present(BLOCKED))
        .remove(BLOCKED)
}

/// With that the account is closed.
pub fn with_closing(write: Write, at: DateTime<Utc>) -> Write {
    write.set(CLOSED, at)
}

/// Nothing of a closed account says any more whose it was.
pub fn erase(user: Uuid) -> Write {
    let write = settle(user).set("verified", false);
    PERSONAL
        .iter()
        .fold(write, |write, name| write.remove(name))
}

/// The write that puts an account into the list of all, at its name, wherever it was there before.
///
/// # Errors
///
/// It has no form in the table.
pub fn list(user: Uuid, name: &str) -> Result<Write, StoreError> {
    let item = to_item(&json!({ "userId": user }), &keys::listed_keys(user, name))?;
    Ok(Write::put(item))
}

/// The writes that put an account into the list that was opened before there was one.
///
/// # Errors
///
/// It has no form in the table.
pub fn list_late(user: Uuid, name: &str) -> Result<[Write; 2], StoreError> {
    let same = Condition::eq(NAME, name);
    let listed = update(user).when(same).set(LISTED, true);
    Ok([listed, list(user, name)?])
}

/// The account is not in the list any more.
pub fn unlist(user: Uuid) -> Write {
    Write::delete(keys::listed(user))
}

/// A check that the member is there, for a transaction that does not write the member.
pub fn check_exists(user: Uuid) -> Write {
    Write::check(keys::key(user), there())
}

/// A check that the member is a seller or an agent. It fails too where the member is gone.
pub fn check_sells(user: Uuid) -> Write {
    let is = |kind: UserType| Condition::eq(TYPE, kind.as_str());
    let sells = is(UserType::Seller).or(is(UserType::Agent));
    Write::check(keys::key(user), sells.and(Condition::Absent(CLOSED)))
}

fn there() -> Condition {
    Condition::exists().and(Condition::Absent(CLOSED))
}

/// A change of an account that is not closed.
fn update(user: Uuid) -> Write {
    settle(user).when(Condition::Absent(CLOSED))
}

/// A change of an account, also of one that is closed.
fn settle(user: Uuid) -> Write {
    Write::update(keys::key(user))
        .when(Condition::exists())
        .add(attr::VERSION, 1)
}

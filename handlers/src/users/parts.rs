//! What other features write of members in their own transactions: every attribute of a member is written in this folder.
//!
//! Each part is a write of the member's item, which a transaction may name once; it fails where the member is gone.

use civicforge_api::types::UserType;
use civicforge_kernel::table::{Condition, Write, attr};
use uuid::Uuid;

use super::keys;

const POINTS: &str = "questCreationPoints";
const WALLET: &str = "walletAddress";
const POSTED: &str = "questsCreated";
const TYPE: &str = "userType";

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
    update(user).add(POINTS, cost)
}

/// The member has become a quest's performer, or is it no more: `by` is 1 or -1.
pub fn count_performed(user: Uuid, by: i32) -> Write {
    update(user).add("questsPerformed", by)
}

/// The member has what a completed quest earns.
pub fn credit(user: Uuid, earned: Earned) -> Write {
    update(user)
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

/// A check that the member is there, for a transaction that does not write the member.
pub fn check_exists(user: Uuid) -> Write {
    Write::check(keys::key(user), Condition::exists())
}

/// A check that the member is a seller or an agent. It fails too where the member is gone.
pub fn check_sells(user: Uuid) -> Write {
    let is = |kind: UserType| Condition::eq(TYPE, kind.as_str());
    Write::check(
        keys::key(user),
        is(UserType::Seller).or(is(UserType::Agent)),
    )
}

fn update(user: Uuid) -> Write {
    Write::update(keys::key(user))
        .when(Condition::exists())
        .add(attr::VERSION, 1)
}

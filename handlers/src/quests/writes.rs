//! Every change of a quest as one transaction, as `docs/data-model.md` lists them.
//!
//! What a transition writes beside the quest follows from the transition alone, so it is said once here, whoever asks for it:
//! a member, an arbiter or a job.

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::item::Quest;
use super::reward::{FailedReward, Reward};
use super::rules::Transition;
use crate::table::outbox::Message;
use crate::table::{
    Condition, OutboxSource, Shards, Slot, StoreError, Transaction, Write, attr, key, to_item,
};
use crate::users::rules::QUEST_COST;

/// The attributes of a member that quests change.
pub mod member {
    use super::{Condition, DateTime, Utc, Uuid, Write, attr, key};

    /// What creating quests costs.
    pub const POINTS: &str = "questCreationPoints";
    /// What completing quests earns.
    pub const EXPERIENCE: &str = "experience";
    /// What completing quests earns.
    pub const REPUTATION: &str = "reputation";
    /// How many quests the member has posted.
    pub const CREATED: &str = "questsCreated";
    /// Of how many quests the member is the performer.
    pub const PERFORMED: &str = "questsPerformed";
    /// How many of those are COMPLETE.
    pub const COMPLETED: &str = "questsCompleted";
    /// The address that signatures must recover to.
    pub const WALLET: &str = "walletAddress";

    /// A change of a member who exists; what changes is to be added.
    pub fn update(user: Uuid, now: DateTime<Utc>) -> Write {
        Write::update(key::user::key(user))
            .when(Condition::exists())
            .set("updatedAt", now)
            .add(attr::VERSION, 1)
    }
}

/// A quest on its way from one state to the next.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// As it was read.
    pub before: &'a Quest,
    /// As it is to be; none if it is to be gone.
    pub after: Option<&'a Quest>,
    /// What happens.
    pub transition: Transition,
    /// Who acts; nobody where a job does.
    pub by: Option<Uuid>,
    /// The wallet that a signature was held against. It must still be the actor's when the attestation is written.
    pub wallet: Option<&'a str>,
    /// When.
    pub now: DateTime<Utc>,
    /// Over how many partitions lists are spread.
    pub shards: Shards,
    /// How the table's messages are found.
    pub outbox: OutboxSource,
}

/// What becomes of the member who is credited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credit {
    /// The member's item is changed in the transaction.
    Given,
    /// It is not, because it is gone or can not be had. Where it is a reward, the debt is recorded in its place.
    LeftOut,
}

/// A change as a transaction, and where its failures will be told.
#[derive(Debug, Clone)]
pub struct Built {
    /// The writes.
    pub transaction: Transaction,
    /// The quest's: fails where it is not as it was read.
    pub quest: Slot,
    /// The credited member's, if there is one.
    pub member: Option<Slot>,
    /// The check that the actor's wallet is still the same, where it stands on its own.
    pub wallet: Option<Slot>,
}

impl Change<'_> {
    /// The transaction.
    pub fn build(&self, credit: Credit) -> Result<Built, StoreError> {
        let Self { before, now, .. } = *self;
        let mut transaction = Transaction::new();
        let quest = transaction.push(match self.after {
            Some(after) => before.changes(after, self.shards)?,
            None => Write::delete(key::quest::key(before.quest_id))
                .when(Condition::version(before.version)),
        });
        for write in self.companions()? {
            transaction.push(write);
        }
        let mut member = None;
        let mut wallet = self.wallet_check();
        match self.credited() {
            Some((user, update)) if credit == Credit::Given => {
                // One transaction may name an item once, so the check joins the credit where both are about one member.
                let update = match (&wallet, self.wallet) {
                    (Some((holder, _)), Some(address)) if *holder == user => {
                        wallet = None;
                        update.when(Condition::eq(member::WALLET, address))
                    }
                    _ => update,
                };
                member = Some(transaction.push(update));
                if let Some(reward) = self.reward() {
                    transaction.push(reward.marker(now)?);
                }
            }
            _ => {
                if let Some(reward) = self.reward() {
                    let marker = key::quest::reward(before.quest_id);
                    transaction.push(Write::check(marker, Condition::new_item()));
                    transaction.push(FailedReward::new(reward, now).create()?);
                }
            }
        }
        let wallet = wallet.map(|(_, check)| transaction.push(check));
        transaction.push(self.message()?.send(self.outbox)?);
        Ok(Built {
            transaction,
            quest,
            member,
            wallet,
        })
    }

    /// The items that stand beside the quest and follow its state.
    fn companions(&self) -> Result<Vec<Write>, StoreError> {
        let before = self.before;
        let pointer = |performer| key::quest::performed(performer, before.quest_id);
        let unpoint = before
            .performer_id
            .map(|performer| Write::delete(pointer(performer)));
        Ok(match self.transition {
            Transition::Claimed => match self.by {
                Some(performer) => vec![performed(performer, before.quest_id)?],
                None => Vec::new(),
            },
            Transition::Unclaimed => unpoint.into_iter().collect(),
            Transition::Reopened => {
                let expiry = before
                    .expires_at
                    .map(|at| expiry(before.quest_id, at, self.shards));
                unpoint
                    .map(Ok)
                    .into_iter()
                    .chain(expiry)
                    .collect::<Result<_, _>>()?
            }
            Transition::Deleted | Transition::Expired => {
                vec![Write::delete(key::quest::expiry(before.quest_id))]
            }
            Transition::Submitted
            | Transition::Attested(_)
            | Transition::Completed(_)
            | Transition::Disputed
            | Transition::ResolvedComplete => Vec::new(),
        })
    }

    /// The member whose counts or points change, and how.
    fn credited(&self) -> Option<(Uuid, Write)> {
        let Self { before, now, .. } = *self;
        let refund = || member::update(before.creator_id, now).add(member::POINTS, QUEST_COST);
        match self.transition {
            Transition::Claimed => self
                .by
                .map(|user| (user, member::update(user, now).add(member::PERFORMED, 1))),
            Transition::Unclaimed | Transition::Reopened => before
                .performer_id
                .map(|user| (user, member::update(user, now).add(member::PERFORMED, -1))),
            Transition::Completed(_) | Transition::ResolvedComplete => self
                .reward()
                .map(|reward| (reward.user_id, reward.give(now))),
            Transition::Deleted => Some((before.creator_id, refund().add(member::CREATED, -1))),
            Transition::Expired => Some((before.creator_id, refund())),
            Transition::Submitted | Transition::Attested(_) | Transition::Disputed => None,
        }
    }

    fn reward(&self) -> Option<Reward> {
        let performer = self.before.performer_id?;
        self.transition
            .rewards_performer()
            .then(|| Reward::of(self.before, performer))
    }

    fn wallet_check(&self) -> Option<(Uuid, Write)> {
        let (by, address) = (self.by?, self.wallet?);
        let same = Condition::eq(member::WALLET, address);
        Some((by, Write::check(key::user::key(by), same)))
    }

    /// What the world outside is told.
    fn message(&self) -> Result<Message, StoreError> {
        let kind = match self.transition {
            Transition::Claimed => "quest.claimed",
            Transition::Unclaimed => "quest.unclaimed",
            Transition::Submitted => "quest.submitted",
            Transition::Attested(_) => "quest.attested",
            Transition::Completed(_) | Transition::ResolvedComplete => "quest.completed",
            Transition::Disputed => "quest.disputed",
            Transition::Reopened => "quest.reopened",
            Transition::Deleted => "quest.deleted",
            Transition::Expired => "quest.expired",
        };
        told(kind, self.after.unwrap_or(self.before), self.by, self.now)
    }
}

/// A new quest as a transaction. The slot is the creator's, who must have a point.
pub fn create(
    quest: &Quest,
    shards: Shards,
    outbox: OutboxSource,
) -> Result<(Transaction, Slot), StoreError> {
    let now = quest.created_at;
    let mut transaction = Transaction::new();
    transaction.push(Write::create(quest.item(shards)?));
    let creator = transaction.push(
        member::update(quest.creator_id, now)
            .when(Condition::at_least(member::POINTS, QUEST_COST))
            .add(member::POINTS, -i64::from(QUEST_COST))
            .add(member::CREATED, 1),
    );
    if let Some(at) = quest.expires_at {
        transaction.push(expiry(quest.quest_id, at, shards)?);
    }
    let message = told("quest.created", quest, Some(quest.creator_id), now)?;
    transaction.push(message.send(outbox)?);
    Ok((transaction, creator))
}

/// The end of a quest's date where it does not matter any more, under the condition that the quest is as it was read (or
/// not there): a reopening puts the date back, and must not lose it to a job that has read the quest before.
pub fn forget_expiry(quest: Uuid, version: Option<u64>) -> Transaction {
    let unchanged = match version {
        Some(version) => Condition::version(version),
        None => Condition::new_item(),
    };
    Transaction::new()
        .with(Write::check(key::quest::key(quest), unchanged))
        .with(Write::delete(key::quest::expiry(quest)))
}

fn expiry(quest: Uuid, at: DateTime<Utc>, shards: Shards) -> Result<Write, StoreError> {
    let keys = key::quest::expiry_keys(quest, at, shards);
    Ok(Write::put(to_item(&json!({ "questId": quest }), &keys)?))
}

fn performed(performer: Uuid, quest: Uuid) -> Result<Write, StoreError> {
    let keys = key::quest::performed_keys(performer, quest);
    Ok(Write::create(to_item(&json!({ "questId": quest }), &keys)?))
}

fn told(
    kind: &str,
    quest: &Quest,
    by: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Message, StoreError> {
    let payload = json!({
        "questId": quest.quest_id,
        "title": quest.title,
        "status": quest.status.as_str(),
        "creatorId": quest.creator_id,
        "performerId": quest.performer_id,
        "actorId": by,
        "version": quest.version,
    });
    Message::new(kind, &payload, now)
}

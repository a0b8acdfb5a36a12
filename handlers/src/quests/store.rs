//! Every change of a quest as one transaction, as `docs/data-model.md` lists them.
//!
//! What a transition writes beside the quest follows from the transition alone, so it is decided once, here, for every caller:
//! a member, an arbiter or a job.

use chrono::{DateTime, Utc};
use civicforge_kernel::idempotency::KeptResponse;
use civicforge_kernel::table::idempotency::Outcome;
use civicforge_kernel::table::revise::Revision;
use civicforge_kernel::table::{
    Condition, OutboxSource, Shards, Slot, StoreError, Transaction, Write, to_item,
};
use civicforge_kernel::telemetry::metric;
use serde_json::json;
use uuid::Uuid;

use super::Quests;
use super::item::Quest;
use super::reward::{FailedReward, Reward};
use super::rules::{QUEST_COST, Transition};
use super::{events, keys};
use crate::users::parts;

/// A quest on its way from one state to the next.
#[derive(Debug, Clone, Copy)]
pub struct TransitionWrite<'a> {
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
    /// It is not, because it is gone or cannot be had. A reward is recorded as pending instead.
    Deferred,
}

/// A change as a transaction, and where its failures will be told.
#[derive(Debug, Clone)]
pub struct TransitionTransaction {
    /// The writes.
    pub transaction: Transaction,
    /// The quest's: fails where it is not as it was read.
    pub quest: Slot,
    /// The credited member's, if there is one.
    pub member: Option<Slot>,
    /// The check that the actor's wallet is still the same, where it is a write of its own.
    pub wallet: Option<Slot>,
}

impl TransitionWrite<'_> {
    /// The transaction.
    pub fn build(&self, credit: Credit) -> Result<TransitionTransaction, StoreError> {
        let Self { before, now, .. } = *self;
        let mut transaction = Transaction::new();
        let quest = transaction.push(match self.after {
            Some(after) => before.update_to(after, self.shards)?,
            None => {
                Write::delete(keys::key(before.quest_id)).when(Condition::version(before.version))
            }
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
                        update.when(parts::has_wallet(address))
                    }
                    _ => update,
                };
                member = Some(transaction.push(update));
                if let Some(reward) = self.reward() {
                    transaction.push(reward.marker()?);
                }
            }
            _ => {
                if let Some(reward) = self.reward() {
                    let marker = keys::reward(before.quest_id);
                    transaction.push(Write::check(marker, Condition::new_item()));
                    transaction.push(FailedReward::new(reward, now).create()?);
                }
            }
        }
        let wallet = wallet.map(|(_, check)| transaction.push(check));
        let told = self.after.unwrap_or(before);
        let message = events::moved(self.transition, told, self.by, now)?;
        transaction.push(message.send(self.outbox)?);
        Ok(TransitionTransaction {
            transaction,
            quest,
            member,
            wallet,
        })
    }

    /// The items that stand beside the quest and follow its state.
    fn companions(&self) -> Result<Vec<Write>, StoreError> {
        let before = self.before;
        let pointer = |performer| keys::performed(performer, before.quest_id);
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
                vec![Write::delete(keys::expiry(before.quest_id))]
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
        let Self { before, .. } = *self;
        let creator = before.creator_id;
        match self.transition {
            Transition::Claimed => self.by.map(|user| (user, parts::count_performed(user, 1))),
            Transition::Unclaimed | Transition::Reopened => before
                .performer_id
                .map(|user| (user, parts::count_performed(user, -1))),
            Transition::Completed(_) | Transition::ResolvedComplete => {
                self.reward().map(|reward| (reward.user_id, reward.give()))
            }
            Transition::Deleted => Some((creator, parts::delete_quest(creator, QUEST_COST))),
            Transition::Expired => Some((creator, parts::refund(creator, QUEST_COST))),
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
        Some((by, parts::check_wallet(by, address)))
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
    let creator = transaction.push(parts::post_quest(quest.creator_id, QUEST_COST));
    if let Some(at) = quest.expires_at {
        transaction.push(expiry(quest.quest_id, at, shards)?);
    }
    transaction.push(events::created(quest, now)?.send(outbox)?);
    Ok((transaction, creator))
}

/// Removes the expiry item of a quest that cannot expire any more, if the quest is as it was read (or not there): reopening
/// restores the item, and a job that read the quest before must not remove it.
pub fn forget_expiry(quest: Uuid, version: Option<u64>) -> Transaction {
    let unchanged = match version {
        Some(version) => Condition::version(version),
        None => Condition::new_item(),
    };
    Transaction::new()
        .with(Write::check(keys::key(quest), unchanged))
        .with(Write::delete(keys::expiry(quest)))
}

fn expiry(quest: Uuid, at: DateTime<Utc>, shards: Shards) -> Result<Write, StoreError> {
    let keys = keys::expiry_keys(quest, at, shards);
    Ok(Write::put(to_item(&json!({ "questId": quest }), &keys)?))
}

fn performed(performer: Uuid, quest: Uuid) -> Result<Write, StoreError> {
    let keys = keys::performed_keys(performer, quest);
    Ok(Write::create(to_item(&json!({ "questId": quest }), &keys)?))
}

/// What became of a change.
#[derive(Debug)]
pub enum CommitOutcome {
    /// It was written now or, under a key, before.
    Done(Outcome),
    /// The quest, or what else was read, is not as it was.
    Stale,
    /// Others kept getting in the way.
    Contended,
    /// The member who would have become the performer is gone.
    NoAccount,
}

impl CommitOutcome {
    /// What a job does next.
    pub fn into_revision<T>(self, done: T) -> Revision<T> {
        match self {
            Self::Done(_) => Revision::Done(done),
            Self::Stale | Self::NoAccount => Revision::Stale,
            Self::Contended => Revision::Contended,
        }
    }
}

impl Quests {
    /// A quest as it is now.
    pub async fn quest(&self, quest: Uuid) -> Result<Option<Quest>, StoreError> {
        self.table.get_as(&keys::key(quest)).await
    }

    /// Make a transition that no request with a key asks for, by a member or by nobody.
    pub(crate) async fn commit_alone(
        &self,
        before: &Quest,
        transition: Transition,
        by: Option<Uuid>,
        now: DateTime<Utc>,
    ) -> Result<CommitOutcome, StoreError> {
        let after = before.after(transition, None, by.unwrap_or(before.creator_id), now);
        let change = TransitionWrite {
            before,
            after: after.as_ref(),
            transition,
            by,
            wallet: None,
            now,
            shards: self.shards.now().await?.writers,
            outbox: self.table.outbox(),
        };
        self.commit(&change, &KeptResponse::nothing()).await
    }

    /// Write a change. Where the member who is credited is gone it is written without the credit, because the quest must
    /// not be stuck for that; where that is a reward, also if others keep getting in the way.
    pub(crate) async fn commit(
        &self,
        change: &TransitionWrite<'_>,
        kept: &KeptResponse<'_>,
    ) -> Result<CommitOutcome, StoreError> {
        let mut credit = Credit::Given;
        loop {
            let built = change.build(credit)?;
            let failed = match kept.transact(&self.table, built.transaction).await {
                Ok(outcome) => {
                    if outcome == Outcome::Applied {
                        count(change.transition, credit);
                    }
                    return Ok(CommitOutcome::Done(outcome));
                }
                Err(StoreError::ConditionFailed(failed)) => failed,
                Err(StoreError::Contended { .. })
                    if credit == Credit::Given && change.transition.rewards_performer() =>
                {
                    self.note_left_out(change, "others kept getting in the way");
                    credit = Credit::Deferred;
                    continue;
                }
                Err(StoreError::Contended { .. }) => return Ok(CommitOutcome::Contended),
                Err(error) => return Err(error),
            };
            if failed.contains(built.quest) || built.wallet.is_some_and(|at| failed.contains(at)) {
                return Ok(CommitOutcome::Stale);
            }
            match built.member.and_then(|slot| failed.at(slot)) {
                Some(_) if change.transition == Transition::Claimed => {
                    return Ok(CommitOutcome::NoAccount);
                }
                // The member is there, so it is the wallet that is another one.
                Some(found) if found.item.is_some() => return Ok(CommitOutcome::Stale),
                Some(_) => {
                    self.note_left_out(change, "the member is gone");
                    credit = Credit::Deferred;
                }
                None => return Err(StoreError::ConditionFailed(failed)),
            }
        }
    }

    fn note_left_out(&self, change: &TransitionWrite<'_>, why: &str) {
        tracing::warn!(
            questId = %change.before.quest_id,
            transition = ?change.transition,
            why,
            "a member could not be credited in the transaction"
        );
    }
}

/// Counts what happened, once for each time that it did.
fn count(transition: Transition, credit: Credit) {
    match transition {
        Transition::Claimed => metric!("quests.claimed"),
        Transition::Expired => metric!("quests.expired"),
        _ if transition.rewards_performer() => {
            metric!("quests.completed");
            if credit == Credit::Deferred {
                metric!("rewards.failed");
            }
        }
        _ => {}
    }
}

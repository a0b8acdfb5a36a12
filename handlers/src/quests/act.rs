//! What members do to a quest: read it, decide, and write under the condition that it is still as it was read.
//!
//! Where the condition fails somebody was faster, and everything is decided anew on what they left: a rival's claim gives
//! 409, the other party's attestation makes one's own the second. Each round that is lost is one that somebody else has won,
//! so rounds need no waits between them; conflicts between transactions do, and the table does those.

use chrono::{DateTime, Utc};
use civicforge_runtime::context::Context;
use civicforge_runtime::error::{Declares, OperationError};
use civicforge_runtime::status::{
    Conflict, Forbidden, InternalServerError, NotFound, ServiceUnavailable, Unauthorized,
    UnprocessableContent,
};
use uuid::Uuid;

use super::change::Act;
use super::item::Quest;
use super::once::{Answered, KeyError, Once};
use super::rules::{Refusal, Transition};
use super::writes::{Change, Credit};
use crate::app::{CivicForge, Member};
use crate::auth::refusal::no_account;
use crate::table::{StoreError, key, stamp};
use crate::telemetry::metric;
use crate::users;
use crate::wallet::{Address, attestation_message, verify_signature};

/// How often a quest is read and decided on for one request. Every round but the last was lost to another change of
/// the quest, and there are few changes that leave the same action possible.
const ROUNDS: usize = 10;

/// Why an act did not happen.
#[derive(Debug)]
pub enum Denied {
    /// The member's account is gone.
    Unauthorized(Unauthorized),
    /// Not by this member.
    Forbidden(Forbidden),
    /// There is no such quest.
    NotFound(NotFound),
    /// Not now.
    Conflict(Conflict),
    /// Not under this key.
    KeyReused(UnprocessableContent),
    /// The table.
    Store(StoreError),
}

impl From<StoreError> for Denied {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<KeyError> for Denied {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Reused(status) => Self::KeyReused(status),
            KeyError::Store(error) => Self::Store(error),
        }
    }
}

impl From<Refusal> for Denied {
    fn from(refusal: Refusal) -> Self {
        if refusal.is_forbidden() {
            Self::Forbidden(Forbidden::new(refusal.code()).detail(sentence(refusal)))
        } else {
            Self::Conflict(conflict(refusal))
        }
    }
}

impl<O> From<Denied> for OperationError<O>
where
    O: Declares<Unauthorized>
        + Declares<Forbidden>
        + Declares<NotFound>
        + Declares<Conflict>
        + Declares<UnprocessableContent>
        + Declares<InternalServerError>
        + Declares<ServiceUnavailable>,
{
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Unauthorized(status) => status.into(),
            Denied::Forbidden(status) => status.into(),
            Denied::NotFound(status) => status.into(),
            Denied::Conflict(status) => status.into(),
            Denied::KeyReused(status) => status.into(),
            Denied::Store(error) => error.into(),
        }
    }
}

/// The 409 of a refusal that is not a 403.
pub fn conflict(refusal: Refusal) -> Conflict {
    Conflict::new(refusal.code()).detail(sentence(refusal))
}

/// The 404 of a quest.
pub fn no_quest() -> NotFound {
    NotFound::default().detail("There is no such quest.")
}

/// A refusal as a sentence for people.
pub fn sentence(refusal: Refusal) -> String {
    let text = refusal.to_string();
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), characters.as_str()),
        None => text,
    }
}

/// What became of a change.
#[derive(Debug)]
pub enum Committed {
    /// This is the answer.
    Answered(Box<Answered>),
    /// The quest, or what else was read, is not as it was: read again.
    Stale,
    /// The member who would have become the performer is gone.
    NoAccount,
}

impl CivicForge {
    /// A quest as it is now.
    pub async fn quest(&self, quest: Uuid) -> Result<Option<Quest>, StoreError> {
        self.table.get_as(&key::quest::key(quest)).await
    }

    /// What time it is, as the table keeps it.
    pub fn stamp(&self) -> DateTime<Utc> {
        stamp::truncate(self.now())
    }

    /// Do something to a quest for a member, once per key.
    pub(crate) async fn act(
        &self,
        context: &Context,
        member: &Member,
        quest: Uuid,
        key: Option<String>,
        act: Act,
    ) -> Result<Answered, Denied> {
        let once = Once::new(context, member, key, self.now());
        if let Some(answer) = once.answered(&self.table).await? {
            return Ok(answer);
        }
        match self.act_anew(member, quest, &once, &act).await {
            Err(refusal @ (Denied::Forbidden(_) | Denied::Conflict(_) | Denied::NotFound(_))) => {
                once.answered(&self.table).await?.ok_or(refusal)
            }
            outcome => outcome,
        }
    }

    async fn act_anew(
        &self,
        member: &Member,
        quest: Uuid,
        once: &Once,
        act: &Act,
    ) -> Result<Answered, Denied> {
        let mut contended = false;
        for _ in 0..ROUNDS {
            let now = self.stamp();
            let Some(before) = self.quest(quest).await? else {
                return Err(Denied::NotFound(no_quest()));
            };
            let transition = before.decide(act.action(), member, now)?;
            let wallet = self.signed_by(member, &before, transition, act).await?;
            let after = before.after(transition, Some(act), member.user_id, now);
            let change = Change {
                before: &before,
                after: after.as_ref(),
                transition,
                by: Some(member.user_id),
                wallet: wallet.as_deref(),
                now,
                shards: self.shards.now().await?.writers,
                outbox: self.table.outbox(),
            };
            match self.commit(&change, once).await {
                Ok(Committed::Answered(answer)) => return Ok(*answer),
                Ok(Committed::Stale) => {}
                Ok(Committed::NoAccount) => return Err(Denied::Unauthorized(no_account())),
                // Whoever was in the way may have decided the matter: then that is the answer, and not a 503.
                Err(KeyError::Store(StoreError::Contended { .. })) if !contended => {
                    contended = true;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(StoreError::contended("TransactWriteItems").into())
    }

    /// Write a change. Where the member who is credited is gone it is written without the credit, because the quest must
    /// not be stuck for that; where that is a reward, also if others keep getting in the way.
    pub(crate) async fn commit(
        &self,
        change: &Change<'_>,
        once: &Once,
    ) -> Result<Committed, KeyError> {
        let answer = Answered::new(change.after.unwrap_or(change.before));
        let mut credit = Credit::Given;
        loop {
            let built = change.build(credit)?;
            let sent = once.transact(&self.table, built.transaction, 200, &answer);
            let failed = match sent.await {
                Ok(answer) => {
                    if answer.replayed.is_none() {
                        count(change.transition, credit);
                    }
                    return Ok(Committed::Answered(Box::new(answer)));
                }
                Err(KeyError::Store(StoreError::ConditionFailed(failed))) => failed,
                Err(KeyError::Store(StoreError::Contended { .. }))
                    if credit == Credit::Given && change.transition.rewards_performer() =>
                {
                    self.note_left_out(change, "others kept getting in the way");
                    credit = Credit::LeftOut;
                    continue;
                }
                Err(error) => return Err(error),
            };
            if failed.contains(built.quest) || built.wallet.is_some_and(|at| failed.contains(at)) {
                return Ok(Committed::Stale);
            }
            match built.member.and_then(|slot| failed.at(slot)) {
                // The member is there, so it is the wallet that is another one.
                Some(found) if found.item.is_some() => return Ok(Committed::Stale),
                Some(_) if change.transition == Transition::Claimed => {
                    return Ok(Committed::NoAccount);
                }
                Some(_) => {
                    self.note_left_out(change, "the member is gone");
                    credit = Credit::LeftOut;
                }
                None => return Err(StoreError::ConditionFailed(failed).into()),
            }
        }
    }

    fn note_left_out(&self, change: &Change<'_>, why: &str) {
        tracing::warn!(
            questId = %change.before.quest_id,
            transition = ?change.transition,
            why,
            "a member could not be credited in the transaction"
        );
    }

    /// The wallet that made the signature of an attestation, if it has one.
    async fn signed_by(
        &self,
        member: &Member,
        quest: &Quest,
        transition: Transition,
        act: &Act,
    ) -> Result<Option<String>, Denied> {
        let (Act::Attest { signature, .. }, Some(role)) = (act, transition.attestation()) else {
            return Ok(None);
        };
        let Some(signature) = signature else {
            return Ok(None);
        };
        let account = users::store::find(&self.table, member.user_id).await?;
        let account = account.ok_or_else(|| Denied::Unauthorized(no_account()))?;
        let Some(address) = account.wallet_address else {
            return Err(Denied::Conflict(Conflict::new("wallet_required").detail(
                "A signature needs a wallet address in your profile to be held against.",
            )));
        };
        let wallet = Address::parse(&address)
            .map_err(|why| StoreError::corrupt(key::user::key(member.user_id), why))?;
        let message = attestation_message(
            &quest.quest_id.to_string(),
            &member.user_id.to_string(),
            role.as_str(),
        );
        match verify_signature(&message, signature, &wallet) {
            Ok(()) => Ok(Some(address)),
            Err(why) => Err(Denied::Conflict(
                Conflict::new("signature_mismatch").detail(format!("The signature {why}.")),
            )),
        }
    }
}

/// Counts what happened, once for each time that it did.
fn count(transition: Transition, credit: Credit) {
    match transition {
        Transition::Claimed => metric!("quests.claimed"),
        Transition::Expired => metric!("quests.expired"),
        _ if transition.rewards_performer() => {
            metric!("quests.completed");
            if credit == Credit::LeftOut {
                metric!("rewards.failed");
            }
        }
        _ => {}
    }
}

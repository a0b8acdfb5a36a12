//! What members do to a quest: read it, decide, and write under the condition that it is still as it was read.

use civicforge_api::{codes, types};
use civicforge_kernel::idempotency::{AcceptsIdempotencyKey, IdempotencyGuard, KeptResponse};
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::idempotency::Outcome;
use civicforge_kernel::table::revise::{Revision, revise};
use civicforge_kernel::telemetry::metric;
use civicforge_runtime::context::Context;
use civicforge_runtime::error::{Declares, Listed, OperationError};
use civicforge_runtime::problem::Problem;
use civicforge_runtime::response::IntoResponse;
use civicforge_runtime::status::{Conflict, Forbidden, NotFound, Unauthorized};
use uuid::Uuid;

use super::Quests;
use super::change::Command;
use super::item::Quest;
use super::keys;
use super::rules::{Transition, TransitionError};
use super::writes::{Credit, TransitionWrite};
use crate::members::Member;
use crate::members::no_account;
use crate::users;
use crate::users::wallet::{Address, attestation_message, verify_signature};

/// What an operation declares that does something to a quest for a member.
pub trait ChangesQuest:
    AcceptsIdempotencyKey + Listed + Declares<Unauthorized> + Declares<NotFound>
{
}

impl<O> ChangesQuest for O where
    O: AcceptsIdempotencyKey + Listed + Declares<Unauthorized> + Declares<NotFound>
{
}

/// Which refusals an operation can come to, only the rules know; a test holds what they say against what the operations list.
impl<O: Listed> From<TransitionError> for OperationError<O> {
    fn from(refusal: TransitionError) -> Self {
        let status = match refusal.is_forbidden() {
            true => Forbidden::STATUS,
            false => Conflict::STATUS,
        };
        Self::listed(Problem::new(status, refusal.code()).detail(sentence(refusal)))
    }
}

/// The 404 of a quest.
pub fn no_quest() -> NotFound {
    NotFound::default().detail("There is no such quest.")
}

/// A refusal as a sentence for people.
pub fn sentence(refusal: TransitionError) -> String {
    let text = refusal.to_string();
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), characters.as_str()),
        None => text,
    }
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

impl Quests {
    /// A quest as it is now.
    pub async fn quest(&self, quest: Uuid) -> Result<Option<Quest>, StoreError> {
        self.table.get_as(&keys::key(quest)).await
    }

    /// Do something to a quest for a member, once per key. `respond` makes the response of the entity tag and the quest.
    pub(crate) async fn act<O: ChangesQuest, R: IntoResponse>(
        &self,
        context: &Context,
        member: &Member,
        quest: Uuid,
        key: Option<String>,
        act: Command,
        respond: impl Fn(String, types::Quest) -> R,
    ) -> Result<R, OperationError<O>> {
        let once = IdempotencyGuard::of_member(context, member.user_id, key, self.clock.now());
        once.replay(&self.table).await?;
        let respond = |quest: &Quest| respond(quest.etag().to_string(), quest.clone().into());
        let round = || self.act_once(member, quest, &once, &act, &respond);
        match revise(round).await {
            // What is in the way may be what the request's own twin has done.
            Err(refusal) if is_refusal(&refusal) => {
                once.replay(&self.table).await?;
                Err(refusal)
            }
            outcome => outcome,
        }
    }

    async fn act_once<O: ChangesQuest, R: IntoResponse>(
        &self,
        member: &Member,
        quest: Uuid,
        once: &IdempotencyGuard,
        act: &Command,
        respond: &impl Fn(&Quest) -> R,
    ) -> Result<Revision<R>, OperationError<O>> {
        let now = self.clock.stamp();
        let before = self.quest(quest).await?.ok_or_else(no_quest)?;
        let transition = before.decide(act.action(), member, now)?;
        let wallet = self.signed_by(member, &before, transition, act).await?;
        let after = before.after(transition, Some(act), member.user_id, now);
        let change = TransitionWrite {
            before: &before,
            after: after.as_ref(),
            transition,
            by: Some(member.user_id),
            wallet: wallet.as_deref(),
            now,
            shards: self.shards.now().await?.writers,
            outbox: self.table.outbox(),
        };
        let answered = change.after.unwrap_or(change.before);
        let keeping = once.keeping(|| respond(answered))?;
        Ok(match self.commit(&change, &keeping).await? {
            CommitOutcome::Done(outcome) => {
                outcome.first()?;
                Revision::Done(respond(answered))
            }
            CommitOutcome::Stale => Revision::Stale,
            CommitOutcome::Contended => Revision::Contended,
            CommitOutcome::NoAccount => return Err(no_account().into()),
        })
    }

    /// Write a change. Where the member who is credited is gone it is written without the credit, because the quest must
    /// not be stuck for that; where that is a reward, also if others keep getting in the way.
    pub(crate) async fn commit(
        &self,
        change: &TransitionWrite<'_>,
        keeping: &KeptResponse<'_>,
    ) -> Result<CommitOutcome, StoreError> {
        let mut credit = Credit::Given;
        loop {
            let built = change.build(credit)?;
            let failed = match keeping.transact(&self.table, built.transaction).await {
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
                // The member is there, so it is the wallet that is another one.
                Some(found) if found.item.is_some() => return Ok(CommitOutcome::Stale),
                Some(_) if change.transition == Transition::Claimed => {
                    return Ok(CommitOutcome::NoAccount);
                }
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

    /// The wallet that made the signature of an attestation, if it has one.
    async fn signed_by<O: ChangesQuest>(
        &self,
        member: &Member,
        quest: &Quest,
        transition: Transition,
        act: &Command,
    ) -> Result<Option<String>, OperationError<O>> {
        let (Command::Attest { signature, .. }, Some(role)) = (act, transition.attestation())
        else {
            return Ok(None);
        };
        let Some(signature) = signature else {
            return Ok(None);
        };
        let account = users::store::find(&self.table, member.user_id).await?;
        let account = account.ok_or_else(no_account)?;
        let Some(address) = account.wallet_address else {
            return Err(OperationError::listed(
                Conflict::new(codes::WalletRequired).detail(
                    "A signature needs a wallet address in your profile to be held against.",
                ),
            ));
        };
        let wallet = Address::parse(&address)
            .map_err(|why| StoreError::corrupt(users::keys::key(member.user_id), why))?;
        let message = attestation_message(
            &quest.quest_id.to_string(),
            &member.user_id.to_string(),
            role.as_str(),
        );
        match verify_signature(&message, signature, &wallet) {
            Ok(()) => Ok(Some(address)),
            Err(why) => Err(OperationError::listed(
                Conflict::new(codes::SignatureMismatch).detail(format!("The signature {why}.")),
            )),
        }
    }
}

/// Whether a quest's state is in the way, which the request's own twin may have changed.
fn is_refusal<O>(error: &OperationError<O>) -> bool {
    error.problem().is_some()
        && matches!(
            error.status(),
            Forbidden::STATUS | NotFound::STATUS | Conflict::STATUS
        )
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

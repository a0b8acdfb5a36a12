//! Running a member's command on a quest: read the quest, decide, and write if it is still as it was read.

use civicforge_api::{codes, types};
use civicforge_kernel::idempotency::{AcceptsIdempotencyKey, IdempotencyGuard};
use civicforge_kernel::refusal::refused;
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::revise::Revision;
use civicforge_runtime::context::Context;
use civicforge_runtime::error::{Declares, Listed, OperationError};
use civicforge_runtime::response::IntoResponse;
use civicforge_runtime::status::{Conflict, NotFound, Unauthorized};
use uuid::Uuid;

use crate::members::{Member, no_account};
use crate::quests::Quests;
use crate::quests::item::Quest;
use crate::quests::rules::{Transition, TransitionError};
use crate::quests::store::{CommitOutcome, TransitionWrite};
use crate::quests::transition::Command;
use crate::users;
use crate::users::wallet::{Address, attestation_message, verify_signature};

/// What an operation declares that runs a command on a quest.
pub trait ChangesQuest:
    AcceptsIdempotencyKey + Listed + Declares<Unauthorized> + Declares<NotFound>
{
}

impl<O> ChangesQuest for O where
    O: AcceptsIdempotencyKey + Listed + Declares<Unauthorized> + Declares<NotFound>
{
}

impl<O: Listed> From<TransitionError> for OperationError<O> {
    fn from(error: TransitionError) -> Self {
        refused(&error)
    }
}

/// The 404 of a quest.
pub fn no_quest() -> NotFound {
    NotFound::default().detail("There is no such quest.")
}

impl Quests {
    /// Run a member's command on a quest, once per key. `respond` makes the response from the entity tag and the quest.
    ///
    /// # Errors
    ///
    /// The 404 of a quest that is not there, the 403 or 409 of the rules, the 422 of a reused key, and failures of the table.
    pub(crate) async fn execute<O: ChangesQuest, R: IntoResponse>(
        &self,
        context: &Context,
        member: &Member,
        quest: Uuid,
        key: Option<String>,
        command: Command,
        respond: impl Fn(String, types::Quest) -> R,
    ) -> Result<R, OperationError<O>> {
        let guard = IdempotencyGuard::of_member(context, member.user_id, key, self.clock.now());
        let respond = |quest: &Quest| respond(quest.etag().to_string(), quest.clone().into());
        let round = || self.try_execute(member, quest, &guard, &command, &respond);
        guard.revise(&self.table, round).await
    }

    async fn try_execute<O: ChangesQuest, R: IntoResponse>(
        &self,
        member: &Member,
        quest: Uuid,
        guard: &IdempotencyGuard,
        command: &Command,
        respond: &impl Fn(&Quest) -> R,
    ) -> Result<Revision<R>, OperationError<O>> {
        let now = self.clock.stamp();
        let before = self.quest(quest).await?.ok_or_else(no_quest)?;
        let transition = before.decide(command.kind(), member, now)?;
        let wallet = self.signed_by(member, &before, transition, command).await?;
        let after = before.after(transition, Some(command), member.user_id, now);
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
        let kept = guard.keep(|| respond(answered))?;
        Ok(match self.commit(&change, &kept).await? {
            CommitOutcome::Done(outcome) => {
                outcome.first()?;
                Revision::Done(respond(answered))
            }
            CommitOutcome::Stale => Revision::Stale,
            CommitOutcome::Contended => Revision::Contended,
            CommitOutcome::NoAccount => return Err(no_account().into()),
        })
    }

    /// The wallet that made the signature of an attestation, if it has one.
    async fn signed_by<O: ChangesQuest>(
        &self,
        member: &Member,
        quest: &Quest,
        transition: Transition,
        command: &Command,
    ) -> Result<Option<String>, OperationError<O>> {
        let (Command::Attest { signature, .. }, Some(role)) = (command, transition.attestation())
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

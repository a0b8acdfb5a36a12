//! Showing that an e-mail address is the member's.

use civicforge_api::auth::{
    RequestEmailVerificationError, RequestEmailVerificationRequest,
    RequestEmailVerificationResponse, VerifyEmailError, VerifyEmailRequest, VerifyEmailResponse,
};
use civicforge_api::codes;
use civicforge_kernel::idempotency::IdempotencyGuard;
use civicforge_kernel::table::idempotency::Scope;
use civicforge_kernel::table::revise::Revision;
use civicforge_kernel::table::{StoreError, Transaction};
use civicforge_kernel::telemetry::metric;
use civicforge_runtime::context::Context;
use civicforge_runtime::status::Conflict;

use crate::auth::Auth;
use crate::auth::mails::token::Purpose;
use crate::auth::mails::{AccountMail, store};
use crate::members::{Member, no_account};
use crate::users;
use crate::users::text::normal_email;

impl Auth {
    /// Have a mail with a token sent to a member, once per key.
    pub(super) async fn request_verification(
        &self,
        context: &Context,
        member: &Member,
        request: RequestEmailVerificationRequest,
    ) -> Result<RequestEmailVerificationResponse, RequestEmailVerificationError> {
        let now = self.clock.stamp();
        let (user, key) = (member.user_id, request.idempotency_key);
        let guard = IdempotencyGuard::of_member(context, user, key, now);
        let response = || RequestEmailVerificationResponse {
            idempotency_replayed: None,
        };
        let kept = guard.keep(response)?;
        let round = || async {
            let account = users::store::find(&self.table, user).await?;
            let account = account.ok_or_else(no_account)?;
            if account.email_verified {
                return Ok(Revision::Done(()));
            }
            let address = normal_email(&account.email);
            let to = (address.as_str(), context.source());
            let asked = store::ask(&self.table, AccountMail::VerifyEmail, user, to, now);
            let Some(transaction) = asked.await? else {
                return Ok(Revision::Done(()));
            };
            let applied = match kept.transact(&self.table, transaction).await {
                Ok(outcome) => {
                    outcome.first()?;
                    metric!("mails.requested");
                    Ok(())
                }
                Err(error) => Err(error),
            };
            Ok(Revision::of(applied, ())?)
        };
        guard.revise(&self.table, round).await?;
        Ok(response())
    }

    /// Count an address as its member's, once per key.
    pub(super) async fn verify(
        &self,
        context: &Context,
        request: VerifyEmailRequest,
    ) -> Result<VerifyEmailResponse, VerifyEmailError> {
        let now = self.clock.stamp();
        let token = request.body.token.expose();
        let scope = Scope::sender(token);
        let guard = self.guard(context, scope, request.idempotency_key, now);
        let guard = guard.await?;
        guard.replay(&self.table).await?;
        let found = store::find_token(&self.table, token, Purpose::VerifyEmail, now).await?;
        let found = found.ok_or_else(no_token)?;
        let response = || VerifyEmailResponse {
            idempotency_replayed: None,
        };
        let told = users::events::email_verified(found.user_id, now)?;
        let transaction = Transaction::new()
            .with(found.spend())
            .with(users::parts::verify_email(found.user_id))
            .with(told.send(self.table.outbox())?);
        match guard
            .keep(response)?
            .transact(&self.table, transaction)
            .await
        {
            Ok(outcome) => {
                outcome.first()?;
                metric!("emails.verified");
                Ok(response())
            }
            Err(StoreError::ConditionFailed(_)) => {
                // A request with the same key may have used it meanwhile.
                guard.replay(&self.table).await?;
                Err(no_token().into())
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// The 409 of a token that cannot be used, for whatever reason.
pub(super) fn no_token() -> Conflict<codes::MailTokenInvalid> {
    Conflict::new(codes::MailTokenInvalid).detail("The token cannot be used. Ask for another mail.")
}

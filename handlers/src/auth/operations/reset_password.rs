//! Setting another password without the one that there is.

use civicforge_api::auth::{
    RequestPasswordResetError, RequestPasswordResetRequest, RequestPasswordResetResponse,
    ResetPasswordError, ResetPasswordRequest, ResetPasswordResponse,
};
use civicforge_kernel::table::idempotency::Scope;
use civicforge_kernel::table::revise::{Revision, revise};
use civicforge_kernel::table::{StoreError, Transaction};
use civicforge_kernel::telemetry::metric;
use civicforge_kernel::text::Texts;
use civicforge_runtime::context::Context;
use uuid::Uuid;

use super::verify_email::no_token;
use crate::auth::Auth;
use crate::auth::credentials;
use crate::auth::mails::token::Purpose;
use crate::auth::mails::{AccountMail, store};
use crate::users;
use crate::users::text::{self, normal_email};

impl Auth {
    /// Have a mail with a token sent to whoever has an address. Where that is nobody, or somebody without a password, the same is read
    /// and written, so that neither the answer nor its time tells: the message is for nobody.
    pub(super) async fn request_reset(
        &self,
        context: &Context,
        request: RequestPasswordResetRequest,
    ) -> Result<RequestPasswordResetResponse, RequestPasswordResetError> {
        let now = self.clock.stamp();
        let address = normal_email(&text::email(&request.body.email));
        let found = credentials::find_by_email(&self.table, &address).await?;
        let user = found.and_then(|(account, credential)| credential.map(|_| account.user_id));
        let user = user.unwrap_or(Uuid::nil());
        let to = (address.as_str(), context.source());
        let round = || async {
            let asked = store::ask(&self.table, AccountMail::ResetPassword, user, to, now);
            let Some(transaction) = asked.await? else {
                return Ok(Revision::Done(()));
            };
            let applied = self.table.transact(transaction).await;
            if applied.is_ok() {
                metric!("mails.requested");
            }
            Revision::of(applied, ())
        };
        revise::<_, StoreError, _>(round).await?;
        Ok(RequestPasswordResetResponse {})
    }

    /// Put another password in the place of that of whoever has had the mail, and end every session, once per key.
    pub(super) async fn reset(
        &self,
        context: &Context,
        request: ResetPasswordRequest,
    ) -> Result<ResetPasswordResponse, ResetPasswordError> {
        let now = self.clock.stamp();
        let token = request.body.token.expose();
        let scope = Scope::sender(token);
        let guard = self.guard(context, scope, request.idempotency_key, now);
        let guard = guard.await?;
        guard.replay(&self.table).await?;
        let token = store::find_token(&self.table, token, Purpose::ResetPassword, now).await?;
        let token = token.ok_or_else(no_token)?;
        let found = credentials::find(&self.table, token.user_id).await?;
        let (account, credential) = found.ok_or_else(no_token)?;
        // A token of before another password was set is good for nothing.
        let credential = credential
            .filter(|_| account.session_generation == token.generation)
            .ok_or_else(no_token)?;
        let (mut texts, new) = (Texts::default(), request.body.new_password.expose());
        let identity = account.identity();
        let hash = self.hash_new(&mut texts, "newPassword", new, &identity);
        let hash = hash.await?;
        let hash = texts.finish(hash)?;
        let response = || ResetPasswordResponse {
            idempotency_replayed: None,
        };
        let [replace, end] = credential.change(&hash, None)?;
        let changed = AccountMail::PasswordChanged.to(account.user_id, now)?;
        let mut transaction = Transaction::new()
            .with(token.spend())
            .with(replace)
            .with(users::parts::with_verified_email(end))
            .with(changed.send(self.table.outbox())?);
        if !account.email_verified {
            let verified = users::events::email_verified(account.user_id, now)?;
            transaction.push(verified.send(self.table.outbox())?);
        }
        match guard
            .keep(response)?
            .transact(&self.table, transaction)
            .await
        {
            Ok(outcome) => {
                outcome.first()?;
                metric!("passwords.reset");
                self.forget_failures(&normal_email(&account.email)).await;
                Ok(response())
            }
            Err(StoreError::ConditionFailed(_)) => {
                // Somebody was faster, with this token or another one.
                guard.replay(&self.table).await?;
                Err(no_token().into())
            }
            Err(error) => Err(error.into()),
        }
    }
}

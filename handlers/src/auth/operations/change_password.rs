//! Changing a password.

use civicforge_api::auth::{ChangePasswordError, ChangePasswordRequest, ChangePasswordResponse};
use civicforge_api::codes;
use civicforge_kernel::table::idempotency::Scope;
use civicforge_kernel::table::{StoreError, Transaction};
use civicforge_kernel::telemetry::metric;
use civicforge_kernel::text::Texts;
use civicforge_runtime::context::Context;
use civicforge_runtime::status::{Conflict, Forbidden};

use super::locked_out;
use crate::auth::credentials;
use crate::auth::mails::AccountMail;
use crate::auth::{Auth, store};
use crate::members::{Member, no_account};
use crate::users::text::normal_email;

impl Auth {
    /// Put another password in the place of a member's, and end the member's other sessions, once per key.
    pub(super) async fn change(
        &self,
        context: &Context,
        member: &Member,
        request: ChangePasswordRequest,
    ) -> Result<ChangePasswordResponse, ChangePasswordError> {
        let now = self.clock.stamp();
        let scope = Scope::Member(member.user_id);
        let guard = self.guard(context, scope, request.idempotency_key, now);
        let guard = guard.await?;
        guard.replay(&self.table).await?;
        let found = credentials::find(&self.table, member.user_id).await?;
        let (account, credential) = found.ok_or_else(no_account)?;
        let credential = credential.ok_or_else(|| {
            Conflict::new(codes::NoPassword).detail("The account has no password here.")
        })?;
        let address = normal_email(&account.email);
        let attempt = store::count_attempt(&self.table, &address, now).await?;
        let attempt = attempt.map_err(|locked| locked_out(&locked))?;
        let is_right = self
            .is_password(Some(&credential), request.body.current_password.expose())
            .await;
        match is_right {
            Ok(true) => {}
            Ok(false) => {
                // A request with the same key may have changed it meanwhile.
                guard.replay(&self.table).await?;
                return Err(wrong_password().into());
            }
            Err(failure) => {
                self.uncount(&address, attempt).await;
                return Err(failure.into());
            }
        }
        self.forget_failures(&address).await;
        let (mut texts, new) = (Texts::default(), request.body.new_password.expose());
        let identity = account.identity();
        let hash = self.hash_new(&mut texts, "newPassword", new, &identity);
        let hash = hash.await?;
        let hash = texts.finish(hash)?;
        let response = || ChangePasswordResponse {
            idempotency_replayed: None,
        };
        let kept = guard.keep(response)?;
        let mut transaction = Transaction::new();
        for write in credential.change(&hash, member.session)? {
            transaction.push(write);
        }
        let changed = AccountMail::PasswordChanged.to(account.user_id, now)?;
        transaction.push(changed.send(self.table.outbox())?);
        match kept.transact(&self.table, transaction).await {
            Ok(outcome) => {
                outcome.first()?;
                metric!("passwords.changed");
                Ok(response())
            }
            Err(StoreError::ConditionFailed(_)) => {
                // Somebody was faster, and what was right is wrong now.
                guard.replay(&self.table).await?;
                Err(wrong_password().into())
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn wrong_password() -> Forbidden<codes::WrongPassword> {
    Forbidden::new(codes::WrongPassword).detail("The current password is wrong.")
}

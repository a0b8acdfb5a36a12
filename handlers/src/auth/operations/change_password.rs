//! Changing a password.

use civicforge_api::auth::{ChangePasswordError, ChangePasswordRequest, ChangePasswordResponse};
use civicforge_kernel::table::idempotency::Scope;
use civicforge_kernel::table::{StoreError, Transaction};
use civicforge_kernel::telemetry::metric;
use civicforge_kernel::text::Texts;
use civicforge_runtime::context::Context;

use super::wrong_password;
use crate::auth::Auth;
use crate::auth::mails::AccountMail;
use crate::members::Member;

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
        let current = request.body.current_password.expose();
        let (account, credential) = self.proved(member, &guard, current, now).await?;
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

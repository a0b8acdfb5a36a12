//! Changing a password.

use civicforge_api::auth::{ChangePasswordError, ChangePasswordRequest, ChangePasswordResponse};
use civicforge_api::codes;
use civicforge_kernel::failure::Failure;
use civicforge_kernel::idempotency::IdempotencyGuard;
use civicforge_kernel::keys::KeyName;
use civicforge_kernel::table::idempotency::Scope;
use civicforge_kernel::table::{StoreError, Transaction};
use civicforge_kernel::telemetry::metric;
use civicforge_kernel::text::Texts;
use civicforge_runtime::context::Context;
use civicforge_runtime::status::{Conflict, Forbidden};

use super::locked_out;
use crate::auth::credentials;
use crate::auth::{Auth, store};
use crate::members::{Member, no_account};
use crate::users::item::Account;
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
        let guard = match request.idempotency_key {
            None => IdempotencyGuard::without_key(),
            Some(key) => {
                // Keyed, because the body holds passwords, and a plain hash could be searched for them.
                let keys = self.keys.having(KeyName::Secret).await?;
                let fingerprint = keys.fingerprints()?.of(&context.fingerprint());
                IdempotencyGuard::new(Scope::Member(member.user_id), key, fingerprint, now)
            }
        };
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
                if let Err(error) = store::uncount_attempt(&self.table, &address, attempt).await {
                    tracing::warn!(%error, "a password that was not looked at stays counted");
                }
                return Err(failure.into());
            }
        }
        if let Err(error) = store::forget_failures(&self.table, &address).await {
            tracing::warn!(%error, "the failed logins before a right password were not forgotten");
        }
        let hash = self.new_hash(&account, request.body.new_password.expose());
        let hash = hash.await?;
        let response = || ChangePasswordResponse {
            idempotency_replayed: None,
        };
        let kept = guard.keep(response)?;
        let mut transaction = Transaction::new();
        for write in credential.change(&hash, member.session)? {
            transaction.push(write);
        }
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

    /// The hash of a member's new password.
    async fn new_hash(
        &self,
        account: &Account,
        password: &str,
    ) -> Result<String, ChangePasswordError> {
        let mut identity = vec![account.email.as_str(), account.name.as_str()];
        identity.extend(account.username.as_deref());
        let hash = self.passwords.hash_new(password, &identity).await;
        let mut texts = Texts::default();
        let hash = hash.map_err(Failure::from)?.unwrap_or_else(|weak| {
            texts.refuse("newPassword", "passwordStrength", weak.to_string());
            String::new()
        });
        Ok(texts.finish(hash)?)
    }
}

fn wrong_password() -> Forbidden<codes::WrongPassword> {
    Forbidden::new(codes::WrongPassword).detail("The current password is wrong.")
}

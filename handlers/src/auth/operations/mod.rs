//! The operations of the tag Auth.

mod change_password;
mod close_account;
mod export_account;
mod jwks;
mod logout;
mod register;
mod reset_password;
mod tokens;
mod verify_email;

use super::Auth;
use super::credentials::{self, Credential};
use super::lockout::LockedOut;
use crate::members::{Authenticated, Member, no_account};
use crate::users::text::normal_email;
use chrono::{DateTime, Utc};
use civicforge_api::auth::{
    AuthApi, ChangePasswordError, ChangePasswordRequest, ChangePasswordResponse, CloseAccountError,
    CloseAccountRequest, CloseAccountResponse, ExportAccountError, ExportAccountRequest,
    ExportAccountResponse, GetJwksError, GetJwksResponse, LoginUserError, LoginUserRequest,
    LoginUserResponse, LogoutUserError, LogoutUserRequest, LogoutUserResponse, RefreshTokenError,
    RefreshTokenRequest, RefreshTokenResponse, RegisterUserError, RegisterUserRequest,
    RegisterUserResponse, RequestEmailVerificationError, RequestEmailVerificationRequest,
    RequestEmailVerificationResponse, RequestPasswordResetError, RequestPasswordResetRequest,
    RequestPasswordResetResponse, ResetPasswordError, ResetPasswordRequest, ResetPasswordResponse,
    VerifyEmailError, VerifyEmailRequest, VerifyEmailResponse,
};
use civicforge_api::codes;
use civicforge_kernel::failure::Failure;
use civicforge_kernel::idempotency::{AcceptsIdempotencyKey, IdempotencyGuard};
use civicforge_kernel::keys::KeyName;
use civicforge_kernel::table::Transaction;
use civicforge_kernel::table::idempotency::Scope;
use civicforge_kernel::telemetry::metric;
use civicforge_kernel::text::Texts;
use civicforge_runtime::context::Context;
use civicforge_runtime::error::{Declares, OperationError};
use civicforge_runtime::status::{Conflict, Forbidden, TooManyRequests, Unauthorized};

use super::password::{PasswordError, Verification};
use super::refresh_token::{RefreshToken, TokenStatus, token_status};
use super::store::{self, Attempt};
use crate::users::item::Account;
use crate::users::{parts, store as users, text};

/// What a caller is told to bring who brought nothing of use (RFC 6750 §3).
const CHALLENGE: &str = "Bearer realm=\"civicforge\"";

/// Responses with tokens must not be cached (RFC 6749 §5.1).
pub(super) const NO_STORE: &str = "no-store";

impl AuthApi for Authenticated<Auth> {
    async fn get_jwks(&self, _context: &Context) -> Result<GetJwksResponse, GetJwksError> {
        let keys = self.keys.having(KeyName::Public).await?;
        Ok(jwks::publish(&keys.public()))
    }

    async fn register_user(
        &self,
        context: &Context,
        request: RegisterUserRequest,
    ) -> Result<RegisterUserResponse, RegisterUserError> {
        register::register(self, context, request).await
    }

    async fn login_user(
        &self,
        _context: &Context,
        request: LoginUserRequest,
    ) -> Result<LoginUserResponse, LoginUserError> {
        let now = self.clock.stamp();
        let address = normal_email(&text::email(&request.body.email));
        let password = request.body.password.expose();
        let keys = tokens::keys(self).await?;
        let attempt = store::count_attempt(&self.table, &address, now).await?;
        let attempt = attempt.map_err(|locked| locked_out(&locked))?;
        let verified = match self.verified(&address, password).await {
            Ok(verified) => verified,
            Err(failure) => {
                self.uncount(&address, attempt).await;
                return Err(failure.into());
            }
        };
        let (account, credential) = verified.ok_or_else(|| {
            Unauthorized::new(codes::InvalidCredentials)
                .detail("The e-mail address or the password is wrong.")
                .challenge(CHALLENGE)
        })?;
        if account.blocked_at.is_some() {
            self.forget_failures(&address).await;
            return Err(Forbidden::new(codes::AccountBlocked)
                .detail("The account is blocked. Ask the organization why.")
                .into());
        }
        let token = tokens::first()?;
        let open = store::open_session(
            account.user_id,
            credential.generation,
            &token,
            self.token_lifetimes.refresh,
            now,
        )?;
        self.table.write(open).await?;
        metric!("sessions.opened");
        self.forget_failures(&address).await;
        let account = self.list_late(account).await;
        Ok(LoginUserResponse {
            cache_control: NO_STORE.to_owned(),
            body: tokens::answer(self, &keys, account, &token, now)?,
        })
    }

    async fn refresh_token(
        &self,
        _context: &Context,
        request: RefreshTokenRequest,
    ) -> Result<RefreshTokenResponse, RefreshTokenError> {
        let now = self.clock.stamp();
        // Why it is not valid is not for the caller, who may be the thief.
        let invalid = || {
            Unauthorized::new(codes::InvalidRefreshToken)
                .detail("The refresh token is not valid.")
                .challenge(CHALLENGE)
        };
        let presented = RefreshToken::parse(request.body.refresh_token.expose());
        let presented = presented.ok_or_else(invalid)?;
        let session = store::find_session(&self.table, presented.family_id()).await?;
        let session = session.ok_or_else(invalid)?;
        match token_status(&session.family, &presented, now) {
            TokenStatus::Current => {}
            TokenStatus::ReusedOld => {
                self.revoke_stolen(&presented).await?;
                return Err(invalid().into());
            }
            TokenStatus::Expired | TokenStatus::Revoked => return Err(invalid().into()),
        }
        // Read before the token is used up: where this fails, the caller may try again with the same token.
        let account = users::find(&self.table, session.user_id).await?;
        let account = account.ok_or_else(invalid)?;
        if account.has_ended(presented.family_id(), session.generation) {
            return Err(invalid().into());
        }
        let keys = tokens::keys(self).await?;
        let next = tokens::next(&presented)?;
        if !store::rotate(
            &self.table,
            &presented,
            &next,
            self.token_lifetimes.refresh,
            now,
        )
        .await?
        {
            // Somebody was faster with the same token, or the session has ended.
            self.revoke_stolen(&presented).await?;
            return Err(invalid().into());
        }
        metric!("sessions.refreshed");
        Ok(RefreshTokenResponse {
            cache_control: NO_STORE.to_owned(),
            body: tokens::answer(self, &keys, account, &next, now)?,
        })
    }

    async fn logout_user(
        &self,
        context: &Context,
        member: Member,
        request: LogoutUserRequest,
    ) -> Result<LogoutUserResponse, LogoutUserError> {
        logout::logout(self, context, member, request).await
    }

    async fn change_password(
        &self,
        context: &Context,
        member: Member,
        request: ChangePasswordRequest,
    ) -> Result<ChangePasswordResponse, ChangePasswordError> {
        self.change(context, &member, request).await
    }

    async fn close_account(
        &self,
        context: &Context,
        member: Member,
        request: CloseAccountRequest,
    ) -> Result<CloseAccountResponse, CloseAccountError> {
        self.close(context, &member, request).await
    }

    async fn export_account(
        &self,
        context: &Context,
        member: Member,
        request: ExportAccountRequest,
    ) -> Result<ExportAccountResponse, ExportAccountError> {
        self.export(context, &member, request).await
    }

    async fn request_password_reset(
        &self,
        context: &Context,
        request: RequestPasswordResetRequest,
    ) -> Result<RequestPasswordResetResponse, RequestPasswordResetError> {
        self.request_reset(context, request).await
    }

    async fn reset_password(
        &self,
        context: &Context,
        request: ResetPasswordRequest,
    ) -> Result<ResetPasswordResponse, ResetPasswordError> {
        self.reset(context, request).await
    }

    async fn request_email_verification(
        &self,
        context: &Context,
        member: Member,
        request: RequestEmailVerificationRequest,
    ) -> Result<RequestEmailVerificationResponse, RequestEmailVerificationError> {
        self.request_verification(context, &member, request).await
    }

    async fn verify_email(
        &self,
        context: &Context,
        request: VerifyEmailRequest,
    ) -> Result<VerifyEmailResponse, VerifyEmailError> {
        self.verify(context, request).await
    }
}

/// What an operation declares that asks for the current password.
trait ChecksPassword:
    AcceptsIdempotencyKey
    + Declares<Unauthorized>
    + Declares<Forbidden<codes::WrongPassword>>
    + Declares<Conflict<codes::NoPassword>>
    + Declares<TooManyRequests<codes::LockedOut>>
{
}

impl<O> ChecksPassword for O where
    O: AcceptsIdempotencyKey
        + Declares<Unauthorized>
        + Declares<Forbidden<codes::WrongPassword>>
        + Declares<Conflict<codes::NoPassword>>
        + Declares<TooManyRequests<codes::LockedOut>>
{
}

fn wrong_password() -> Forbidden<codes::WrongPassword> {
    Forbidden::new(codes::WrongPassword).detail("The current password is wrong.")
}

fn locked_out(locked: &LockedOut) -> TooManyRequests<codes::LockedOut> {
    TooManyRequests::new(codes::LockedOut)
        .detail("There were too many failed logins. Try again later.")
        .retry_after(locked.retry_after_seconds.into())
}

impl Auth {
    /// The account with this address, if the password is its password. It takes as long where there is no account.
    async fn verified(
        &self,
        address: &str,
        password: &str,
    ) -> Result<Option<(Account, Credential)>, Failure> {
        let found = credentials::find_by_email(&self.table, address).await?;
        let (account, credential) = found.unzip();
        let credential = credential.flatten();
        let is_right = self.is_password(credential.as_ref(), password).await?;
        Ok(account.zip(credential).filter(|_| is_right))
    }

    /// The account of a member who has proved to know its password. One that is wrong counts as a failed login.
    async fn proved<O: ChecksPassword>(
        &self,
        member: &Member,
        guard: &IdempotencyGuard,
        password: &str,
        now: DateTime<Utc>,
    ) -> Result<(Account, Credential), OperationError<O>> {
        let found = credentials::find(&self.table, member.user_id).await?;
        let (account, credential) = found.ok_or_else(no_account)?;
        let credential = credential.ok_or_else(|| {
            Conflict::new(codes::NoPassword).detail("The account has no password here.")
        })?;
        let address = normal_email(&account.email);
        let attempt = store::count_attempt(&self.table, &address, now).await?;
        let attempt = attempt.map_err(|locked| locked_out(&locked))?;
        match self.is_password(Some(&credential), password).await {
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
        Ok((account, credential))
    }

    /// Whether a password is the one that is kept. It takes as long where none is. One that was kept in an old way is kept anew.
    async fn is_password(
        &self,
        credential: Option<&Credential>,
        password: &str,
    ) -> Result<bool, Failure> {
        let stored = credential.map(|credential| credential.hash.as_str());
        let verdict = match self.passwords.verify(password, stored).await {
            Ok(verdict) => verdict,
            // The hash in the table is broken. To the caller that is an account that cannot be logged in to.
            Err(error @ PasswordError::UnusableHash(_)) => {
                tracing::error!(%error, ?credential, "login impossible");
                return Ok(false);
            }
            Err(error) => return Err(error.into()),
        };
        let (Some(credential), Verification::Match { needs_upgrade }) = (credential, verdict)
        else {
            return Ok(false);
        };
        if needs_upgrade || credential.is_misplaced() {
            self.keep_anew(credential, password, needs_upgrade).await;
        }
        Ok(true)
    }

    /// Replaces a hash of an old kind, or in an old place, while the password is at hand. It is no reason to refuse the login if that
    /// fails: the next one tries again.
    async fn keep_anew(&self, credential: &Credential, password: &str, needs_upgrade: bool) {
        let hash = match needs_upgrade {
            true => self.passwords.hash(password).await,
            false => Ok(credential.hash.clone()),
        };
        let kept = match hash {
            Ok(hash) => {
                let kept = credential.rehash(&self.table, &hash).await;
                kept.map_err(|error| error.to_string())
            }
            Err(error) => Err(error.to_string()),
        };
        if let Err(error) = kept {
            tracing::warn!(error, ?credential, "a password hash was not upgraded");
        }
    }

    /// A request with a password in its body, which is to be done once if it came with a key.
    async fn guard(
        &self,
        context: &Context,
        scope: Scope,
        key: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<IdempotencyGuard, Failure> {
        let Some(key) = key else {
            return Ok(IdempotencyGuard::without_key());
        };
        // Keyed, because a plain hash of the body could be searched for the password.
        let keys = self.keys.having(KeyName::Secret).await?;
        let fingerprint = keys.fingerprints()?.of(&context.fingerprint());
        Ok(IdempotencyGuard::new(scope, key, fingerprint, now))
    }

    /// The hash of a new password; where it is easy to guess, a violation at this field.
    async fn hash_new(
        &self,
        texts: &mut Texts,
        field: &str,
        password: &str,
        identity: &[&str],
    ) -> Result<String, Failure> {
        let hash = self.passwords.hash_new(password, identity).await?;
        Ok(hash.unwrap_or_else(|weak| {
            texts.refuse(field, "passwordStrength", weak.to_string());
            String::new()
        }))
    }

    /// Takes back what was counted for a password that was not looked at after all.
    async fn uncount(&self, address: &str, attempt: Attempt) {
        if let Err(error) = store::uncount_attempt(&self.table, address, attempt).await {
            tracing::warn!(%error, "a login that was not looked at stays counted");
        }
    }

    /// Puts an account into the list of all that was opened before there was one. The account as it is then. Where that fails, the next
    /// login does it.
    async fn list_late(&self, account: Account) -> Account {
        if account.listed {
            return account;
        }
        let list = async {
            let [listed, place] = parts::list_late(account.user_id, &account.name)?;
            let transaction = Transaction::new().with(listed).with(place);
            self.table.transact(transaction).await?;
            users::find(&self.table, account.user_id).await
        };
        match list.await {
            Ok(found) => found.unwrap_or(account),
            Err(error) => {
                tracing::warn!(userId = %account.user_id, %error, "an account is still not listed");
                account
            }
        }
    }

    /// Forgets the failures before a right password. Where that fails, the next one forgets them, or a day does.
    async fn forget_failures(&self, address: &str) {
        if let Err(error) = store::forget_failures(&self.table, address).await {
            tracing::warn!(%error, "the failed logins before a good one were not forgotten");
        }
    }

    /// Ends a session of which an old token came back.
    async fn revoke_stolen(&self, token: &RefreshToken) -> Result<(), Failure> {
        tracing::warn!(
            session = token.family(),
            "a refresh token came back; its session ends"
        );
        Ok(store::revoke(&self.table, token.family_id()).await?)
    }
}

impl From<PasswordError> for Failure {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Busy => {
                tracing::warn!(%error, "overloaded");
                Failure::overloaded("Too many logins and registrations at the moment.")
            }
            error => Failure::internal("a password cannot be hashed or verified", error),
        }
    }
}

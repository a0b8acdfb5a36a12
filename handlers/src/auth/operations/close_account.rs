//! Closing an account.

use civicforge_api::auth::{CloseAccountError, CloseAccountRequest, CloseAccountResponse};
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::idempotency::Scope;
use civicforge_kernel::telemetry::metric;
use civicforge_runtime::context::Context;

use crate::auth::authenticate::has_ended;
use crate::auth::{Auth, closing};
use crate::members::Member;

impl Auth {
    /// Close a member's account, once per key.
    pub(super) async fn close(
        &self,
        context: &Context,
        member: &Member,
        request: CloseAccountRequest,
    ) -> Result<CloseAccountResponse, CloseAccountError> {
        let now = self.clock.stamp();
        let scope = Scope::Member(member.user_id);
        let guard = self.guard(context, scope, request.idempotency_key, now);
        let guard = guard.await?;
        guard.replay(&self.table).await?;
        if let Some(ended) = self.ended(member).await? {
            return Err(has_ended(ended).into());
        }
        let current = request.body.current_password.expose();
        let (account, credential) = self.proved(member, &guard, current, now).await?;
        let response = || CloseAccountResponse {
            idempotency_replayed: None,
        };
        let kept = guard.keep(response)?;
        let closed = closing::close(&account, Some(&credential), now, self.table.outbox())?;
        match kept.transact(&self.table, closed).await {
            Ok(outcome) => {
                outcome.first()?;
                metric!("accounts.closed");
                Ok(response())
            }
            Err(StoreError::ConditionFailed(_)) => {
                // Somebody was faster, and what was right is wrong now.
                guard.replay(&self.table).await?;
                Err(super::wrong_password().into())
            }
            Err(error) => Err(error.into()),
        }
    }
}

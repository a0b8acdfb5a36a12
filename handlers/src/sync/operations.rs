//! The operations of the contract's tag Sync.

use civicforge_api::sync::{
    GetSyncStatusError, GetSyncStatusResponse, ReceiveClickUpWebhookError,
    ReceiveClickUpWebhookRequest, ReceiveClickUpWebhookResponse, ReceiveNeonWebhookBody,
    ReceiveNeonWebhookError, ReceiveNeonWebhookRequest, ReceiveNeonWebhookResponse,
    RequestResyncError, RequestResyncResponse, SyncApi,
};
use civicforge_kernel::refusal::refused;
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::outbox::Message;
use civicforge_kernel::telemetry::metric;
use civicforge_runtime::context::Context;
use civicforge_runtime::status::Forbidden;

use super::Sync;
use super::intake::{self, Received};
use super::reconciled;
use super::status::NotInSync;
use crate::members::{Authenticated, Member, NO_NEON_PASSWORD, Vendor};
use crate::tasks::mapping::Mapping;
use crate::users::admin::{NotAdmin, is_admin};

impl SyncApi for Authenticated<Sync> {
    async fn get_sync_status(
        &self,
        _context: &Context,
        principal: Member,
    ) -> Result<GetSyncStatusResponse, GetSyncStatusError> {
        if !is_admin(&self.table, principal.user_id).await? {
            return Err(refused(&NotAdmin));
        }
        let body = self.status().await?;
        Ok(GetSyncStatusResponse { body })
    }

    async fn request_resync(
        &self,
        _context: &Context,
        principal: Member,
    ) -> Result<RequestResyncResponse, RequestResyncError> {
        if !is_admin(&self.table, principal.user_id).await? {
            return Err(refused(&NotAdmin));
        }
        let mapping = Mapping::read(&self.table).await?;
        if mapping.is_none_or(|mapping| mapping.click_up.is_none()) {
            return Err(refused(&NotInSync));
        }
        reconciled::request(&self.table, self.clock.stamp()).await?;
        Ok(RequestResyncResponse {})
    }

    async fn receive_click_up_webhook(
        &self,
        context: &Context,
        _principal: Vendor,
        request: ReceiveClickUpWebhookRequest,
    ) -> Result<ReceiveClickUpWebhookResponse, ReceiveClickUpWebhookError> {
        let received = intake::click_up(&request.body, self.clock.stamp());
        self.take_in(context, received).await?;
        Ok(ReceiveClickUpWebhookResponse {})
    }

    async fn receive_neon_webhook(
        &self,
        context: &Context,
        principal: Option<Vendor>,
        request: ReceiveNeonWebhookRequest,
    ) -> Result<ReceiveNeonWebhookResponse, ReceiveNeonWebhookError> {
        let (body, is_form) = match &request.body {
            ReceiveNeonWebhookBody::Json(body) => (body, false),
            ReceiveNeonWebhookBody::Form(body) => (body, true),
        };
        let sent = intake::neon(body, is_form, self.clock.stamp());
        if principal.is_none() && !self.is_neon(sent.token.as_deref()).await? {
            return Err(Forbidden::default().detail(NO_NEON_PASSWORD).into());
        }
        self.take_in(context, sent.received).await?;
        Ok(ReceiveNeonWebhookResponse {})
    }
}

impl Authenticated<Sync> {
    /// Whether a delivery without a user and a password has the password in its body.
    async fn is_neon(&self, token: Option<&str>) -> Result<bool, StoreError> {
        match token {
            Some(token) => self.callers().senders.neon_has_password(token).await,
            None => Ok(false),
        }
    }
}

impl Sync {
    /// Writes down what there is to do, once.
    async fn take_in(&self, context: &Context, received: Received) -> Result<(), StoreError> {
        let message = match &received {
            Received::Work(message) | Received::Unreadable(message) => message,
            Received::Nothing => return Ok(()),
        };
        context.touch("messageId", message.id);
        if !self.write_down(message).await? {
            metric!("sync.repeated");
            return Ok(());
        }
        match received {
            Received::Unreadable(message) => {
                tracing::warn!(messageId = %message.id, shape = message.payload, "an event has a shape that is not the documented one");
                metric!("sync.unreadable");
            }
            _ => metric!("sync.received"),
        }
        Ok(())
    }

    /// Whether it was not there yet.
    async fn write_down(&self, message: &Message) -> Result<bool, StoreError> {
        self.table
            .write_if(message.send(self.table.outbox())?)
            .await
    }
}

//! The operations of the tag Notifications.

use askama::Template;
use civicforge_api::notifications::{
    NotificationsApi, SetNotificationsError, SetNotificationsRequest, SetNotificationsResponse,
    ShowUnsubscribeError, ShowUnsubscribeRequest, ShowUnsubscribeResponse, UnsubscribeError,
    UnsubscribeRequest, UnsubscribeResponse,
};
use civicforge_kernel::failure::Failure;
use civicforge_kernel::keys::KeyName;
use civicforge_kernel::telemetry::metric;
use civicforge_runtime::context::Context;
use civicforge_runtime::status::NotFound;
use uuid::Uuid;

use super::Notifications;
use super::templates::UnsubscribePage;
use crate::members::{Authenticated, Member};
use crate::users;

/// The page is about one member, and its address is a key to a member's settings.
const NO_STORE: &str = "no-store";
const NO_REFERRER: &str = "no-referrer";

impl NotificationsApi for Authenticated<Notifications> {
    async fn set_notifications(
        &self,
        _context: &Context,
        member: Member,
        request: SetNotificationsRequest,
    ) -> Result<SetNotificationsResponse, SetNotificationsError> {
        let wanted = request.body.inquiries;
        let if_match = request.if_match.as_deref();
        let changed = users::store::change(&self.table, member.user_id, if_match, |write| {
            users::parts::with_inquiry_mails(write, wanted)
        });
        let account = changed.await?;
        let etag = account.etag().to_string();
        let body = account.shown_to_owner()?;
        Ok(SetNotificationsResponse { etag, body })
    }

    async fn show_unsubscribe(
        &self,
        _context: &Context,
        request: ShowUnsubscribeRequest,
    ) -> Result<ShowUnsubscribeResponse, ShowUnsubscribeError> {
        self.member_of(&request.id).await?.ok_or_else(no_link)?;
        Ok(ShowUnsubscribeResponse {
            cache_control: NO_STORE.to_owned(),
            referrer_policy: NO_REFERRER.to_owned(),
            body: page(false)?,
        })
    }

    async fn unsubscribe(
        &self,
        _context: &Context,
        request: UnsubscribeRequest,
    ) -> Result<UnsubscribeResponse, UnsubscribeError> {
        let member = self.member_of(&request.id).await?.ok_or_else(no_link)?;
        // Whose account is gone gets no mails either.
        if self
            .table
            .write_if(users::parts::mute_mails(member))
            .await?
        {
            metric!("mails.unsubscribed");
        }
        Ok(UnsubscribeResponse {
            cache_control: NO_STORE.to_owned(),
            referrer_policy: NO_REFERRER.to_owned(),
            body: page(true)?,
        })
    }
}

impl Notifications {
    /// Whose link this is, if it is one.
    async fn member_of(&self, id: &str) -> Result<Option<Uuid>, Failure> {
        let keys = self.keys.having(KeyName::Secret).await?;
        Ok(keys.mail_links()?.read(id))
    }
}

fn no_link() -> NotFound {
    NotFound::default().detail("This is not the link of a mail.")
}

fn page(is_done: bool) -> Result<String, Failure> {
    let page = UnsubscribePage { is_done }.render();
    page.map_err(|error| Failure::internal("a page cannot be written", error))
}

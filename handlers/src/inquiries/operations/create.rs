//! Inquiring about a property.

use civicforge_api::codes;
use civicforge_api::inquiries::{CreateInquiryError, CreateInquiryResponse};
use civicforge_api::types::{InquiryDraft, InquiryStatus, PropertyStatus};
use civicforge_kernel::idempotency::IdempotencyGuard;
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::key::id_at;
use civicforge_kernel::table::revise::Revision;
use civicforge_kernel::telemetry::metric;
use civicforge_runtime::context::Context;
use civicforge_runtime::status::{Conflict, Forbidden, NotFound, TooManyRequests};

use crate::inquiries::Inquiries;
use crate::inquiries::item::Inquiry;
use crate::inquiries::store::{self, MOST_A_DAY};
use crate::inquiries::text;
use crate::members::{Member, no_account};

impl Inquiries {
    /// Send a member's inquiry to the owner of a property, once per key.
    pub(super) async fn create(
        &self,
        context: &Context,
        member: &Member,
        key: Option<String>,
        draft: InquiryDraft,
    ) -> Result<CreateInquiryResponse, CreateInquiryError> {
        let guard = IdempotencyGuard::of_member(context, member.user_id, key, self.clock.now());
        let message = text::message(&draft.message)?;
        let round = || self.try_create(&guard, member, &draft, &message);
        let response = guard.revise(&self.table, round).await?;
        context.touch("inquiryId", *response.body.inquiry_id);
        metric!("inquiries.created");
        Ok(response)
    }

    async fn try_create(
        &self,
        guard: &IdempotencyGuard,
        member: &Member,
        draft: &InquiryDraft,
        message: &str,
    ) -> Result<Revision<CreateInquiryResponse>, CreateInquiryError> {
        let now = self.clock.stamp();
        let (inquirer, property_id) = (member.user_id, *draft.property_id);
        let (property, sent) = self.before(property_id, inquirer, now).await?;
        let property =
            property.ok_or_else(|| NotFound::default().detail("There is no such property."))?;
        if property.owner_id == inquirer {
            return Err(Forbidden::new(codes::OwnProperty)
                .detail("You cannot inquire about your own property.")
                .into());
        }
        if property.status != PropertyStatus::Active {
            return Err(Conflict::new(codes::PropertyNotActive)
                .detail(format!("The property is {}.", property.status))
                .into());
        }
        if sent.is_over() {
            let wait = store::midnight_after(now).signed_duration_since(now);
            let seconds = u32::try_from(wait.num_seconds()).unwrap_or(1).max(1);
            return Err(TooManyRequests::new(codes::TooManyInquiries)
                .detail(format!("You have sent {MOST_A_DAY} inquiries today."))
                .retry_after(seconds.into())
                .into());
        }
        let inquiry = Inquiry {
            inquiry_id: id_at(now),
            property_id,
            property_title: property.title.clone(),
            owner_id: property.owner_id,
            inquirer_id: inquirer,
            message: message.to_owned(),
            reply: None,
            status: InquiryStatus::New,
            created_at: now,
            responded_at: None,
            closed_at: None,
            updated_at: now,
            version: 1,
        };
        let response = || CreateInquiryResponse {
            location: format!("/api/v1/inquiries/{}", inquiry.inquiry_id),
            etag: inquiry.etag().to_string(),
            idempotency_replayed: None,
            body: inquiry.clone().into(),
        };
        let outbox = self.table.outbox();
        let (transaction, account) = store::create(&inquiry, &property, sent, outbox)?;
        match guard
            .keep(response)?
            .transact(&self.table, transaction)
            .await
        {
            Ok(outcome) => {
                outcome.first()?;
                Ok(Revision::Done(response()))
            }
            Err(StoreError::Contended { .. }) => Ok(Revision::Contended),
            Err(StoreError::ConditionFailed(failed)) if failed.contains(account) => {
                Err(no_account().into())
            }
            // The property has changed, or the member has sent another inquiry.
            Err(StoreError::ConditionFailed(_)) => Ok(Revision::Stale),
            Err(error) => Err(error.into()),
        }
    }
}

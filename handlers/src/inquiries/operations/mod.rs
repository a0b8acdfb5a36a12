//! The operations of the contract's tag Inquiries.

mod change;
mod create;
mod lists;

use civicforge_api::inquiries::{
    CreateInquiryError, CreateInquiryRequest, CreateInquiryResponse, GetInquiryError,
    GetInquiryRequest, GetInquiryResponse, InquiriesApi, ListInquiriesError, ListInquiriesRequest,
    ListInquiriesResponse, UpdateInquiryError, UpdateInquiryRequest, UpdateInquiryResponse,
};
use civicforge_kernel::refusal::refused;
use civicforge_runtime::context::Context;
use civicforge_runtime::error::{Listed, OperationError};
use civicforge_runtime::status::NotFound;

use super::Inquiries;
use super::rules::{self, CommandRefusal};
use crate::members::{Authenticated, Member};

/// The 404 of an inquiry.
fn no_inquiry() -> NotFound {
    NotFound::default().detail("There is no such inquiry.")
}

impl<O: Listed> From<CommandRefusal> for OperationError<O> {
    fn from(refusal: CommandRefusal) -> Self {
        refused(&refusal)
    }
}

impl InquiriesApi for Authenticated<Inquiries> {
    async fn list_inquiries(
        &self,
        _context: &Context,
        principal: Member,
        request: ListInquiriesRequest,
    ) -> Result<ListInquiriesResponse, ListInquiriesError> {
        let body = self.inquiries_of(&principal, &request).await?;
        Ok(ListInquiriesResponse { body })
    }

    async fn create_inquiry(
        &self,
        context: &Context,
        principal: Member,
        request: CreateInquiryRequest,
    ) -> Result<CreateInquiryResponse, CreateInquiryError> {
        let key = request.idempotency_key;
        self.create(context, &principal, key, request.body).await
    }

    async fn get_inquiry(
        &self,
        _context: &Context,
        principal: Member,
        request: GetInquiryRequest,
    ) -> Result<GetInquiryResponse, GetInquiryError> {
        let inquiry = self.inquiry(*request.inquiry_id).await?;
        let inquiry = inquiry.ok_or_else(no_inquiry)?;
        rules::readable(inquiry.state(), principal.user_id)?;
        let tag = inquiry.etag();
        let etag = tag.to_string();
        Ok(match request.if_none_match {
            Some(known) if tag.is_known_to(&known) => GetInquiryResponse::NotModified { etag },
            _ => GetInquiryResponse::Ok {
                etag,
                body: inquiry.into(),
            },
        })
    }

    async fn update_inquiry(
        &self,
        context: &Context,
        principal: Member,
        request: UpdateInquiryRequest,
    ) -> Result<UpdateInquiryResponse, UpdateInquiryError> {
        let inquiry = self.change(&principal, &request).await?;
        context.touch("inquiryId", inquiry.inquiry_id);
        Ok(UpdateInquiryResponse {
            etag: inquiry.etag().to_string(),
            body: inquiry.into(),
        })
    }
}

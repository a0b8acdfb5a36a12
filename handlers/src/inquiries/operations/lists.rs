//! Lists of inquiries, newest first, page by page.

use civicforge_api::inquiries::ListInquiriesRequest;
use civicforge_api::types::{InquiryPage, InquiryRole, InquiryStatus};
use civicforge_kernel::lists::{List, ListError, PageRequest, readable};
use civicforge_kernel::table::feed::Feed;
use civicforge_kernel::table::{Index, Key, Reads};

use crate::inquiries::item::Inquiry;
use crate::inquiries::{Inquiries, keys};
use crate::members::Member;

impl Inquiries {
    /// The inquiries in which a member has a part.
    pub(super) async fn inquiries_of(
        &self,
        member: &Member,
        request: &ListInquiriesRequest,
    ) -> Result<InquiryPage, ListError> {
        let principal = member.user_id.to_string();
        let property = request.property_id.map(|id| *id);
        let of_property = property.map_or_else(String::new, |id| id.to_string());
        let filters = [
            ("role", request.role.as_str()),
            ("propertyId", of_property.as_str()),
            ("status", request.status.map_or("", InquiryStatus::as_str)),
        ];
        let page = PageRequest {
            limit: request.limit,
            token: request.page_token.as_deref(),
        };
        let list = List::new(&self.keys, "listInquiries", &principal, &filters, page);
        let start = list.start().await?;
        let shown = |inquiry: &Inquiry| {
            let part = match request.role {
                InquiryRole::Owner => inquiry.owner_id,
                InquiryRole::Inquirer => inquiry.inquirer_id,
            };
            part == member.user_id
                && property.is_none_or(|property| inquiry.property_id == property)
                && request.status.is_none_or(|status| inquiry.status == status)
        };
        let found = match (request.role, property) {
            (InquiryRole::Inquirer, _) => {
                let (partition, prefix) = keys::sent_by(member.user_id);
                let feed = Feed::new(Index::Gsi2, vec![partition]).prefix(prefix);
                let shown = |item| Ok(readable(item).filter(&shown));
                feed.page(&self.table, list.limit(), start, shown).await?
            }
            (InquiryRole::Owner, property) => {
                let (partition, prefix) = match property {
                    Some(property) => keys::of_property(property),
                    None => keys::received_by(member.user_id),
                };
                let feed = Feed::new(Index::Gsi1, vec![partition]).prefix(prefix);
                let found = feed.page_of_others(
                    &self.table,
                    (list.limit(), start),
                    Reads::Eventual,
                    |entry| Key::of(entry).map(|entry| keys::details(entry.pk)),
                    |item| readable(item).filter(&shown),
                );
                found.await?
            }
        };
        Ok(InquiryPage {
            items: found.items.into_iter().map(Into::into).collect(),
            next_page_token: list.next(found.next.as_ref()).await?,
        })
    }
}

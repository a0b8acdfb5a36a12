//! Answering and closing an inquiry: read it, decide, and write if it is still as it was read.

use civicforge_api::inquiries::{UpdateInquiryError, UpdateInquiryRequest};
use civicforge_kernel::table::revise::{Revision, revise};
use civicforge_kernel::telemetry::metric;
use civicforge_runtime::status::PreconditionFailed;

use super::no_inquiry;
use crate::inquiries::Inquiries;
use crate::inquiries::item::Inquiry;
use crate::inquiries::rules::{self, Command, Transition};
use crate::inquiries::{store, text};
use crate::members::Member;

impl Inquiries {
    /// Have an inquiry be as one of its parties says. It is given as it is then.
    pub(super) async fn change(
        &self,
        member: &Member,
        request: &UpdateInquiryRequest,
    ) -> Result<Inquiry, UpdateInquiryError> {
        let reply = text::answer(&request.body)?;
        let reply = reply.as_deref();
        let command = reply.map_or(Command::Close, Command::Respond);
        let round = || async {
            let before = self.inquiry(*request.inquiry_id).await?;
            let before = before.ok_or_else(no_inquiry)?;
            // Who has no part in it learns nothing of its version.
            rules::readable(before.state(), member.user_id)?;
            let if_match = request.if_match.as_deref();
            if if_match.is_some_and(|tags| !before.etag().satisfies_if_match(tags)) {
                return Err(PreconditionFailed::default()
                    .detail("The inquiry has changed since you read it.")
                    .into());
            }
            let Some(transition) = rules::decide(before.state(), command, member.user_id)? else {
                return Ok(Revision::Done((before, None)));
            };
            let after = before.after(transition, reply, self.clock.stamp());
            let transaction = store::change(&before, &after, transition, self.table.outbox())?;
            let outcome = self.table.transact(transaction).await;
            Ok::<_, UpdateInquiryError>(Revision::of(outcome, (after, Some(transition)))?)
        };
        let (inquiry, transition) = revise(round).await?;
        match transition {
            Some(Transition::Responded) => metric!("inquiries.responded"),
            Some(Transition::Closed) => metric!("inquiries.closed"),
            None => {}
        }
        Ok(inquiry)
    }
}

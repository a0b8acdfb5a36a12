//! The texts of inquiries: what is stored for what was sent.

use civicforge_api::types::{InquiryUpdate, InquiryUpdateStatus};
use civicforge_kernel::text::{TextRule, Texts};
use civicforge_runtime::status::BadRequest;

const MESSAGE: TextRule = TextRule::plain("message", 10, 2000);
const REPLY: TextRule = TextRule::plain("reply", 1, 2000);

/// What is asked.
///
/// # Errors
///
/// Every rule that it breaks.
pub fn message(sent: &str) -> Result<String, BadRequest> {
    let mut texts = Texts::default();
    let message = texts.apply(MESSAGE, sent);
    texts.finish(message)
}

/// What a party wants of an inquiry: the answer, or that it is closed.
///
/// # Errors
///
/// Every rule that the update breaks.
pub fn answer(update: &InquiryUpdate) -> Result<Option<String>, BadRequest> {
    let mut texts = Texts::default();
    let answer = match (update.status, &update.reply) {
        (InquiryUpdateStatus::Responded, Some(reply)) => Some(texts.apply(REPLY, reply)),
        (InquiryUpdateStatus::Responded, None) => {
            texts.refuse("reply", "required", "is required with the status responded");
            None
        }
        (InquiryUpdateStatus::Closed, Some(_)) => {
            texts.refuse(
                "reply",
                "forbidden",
                "must be absent with the status closed",
            );
            None
        }
        (InquiryUpdateStatus::Closed, None) => None,
    };
    texts.finish(answer)
}

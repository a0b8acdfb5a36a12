//! Every change of an inquiry as one transaction, as `docs/data-model.md` lists them.

use chrono::{DateTime, Days, NaiveTime, Utc};
use civicforge_kernel::table::{
    Condition, OutboxSource, Reads, Slot, StoreError, Transaction, Write, from_item, to_item,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::Inquiries;
use super::item::{CHANGING, Inquiry};
use super::rules::Transition;
use super::{events, keys};
use crate::properties::parts::{self, Facts};
use crate::users;

/// How many inquiries a member may send on one day.
pub const MOST_A_DAY: u32 = 20;

/// How many inquiries a member has sent on a day, as it was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentToday {
    sent: u32,
}

impl SentToday {
    /// Whether there can be no more of them.
    pub fn is_over(self) -> bool {
        self.sent >= MOST_A_DAY
    }

    /// One more, if there are still as many as were read.
    fn one_more(self, inquirer: Uuid, now: DateTime<Utc>) -> Result<Write, StoreError> {
        let keys = keys::sent_on_keys(inquirer, now.date_naive(), midnight_after(now));
        let more = Self {
            sent: self.sent.saturating_add(1),
        };
        let item = to_item(&more, &keys)?;
        Ok(match self.sent {
            0 => Write::create(item),
            sent => Write::put(item).when(Condition::eq("sent", sent)),
        })
    }
}

/// When the day ends, in UTC.
pub fn midnight_after(now: DateTime<Utc>) -> DateTime<Utc> {
    let today = now.date_naive().and_time(NaiveTime::MIN).and_utc();
    today.checked_add_days(Days::new(1)).unwrap_or(now)
}

/// What a member writes who inquires about a property, and where the check stands that the member has an account.
///
/// # Errors
///
/// Something has no form in the table.
pub fn create(
    inquiry: &Inquiry,
    property: &Facts,
    sent: SentToday,
    outbox: OutboxSource,
) -> Result<(Transaction, Slot), StoreError> {
    let mut transaction = Transaction::new();
    let member = transaction.push(users::parts::check_exists(inquiry.inquirer_id));
    transaction.push(property.check(inquiry.property_id));
    transaction.push(sent.one_more(inquiry.inquirer_id, inquiry.created_at)?);
    transaction.push(Write::create(inquiry.item()?));
    let owner = keys::owner_keys(inquiry.inquiry_id, inquiry.owner_id, inquiry.created_at);
    let pointer = json!({ "inquiryId": inquiry.inquiry_id });
    transaction.push(Write::create(to_item(&pointer, &owner)?));
    let message = events::created(inquiry, inquiry.created_at)?;
    transaction.push(message.send(outbox)?);
    Ok((transaction, member))
}

/// What makes an inquiry go from one state to the next. It fails where the inquiry is not as it was read.
///
/// # Errors
///
/// Something has no form in the table.
pub fn change(
    before: &Inquiry,
    after: &Inquiry,
    transition: Transition,
    outbox: OutboxSource,
) -> Result<Transaction, StoreError> {
    let mut transaction = Transaction::new();
    let unchanged = Condition::version(before.version);
    let update = Write::update(keys::key(before.inquiry_id)).when(unchanged);
    transaction.push(update.difference(before.item()?, after.item()?, &CHANGING));
    let message = events::moved(transition, after, after.updated_at)?;
    transaction.push(message.send(outbox)?);
    Ok(transaction)
}

impl Inquiries {
    /// An inquiry, as it is now.
    ///
    /// # Errors
    ///
    /// The table cannot be read, or the inquiry is damaged.
    pub async fn inquiry(&self, inquiry: Uuid) -> Result<Option<Inquiry>, StoreError> {
        self.table.get_as(&keys::key(inquiry)).await
    }

    /// What a member needs who inquires about a property at a time: the property, and how many inquiries there were on that day.
    ///
    /// # Errors
    ///
    /// The table cannot be read, or one of them is damaged.
    pub async fn before(
        &self,
        property: Uuid,
        inquirer: Uuid,
        now: DateTime<Utc>,
    ) -> Result<(Option<Facts>, SentToday), StoreError> {
        let keys = [
            parts::key(property),
            keys::sent_on(inquirer, now.date_naive()),
        ];
        let found = self.table.get_many(&keys, Reads::Consistent).await?;
        let mut found = found.into_iter();
        let property = found.next().flatten().map(from_item).transpose()?;
        let sent = found.next().flatten().map(from_item).transpose()?;
        Ok((property, sent.unwrap_or_default()))
    }
}

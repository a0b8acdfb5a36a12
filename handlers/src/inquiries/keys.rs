//! The keys of inquiries.

use chrono::{DateTime, NaiveDate, Utc};
use civicforge_kernel::table::key::IndexKey;
use civicforge_kernel::table::{Key, Keys, stamp};
use uuid::Uuid;

/// How the sort keys of inquiries begin in index partitions that they share with other things.
const PREFIX: &str = "INQUIRY#";

/// The inquiry.
pub fn key(inquiry: Uuid) -> Key {
    details(format!("INQUIRY#{inquiry}"))
}

/// The inquiry of which something else was found in the same partition.
pub fn details(partition: String) -> Key {
    Key::new(partition, "DETAILS")
}

/// The inquiry's item: in GSI1 among those of its property, in GSI2 among those of who has sent it.
pub fn keys(inquiry: Uuid, property: Uuid, inquirer: Uuid, created: DateTime<Utc>) -> Keys {
    let sk = sort_key(inquiry, created);
    Keys::new("INQUIRY", key(inquiry))
        .gsi1(IndexKey {
            pk: of_property(property).0,
            sk: sk.clone(),
        })
        .gsi2(IndexKey {
            pk: sent_by(inquirer).0,
            sk,
        })
}

/// That an inquiry is for an owner.
pub fn owner_keys(inquiry: Uuid, owner: Uuid, created: DateTime<Utc>) -> Keys {
    let key = Key::new(format!("INQUIRY#{inquiry}"), "OWNER");
    Keys::new("INQUIRY_OWNER", key).gsi1(IndexKey {
        pk: received_by(owner).0,
        sk: sort_key(inquiry, created),
    })
}

/// The GSI1 partition of what is about a property, and the prefix of the inquiries in it.
pub fn of_property(property: Uuid) -> (String, &'static str) {
    (format!("PROPERTY#{property}"), PREFIX)
}

/// The GSI1 partition of what a member has, and the prefix of the inquiries in it that the member has received.
pub fn received_by(owner: Uuid) -> (String, &'static str) {
    (format!("USER#{owner}"), PREFIX)
}

/// The GSI2 partition of what a member has sent, and the prefix of the inquiries in it.
pub fn sent_by(inquirer: Uuid) -> (String, &'static str) {
    (format!("USER#{inquirer}"), PREFIX)
}

/// How many inquiries a member has sent on a day.
pub fn sent_on(inquirer: Uuid, day: NaiveDate) -> Key {
    Key::new(format!("USER#{inquirer}"), format!("INQUIRIES#{day}"))
}

/// The item of that, which nobody needs after a time.
pub fn sent_on_keys(inquirer: Uuid, day: NaiveDate, until: DateTime<Utc>) -> Keys {
    Keys::new("INQUIRIES_SENT", sent_on(inquirer, day)).expires(until)
}

fn sort_key(inquiry: Uuid, created: DateTime<Utc>) -> String {
    format!("{PREFIX}{}#{inquiry}", stamp::format(created))
}

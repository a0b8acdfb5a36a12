//! The keys of what guards accounts: addresses, failed logins, links to other issuers, sessions.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use civicforge_kernel::table::key::IndexKey;
use civicforge_kernel::table::{Key, Keys, stamp};
use uuid::Uuid;

/// The guard that makes an e-mail address unique. Give the address as [`normal_email`](crate::users::text::normal_email) makes it.
pub fn email(address: &str) -> Key {
    Key::new(format!("EMAIL#{address}"), "EMAIL")
}

/// The guard's item.
pub fn email_keys(address: &str) -> Keys {
    Keys::new("EMAIL", email(address))
}

/// The counter of failed logins for an e-mail address, whether or not somebody has it.
pub fn lockout(address: &str) -> Key {
    Key::new(format!("LOCKOUT#{address}"), "COUNTER")
}

/// The counter's item.
pub fn lockout_keys(address: &str, expires: DateTime<Utc>) -> Keys {
    Keys::new("LOCKOUT", lockout(address)).expires(expires)
}

/// A member's password. Its partition is no other item's, because roles are limited by partition.
pub fn credential(user: Uuid) -> Key {
    Key::new(format!("CREDENTIAL#{user}"), "CREDENTIAL")
}

/// The password's item.
pub fn credential_keys(user: Uuid) -> Keys {
    Keys::new("CREDENTIAL", credential(user))
}

/// A token of a mail, by its hash.
pub fn mail_token(hash: &str) -> Key {
    Key::new(format!("MAILTOKEN#{hash}"), "TOKEN")
}

/// The token's item.
pub fn mail_token_keys(hash: &str, expires: DateTime<Utc>) -> Keys {
    Keys::new("MAILTOKEN", mail_token(hash)).expires(expires)
}

/// The counter of mails about the account that an address gets, whether or not somebody has it.
pub fn mails_to(address: &str) -> Key {
    Key::new(format!("MAILRATE#TO#{address}"), "COUNTER")
}

/// The counter's item.
pub fn mails_to_keys(address: &str, expires: DateTime<Utc>) -> Keys {
    Keys::new("MAILRATE_ADDRESS", mails_to(address)).expires(expires)
}

/// The counter of mails that somebody at this address asks for.
pub fn mails_for(source: IpAddr) -> Key {
    Key::new(format!("MAILRATE#FOR#{source}"), "COUNTER")
}

/// The counter's item.
pub fn mails_for_keys(source: IpAddr, expires: DateTime<Utc>) -> Keys {
    Keys::new("MAILRATE_SOURCE", mails_for(source)).expires(expires)
}

/// What another issuer calls a member. An issuer is a URL without a fragment, so the first `#` behind it ends it.
pub fn identity(issuer: &str, subject: &str) -> Key {
    Key::new(format!("IDENTITY#{issuer}#{subject}"), "IDENTITY")
}

/// The item of that.
pub fn identity_keys(issuer: &str, subject: &str, user: Uuid) -> Keys {
    let identity = identity(issuer, subject);
    let place = IndexKey {
        pk: format!("USER#{user}"),
        sk: identity.pk.clone(),
    };
    Keys::new("IDENTITY", identity).gsi1(place)
}

/// What other issuers call a member.
pub fn identities_of(user: Uuid) -> (String, &'static str) {
    (format!("USER#{user}"), "IDENTITY#")
}

/// A member whose tokens are refused.
pub fn refused(user: Uuid) -> Key {
    Key::new(REFUSED.to_owned(), format!("MEMBER#{user}"))
}

/// The item of that. It goes by itself where the member's tokens do.
pub fn refused_keys(user: Uuid, until: Option<DateTime<Utc>>) -> Keys {
    let keys = Keys::new("REFUSED_MEMBER", refused(user));
    match until {
        Some(until) => keys.expires(until),
        None => keys,
    }
}

/// The partition of members whose tokens are refused. There are few, and they are read together.
pub const REFUSED: &str = "REFUSED";

/// A family of refresh tokens: one login on one device.
pub fn session(family: Uuid) -> Key {
    Key::new(format!("SESSION#{family}"), "SESSION")
}

/// The family's item.
pub fn session_keys(
    family: Uuid,
    user: Uuid,
    created: DateTime<Utc>,
    expires: DateTime<Utc>,
) -> Keys {
    Keys::new("SESSION", session(family))
        .gsi1(IndexKey {
            pk: format!("USER#{user}"),
            sk: format!("SESSION#{}#{family}", stamp::format(created)),
        })
        .expires(expires)
}

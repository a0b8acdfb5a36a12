//! Mails about accounts: asking for them, and the tokens that they carry.
//!
//! What is asked for is a message of the outbox that names the account and no token. Whoever sends the mail makes the token then, and
//! keeps its hash, so that a token is nowhere but in the mail.

pub mod limits;
pub mod store;
pub mod token;

use chrono::{DateTime, Utc};
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::key::outbox::MAIL;
use civicforge_kernel::table::outbox::{Event, Message};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A mail about an account. It is told to whoever sends mails, and to nobody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountMail {
    /// That the address is to be verified, with a token.
    VerifyEmail,
    /// That another password may be set, with a token.
    ResetPassword,
    /// That another password was set.
    PasswordChanged,
    /// That the account is closed.
    Closed,
}

impl AccountMail {
    const ALL: [Self; 4] = [
        Self::VerifyEmail,
        Self::ResetPassword,
        Self::PasswordChanged,
        Self::Closed,
    ];

    fn kind(self) -> &'static str {
        match self {
            Self::VerifyEmail => "mail.verifyEmail",
            Self::ResetPassword => "mail.resetPassword",
            Self::PasswordChanged => "mail.passwordChanged",
            Self::Closed => "mail.accountClosed",
        }
    }

    /// That of a message's kind.
    pub fn of_kind(kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mail| mail.kind() == kind)
    }

    /// The message that asks for it.
    ///
    /// # Errors
    ///
    /// It has no form in JSON.
    pub fn to(self, user_id: Uuid, now: DateTime<Utc>) -> Result<Message, StoreError> {
        let about = AboutAccount {
            kind: self.kind(),
            user_id,
        };
        Ok(Message::of(&about, now)?.to(MAIL))
    }
}

/// What a message says of the account.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct AboutAccount {
    #[serde(skip)]
    kind: &'static str,
    user_id: Uuid,
}

impl Event for AboutAccount {
    const VERSION: u32 = 1;

    fn kind(&self) -> &'static str {
        self.kind
    }
}

/// Whose account a message is about, as whoever sends mails reads it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Recipient {
    /// The member. The nil UUID is nobody.
    pub user_id: Uuid,
}

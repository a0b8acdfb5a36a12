//! A mail to one person, as text and as HTML.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};
use uuid::Uuid;

use super::MailError;

/// A mail.
#[derive(Clone)]
pub struct Letter {
    /// What it is known by, also when it is sent again.
    pub id: Uuid,
    /// When what it tells of has happened.
    pub date: DateTime<Utc>,
    /// The address that it goes to.
    pub to: String,
    /// Whose that is.
    pub name: String,
    /// One line.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// The same for whoever is shown HTML.
    pub html: String,
    /// The address that switches such mails off, also by a POST without a login (RFC 8058).
    pub unsubscribe: Option<String>,
}

impl Letter {
    /// The mail in the form in which it is sent.
    pub(super) fn compose(&self, from: &Mailbox) -> Result<Message, MailError> {
        let refused = |error: &dyn std::fmt::Display| MailError::Refused(error.to_string());
        let to = self.to.parse::<Address>();
        let to = to.map_err(|error| MailError::Address(error.to_string()))?;
        let mut builder = Message::builder()
            .message_id(Some(format!("<{}@{}>", self.id, from.email.domain())))
            .date(SystemTime::from(self.date))
            .from(from.clone())
            .to(Mailbox::new(Some(self.name.clone()), to))
            .subject(&self.subject)
            // Whoever is away does not answer a program.
            .raw_header(header("Auto-Submitted", "auto-generated"));
        if let Some(url) = &self.unsubscribe {
            builder = builder
                .raw_header(header("List-Unsubscribe", &format!("<{url}>")))
                .raw_header(header(
                    "List-Unsubscribe-Post",
                    "List-Unsubscribe=One-Click",
                ));
        }
        let parts = MultiPart::alternative_plain_html(self.text.clone(), self.html.clone());
        builder.multipart(parts).map_err(|error| refused(&error))
    }
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

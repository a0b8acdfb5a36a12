//! Any server of SMTP.

use lettre::transport::smtp::{AsyncSmtpTransport, Error};
use lettre::{AsyncTransport, Message, Tokio1Executor};
use url::Url;

use super::{MailError, TIMEOUT};

/// Why the URL of a server cannot be used. It does not repeat the URL, which may have a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SmtpError {
    /// Something else.
    #[error("expected smtps://USER:PASSWORD@HOST, or smtp://HOST:PORT?tls=required")]
    NoUrl,
    /// A password would be sent in the open.
    #[error("has a password, and so must be smtps://, or have ?tls=required")]
    Open,
}

/// A server of SMTP.
#[derive(Clone)]
pub struct Smtp(AsyncSmtpTransport<Tokio1Executor>);

impl Smtp {
    /// The server at this URL.
    ///
    /// | URL | meaning |
    /// |---|---|
    /// | `smtps://user:password@host` | TLS from the beginning, on port 465 |
    /// | `smtp://user:password@host?tls=required` | STARTTLS, on port 587 |
    /// | `smtp://host:25?tls=opportunistic` | STARTTLS where the server has it |
    /// | `smtp://localhost:1025` | without TLS, and so without a password |
    ///
    /// # Errors
    ///
    /// It is no such URL, or would send a password in the open.
    pub fn at(url: &str) -> Result<Self, SmtpError> {
        let read = Url::parse(url).map_err(|_| SmtpError::NoUrl)?;
        if !matches!(read.scheme(), "smtp" | "smtps") || !read.has_host() {
            return Err(SmtpError::NoUrl);
        }
        let is_secret = read.password().is_some() || !read.username().is_empty();
        let requires_tls = |(name, value): (_, _)| name == "tls" && value == "required";
        if is_secret && read.scheme() == "smtp" && !read.query_pairs().any(requires_tls) {
            return Err(SmtpError::Open);
        }
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
        let builder = builder.map_err(|_| SmtpError::NoUrl)?;
        Ok(Self(builder.timeout(Some(TIMEOUT)).build()))
    }

    pub(super) async fn send(&self, mail: &Message) -> Result<(), MailError> {
        let sent = AsyncTransport::send(&self.0, mail.clone()).await;
        sent.map(drop).map_err(|error| judge(&error))
    }
}

/// What has become of a mail that was not taken.
fn judge(error: &Error) -> MailError {
    let code = error.status().map(|code| code.to_string());
    match code.as_deref() {
        // That a mailbox is not there, not this one's, or not allowed.
        Some("550" | "551" | "553") => MailError::Address(error.to_string()),
        // That nobody may send here, or not without a password: somebody has to look at the settings.
        Some("530" | "535") => MailError::Later(error.to_string()),
        Some(_) if error.is_permanent() => MailError::Refused(error.to_string()),
        _ => MailError::Later(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_sent_in_the_open() {
        let wrong = |url: &str| Smtp::at(url).err();
        assert_eq!(
            wrong("smtp://me:secret@mail.example.org"),
            Some(SmtpError::Open)
        );
        assert_eq!(
            wrong("smtp://me:secret@mail.example.org?tls=opportunistic"),
            Some(SmtpError::Open)
        );
        assert_eq!(wrong("smtps://me:secret@mail.example.org"), None);
        assert_eq!(
            wrong("smtp://me:secret@mail.example.org?tls=required"),
            None
        );
        assert_eq!(wrong("smtp://localhost:1025"), None);
        for url in [
            "",
            "localhost:25",
            "https://mail.example.org",
            "smtp:",
            "smtp://h?tls=maybe",
        ] {
            assert_eq!(wrong(url), Some(SmtpError::NoUrl), "{url}");
        }
    }
}

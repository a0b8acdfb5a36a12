//! Sending mails: over SMTP, by Amazon SES, or into a folder of this machine.
//!
//! A mail is sent once. Whoever sends it tries again; the `Message-ID` is made of the message's id, so that a mailbox that gets one twice can
//! know it again.

#[cfg(feature = "server")]
mod folder;
mod letter;
pub mod ses;
#[cfg(feature = "server")]
mod smtp;

use std::fmt;
use std::time::Duration;

use civicforge_kernel::table::outbox::DeliveryError;
use civicforge_runtime::call::Call;
use lettre::message::Mailbox;

#[cfg(feature = "server")]
pub use folder::Folder;
pub use letter::Letter;
pub use ses::Ses;
#[cfg(feature = "server")]
pub use smtp::{Smtp, SmtpError};

/// How long a mail may take to be taken. Less than a relay waits for a delivery.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Why a mail was not sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// Trying again later may help.
    #[error("not now: {0}")]
    Later(String),
    /// It will never work with this address.
    #[error("the address is refused: {0}")]
    Address(String),
    /// The mail itself will never be taken.
    #[error("refused: {0}")]
    Refused(String),
}

impl From<MailError> for DeliveryError {
    fn from(error: MailError) -> Self {
        match error {
            MailError::Later(_) => Self::Later(error.to_string()),
            MailError::Address(_) | MailError::Refused(_) => Self::Never(error.to_string()),
        }
    }
}

/// What takes mails.
#[derive(Clone)]
enum Carrier {
    Ses(Ses),
    #[cfg(feature = "server")]
    Smtp(Smtp),
    #[cfg(feature = "server")]
    Folder(Folder),
}

/// Sends mails. Clones are the same.
#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    carrier: Carrier,
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Mailer").field(&self.carrier.name()).finish()
    }
}

impl Mailer {
    /// By Amazon SES.
    pub fn ses(from: Mailbox, ses: Ses) -> Self {
        let carrier = Carrier::Ses(ses);
        Self { from, carrier }
    }

    /// Over SMTP.
    #[cfg(feature = "server")]
    pub fn smtp(from: Mailbox, smtp: Smtp) -> Self {
        let carrier = Carrier::Smtp(smtp);
        Self { from, carrier }
    }

    /// Into a folder.
    #[cfg(feature = "server")]
    pub fn folder(from: Mailbox, folder: Folder) -> Self {
        let carrier = Carrier::Folder(folder);
        Self { from, carrier }
    }

    /// Sends a mail.
    ///
    /// # Errors
    ///
    /// It was not taken.
    ///
    /// # Cancellation
    ///
    /// Where the future is dropped the mail may have been taken or not.
    pub async fn send(&self, letter: &Letter) -> Result<(), MailError> {
        let mail = letter.compose(&self.from)?;
        let call = Call::begin(self.carrier.name(), "send");
        let sending = async {
            match &self.carrier {
                Carrier::Ses(ses) => ses.send(&mail).await,
                #[cfg(feature = "server")]
                Carrier::Smtp(smtp) => smtp.send(&mail).await,
                #[cfg(feature = "server")]
                Carrier::Folder(folder) => folder.keep(letter.id, &mail).await,
            }
        };
        let sent = tokio::time::timeout(TIMEOUT, sending).await;
        let sent = sent.unwrap_or_else(|_| Err(MailError::Later("no answer in time".to_owned())));
        call.end(match &sent {
            Ok(()) => Ok(200),
            Err(_) => Err("not taken"),
        });
        sent
    }
}

impl Carrier {
    fn name(&self) -> &'static str {
        match self {
            Self::Ses(_) => "SES",
            #[cfg(feature = "server")]
            Self::Smtp(_) => "SMTP",
            #[cfg(feature = "server")]
            Self::Folder(_) => "mail folder",
        }
    }
}

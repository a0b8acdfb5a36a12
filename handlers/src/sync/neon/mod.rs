//! Who is a volunteer, by Neon CRM.
//!
//! What Neon sends is not signed, so nothing of it counts: the account and its terms are read here. A person is the member whose e-mail
//! address is one of the account's, if that is known to be the member's own.

pub mod refresh;
mod standing;

use civicforge_kernel::destinations::Destination;
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::outbox::{DeliveryError, Message};
use futures::future::BoxFuture;
use uuid::Uuid;

use super::clickup::FromClickUp;
use super::intake::{NEON_EVENT, NeonEvent, UNREADABLE};
use crate::users;
use crate::users::events::{EMAIL_VERIFIED, MemberEvent};
use refresh::Ways;

pub use refresh::{RefreshError, Swept, account_keys, refresh, sweep, term_keys};

/// Takes what has come in from Neon.
pub struct FromNeon(FromClickUp);

impl FromNeon {
    /// By the way that what comes in from ClickUp has too.
    pub fn new(from: FromClickUp) -> Self {
        Self(from)
    }

    async fn work_on(&self, event: &NeonEvent) -> Result<(), RefreshError> {
        let ways = Ways::new(&self.0).await?;
        let mut accounts = event.accounts.clone();
        if accounts.is_empty()
            && let Some(membership) = &event.membership
        {
            accounts.extend(ways.account_of(membership).await?);
        }
        for account in accounts {
            ways.refresh(&account).await?;
        }
        Ok(())
    }

    /// A member's address is known to be the member's own since.
    async fn find_accounts(&self, member: Uuid) -> Result<(), RefreshError> {
        let ways = Ways::new(&self.0).await?;
        let table = &self.0.tasks.table;
        let Some(account) = users::store::find(table, member).await? else {
            return Ok(());
        };
        for id in ways.neon.accounts_by_email(&account.email).await? {
            ways.refresh(&id).await?;
        }
        Ok(())
    }
}

impl Destination for FromNeon {
    fn name(&self) -> &'static str {
        "from:neon"
    }

    /// That a member's address is known to be the member's own, if the mapping says who is a volunteer there. All else names it.
    fn takes<'a>(&'a self, kind: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(async move {
            if kind != EMAIL_VERIFIED {
                return Ok(false);
            }
            let mapping = self.0.mapping().await?;
            Ok(mapping.is_some_and(|mapping| mapping.neon.is_some()))
        })
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<(), DeliveryError>> {
        Box::pin(async move {
            let damaged =
                |error: serde_json::Error| DeliveryError::Never(format!("damaged: {error}"));
            let payload = message.payload.as_str();
            let done = match message.kind.as_str() {
                NEON_EVENT => {
                    let event: NeonEvent = serde_json::from_str(payload).map_err(damaged)?;
                    self.work_on(&event).await
                }
                EMAIL_VERIFIED => {
                    let member: MemberEvent = serde_json::from_str(payload).map_err(damaged)?;
                    self.find_accounts(member.user_id).await
                }
                UNREADABLE => {
                    let why = "its shape is not the documented one";
                    return Err(DeliveryError::Never(why.to_owned()));
                }
                other => return Err(DeliveryError::Never(format!("nothing is known of {other}"))),
            };
            match done {
                // Nobody is a volunteer by Neon.
                Err(RefreshError::NotMapped) => Ok(()),
                other => Ok(other?),
            }
        })
    }
}

/// What an outcome of a refreshment is to the outbox.
impl From<RefreshError> for DeliveryError {
    fn from(error: RefreshError) -> Self {
        match error {
            RefreshError::Neon(error) => error.into(),
            RefreshError::Settings(error) => error.into(),
            RefreshError::Store(error) => error.into(),
            RefreshError::NotConfigured | RefreshError::NotMapped => Self::Later(error.to_string()),
        }
    }
}

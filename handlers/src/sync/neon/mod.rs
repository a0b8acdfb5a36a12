//! Who is a volunteer, by Neon CRM.
//!
//! What Neon sends is not signed, so nothing of it counts: the account and its terms are read here. A person is the member whose e-mail
//! address is one of the account's, if that is known to be the member's own.

mod refresh;
mod standing;

use chrono::{DateTime, Utc};
use civicforge_kernel::destinations::Destination;
use civicforge_kernel::table::outbox::{DeliveryError, Message};
use civicforge_kernel::table::{StoreError, Table, stamp};
use futures::future::BoxFuture;
use serde_json::json;
use uuid::Uuid;

use super::clickup::FromClickUp;
use super::intake::{NEON, NEON_EVENT, NEON_MEMBER, NeonEvent, NeonMember, UNREADABLE};
use crate::tasks::mapping::Mapping;
use crate::users;
use refresh::Ways;

pub use refresh::{RefreshError, Swept, account_keys, refresh, sweep, term_keys};

/// Has Neon be asked for the accounts of a member whose address is known to be the member's own since, if the mapping says who is a
/// volunteer there.
///
/// # Errors
///
/// The table fails.
pub async fn ask_about(table: &Table, member: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mapping = Mapping::read(table).await?;
    if mapping.is_none_or(|mapping| mapping.neon.is_none()) {
        return Ok(());
    }
    let payload = json!(NeonMember { user_id: member });
    let asked = format!("{member} {}", stamp::format(now));
    let message = Message::received(NEON, NEON_MEMBER, asked.as_bytes(), &payload, now);
    table.write(message.send(table.outbox())?).await?;
    Ok(())
}

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

    /// Nothing that happens here: what is for it names it.
    fn takes<'a>(&'a self, _kind: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(std::future::ready(Ok(false)))
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
                NEON_MEMBER => {
                    let member: NeonMember = serde_json::from_str(payload).map_err(damaged)?;
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

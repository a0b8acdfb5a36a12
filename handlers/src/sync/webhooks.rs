//! The webhooks of other systems, and what they are known by.
//!
//! Their secrets are in the table, like those of subscriptions: the other side makes them, and whoever receives a delivery reads them.

use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac;
use chrono::{DateTime, Utc};
use civicforge_kernel::clock::Clock;
use civicforge_kernel::fresh::Fresh;
use civicforge_kernel::secret_text::{self, SecretText};
use civicforge_kernel::table::record::{self, Record};
use civicforge_kernel::table::{Key, Keys, StoreError, Table, stamp};
use serde::{Deserialize, Serialize};

/// How long a process goes by the webhooks that it has read.
const FRESH: Duration = Duration::from_secs(30);
/// How long it takes an unknown id for unknown, without looking again: whoever makes ids up must not have the table read each time.
const UNKNOWN: Duration = Duration::from_secs(1);

/// The webhooks of other systems.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Webhooks {
    /// Those of ClickUp.
    #[serde(default)]
    pub click_up: Vec<ClickUpWebhook>,
    /// What those of Neon CRM are known by.
    #[serde(default)]
    pub neon: Vec<NeonPassword>,
    /// Counts its changes, from 1.
    pub version: u64,
}

/// A webhook of ClickUp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClickUpWebhook {
    /// Its id, which its deliveries name.
    pub webhook_id: String,
    /// What they are signed with.
    #[serde(with = "secret_text::stored")]
    pub secret: SecretText,
    /// Where it delivers to.
    pub endpoint: String,
    /// The list that it is for; none where it is for the space.
    #[serde(default)]
    pub list: Option<String>,
    /// When its deliveries are taken no more, where another has taken its place.
    #[serde(with = "stamp::option", default)]
    pub until: Option<DateTime<Utc>>,
}

impl ClickUpWebhook {
    /// Whether this is the signature of a body: the HMAC-SHA256 in hexadecimal, compared in constant time.
    pub fn has_signed(&self, body: &[u8], signature: &str) -> bool {
        let Ok(tag) = hex::decode(signature) else {
            return false;
        };
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.secret.expose().as_bytes());
        hmac::verify(&key, body, &tag).is_ok()
    }
}

/// A password that deliveries of Neon CRM are known by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NeonPassword {
    /// Its SHA-256 in hexadecimal: it is random, so this tells nobody what it is.
    pub sha256: String,
    /// When it is taken no more, where another has taken its place.
    #[serde(with = "stamp::option", default)]
    pub until: Option<DateTime<Utc>>,
}

impl NeonPassword {
    /// That of this text.
    pub fn of(text: &str) -> Self {
        Self {
            sha256: hex::encode(digest(&SHA256, text.as_bytes())),
            until: None,
        }
    }

    /// Whether it is this text, compared in constant time.
    fn is(&self, text: &str) -> bool {
        let other = Self::of(text).sha256;
        verify_slices_are_equal(self.sha256.as_bytes(), other.as_bytes()).is_ok()
    }
}

impl Webhooks {
    /// Those that the table has.
    ///
    /// # Errors
    ///
    /// The table cannot be read, or they are damaged.
    pub async fn read(table: &Table) -> Result<Self, StoreError> {
        record::read(table, &keys()).await
    }

    /// Changes them, whatever others change at the same time.
    ///
    /// # Errors
    ///
    /// The table fails, or they are damaged.
    pub async fn change(table: &Table, change: impl Fn(&mut Self)) -> Result<Self, StoreError> {
        record::change(table, &keys(), change).await
    }
}

impl Record for Webhooks {
    fn version(&mut self) -> &mut u64 {
        &mut self.version
    }
}

/// The item of all webhooks. There are few, and they are read together.
pub fn keys() -> Keys {
    Keys::new("WEBHOOKS", Key::new("CONFIG#webhooks".to_owned(), "CONFIG"))
}

/// Knows who has sent a delivery. Clones are the same.
#[derive(Debug, Clone)]
pub struct Senders {
    table: Table,
    clock: Clock,
    read: Fresh<Arc<Webhooks>>,
}

impl Senders {
    /// Those of this table.
    pub fn new(table: Table, clock: Clock) -> Self {
        Self {
            table,
            clock,
            read: Fresh::default(),
        }
    }

    /// Whether a webhook of ClickUp has signed this body. Which one, the body says.
    ///
    /// # Errors
    ///
    /// The table cannot be read.
    pub async fn click_up_has_signed(
        &self,
        body: &[u8],
        signature: &str,
    ) -> Result<bool, StoreError> {
        #[derive(Deserialize)]
        struct Named {
            webhook_id: String,
        }
        let Ok(named) = serde_json::from_slice::<Named>(body) else {
            return Ok(false);
        };
        let now = self.clock.now();
        // One that was made since is not taken for one that there is not.
        for fresh in [FRESH, UNKNOWN] {
            let all = self.webhooks(fresh).await?;
            let mut webhooks = all.click_up.iter();
            if let Some(webhook) = webhooks.find(|one| one.webhook_id == named.webhook_id) {
                let is_over = webhook.until.is_some_and(|until| until < now);
                return Ok(!is_over && webhook.has_signed(body, signature));
            }
        }
        Ok(false)
    }

    /// Whether this is a password that deliveries of Neon CRM are known by.
    ///
    /// # Errors
    ///
    /// The table cannot be read.
    pub async fn neon_has_password(&self, password: &str) -> Result<bool, StoreError> {
        let now = self.clock.now();
        // One that was made since is not taken for a wrong one.
        for fresh in [FRESH, UNKNOWN] {
            let all = self.webhooks(fresh).await?;
            if let Some(found) = all.neon.iter().find(|one| one.is(password)) {
                return Ok(found.until.is_none_or(|until| until >= now));
            }
        }
        Ok(false)
    }

    async fn webhooks(&self, fresh: Duration) -> Result<Arc<Webhooks>, StoreError> {
        let read = async || Webhooks::read(&self.table).await.map(Arc::new);
        self.read.within(fresh, read).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors were made with another implementation.
    #[test]
    fn a_signature_is_that_of_the_body_as_it_is_sent() {
        let webhook = ClickUpWebhook {
            webhook_id: "id".to_owned(),
            secret: SecretText::new("Jefe".to_owned()),
            endpoint: String::new(),
            list: None,
            until: None,
        };
        // RFC 4231, test case 2.
        let body = b"what do ya want for nothing?";
        let signature = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert!(webhook.has_signed(body, signature));
        for other in [&signature[1..], "", "x", &signature.replace('5', "6")] {
            assert!(!webhook.has_signed(body, other), "{other}");
        }
        assert!(!webhook.has_signed(b"what do ya want for nothing", signature));
    }
}

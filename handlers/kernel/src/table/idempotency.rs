//! `Idempotency-Key`: a request that is sent again is answered again, and done once.
//!
//! The record of the answer is written in the transaction that has the effect, so there is no moment in which
//! one exists without the other. Two requests with one key at once are serialized by the record's condition: the
//! second finds the record and answers with it. A record lives for 24 hours; DynamoDB deletes late, so one that has
//! expired counts as absent here.

use std::fmt;

use aws_lc_rs::digest;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Condition, Slot, StoreError, Table, Transaction, Write, attr, from_item, key, stamp, to_item,
};

/// How long a record is kept.
const KEPT: TimeDelta = TimeDelta::hours(24);

/// Whose key it is: the same key from two members is two keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// A member's.
    Member(Uuid),
    /// Whoever sends this text, such as the e-mail address of a registration: see [`Scope::sender`]. The stored response must hold no
    /// secret.
    Sender([u8; 32]),
}

impl Scope {
    /// The scope of a caller who is not known but by a text of the request. Only its hash goes into the key.
    pub fn sender(text: &str) -> Self {
        let digest = digest::digest(&digest::SHA256, text.as_bytes());
        let mut hash = [0; 32];
        hash.copy_from_slice(digest.as_ref());
        Self::Sender(hash)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member(id) => id.fmt(f),
            Self::Sender(hash) => f.write_str(&hex::encode(hash)),
        }
    }
}

/// A request that came with an `Idempotency-Key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Whose.
    pub scope: Scope,
    /// The header's value; the contract bounds its length.
    pub key: String,
    /// By what it is known again.
    pub fingerprint: Fingerprint,
    /// When it came.
    pub now: DateTime<Utc>,
}

/// A digest of a request's method, path and body, by which it is known again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    kept: [u8; 32],
    /// Those that the same request may have been kept under, if they are keyed.
    others: Vec<[u8; 32]>,
}

impl Fingerprint {
    /// One of a request without secrets.
    pub fn plain(digest: [u8; 32]) -> Self {
        Self {
            kept: digest,
            others: Vec::new(),
        }
    }

    /// One under each of several keys, the one in use first. A request that holds a password needs it: a plain SHA-256 at rest would
    /// undo the work of Argon2.
    pub fn keyed(kept: [u8; 32], others: Vec<[u8; 32]>) -> Self {
        Self { kept, others }
    }

    fn is(&self, kept: &str) -> bool {
        let mut all = std::iter::once(&self.kept).chain(&self.others);
        all.any(|digest| hex::encode(digest) == kept)
    }
}

/// The answer to a request, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredResponse {
    /// The status.
    pub status: u16,
    /// The headers that the operation declares.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// The body, JSON as text.
    pub body: String,
}

/// What is known of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// Nothing: it is the first of its key.
    Fresh,
    /// It was answered with this.
    Replay(StoredResponse),
    /// The key was used for something else: `422`.
    KeyReused,
}

/// What became of a transaction under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It happened now.
    Applied,
    /// It had happened before, and this was the answer.
    Replay(StoredResponse),
    /// The key was used for something else: `422`.
    KeyReused,
}

#[derive(Serialize, Deserialize)]
struct Record {
    fingerprint: String,
    #[serde(flatten)]
    response: StoredResponse,
    #[serde(default, skip_serializing)]
    ttl: i64,
}

impl Request {
    /// The write that records the answer, to go into the transaction of the effect. It fails where there is
    /// a record already.
    pub fn record(&self, response: &StoredResponse) -> Result<Write, StoreError> {
        let record = Record {
            fingerprint: hex::encode(self.fingerprint.kept),
            response: response.clone(),
            ttl: 0,
        };
        let keys = key::idempotency::keys(self.scope, &self.key, self.now + KEPT);
        let now = stamp::epoch_seconds(self.now);
        let absent = Condition::new_item().or(Condition::at_most(attr::TTL, now));
        Ok(Write::put(to_item(&record, &keys)?).when(absent))
    }
}

impl Table {
    /// What is known of a request: to be asked before anything is done for it.
    pub async fn lookup(&self, request: &Request) -> Result<Lookup, StoreError> {
        let key = key::idempotency::key(request.scope, &request.key);
        let Some(item) = self.get(&key).await? else {
            return Ok(Lookup::Fresh);
        };
        let record: Record = from_item(item)?;
        Ok(if record.ttl <= stamp::epoch_seconds(request.now) {
            Lookup::Fresh
        } else if request.fingerprint.is(&record.fingerprint) {
            Lookup::Replay(record.response)
        } else {
            Lookup::KeyReused
        })
    }

    /// Do a transaction once per key, and keep its answer. The slots of the transaction stay valid in a
    /// [`StoreError::ConditionFailed`]: the record goes last.
    pub async fn transact_once(
        &self,
        mut transaction: Transaction,
        request: &Request,
        response: &StoredResponse,
    ) -> Result<Outcome, StoreError> {
        let slot: Slot = transaction.push(request.record(response)?);
        match self.transact(transaction).await {
            Ok(()) => Ok(Outcome::Applied),
            // Whatever else failed with it failed because the first request had its effect.
            Err(StoreError::ConditionFailed(failed)) if failed.contains(slot) => {
                match self.lookup(request).await? {
                    Lookup::Replay(response) => Ok(Outcome::Replay(response)),
                    Lookup::KeyReused => Ok(Outcome::KeyReused),
                    // It expired between the two.
                    Lookup::Fresh => Err(StoreError::contended("TransactWriteItems")),
                }
            }
            Err(other) => Err(other),
        }
    }
}

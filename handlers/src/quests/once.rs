//! A request that is repeated under its `Idempotency-Key`, and the quest that answers it.

use chrono::{DateTime, Utc};
use civicforge_api::types;
use civicforge_runtime::context::Context;
use civicforge_runtime::decode::Decode;
use civicforge_runtime::error::{Declares, OperationError};
use civicforge_runtime::json::Node;
use civicforge_runtime::status::{InternalServerError, ServiceUnavailable, UnprocessableContent};

use super::item::Quest;
use crate::app::Member;
use crate::table::idempotency::{Fingerprint, Lookup, Outcome, Request, Scope, StoredResponse};
use crate::table::{StoreError, Table, Transaction};

const ETAG: &str = "ETag";
const LOCATION: &str = "Location";

/// A quest as an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// The body.
    pub quest: types::Quest,
    /// `ETag`.
    pub etag: String,
    /// `Location`, for what was created.
    pub location: String,
    /// `Idempotency-Replayed`.
    pub replayed: Option<bool>,
}

impl Answered {
    /// A quest as it is now.
    pub fn new(quest: &Quest) -> Self {
        Self {
            etag: quest.etag().to_string(),
            location: format!("/api/v1/quests/{}", quest.quest_id),
            quest: quest.clone().into(),
            replayed: None,
        }
    }

    fn stored(&self, status: u16) -> Result<StoredResponse, StoreError> {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        Ok(StoredResponse {
            status,
            headers: vec![header(ETAG, &self.etag), header(LOCATION, &self.location)],
            body: serde_json::to_string(&self.quest)
                .map_err(|e| StoreError::corrupt("writing an answer", e))?,
        })
    }

    fn replay(stored: &StoredResponse) -> Result<Self, StoreError> {
        let corrupt = |detail: String| StoreError::corrupt("a stored answer", detail);
        let header = |wanted: &str| {
            let found = stored.headers.iter().find(|(name, _)| name == wanted);
            found
                .map(|(_, value)| value.clone())
                .ok_or_else(|| corrupt(format!("`{wanted}` is missing")))
        };
        let body = Node::parse(stored.body.as_bytes()).map_err(|e| corrupt(e.to_string()))?;
        Ok(Self {
            quest: types::Quest::decode(&body).map_err(|e| corrupt(e.to_string()))?,
            etag: header(ETAG)?,
            location: header(LOCATION)?,
            replayed: Some(true),
        })
    }
}

/// Why a key can not be used.
#[derive(Debug)]
pub enum KeyError {
    /// It was used for another request.
    Reused(UnprocessableContent),
    /// The table.
    Store(StoreError),
}

impl KeyError {
    fn reused() -> Self {
        Self::Reused(
            UnprocessableContent::new("idempotency_key_reused")
                .detail("The Idempotency-Key was used for another request."),
        )
    }
}

impl From<StoreError> for KeyError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl<O> From<KeyError> for OperationError<O>
where
    O: Declares<UnprocessableContent>
        + Declares<InternalServerError>
        + Declares<ServiceUnavailable>,
{
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Reused(status) => status.into(),
            KeyError::Store(error) => error.into(),
        }
    }
}

/// A request that is to be done once, if it came with a key.
#[derive(Debug, Clone)]
pub struct Once(Option<Request>);

impl Once {
    /// What comes without a key, and is made safe to repeat by its conditions alone.
    pub fn without_key() -> Self {
        Self(None)
    }

    /// The request of a member.
    pub fn new(
        context: &Context,
        member: &Member,
        key: Option<String>,
        now: DateTime<Utc>,
    ) -> Self {
        Self(key.map(|key| Request {
            scope: Scope::Member(member.user_id),
            key,
            fingerprint: Fingerprint::plain(context.fingerprint()),
            now,
        }))
    }

    /// How it was answered before, if it was.
    ///
    /// To be asked before anything is done for a request, and again before it is refused: its twin may have been at
    /// work at the same time, and what is in the way of this one may be just what the twin has done.
    pub async fn answered(&self, table: &Table) -> Result<Option<Answered>, KeyError> {
        let Some(request) = &self.0 else {
            return Ok(None);
        };
        match table.lookup(request).await? {
            Lookup::Fresh => Ok(None),
            Lookup::Replay(stored) => Ok(Some(Answered::replay(&stored)?)),
            Lookup::KeyReused => Err(KeyError::reused()),
        }
    }

    /// Do a transaction, and keep the answer in it. What comes back is the answer to give.
    pub async fn transact(
        &self,
        table: &Table,
        transaction: Transaction,
        status: u16,
        answer: &Answered,
    ) -> Result<Answered, KeyError> {
        let Some(request) = &self.0 else {
            table.transact(transaction).await?;
            return Ok(answer.clone());
        };
        let stored = answer.stored(status)?;
        match table.transact_once(transaction, request, &stored).await? {
            Outcome::Applied => Ok(answer.clone()),
            Outcome::Replay(stored) => Ok(Answered::replay(&stored)?),
            Outcome::KeyReused => Err(KeyError::reused()),
        }
    }
}

//! Requests that are done once under their `Idempotency-Key`, whatever operation they are for.
//!
//! What is kept of a response are its bytes and headers, so it is sent again as it was, also by a program whose contract has
//! changed since. A response that holds a secret is not kept: its operation keeps what it needs to make another one
//! ([`IdempotencyGuard::keep_instead`]).

use chrono::{DateTime, Utc};
use civicforge_runtime::codes::IdempotencyKeyReused;
use civicforge_runtime::context::Context;
use civicforge_runtime::error::{Declares, OperationError};
use civicforge_runtime::problem::Problem;
use civicforge_runtime::response::{IntoResponse, RecordedResponse};
use civicforge_runtime::status::{
    Conflict, Forbidden, InternalServerError, NotFound, ServiceUnavailable, TooManyRequests,
    UnprocessableContent,
};
use http::{HeaderName, HeaderValue, StatusCode};
use uuid::Uuid;

use crate::table::idempotency::{Fingerprint, Lookup, Outcome, Request, Scope, StoredResponse};
use crate::table::revise::{Revision, revise};
use crate::table::{StoreError, Table, Transaction};

const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
const CONTENT_TYPE: &str = "content-type";

/// What an operation declares that takes an `Idempotency-Key`.
pub trait AcceptsIdempotencyKey:
    Declares<UnprocessableContent<IdempotencyKeyReused>>
    + Declares<InternalServerError>
    + Declares<ServiceUnavailable>
{
}

impl<O> AcceptsIdempotencyKey for O where
    O: Declares<UnprocessableContent<IdempotencyKeyReused>>
        + Declares<InternalServerError>
        + Declares<ServiceUnavailable>
{
}

/// A request that is to be done once, if it came with a key.
#[derive(Debug, Clone)]
pub struct IdempotencyGuard(Option<Request>);

impl IdempotencyGuard {
    /// A request that came without a key.
    pub fn without_key() -> Self {
        Self(None)
    }

    /// A request of this scope that came with a key.
    pub fn new(scope: Scope, key: String, fingerprint: Fingerprint, now: DateTime<Utc>) -> Self {
        Self(Some(Request {
            scope,
            key,
            fingerprint,
            now,
        }))
    }

    /// A member's request.
    pub fn of_member(
        context: &Context,
        member: Uuid,
        key: Option<String>,
        now: DateTime<Utc>,
    ) -> Self {
        // The fingerprint is a hash of the body, which only a key asks for.
        match key {
            None => Self::without_key(),
            Some(key) => {
                let fingerprint = Fingerprint::plain(context.fingerprint());
                Self::new(Scope::Member(member), key, fingerprint, now)
            }
        }
    }

    /// What is kept of the response that the request had before, if it had one.
    ///
    /// # Errors
    ///
    /// The 422 of a key that was used for another request, and a failure of the table.
    pub async fn kept<O: AcceptsIdempotencyKey>(
        &self,
        table: &Table,
    ) -> Result<Option<StoredResponse>, OperationError<O>> {
        let Some(request) = &self.0 else {
            return Ok(None);
        };
        match table.lookup(request).await? {
            Lookup::Fresh => Ok(None),
            Lookup::Replay(stored) => Ok(Some(stored)),
            Lookup::KeyReused => Err(key_reused().into()),
        }
    }

    /// Ends the operation with the response that the request had before, if it had one.
    ///
    /// Call it before anything is done for a request, and again before the request is refused: a concurrent request with the
    /// same key may have caused the conflict.
    ///
    /// # Errors
    ///
    /// That response; the 422 of a key that was used for another request; and a failure of the table.
    pub async fn replay<O: AcceptsIdempotencyKey>(
        &self,
        table: &Table,
    ) -> Result<(), OperationError<O>> {
        match self.kept(table).await? {
            None => Ok(()),
            Some(stored) => Err(replayed(stored)),
        }
    }

    /// Does rounds of read, decide and write until one is done, once per key. Before a refusal that a concurrent request with the same
    /// key may have caused, it looks for what that one was answered.
    ///
    /// # Errors
    ///
    /// The response that the request had before, the 422 of a key that was used for another request, failures of the table, and what a
    /// round ends with.
    pub async fn revise<T, O, F>(
        &self,
        table: &Table,
        round: impl FnMut() -> F,
    ) -> Result<T, OperationError<O>>
    where
        O: AcceptsIdempotencyKey,
        F: Future<Output = Result<Revision<T>, OperationError<O>>>,
    {
        self.replay(table).await?;
        let outcome = revise(round).await;
        if outcome.as_ref().is_err_and(is_refusal) {
            self.replay(table).await?;
        }
        outcome
    }

    /// With the response to keep. It is made only where there is a key.
    ///
    /// # Errors
    ///
    /// Where the response has no form that could be sent.
    pub fn keep<R: IntoResponse>(
        &self,
        response: impl FnOnce() -> R,
    ) -> Result<KeptResponse<'_>, StoreError> {
        let Some(request) = &self.0 else {
            return Ok(KeptResponse::nothing());
        };
        Ok(KeptResponse(Some((request, stored(response())?))))
    }

    /// With what is kept in place of a response that holds a secret.
    pub fn keep_instead(&self, status: StatusCode, text: String) -> KeptResponse<'_> {
        KeptResponse(self.0.as_ref().map(|request| {
            let stored = StoredResponse {
                status: status.as_u16(),
                headers: Vec::new(),
                body: text,
            };
            (request, stored)
        }))
    }
}

/// What is kept with the effect of a request.
#[derive(Debug, Clone)]
pub struct KeptResponse<'a>(Option<(&'a Request, StoredResponse)>);

impl KeptResponse<'_> {
    /// For what comes without a key, and is made safe to repeat by its conditions alone.
    pub fn nothing() -> Self {
        Self(None)
    }

    /// Does a transaction, and keeps the response in it.
    ///
    /// # Errors
    ///
    /// Those of [`Table::transact`]: then nothing was done and nothing is kept.
    pub async fn transact(
        &self,
        table: &Table,
        transaction: Transaction,
    ) -> Result<Outcome, StoreError> {
        match &self.0 {
            None => table.transact(transaction).await.map(|()| Outcome::Applied),
            Some((request, stored)) => table.transact_once(transaction, request, stored).await,
        }
    }
}

impl Outcome {
    /// Goes on where the transaction was done now.
    ///
    /// # Errors
    ///
    /// The response of the request that did it before, or the 422 of a key that was used for another one.
    pub fn first<O: AcceptsIdempotencyKey>(self) -> Result<(), OperationError<O>> {
        match self {
            Self::Applied => Ok(()),
            Self::Replay(stored) => Err(replayed(stored)),
            Self::KeyReused => Err(key_reused().into()),
        }
    }
}

/// Whether a rule refused the request, or what it is about is not there.
fn is_refusal<O>(error: &OperationError<O>) -> bool {
    let refusals = [
        Forbidden::STATUS,
        NotFound::STATUS,
        Conflict::STATUS,
        TooManyRequests::STATUS,
    ];
    error.problem().is_some() && refusals.contains(&error.status())
}

/// The same key with another request.
pub fn key_reused() -> UnprocessableContent<IdempotencyKeyReused> {
    UnprocessableContent::new(IdempotencyKeyReused)
        .detail("The Idempotency-Key was used for another request.")
}

fn stored(response: impl IntoResponse) -> Result<StoredResponse, StoreError> {
    let unusable = |why: &str| StoreError::corrupt("a response to keep", why);
    let recorded = RecordedResponse::of(response).map_err(|p: Problem| unusable(p.code()))?;
    let header = |(name, value): &(HeaderName, HeaderValue)| {
        let value = value
            .to_str()
            .map_err(|error| unusable(&error.to_string()))?;
        Ok((name.as_str().to_owned(), value.to_owned()))
    };
    let headers: Result<_, StoreError> = recorded.headers.iter().map(header).collect();
    let body = std::str::from_utf8(&recorded.body);
    Ok(StoredResponse {
        status: recorded.status.as_u16(),
        headers: headers?,
        body: body
            .map_err(|error| unusable(&error.to_string()))?
            .to_owned(),
    })
}

/// The kept response, to be sent again.
fn replayed<O: AcceptsIdempotencyKey>(stored: StoredResponse) -> OperationError<O> {
    match recorded(stored) {
        Ok(response) => OperationError::recorded(response),
        Err(error) => error.into(),
    }
}

fn recorded(mut stored: StoredResponse) -> Result<RecordedResponse, StoreError> {
    let corrupt = |why: String| StoreError::corrupt("a kept response", why);
    let has_type = stored.headers.iter().any(|(name, _)| name == CONTENT_TYPE);
    if !has_type && !stored.body.is_empty() {
        // A record of before responses were kept whole: a quest, with `Location` whatever the operation.
        stored
            .headers
            .retain(|(name, _)| name != "Location" || stored.status == 201);
        let json = "application/json".to_owned();
        stored.headers.push((CONTENT_TYPE.to_owned(), json));
    }
    let header = |(name, value): &(String, String)| {
        let name = HeaderName::try_from(name).map_err(|error| corrupt(error.to_string()))?;
        let value = HeaderValue::try_from(value).map_err(|error| corrupt(error.to_string()))?;
        Ok((name, value))
    };
    let headers: Result<Vec<_>, StoreError> = stored.headers.iter().map(header).collect();
    let mut headers = headers?;
    headers.push((REPLAYED, HeaderValue::from_static("true")));
    Ok(RecordedResponse {
        status: StatusCode::from_u16(stored.status).map_err(|e| corrupt(e.to_string()))?,
        headers,
        body: stored.body.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(status: u16, headers: &[(&str, &str)], body: &str) -> RecordedResponse {
        let owned = |(name, value): &(&str, &str)| (name.to_string(), value.to_string());
        let stored = StoredResponse {
            status,
            headers: headers.iter().map(owned).collect(),
            body: body.to_owned(),
        };
        recorded(stored).unwrap()
    }

    fn names(recorded: &RecordedResponse) -> Vec<&str> {
        recorded
            .headers
            .iter()
            .map(|(name, _)| name.as_str())
            .collect()
    }

    #[test]
    fn a_response_is_kept_with_its_bytes_and_headers() {
        let response = RecordedResponse {
            status: StatusCode::CREATED,
            headers: vec![(
                HeaderName::from_static(CONTENT_TYPE),
                HeaderValue::from_static("text/plain"),
            )],
            body: "what a later contract may not know".into(),
        };
        let mut again = recorded(stored(response.clone()).unwrap()).unwrap();
        let mark = again.headers.pop().unwrap();
        assert_eq!(mark, (REPLAYED, HeaderValue::from_static("true")));
        assert_eq!(again, response);
    }

    #[test]
    fn records_of_before_are_sent_as_their_operations_declare() {
        let former = [("ETag", "\"1\""), ("Location", "/api/v1/quests/x")];
        let created = kept(201, &former, "{}");
        assert_eq!(
            names(&created),
            ["etag", "location", CONTENT_TYPE, REPLAYED.as_str()]
        );
        let acted = kept(200, &former, "{}");
        assert_eq!(names(&acted), ["etag", CONTENT_TYPE, REPLAYED.as_str()]);
        assert_eq!(names(&kept(204, &[], "")), [REPLAYED.as_str()]);
    }

    #[test]
    fn a_damaged_record_is_named() {
        let stored = StoredResponse {
            status: 200,
            headers: vec![("a b".to_owned(), String::new())],
            body: String::new(),
        };
        let error = recorded(stored).unwrap_err();
        assert!(
            error.is_damage() && error.to_string().contains("a kept response"),
            "{error}"
        );
    }
}

//! What happens between an operation and the wire, for every operation alike.
//!
//! progenitor calls `ClientHooks::exec` with the finished request. Everything that the crate adds to the generated
//! code is done there: idempotency keys, authorisation and its renewal, retries, and reading answers to the end so that a
//! connection which breaks in the middle of one counts as a failed try.

use std::fmt;
use std::sync::Arc;

use progenitor_client::{ClientHooks, OperationInfo};
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use reqwest::{Method, Request, Response, StatusCode};
use uuid::Uuid;

use crate::client::OnTokens;
use crate::generated::operation;
use crate::retry::{Budget, Retries, RetryPolicy};
use crate::session::{Renewal, Session, Tokens};
use crate::{Client, Error, answer};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// What the contract says about an operation that its request does not show.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operation {
    /// Whether it takes an access token.
    pub(crate) authorized: bool,
    /// Whether it takes an `Idempotency-Key`.
    pub(crate) idempotency_key: bool,
}

/// What all operations of a client share, and all clones of the client.
#[derive(Clone)]
pub struct Transport {
    pub(crate) session: Arc<Session>,
    retry: RetryPolicy,
    budget: Arc<Budget>,
}

impl Transport {
    pub(crate) fn new(
        retry: RetryPolicy,
        tokens: Option<Tokens>,
        on_tokens: Option<OnTokens>,
    ) -> Result<Self, Error> {
        let budget = Arc::new(Budget::new(&retry));
        Ok(Self {
            session: Arc::new(Session::new(tokens, on_tokens)?),
            retry,
            budget,
        })
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

impl ClientHooks<Transport> for Client {
    async fn exec(&self, request: Request, info: &OperationInfo) -> reqwest::Result<Response> {
        execute(self, request, operation(info.operation_id)).await
    }
}

async fn execute(
    client: &Client,
    mut request: Request,
    operation: Operation,
) -> reqwest::Result<Response> {
    let transport = &client.inner;
    if operation.idempotency_key && !request.headers().contains_key(IDEMPOTENCY_KEY) {
        request.headers_mut().insert(IDEMPOTENCY_KEY, key());
    }
    let mut retries = Retries::start(
        &transport.retry,
        &transport.budget,
        may_be_repeated(&request),
    );
    let mut may_renew = operation.authorized;
    loop {
        // A body that is a stream can be sent only once.
        let spare = request.try_clone();
        let mut used = None;
        if operation.authorized
            && let Some((authorization, generation)) = transport.session.authorization()
        {
            request.headers_mut().insert(AUTHORIZATION, authorization);
            used = Some(generation);
        }
        let outcome = match client.client.execute(request).await {
            Ok(response) => answer::read(response).await,
            Err(error) => Err(error),
        };
        let Some(again) = spare else {
            return outcome;
        };
        request = again;

        if may_renew
            && let Ok(response) = &outcome
            && response.status() == StatusCode::UNAUTHORIZED
            && let Some(generation) = used
        {
            // Once: a new token that is refused as well would be refused for ever.
            may_renew = false;
            match transport.session.renew(client, generation).await {
                Renewal::Renewed => continue,
                Renewal::Impossible => return outcome,
                Renewal::Failed(error) => {
                    return outcome.map(|response| answer::with_renewal_error(response, error));
                }
            }
        }

        match retries.wait(&outcome) {
            Some(wait) => tokio::time::sleep(wait).await,
            None => return outcome,
        }
    }
}

/// Whether sending a request twice does what sending it once does.
fn may_be_repeated(request: &Request) -> bool {
    let method = request.method();
    [Method::GET, Method::HEAD, Method::PUT, Method::DELETE].contains(method)
        || request.headers().contains_key(IDEMPOTENCY_KEY)
}

/// A new idempotency key.
fn key() -> HeaderValue {
    let mut text = Uuid::encode_buffer();
    let text = Uuid::now_v7().hyphenated().encode_lower(&mut text);
    // A UUID has only characters that a header may have.
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static("0"))
}

//! What happens between an operation and the wire, for every operation alike.
//!
//! progenitor calls `ClientHooks::exec` with the finished request. Everything that the crate adds to the generated
//! code is done there: idempotency keys, authorization and its renewal, retries, and reading responses to the end so that a
//! connection which breaks in the middle of one counts as a failed try.

use chrono::{TimeDelta, Utc};
use futures::future::BoxFuture;
use progenitor_client::{ClientHooks, OperationInfo};
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use reqwest::{Method, Request, Response, StatusCode};
use uuid::Uuid;

use crate::generated::operation;
use crate::retry::Retries;
use crate::session::Renewal;
use crate::tokens::Tokens;
use crate::transport::{Operation, Transport};
use crate::types::{RefreshGrant, TokenResponse};
use crate::{Client, Error, answer};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

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
            match transport
                .session
                .renew(generation, |token| refreshed(client.clone(), token))
                .await
            {
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

/// New tokens for a refresh token. The future is boxed because it is a call of its own, and calls renew tokens.
fn refreshed(client: Client, refresh_token: String) -> BoxFuture<'static, Result<Tokens, Error>> {
    Box::pin(async move {
        let grant = RefreshGrant { refresh_token };
        let answer = client.refresh_token().body(grant).send().await?;
        Ok(Tokens::from(&*answer))
    })
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

impl From<&TokenResponse> for Tokens {
    fn from(answer: &TokenResponse) -> Self {
        let after =
            |seconds: i32| Utc::now().checked_add_signed(TimeDelta::seconds(i64::from(seconds)));
        Self {
            access_token: answer.access_token.clone(),
            refresh_token: Some(answer.refresh_token.clone()),
            expires_at: after(answer.expires_in),
            refresh_expires_at: after(answer.refresh_expires_in),
        }
    }
}

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /api/v1/auth/refresh`.

use super::super::{codes, rt, schemas, types};

/// The request of `POST /api/v1/auth/refresh`.
#[derive(Debug, Clone, PartialEq)]
pub struct RefreshTokenRequest {
    /// The refresh token.
    pub body: types::RefreshGrant,
}

/// The answer of `POST /api/v1/auth/refresh`: 200.
#[derive(Debug, Clone, PartialEq)]
pub struct RefreshTokenResponse {
    /// Who may keep the answer, and how long. Answers with tokens have `no-store`.
    ///
    /// Header `Cache-Control`.
    pub cache_control: String,
    /// The body.
    pub body: types::TokenResponse,
}

impl rt::IntoAnswer for RefreshTokenResponse {
    fn into_answer(self) -> rt::Answer {
        let Self { cache_control, body } = self;
        rt::Answer::json(rt::StatusCode::OK, "application/json", &body)
            .header("cache-control", &cache_control)
    }
}

/// What ends `POST /api/v1/auth/refresh` early.
///
/// - 400: The request breaks the contract: `invalid_request`. `violations` lists every place,
///   also a body where none is taken, malformed JSON and unknown fields.
/// - 401: The refresh token is unknown, expired, used before, or of a session that has ended:
///   `invalid_refresh_token`.
/// - 406: The `Accept` header allows nothing that the operation can answer: `not_acceptable`.
/// - 408: The body did not arrive in time: `request_timeout`. Nothing has happened.
/// - 413: The body is larger than the server takes (1 MiB unless the operator says otherwise):
///   `payload_too_large`.
/// - 415: The body is of a media type or encoding that the operation does not take:
///   `unsupported_media_type`.
/// - 429: The caller has sent more requests than its plan allows: `too_many_requests` at the
///   moment, `quota_exceeded` for the day. The server itself has no plans; an API gateway in
///   front of it does.
/// - 500: The server made a mistake: `internal_error`. The details are in its log under the
///   request id.
/// - 503: Something that the server depends on does not answer, or the server is overloaded:
///   `service_unavailable`.
/// - 504: The operation took too long and was given up: `timed_out`. Whether a change has
///   happened is unknown; repeat it with the same `Idempotency-Key`.
pub type RefreshTokenError = rt::OperationError<RefreshToken>;

rt::declares!(
    RefreshToken => [BadRequest, Unauthorized[codes::InvalidRefreshToken], NotAcceptable,
    RequestTimeout, ContentTooLarge, UnsupportedMediaType, TooManyRequests,
    TooManyRequests[codes::QuotaExceeded], InternalServerError, ServiceUnavailable,
    GatewayTimeout]
);

/// The operation `refreshToken`.
#[derive(Debug)]
pub struct RefreshToken;

impl<S: super::AuthApi> rt::Operation<S> for RefreshToken {
    const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = RefreshTokenRequest;
    type Response = RefreshTokenResponse;

    async fn authenticate(
        _server: &S,
        _context: &rt::Context,
        _credentials: rt::Credentials<'_>,
    ) -> Result<Self::Principal, rt::Rejection> {
        Ok(())
    }

    fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
        let body = input.json(&schemas::REFRESH_GRANT);
        Some(RefreshTokenRequest { body: body? })
    }

    async fn call(
        server: &S,
        context: &rt::Context,
        (): (),
        request: RefreshTokenRequest,
    ) -> Result<RefreshTokenResponse, RefreshTokenError> {
        super::AuthApi::refresh_token(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
    id: "refreshToken",
    method: rt::Method::POST,
    path: "/api/v1/auth/refresh",
    parameters: &[],
    body: Some(rt::RequestBody {
        required: true,
        media_types: &["application/json"],
    }),
    produces: &["application/json"],
    response_headers: &["Cache-Control", "Retry-After", "WWW-Authenticate"],
    challenges: &[],
};

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /api/v1/auth/register`.

use super::super::{codes, parameters, rt, schemas, types};

/// The request of `POST /api/v1/auth/register`.
#[derive(Debug, Clone, PartialEq)]
pub struct RegisterUserRequest {
    /// A value that the client makes up for this request, such as a UUID, and sends again when it
    /// repeats the request. 1 to 255 visible ASCII characters. It counts for the member for 24
    /// hours.
    ///
    /// Header parameter `Idempotency-Key`.
    pub idempotency_key: Option<String>,
    /// The new account.
    pub body: types::Registration,
}

/// The answer of `POST /api/v1/auth/register`: 201.
#[derive(Debug, Clone, PartialEq)]
pub struct RegisterUserResponse {
    /// The path of what was created.
    ///
    /// Header `Location`.
    pub location: String,
    /// The strong entity tag of the representation. Opaque.
    ///
    /// Header `ETag`.
    pub etag: String,
    /// Who may keep the answer, and how long. Answers with tokens have `no-store`.
    ///
    /// Header `Cache-Control`.
    pub cache_control: String,
    /// `true` where the answer is that of an earlier request with the same `Idempotency-Key`.
    /// Absent otherwise.
    ///
    /// Header `Idempotency-Replayed`.
    pub idempotency_replayed: Option<bool>,
    /// The body.
    pub body: types::TokenResponse,
}

impl rt::IntoAnswer for RegisterUserResponse {
    fn into_answer(self) -> rt::Answer {
        let Self { location, etag, cache_control, idempotency_replayed, body } = self;
        rt::Answer::json(rt::StatusCode::CREATED, "application/json", &body)
            .header("location", &location)
            .header("etag", &etag)
            .header("cache-control", &cache_control)
            .optional_header("idempotency-replayed", idempotency_replayed.as_ref())
    }
}

/// What ends `POST /api/v1/auth/register` early.
///
/// - 400: The request breaks the contract: `invalid_request`. `violations` lists every place,
///   also a body where none is taken, malformed JSON and unknown fields.
/// - 406: The `Accept` header allows nothing that the operation can answer: `not_acceptable`.
/// - 408: The body did not arrive in time: `request_timeout`. Nothing has happened.
/// - 409: There is an account with this e-mail address: `email_taken`.
/// - 413: The body is larger than the server takes (1 MiB unless the operator says otherwise):
///   `payload_too_large`.
/// - 415: The body is of a media type or encoding that the operation does not take:
///   `unsupported_media_type`.
/// - 422: The `Idempotency-Key` was used for another request in the last 24 hours:
///   `idempotency_key_reused`. Nothing has happened.
/// - 429: The caller has sent more requests than its plan allows: `too_many_requests` at the
///   moment, `quota_exceeded` for the day. The server itself has no plans; an API gateway in
///   front of it does.
/// - 500: The server made a mistake: `internal_error`. The details are in its log under the
///   request id.
/// - 503: Something that the server depends on does not answer, or the server is overloaded:
///   `service_unavailable`.
/// - 504: The operation took too long and was given up: `timed_out`. Whether a change has
///   happened is unknown; repeat it with the same `Idempotency-Key`.
pub type RegisterUserError = rt::OperationError<RegisterUser>;

rt::declares!(
    RegisterUser => [BadRequest, NotAcceptable, RequestTimeout,
    Conflict[codes::EmailTaken], ContentTooLarge, UnsupportedMediaType,
    UnprocessableContent[codes::IdempotencyKeyReused], TooManyRequests,
    TooManyRequests[codes::QuotaExceeded], InternalServerError, ServiceUnavailable,
    GatewayTimeout]
);

/// The operation `registerUser`.
#[derive(Debug)]
pub struct RegisterUser;

impl<S: super::AuthApi> rt::Operation<S> for RegisterUser {
    const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = RegisterUserRequest;
    type Response = RegisterUserResponse;

    async fn authenticate(
        _server: &S,
        _context: &rt::Context,
        _credentials: rt::Credentials<'_>,
    ) -> Result<Self::Principal, rt::Rejection> {
        Ok(())
    }

    fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
        let idempotency_key = input.parameter(&parameters::IDEMPOTENCY_KEY);
        let body = input.json(&schemas::REGISTRATION);
        Some(RegisterUserRequest {
            idempotency_key,
            body: body?,
        })
    }

    async fn call(
        server: &S,
        context: &rt::Context,
        (): (),
        request: RegisterUserRequest,
    ) -> Result<RegisterUserResponse, RegisterUserError> {
        super::AuthApi::register_user(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
    id: "registerUser",
    method: rt::Method::POST,
    path: "/api/v1/auth/register",
    parameters: &[&parameters::IDEMPOTENCY_KEY],
    body: Some(rt::RequestBody {
        required: true,
        media_types: &["application/json"],
    }),
    produces: &["application/json"],
    response_headers: &[
        "Cache-Control",
        "ETag",
        "Idempotency-Replayed",
        "Location",
        "Retry-After",
    ],
    challenges: &[],
};

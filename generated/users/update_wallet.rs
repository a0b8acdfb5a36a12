// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `PUT /api/v1/users/me/wallet`.

use super::super::{codes, parameters, rt, schemas, security, types};

/// The request of `PUT /api/v1/users/me/wallet`.
#[derive(Debug, Clone, PartialEq)]
pub struct UpdateWalletRequest {
    /// Change only if the current `ETag` is among these (a list of entity tags, or `*`). Otherwise,
    /// also where the value is no such list, the answer is 412.
    ///
    /// Header parameter `If-Match`.
    pub if_match: Option<String>,
    /// The wallet address.
    pub body: types::WalletUpdate,
}

/// The answer of `PUT /api/v1/users/me/wallet`: 200.
#[derive(Debug, Clone, PartialEq)]
pub struct UpdateWalletResponse {
    /// The strong entity tag of the representation. Opaque.
    ///
    /// Header `ETag`.
    pub etag: String,
    /// The body.
    pub body: types::User,
}

impl rt::IntoAnswer for UpdateWalletResponse {
    fn into_answer(self) -> rt::Answer {
        let Self { etag, body } = self;
        rt::Answer::json(rt::StatusCode::OK, "application/json", &body)
            .header("etag", &etag)
    }
}

/// What ends `PUT /api/v1/users/me/wallet` early.
///
/// - 400: The request breaks the contract: `invalid_request`. `violations` lists every place,
///   also a body where none is taken, malformed JSON and unknown fields.
/// - 401: There is no access token, or it is not valid (any more): `unauthenticated`. Also
///   where the account of a valid token no longer exists.
/// - 406: The `Accept` header allows nothing that the operation can answer: `not_acceptable`.
/// - 408: The body did not arrive in time: `request_timeout`. Nothing has happened.
/// - 412: The current `ETag` is not among those in `If-Match`: `precondition_failed`. Nothing
///   has changed.
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
pub type UpdateWalletError = rt::OperationError<UpdateWallet>;

rt::declares!(
    UpdateWallet => [BadRequest, Unauthorized, NotAcceptable, RequestTimeout,
    PreconditionFailed, ContentTooLarge, UnsupportedMediaType, TooManyRequests,
    TooManyRequests[codes::QuotaExceeded], InternalServerError, ServiceUnavailable,
    GatewayTimeout]
);

/// The operation `updateWallet`.
#[derive(Debug)]
pub struct UpdateWallet;

impl<S: super::UsersApi> rt::Operation<S> for UpdateWallet {
    const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
    type Principal = S::BearerAuth;
    type Request = UpdateWalletRequest;
    type Response = UpdateWalletResponse;

    async fn authenticate(
        server: &S,
        context: &rt::Context,
        credentials: rt::Credentials<'_>,
    ) -> Result<Self::Principal, rt::Rejection> {
        let principal = security::bearer_auth(server, context, credentials, &[]).await?;
        context.require(principal)
    }

    fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
        let if_match = input.parameter(&parameters::IF_MATCH);
        let body = input.json(&schemas::WALLET_UPDATE);
        Some(UpdateWalletRequest {
            if_match,
            body: body?,
        })
    }

    async fn call(
        server: &S,
        context: &rt::Context,
        principal: S::BearerAuth,
        request: UpdateWalletRequest,
    ) -> Result<UpdateWalletResponse, UpdateWalletError> {
        super::UsersApi::update_wallet(server, context, principal, request).await
    }
}

pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
    id: "updateWallet",
    method: rt::Method::PUT,
    path: "/api/v1/users/me/wallet",
    parameters: &[&parameters::IF_MATCH],
    body: Some(rt::RequestBody {
        required: true,
        media_types: &["application/json"],
    }),
    produces: &["application/json"],
    response_headers: &["ETag", "Retry-After", "WWW-Authenticate"],
    challenges: &["Bearer"],
};

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /api/v1/quests`.

use super::super::{codes, parameters, rt, schemas, security, types};

/// The request of `GET /api/v1/quests`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListQuestsRequest {
    /// Only quests of this status. Quests of every status where it is absent.
    ///
    /// Query parameter `status`.
    pub status: Option<types::QuestStatus>,
    /// Only quests whose title or description contains this text. Upper and lower case are alike,
    /// and the text is normalised (NFC) and trimmed first.
    ///
    /// Query parameter `search`.
    pub search: Option<String>,
    /// The most items that a page may hold.
    ///
    /// Query parameter `limit`.
    ///
    /// Where it is absent: `20`.
    pub limit: i32,
    /// `nextPageToken` of the page before; absent for the first page. It is opaque and belongs to
    /// the member and to the query that it came from; only `limit` may change. A token that was
    /// altered or comes from another query or member is answered with 400 `invalid_page_token`.
    ///
    /// Query parameter `pageToken`.
    pub page_token: Option<String>,
}

/// The answer of `GET /api/v1/quests`: 200.
#[derive(Debug, Clone, PartialEq)]
pub struct ListQuestsResponse {
    /// The body.
    pub body: types::QuestPage,
}

impl rt::IntoAnswer for ListQuestsResponse {
    fn into_answer(self) -> rt::Answer {
        let Self { body } = self;
        rt::Answer::json(rt::StatusCode::OK, "application/json", &body)
    }
}

/// What ends `GET /api/v1/quests` early.
///
/// - 400: The request breaks the contract: `invalid_request`; or the page token is altered or
///   comes from another query or member: `invalid_page_token`.
/// - 401: There is no access token, or it is not valid (any more): `unauthenticated`. Also
///   where the account of a valid token no longer exists.
/// - 406: The `Accept` header allows nothing that the operation can answer: `not_acceptable`.
/// - 429: The caller has sent more requests than its plan allows: `too_many_requests` at the
///   moment, `quota_exceeded` for the day. The server itself has no plans; an API gateway in
///   front of it does.
/// - 500: The server made a mistake: `internal_error`. The details are in its log under the
///   request id.
/// - 503: Something that the server depends on does not answer, or the server is overloaded:
///   `service_unavailable`.
/// - 504: The operation took too long and was given up: `timed_out`. Whether a change has
///   happened is unknown; repeat it with the same `Idempotency-Key`.
pub type ListQuestsError = rt::OperationError<ListQuests>;

rt::declares!(
    ListQuests => [BadRequest, BadRequest[codes::InvalidPageToken], Unauthorized,
    NotAcceptable, TooManyRequests, TooManyRequests[codes::QuotaExceeded],
    InternalServerError, ServiceUnavailable, GatewayTimeout]
);

/// The operation `listQuests`.
#[derive(Debug)]
pub struct ListQuests;

impl<S: super::QuestsApi> rt::Operation<S> for ListQuests {
    const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
    type Principal = S::BearerAuth;
    type Request = ListQuestsRequest;
    type Response = ListQuestsResponse;

    async fn authenticate(
        server: &S,
        context: &rt::Context,
        credentials: rt::Credentials<'_>,
    ) -> Result<Self::Principal, rt::Rejection> {
        let principal = security::bearer_auth(server, context, credentials, &[]).await?;
        context.require(principal)
    }

    fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
        let status = input.parameter(&STATUS);
        let search = input.parameter(&SEARCH);
        let limit = input.parameter(&parameters::LIMIT);
        let page_token = input.parameter(&parameters::PAGE_TOKEN);
        Some(ListQuestsRequest {
            status,
            search,
            limit: limit.unwrap_or(20),
            page_token,
        })
    }

    async fn call(
        server: &S,
        context: &rt::Context,
        principal: S::BearerAuth,
        request: ListQuestsRequest,
    ) -> Result<ListQuestsResponse, ListQuestsError> {
        super::QuestsApi::list_quests(server, context, principal, request).await
    }
}

pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
    id: "listQuests",
    method: rt::Method::GET,
    path: "/api/v1/quests",
    parameters: &[&STATUS, &SEARCH, &parameters::LIMIT, &parameters::PAGE_TOKEN],
    body: None,
    produces: &["application/json"],
    response_headers: &["Retry-After", "WWW-Authenticate"],
    challenges: &["Bearer"],
};

static STATUS: rt::Parameter = rt::Parameter::query("status", &schemas::QUEST_STATUS);

static SEARCH: rt::Parameter = rt::Parameter::query(
    "search",
    &rt::Schema::string().min_length(1).max_length(100),
);

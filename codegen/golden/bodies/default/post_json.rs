// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /json`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, RequestBody};
use super::DefaultApi;
use super::super::{schemas, types};

/// The request of `POST /json`.
#[derive(Debug, Clone, PartialEq)]
pub struct PostJsonRequest {
    /// The body.
    pub body: types::Note,
}

/// The answer of `POST /json`: 201.
#[derive(Debug, Clone, PartialEq)]
pub struct PostJsonResponse {
    /// The body.
    pub body: types::Note,
}

impl IntoAnswer for PostJsonResponse {
    fn into_answer(self) -> Answer {
        let Self { body } = self;
        Answer::json(StatusCode::CREATED, "application/vnd.note+json", &body)
    }
}

/// What ends `POST /json` early.
///
/// - any other status, [`PostJsonDefault`]: Failed.
pub type PostJsonError = OperationError<PostJson>;

/// Failed.
#[derive(Debug, Clone, PartialEq)]
pub struct PostJsonDefault {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl From<PostJsonDefault> for PostJsonError {
    fn from(PostJsonDefault { status }: PostJsonDefault) -> Self {
        Self::of(Answer::declared(status, &[Status::Default], || Answer::empty(status)))
    }
}

/// The operation `postJson`.
#[derive(Debug)]
pub struct PostJson;

impl<S: DefaultApi> Operation<S> for PostJson {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = PostJsonRequest;
    type Response = PostJsonResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let body = input.json(&schemas::NOTE);
        Some(PostJsonRequest { body: body? })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: PostJsonRequest,
    ) -> Result<PostJsonResponse, PostJsonError> {
        DefaultApi::post_json(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "postJson",
    method: Method::POST,
    path: "/json",
    parameters: &[],
    body: Some(RequestBody {
        required: true,
        media_types: &["application/json"],
    }),
    produces: &["application/vnd.note+json"],
    response_headers: &[],
    challenges: &[],
};

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /several`.

use civicforge_runtime::schema::Schema;
use bytes::Bytes;
use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, RequestBody};
use super::DefaultApi;
use super::super::{schemas, types};

/// The request of `POST /several`.
#[derive(Debug, Clone, PartialEq)]
pub struct PostSeveralRequest {
    /// The body.
    pub body: PostSeveralBody,
}

/// The body, by its media type.
#[derive(Debug, Clone, PartialEq)]
pub enum PostSeveralBody {
    /// `application/json`.
    Json(types::Note),
    /// `text/markdown`.
    TextMarkdown(String),
    /// `application/octet-stream`.
    Bytes(Bytes),
    /// `application/xml`.
    Xml(Bytes),
}

/// The answer of `POST /several`: 200.
#[derive(Debug, Clone, PartialEq)]
pub struct PostSeveralResponse {
    /// The body.
    pub body: PostSeveralOkBody,
}

impl IntoAnswer for PostSeveralResponse {
    fn into_answer(self) -> Answer {
        let Self { body } = self;
        match body {
            PostSeveralOkBody::Json(body) => {
                Answer::json(StatusCode::OK, "application/json", &body)
            }
            PostSeveralOkBody::Text(body) => {
                Answer::body(StatusCode::OK, "text/plain", body)
            }
            PostSeveralOkBody::AnyImage(body) => {
                Answer::body(StatusCode::OK, "application/octet-stream", body)
            }
        }
    }
}

/// What ends `POST /several` early.
///
/// - any other status, [`PostSeveralDefault`]: Failed.
pub type PostSeveralError = OperationError<PostSeveral>;

/// Failed.
#[derive(Debug, Clone, PartialEq)]
pub struct PostSeveralDefault {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl From<PostSeveralDefault> for PostSeveralError {
    fn from(PostSeveralDefault { status }: PostSeveralDefault) -> Self {
        Self::of(Answer::declared(status, &[Status::Default], || Answer::empty(status)))
    }
}

/// The body of an answer, by its media type.
#[derive(Debug, Clone, PartialEq)]
pub enum PostSeveralOkBody {
    /// `application/json`.
    Json(types::PostSeveralOkBodyJson),
    /// `text/plain`.
    Text(String),
    /// `image/*`.
    AnyImage(Bytes),
}

/// The operation `postSeveral`.
#[derive(Debug)]
pub struct PostSeveral;

impl<S: DefaultApi> Operation<S> for PostSeveral {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = PostSeveralRequest;
    type Response = PostSeveralResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let body = match input.media() {
            Some(0) => input.json(&schemas::NOTE).map(PostSeveralBody::Json),
            Some(1) => input.text(BODY__RULES_1).map(PostSeveralBody::TextMarkdown),
            Some(2) => input.bytes().map(PostSeveralBody::Bytes),
            Some(3) => input.bytes().map(PostSeveralBody::Xml),
            _ => None,
        };
        Some(PostSeveralRequest { body: body? })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: PostSeveralRequest,
    ) -> Result<PostSeveralResponse, PostSeveralError> {
        DefaultApi::post_several(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "postSeveral",
    method: Method::POST,
    path: "/several",
    parameters: &[],
    body: Some(RequestBody {
        required: true,
        media_types: &[
            "application/json",
            "text/markdown",
            "application/octet-stream",
            "application/xml",
        ],
    }),
    produces: &["application/json", "application/octet-stream", "text/plain"],
    response_headers: &[],
    challenges: &[],
};

static BODY__RULES_1: &Schema = &Schema::string();

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /optional`.

use civicforge_runtime::values::Value;
use civicforge_runtime::schema::Schema;
use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, RequestBody};
use super::DefaultApi;

/// The request of `POST /optional`.
#[derive(Debug, Clone, PartialEq)]
pub struct PostOptionalRequest {
    /// May be absent.
    pub body: Option<Value>,
}

/// The answer of `POST /optional`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct PostOptionalResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for PostOptionalResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `POST /optional` early.
pub type PostOptionalError = OperationError<PostOptional>;

/// The operation `postOptional`.
#[derive(Debug)]
pub struct PostOptional;

impl<S: DefaultApi> Operation<S> for PostOptional {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = PostOptionalRequest;
    type Response = PostOptionalResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let body = input.json(BODY__RULES_0);
        Some(PostOptionalRequest { body })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: PostOptionalRequest,
    ) -> Result<PostOptionalResponse, PostOptionalError> {
        DefaultApi::post_optional(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "postOptional",
    method: Method::POST,
    path: "/optional",
    parameters: &[],
    body: Some(RequestBody {
        required: false,
        media_types: &["application/json"],
    }),
    produces: &[],
    response_headers: &[],
    challenges: &[],
};

static BODY__RULES_0: &Schema = &Schema::ANY;

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /things`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, RequestBody};
use super::DefaultApi;
use super::super::{schemas, types};

/// The request of `POST /things`.
#[derive(Debug, Clone, PartialEq)]
pub struct PostThingRequest {
    /// The body.
    pub body: Option<types::Thing>,
}

/// The answer of `POST /things`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct PostThingResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
    /// The body.
    pub body: types::Failure,
}

impl IntoAnswer for PostThingResponse {
    fn into_answer(self) -> Answer {
        let Self { status, body } = self;
        Answer::declared(
            status,
            &[Status::Default],
            || Answer::json(status, "application/json", &body),
        )
    }
}

/// What ends `POST /things` early.
pub type PostThingError = OperationError<PostThing>;

/// The operation `postThing`.
#[derive(Debug)]
pub struct PostThing;

impl<S: DefaultApi> Operation<S> for PostThing {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = PostThingRequest;
    type Response = PostThingResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let body = input.json(&schemas::THING);
        Some(PostThingRequest { body })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: PostThingRequest,
    ) -> Result<PostThingResponse, PostThingError> {
        DefaultApi::post_thing(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "postThing",
    method: Method::POST,
    path: "/things",
    parameters: &[],
    body: Some(RequestBody {
        required: false,
        media_types: &["application/json"],
    }),
    produces: &["application/json"],
    response_headers: &[],
    challenges: &[],
};

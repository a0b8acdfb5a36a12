// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /hooks`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, RequestBody};
use super::DefaultApi;
use super::super::{schemas, types};

/// The request of `POST /hooks`.
#[derive(Debug, Clone, PartialEq)]
pub struct PostHookRequest {
    /// The body.
    pub body: Option<types::Hook>,
}

/// The answer of `POST /hooks`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct PostHookResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for PostHookResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `POST /hooks` early.
pub type PostHookError = OperationError<PostHook>;

/// The operation `postHook`.
#[derive(Debug)]
pub struct PostHook;

impl<S: DefaultApi> Operation<S> for PostHook {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = PostHookRequest;
    type Response = PostHookResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let body = input.json(&schemas::HOOK);
        Some(PostHookRequest { body })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: PostHookRequest,
    ) -> Result<PostHookResponse, PostHookError> {
        DefaultApi::post_hook(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "postHook",
    method: Method::POST,
    path: "/hooks",
    parameters: &[],
    body: Some(RequestBody {
        required: false,
        media_types: &["application/json"],
    }),
    produces: &[],
    response_headers: &[],
    challenges: &[],
};

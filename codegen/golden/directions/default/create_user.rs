// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /users`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, RequestBody, Status};
use super::DefaultApi;
use super::super::{schemas, types};

/// The request of `POST /users`.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateUserRequest {
    /// The body.
    pub body: types::UserRequest2,
}

/// The answer of `POST /users`: 201.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateUserResponse {
    /// The body.
    pub body: types::User,
}

impl IntoAnswer for CreateUserResponse {
    fn into_answer(self) -> Answer {
        let Self { body } = self;
        Answer::json(StatusCode::CREATED, "application/json", &body)
    }
}

/// The errors that `POST /users` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum CreateUserError {
    /// Failed.
    Default {
        /// The status; it must be one that the contract declares with this response.
        status: StatusCode,
    },
}

impl IntoAnswer for CreateUserError {
    fn into_answer(self) -> Answer {
        match self {
            Self::Default { status } => Answer::empty(status),
        }
    }
}

/// The operation `createUser`.
#[derive(Debug)]
pub struct CreateUser;

impl<S: DefaultApi> Operation<S> for CreateUser {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = CreateUserRequest;
    type Response = CreateUserResponse;
    type Error = CreateUserError;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let body = input.json(&schemas::USER);
        Some(CreateUserRequest { body: body? })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: CreateUserRequest,
    ) -> Result<Self::Response, Self::Error> {
        DefaultApi::create_user(server, context, request).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "createUser",
    method: Method::POST,
    path: "/users",
    tag: "default",
    parameters: &[],
    body: Some(RequestBody {
        required: true,
        media_types: &["application/json"],
    }),
    produces: &["application/json"],
    statuses: &[Status::Code(201), Status::Default],
    response_headers: &[],
    challenges: &[],
};

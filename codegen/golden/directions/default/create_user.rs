// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /users`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, RequestBody};
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

/// What ends `POST /users` early.
///
/// - any other status, [`CreateUserDefault`]: Failed.
pub type CreateUserError = OperationError<CreateUser>;

/// Failed.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateUserDefault {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl From<CreateUserDefault> for CreateUserError {
    fn from(CreateUserDefault { status }: CreateUserDefault) -> Self {
        Self::of(Answer::declared(status, &[Status::Default], || Answer::empty(status)))
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
    ) -> Result<CreateUserResponse, CreateUserError> {
        DefaultApi::create_user(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "createUser",
    method: Method::POST,
    path: "/users",
    parameters: &[],
    body: Some(RequestBody {
        required: true,
        media_types: &["application/json"],
    }),
    produces: &["application/json"],
    response_headers: &[],
    challenges: &[],
};

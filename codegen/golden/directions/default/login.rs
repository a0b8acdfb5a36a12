// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /login`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, RequestBody};
use super::DefaultApi;
use super::super::{schemas, types};

/// The request of `POST /login`.
#[derive(Debug, Clone, PartialEq)]
pub struct LoginRequest {
    /// The body.
    pub body: types::Login,
}

/// The answer of `POST /login`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct LoginResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for LoginResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `POST /login` early.
pub type LoginError = OperationError<Login>;

/// The operation `login`.
#[derive(Debug)]
pub struct Login;

impl<S: DefaultApi> Operation<S> for Login {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = LoginRequest;
    type Response = LoginResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let body = input.json(&schemas::LOGIN);
        Some(LoginRequest { body: body? })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: LoginRequest,
    ) -> Result<LoginResponse, LoginError> {
        DefaultApi::login(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "login",
    method: Method::POST,
    path: "/login",
    parameters: &[],
    body: Some(RequestBody {
        required: true,
        media_types: &["application/json"],
    }),
    produces: &[],
    response_headers: &[],
    challenges: &[],
};

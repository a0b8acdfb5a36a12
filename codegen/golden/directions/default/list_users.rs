// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /users`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use super::DefaultApi;
use super::super::types;

/// The answer of `GET /users`: 200.
#[derive(Debug, Clone, PartialEq)]
pub struct ListUsersResponse {
    /// The body.
    pub body: types::UserPage,
}

impl IntoAnswer for ListUsersResponse {
    fn into_answer(self) -> Answer {
        let Self { body } = self;
        Answer::json(StatusCode::OK, "application/json", &body)
    }
}

/// What ends `GET /users` early.
///
/// - any other status, [`ListUsersDefault`]: Failed.
pub type ListUsersError = OperationError<ListUsers>;

/// Failed.
#[derive(Debug, Clone, PartialEq)]
pub struct ListUsersDefault {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl From<ListUsersDefault> for ListUsersError {
    fn from(ListUsersDefault { status }: ListUsersDefault) -> Self {
        Self::of(Answer::declared(status, &[Status::Default], || Answer::empty(status)))
    }
}

/// The operation `listUsers`.
#[derive(Debug)]
pub struct ListUsers;

impl<S: DefaultApi> Operation<S> for ListUsers {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = ListUsersResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(_input: &mut Input<'_>) -> Option<Self::Request> {
        Some(())
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        (): (),
    ) -> Result<ListUsersResponse, ListUsersError> {
        DefaultApi::list_users(server, context).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "listUsers",
    method: Method::GET,
    path: "/users",
    parameters: &[],
    body: None,
    produces: &["application/json"],
    response_headers: &[],
    challenges: &[],
};

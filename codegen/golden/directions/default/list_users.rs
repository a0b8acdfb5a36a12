// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /users`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, Status};
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

/// The errors that `GET /users` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum ListUsersError {
    /// Failed.
    Default {
        /// The status; it must be one that the contract declares with this response.
        status: StatusCode,
    },
}

impl IntoAnswer for ListUsersError {
    fn into_answer(self) -> Answer {
        match self {
            Self::Default { status } => Answer::empty(status),
        }
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
    type Error = ListUsersError;

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
    ) -> Result<Self::Response, Self::Error> {
        DefaultApi::list_users(server, context).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "listUsers",
    method: Method::GET,
    path: "/users",
    tag: "default",
    parameters: &[],
    body: None,
    produces: &["application/json"],
    statuses: &[Status::Code(200), Status::Default],
    response_headers: &[],
    challenges: &[],
};

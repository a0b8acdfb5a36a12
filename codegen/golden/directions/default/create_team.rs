// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /teams`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, RequestBody, Status};
use super::DefaultApi;
use super::super::{schemas, types};

/// The request of `POST /teams`.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateTeamRequest {
    /// The body.
    pub body: types::TeamRequest,
}

/// The answer of `POST /teams`: 201.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateTeamResponse {
    /// The body.
    pub body: types::Team,
}

impl IntoAnswer for CreateTeamResponse {
    fn into_answer(self) -> Answer {
        let Self { body } = self;
        Answer::json(StatusCode::CREATED, "application/json", &body)
    }
}

/// The errors that `POST /teams` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum CreateTeamError {
    /// Failed.
    Default {
        /// The status; it must be one that the contract declares with this response.
        status: StatusCode,
    },
}

impl IntoAnswer for CreateTeamError {
    fn into_answer(self) -> Answer {
        match self {
            Self::Default { status } => Answer::empty(status),
        }
    }
}

/// The operation `createTeam`.
#[derive(Debug)]
pub struct CreateTeam;

impl<S: DefaultApi> Operation<S> for CreateTeam {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = CreateTeamRequest;
    type Response = CreateTeamResponse;
    type Error = CreateTeamError;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let body = input.json(&schemas::TEAM);
        Some(CreateTeamRequest { body: body? })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: CreateTeamRequest,
    ) -> Result<Self::Response, Self::Error> {
        DefaultApi::create_team(server, context, request).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "createTeam",
    method: Method::POST,
    path: "/teams",
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

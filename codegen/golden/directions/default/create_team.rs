// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /teams`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, RequestBody};
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

/// What ends `POST /teams` early.
///
/// - any other status, [`CreateTeamDefault`]: Failed.
pub type CreateTeamError = OperationError<CreateTeam>;

/// Failed.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateTeamDefault {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl From<CreateTeamDefault> for CreateTeamError {
    fn from(CreateTeamDefault { status }: CreateTeamDefault) -> Self {
        Self::of(Answer::declared(status, &[Status::Default], || Answer::empty(status)))
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
    ) -> Result<CreateTeamResponse, CreateTeamError> {
        DefaultApi::create_team(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "createTeam",
    method: Method::POST,
    path: "/teams",
    parameters: &[],
    body: Some(RequestBody {
        required: true,
        media_types: &["application/json"],
    }),
    produces: &["application/json"],
    response_headers: &[],
    challenges: &[],
};

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /made`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, Status};
use civicforge_runtime::problem::Problem;
use civicforge_runtime::status;
use super::DefaultApi;
use super::super::types;

/// The answer of `POST /made`: 201.
#[derive(Debug, Clone, PartialEq)]
pub struct MakeResponse {
    /// A header.
    ///
    /// Header `Location`.
    pub location: String,
}

impl IntoAnswer for MakeResponse {
    fn into_answer(self) -> Answer {
        let Self { location } = self;
        Answer::empty(StatusCode::CREATED).header("location", &location)
    }
}

/// The errors that `POST /made` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum MakeError {
    /// Not there.
    ClientError(Problem),
    /// Ours.
    ServerError {
        /// The status; it must be one that the contract declares with this response.
        status: StatusCode,
        /// The body.
        body: types::OtherProblem,
    },
}

impl IntoAnswer for MakeError {
    fn into_answer(self) -> Answer {
        match self {
            Self::ClientError(problem) => Answer::problem(problem),
            Self::ServerError { status, body } => {
                Answer::json(status, "application/problem+json", &body)
            }
        }
    }
}

impl From<status::BadRequest> for MakeError {
    fn from(status: status::BadRequest) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::Unauthorized> for MakeError {
    fn from(status: status::Unauthorized) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::PaymentRequired> for MakeError {
    fn from(status: status::PaymentRequired) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::Forbidden> for MakeError {
    fn from(status: status::Forbidden) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::NotFound> for MakeError {
    fn from(status: status::NotFound) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::MethodNotAllowed> for MakeError {
    fn from(status: status::MethodNotAllowed) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::NotAcceptable> for MakeError {
    fn from(status: status::NotAcceptable) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::RequestTimeout> for MakeError {
    fn from(status: status::RequestTimeout) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::Conflict> for MakeError {
    fn from(status: status::Conflict) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::Gone> for MakeError {
    fn from(status: status::Gone) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::LengthRequired> for MakeError {
    fn from(status: status::LengthRequired) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::PreconditionFailed> for MakeError {
    fn from(status: status::PreconditionFailed) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::ContentTooLarge> for MakeError {
    fn from(status: status::ContentTooLarge) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::UriTooLong> for MakeError {
    fn from(status: status::UriTooLong) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::UnsupportedMediaType> for MakeError {
    fn from(status: status::UnsupportedMediaType) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::RangeNotSatisfiable> for MakeError {
    fn from(status: status::RangeNotSatisfiable) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::ExpectationFailed> for MakeError {
    fn from(status: status::ExpectationFailed) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::MisdirectedRequest> for MakeError {
    fn from(status: status::MisdirectedRequest) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::UnprocessableContent> for MakeError {
    fn from(status: status::UnprocessableContent) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::Locked> for MakeError {
    fn from(status: status::Locked) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::FailedDependency> for MakeError {
    fn from(status: status::FailedDependency) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::TooEarly> for MakeError {
    fn from(status: status::TooEarly) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::UpgradeRequired> for MakeError {
    fn from(status: status::UpgradeRequired) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::PreconditionRequired> for MakeError {
    fn from(status: status::PreconditionRequired) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::TooManyRequests> for MakeError {
    fn from(status: status::TooManyRequests) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::RequestHeaderFieldsTooLarge> for MakeError {
    fn from(status: status::RequestHeaderFieldsTooLarge) -> Self {
        Self::ClientError(status.into())
    }
}

impl From<status::UnavailableForLegalReasons> for MakeError {
    fn from(status: status::UnavailableForLegalReasons) -> Self {
        Self::ClientError(status.into())
    }
}

/// The operation `make`.
#[derive(Debug)]
pub struct Make;

impl<S: DefaultApi> Operation<S> for Make {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = MakeResponse;
    type Error = MakeError;

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
        DefaultApi::make(server, context).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "make",
    method: Method::POST,
    path: "/made",
    tag: "default",
    parameters: &[],
    body: None,
    produces: &[],
    statuses: &[Status::Code(201), Status::Range(4), Status::Range(5)],
    response_headers: &["Location"],
    challenges: &[],
};

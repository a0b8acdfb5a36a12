// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /made`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{DeclaresOthers, OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
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

/// What ends `POST /made` early.
///
/// - 4XX: Not there.
/// - 5XX, [`MakeServerError`]: Ours.
pub type MakeError = OperationError<Make>;

civicforge_runtime::declares!(
    Make => [BadRequest, Unauthorized, PaymentRequired, Forbidden, NotFound,
    MethodNotAllowed, NotAcceptable, RequestTimeout, Conflict, Gone, LengthRequired,
    PreconditionFailed, ContentTooLarge, UriTooLong, UnsupportedMediaType,
    RangeNotSatisfiable, ExpectationFailed, MisdirectedRequest, UnprocessableContent,
    Locked, FailedDependency, TooEarly, UpgradeRequired, PreconditionRequired,
    TooManyRequests, RequestHeaderFieldsTooLarge, UnavailableForLegalReasons]
);

impl DeclaresOthers for Make {
    const STATUSES: &'static [Status] = &[Status::Range(4)];
}

/// Ours.
#[derive(Debug, Clone, PartialEq)]
pub struct MakeServerError {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
    /// The body.
    pub body: types::OtherProblem,
}

impl From<MakeServerError> for MakeError {
    fn from(MakeServerError { status, body }: MakeServerError) -> Self {
        Self::of(
            Answer::declared(
                status,
                &[Status::Range(5)],
                || Answer::json(status, "application/problem+json", &body),
            ),
        )
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
    ) -> Result<MakeResponse, MakeError> {
        DefaultApi::make(server, context).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "make",
    method: Method::POST,
    path: "/made",
    parameters: &[],
    body: None,
    produces: &[],
    response_headers: &["Location"],
    challenges: &[],
};

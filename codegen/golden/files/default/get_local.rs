// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /local`.

use civicforge_runtime::schema::Schema;
use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use civicforge_runtime::parameter::Parameter;
use super::DefaultApi;
use super::super::types;

/// The request of `GET /local`.
#[derive(Debug, Clone, PartialEq)]
pub struct GetLocalRequest {
    /// A parameter.
    ///
    /// Query parameter `limit`.
    ///
    /// Where it is absent: `10`.
    pub limit: i64,
}

/// The answer of `GET /local`: 200.
#[derive(Debug, Clone, PartialEq)]
pub struct GetLocalResponse {
    /// The body.
    pub body: types::Thing,
}

impl IntoAnswer for GetLocalResponse {
    fn into_answer(self) -> Answer {
        let Self { body } = self;
        Answer::json(StatusCode::OK, "application/json", &body)
    }
}

/// What ends `GET /local` early.
///
/// - any other status, [`GetLocalDefault`]: Failed.
pub type GetLocalError = OperationError<GetLocal>;

/// Failed.
#[derive(Debug, Clone, PartialEq)]
pub struct GetLocalDefault {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
    /// The body.
    pub body: types::Failure,
}

impl From<GetLocalDefault> for GetLocalError {
    fn from(GetLocalDefault { status, body }: GetLocalDefault) -> Self {
        Self::of(
            Answer::declared(
                status,
                &[Status::Default],
                || Answer::json(status, "application/json", &body),
            ),
        )
    }
}

/// The operation `getLocal`.
#[derive(Debug)]
pub struct GetLocal;

impl<S: DefaultApi> Operation<S> for GetLocal {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = GetLocalRequest;
    type Response = GetLocalResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let limit = input.parameter(&LIMIT);
        Some(GetLocalRequest {
            limit: limit.unwrap_or(10),
        })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: GetLocalRequest,
    ) -> Result<GetLocalResponse, GetLocalError> {
        DefaultApi::get_local(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "getLocal",
    method: Method::GET,
    path: "/local",
    parameters: &[&LIMIT],
    body: None,
    produces: &["application/json"],
    response_headers: &[],
    challenges: &[],
};

static LIMIT: Parameter = Parameter::query("limit", &Schema::integer());

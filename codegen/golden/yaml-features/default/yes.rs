// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /yes`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use super::DefaultApi;

/// The successful answers of `POST /yes`.
#[derive(Debug, Clone, PartialEq)]
pub enum YesResponse {
    /// >- Folded text.
    Ok,
    /// Failed.
    Created,
}

impl IntoAnswer for YesResponse {
    fn into_answer(self) -> Answer {
        match self {
            Self::Ok => Answer::empty(StatusCode::OK),
            Self::Created => Answer::empty(StatusCode::CREATED),
        }
    }
}

/// What ends `POST /yes` early.
///
/// - any other status, [`YesDefault`]: Failed.
pub type YesError = OperationError<Yes>;

/// Failed.
#[derive(Debug, Clone, PartialEq)]
pub struct YesDefault {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl From<YesDefault> for YesError {
    fn from(YesDefault { status }: YesDefault) -> Self {
        Self::of(Answer::declared(status, &[Status::Default], || Answer::empty(status)))
    }
}

/// The operation `yes`.
#[derive(Debug)]
pub struct Yes;

impl<S: DefaultApi> Operation<S> for Yes {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = YesResponse;

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
    ) -> Result<YesResponse, YesError> {
        DefaultApi::yes(server, context).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "yes",
    method: Method::POST,
    path: "/yes",
    parameters: &[],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /all`.

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

/// The successful answers of `GET /all`.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "an answer is made once, and sent at once")]
pub enum GetAllResponse {
    /// Fine.
    Ok {
        /// A header.
        ///
        /// Header `ETag`.
        etag: String,
        /// A header.
        ///
        /// Header `X-Numbers`.
        x_numbers: Option<Vec<i64>>,
        /// A header.
        ///
        /// Header `X-Point`.
        x_point: Option<types::GetAllXPoint>,
        /// A header.
        ///
        /// Header `Content-Length`.
        content_length: i64,
        /// A header.
        ///
        /// Header `body`.
        body_2: Option<String>,
        /// The body.
        body: GetAllOkBody,
    },
    /// Unusual.
    Status299,
    /// The same as before.
    NotModified,
}

impl IntoAnswer for GetAllResponse {
    fn into_answer(self) -> Answer {
        match self {
            Self::Ok { etag, x_numbers, x_point, content_length, body_2, body } => {
                match body {
                    GetAllOkBody::Json(body) => {
                        Answer::json(StatusCode::OK, "application/json", &body)
                    }
                    GetAllOkBody::TextCsv(body) => {
                        Answer::body(StatusCode::OK, "text/csv", body)
                    }
                }
                    .header("etag", &etag)
                    .optional_header("x-numbers", x_numbers.as_ref())
                    .optional_exploded_header("x-point", x_point.as_ref())
                    .header("content-length", &content_length)
                    .optional_header("body", body_2.as_ref())
            }
            Self::Status299 => Answer::empty(Answer::status(299)),
            Self::NotModified => Answer::empty(StatusCode::NOT_MODIFIED),
        }
    }
}

/// The errors that `GET /all` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum GetAllError {
    /// Not there.
    NotFound(status::NotFound),
    /// Broken.
    ServerError(Problem),
    /// Anything else.
    Default {
        /// The status; it must be one that the contract declares with this response.
        status: StatusCode,
    },
}

impl IntoAnswer for GetAllError {
    fn into_answer(self) -> Answer {
        match self {
            Self::NotFound(problem) => Answer::problem(problem),
            Self::ServerError(problem) => Answer::problem(problem),
            Self::Default { status } => Answer::empty(status),
        }
    }
}

impl From<status::NotFound> for GetAllError {
    fn from(status: status::NotFound) -> Self {
        Self::NotFound(status)
    }
}

impl From<status::InternalServerError> for GetAllError {
    fn from(status: status::InternalServerError) -> Self {
        Self::ServerError(status.into())
    }
}

impl From<status::NotImplemented> for GetAllError {
    fn from(status: status::NotImplemented) -> Self {
        Self::ServerError(status.into())
    }
}

impl From<status::BadGateway> for GetAllError {
    fn from(status: status::BadGateway) -> Self {
        Self::ServerError(status.into())
    }
}

impl From<status::ServiceUnavailable> for GetAllError {
    fn from(status: status::ServiceUnavailable) -> Self {
        Self::ServerError(status.into())
    }
}

impl From<status::GatewayTimeout> for GetAllError {
    fn from(status: status::GatewayTimeout) -> Self {
        Self::ServerError(status.into())
    }
}

impl From<status::InsufficientStorage> for GetAllError {
    fn from(status: status::InsufficientStorage) -> Self {
        Self::ServerError(status.into())
    }
}

/// The body of an answer, by its media type.
#[derive(Debug, Clone, PartialEq)]
pub enum GetAllOkBody {
    /// `application/json`.
    Json(types::GetAllOkBodyJson),
    /// `text/csv`.
    TextCsv(String),
}

/// The operation `getAll`.
#[derive(Debug)]
pub struct GetAll;

impl<S: DefaultApi> Operation<S> for GetAll {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = GetAllResponse;
    type Error = GetAllError;

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
        DefaultApi::get_all(server, context).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "getAll",
    method: Method::GET,
    path: "/all",
    tag: "default",
    parameters: &[],
    body: None,
    produces: &["application/json", "text/csv"],
    statuses: &[
        Status::Code(200),
        Status::Code(299),
        Status::Code(304),
        Status::Code(404),
        Status::Range(5),
        Status::Default,
    ],
    response_headers: &["Content-Length", "ETag", "X-Numbers", "X-Point", "body"],
    challenges: &[],
};

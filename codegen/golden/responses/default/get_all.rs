// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /all`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{DeclaresOthers, OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
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

/// What ends `GET /all` early.
///
/// - 404: Not there.
/// - 5XX: Broken.
/// - any other status, [`GetAllDefault`]: Anything else.
pub type GetAllError = OperationError<GetAll>;

civicforge_runtime::declares!(
    GetAll => [NotFound, InternalServerError, NotImplemented, BadGateway,
    ServiceUnavailable, GatewayTimeout, InsufficientStorage]
);

impl DeclaresOthers for GetAll {
    const STATUSES: &'static [Status] = &[Status::Range(5)];
}

/// Anything else.
#[derive(Debug, Clone, PartialEq)]
pub struct GetAllDefault {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl From<GetAllDefault> for GetAllError {
    fn from(GetAllDefault { status }: GetAllDefault) -> Self {
        Self::of(Answer::declared(status, &[Status::Default], || Answer::empty(status)))
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
    ) -> Result<GetAllResponse, GetAllError> {
        DefaultApi::get_all(server, context).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "getAll",
    method: Method::GET,
    path: "/all",
    parameters: &[],
    body: None,
    produces: &["application/json", "text/csv"],
    response_headers: &["Content-Length", "ETag", "X-Numbers", "X-Point", "body"],
    challenges: &[],
};

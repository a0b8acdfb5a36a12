//! Everything that can go wrong with a call.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use progenitor_client::Error as Sent;
use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode};
use serde_json::Value;

use crate::answer::{ErrorBody, RenewalError};
use crate::retry;
use crate::types::{Problem, ProblemCode};

/// How much of a body that is no problem is shown.
const SHOWN: usize = 1024;

/// Why a call did not succeed.
///
/// Most programs look at [`code`](Self::code), and at [`status`](Self::status) where there is none:
///
/// ```
/// # use civicforge_client::{Error, types::ProblemCode};
/// # fn example(error: Error) {
/// match error.code() {
///     Some(ProblemCode::QuestNotOpen) => println!("somebody else was faster"),
///     Some(ProblemCode::InvalidRequest) => println!("{:?}", error.violations()),
///     _ => println!("{error}"),
/// }
/// # }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// There was an answer, with the status of an error.
    Api(Box<ApiError>),
    /// What was asked for has not changed since the version in `If-None-Match`.
    NotModified,
    /// The access token was refused and could not be renewed. If the server said so itself, the session has ended, and the
    /// client has no tokens any more.
    Renewal(Arc<Error>),
    /// There was no complete answer: no connection, or one that broke or took too long. Whether the call has had an
    /// effect is not known.
    Connection(reqwest::Error),
    /// A value is missing, or cannot be what it is used as. Nothing was sent.
    InvalidRequest(String),
    /// The answer is not what the contract says.
    InvalidAnswer {
        /// What is wrong.
        message: String,
        /// What is wrong with its JSON, if that is it.
        source: Option<serde_json::Error>,
    },
    /// A setting of the client cannot be used.
    Configuration(String),
}

/// An answer with the status of an error.
#[derive(Debug)]
#[non_exhaustive]
pub struct ApiError {
    /// The status.
    pub status: StatusCode,
    /// What the server says. Absent where the answer is no problem document, most likely because it comes from something
    /// between client and server.
    pub problem: Option<Problem>,
    /// The request's id, which the server's log has too.
    pub request_id: Option<String>,
    /// After how long it makes sense to try again, if the server said so.
    pub retry_after: Option<Duration>,
    /// The headers.
    pub headers: HeaderMap,
    /// The beginning of a body that is no problem document.
    pub body: String,
}

impl Error {
    /// The answer with the status of an error, if there was one.
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            Self::Renewal(error) => error.api(),
            _ => None,
        }
    }

    /// What the server says is wrong.
    pub fn problem(&self) -> Option<&Problem> {
        self.api()?.problem.as_ref()
    }

    /// Which rule was broken.
    pub fn code(&self) -> Option<&ProblemCode> {
        Some(&self.problem()?.code)
    }

    /// Every place where the request breaks the contract.
    pub fn violations(&self) -> &[crate::types::Violation] {
        self.problem()
            .map(|problem| problem.violations.as_slice())
            .unwrap_or_default()
    }

    /// The status of the answer.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::NotModified => Some(StatusCode::NOT_MODIFIED),
            _ => Some(self.api()?.status),
        }
    }

    /// The request's id, for questions to the operator.
    pub fn request_id(&self) -> Option<&str> {
        self.api()?.request_id.as_deref()
    }

    /// After how long it makes sense to try again, if the server said so.
    pub fn retry_after(&self) -> Option<Duration> {
        self.api()?.retry_after
    }

    /// Whether a try took too long.
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Connection(error) => error.is_timeout(),
            Self::Renewal(error) => error.is_timeout(),
            _ => false,
        }
    }
}

impl From<Sent<()>> for Error {
    fn from(error: Sent<()>) -> Self {
        match error {
            Sent::InvalidRequest(message) | Sent::Custom(message) => Self::InvalidRequest(message),
            Sent::CommunicationError(error) if error.is_builder() => {
                Self::InvalidRequest(error.to_string())
            }
            Sent::CommunicationError(error)
            | Sent::InvalidUpgrade(error)
            | Sent::ResponseBodyError(error) => Self::Connection(error),
            Sent::InvalidResponsePayload(_, error) => Self::InvalidAnswer {
                message: "The answer is not what the contract says".to_owned(),
                source: Some(error),
            },
            Sent::UnexpectedResponse(response) => Self::from(response),
            // The view of the contract that the client is generated from has no errors.
            Sent::ErrorResponse(value) => {
                Self::Api(Box::new(api_error(value.status(), value.headers(), &[])))
            }
        }
    }
}

impl From<Response> for Error {
    /// An answer that is not the success of the operation.
    fn from(response: Response) -> Self {
        let status = response.status();
        if status == StatusCode::NOT_MODIFIED {
            return Self::NotModified;
        }
        if status.is_success() {
            return Self::InvalidAnswer {
                message: format!("The answer has the unexpected status {status}"),
                source: None,
            };
        }
        if let Some(RenewalError(error)) = response.extensions().get() {
            return Self::Renewal(Arc::clone(error));
        }
        let body = response
            .extensions()
            .get()
            .map_or(&[][..], |ErrorBody(body)| body);
        Self::Api(Box::new(api_error(status, response.headers(), body)))
    }
}

fn api_error(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> ApiError {
    let problem = problem(status, body);
    let from_header = headers
        .get("x-request-id")
        .and_then(|id| id.to_str().ok())
        .map(str::to_owned);
    let from_body = problem
        .as_ref()
        .and_then(|problem| problem.request_id.clone());
    let shown = match problem {
        Some(_) => String::new(),
        None => String::from_utf8_lossy(&body[..body.len().min(SHOWN)]).into_owned(),
    };
    ApiError {
        status,
        problem,
        request_id: from_header.or(from_body),
        retry_after: retry::retry_after(headers),
        headers: headers.clone(),
        body: shown,
    }
}

/// RFC 9457 lets every member be absent. What this API adds, `code`, makes the difference.
fn problem(status: StatusCode, body: &[u8]) -> Option<Problem> {
    let mut value: Value = serde_json::from_slice(body).ok()?;
    let members = value.as_object_mut()?;
    members
        .entry("type")
        .or_insert_with(|| "about:blank".into());
    members
        .entry("title")
        .or_insert_with(|| status.canonical_reason().unwrap_or_default().into());
    members
        .entry("status")
        .or_insert_with(|| status.as_u16().into());
    serde_json::from_value(value).ok()
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::NotModified => f.write_str("nothing has changed"),
            Self::Renewal(error) => write!(f, "the session cannot be renewed: {error}"),
            Self::Connection(error) if error.is_timeout() => {
                write!(f, "there was no answer in time: {error}")
            }
            Self::Connection(error) => write!(f, "the connection failed: {error}"),
            Self::InvalidRequest(message) => write!(f, "the request cannot be sent: {message}"),
            Self::InvalidAnswer {
                message,
                source: Some(source),
            } => write!(f, "{message}: {source}"),
            Self::InvalidAnswer { message, .. } => f.write_str(message),
            Self::Configuration(message) => f.write_str(message),
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status)?;
        match &self.problem {
            Some(problem) => {
                write!(f, ", {}", problem.code)?;
                if let Some(detail) = &problem.detail {
                    write!(f, ": {detail}")?;
                }
                for violation in &problem.violations {
                    let place = violation.pointer.as_ref().or(violation.name.as_ref());
                    let place = place.map(String::as_str).unwrap_or_default();
                    write!(f, " [{} {place} {}]", violation.in_, violation.message)?;
                }
            }
            None if !self.body.is_empty() => write!(f, ", {}", self.body.trim())?,
            None => {}
        }
        if let Some(id) = &self.request_id {
            write!(f, " (request {id})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Renewal(error) => Some(error.as_ref()),
            Self::Connection(error) => Some(error),
            Self::InvalidAnswer { source, .. } => source
                .as_ref()
                .map(|error| error as &(dyn std::error::Error + 'static)),
            _ => None,
        }
    }
}

impl std::error::Error for ApiError {}

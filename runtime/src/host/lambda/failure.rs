//! The report of a failed invocation to the Runtime API.

use lambda_runtime::Diagnostic;

use super::event::NoRequest;

/// A failed invocation: who invoked the function sees both texts, so neither may hold what is secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{error_type}: {message}")]
pub struct Failure {
    error_type: &'static str,
    message: String,
}

impl Failure {
    /// A failure of this kind, such as `Event.Malformed`.
    pub fn new(error_type: &'static str, message: impl Into<String>) -> Self {
        Failure {
            error_type,
            message: message.into(),
        }
    }

    /// The panic hook has written where, and what it said stays in the log.
    pub(super) fn panicked() -> Self {
        Self::new(
            "Handler.Panicked",
            "the handler panicked; the log says where",
        )
    }

    pub(super) fn timed_out() -> Self {
        Self::new(
            "Handler.TimedOut",
            "the handler was not done when its time was over",
        )
    }
}

impl From<NoRequest> for Failure {
    fn from(problem: NoRequest) -> Self {
        let error_type = match problem {
            NoRequest::Foreign(_) => "Event.Foreign",
            NoRequest::Malformed { .. } => "Event.Malformed",
        };
        Self::new(error_type, problem.to_string())
    }
}

impl From<Failure> for Diagnostic {
    fn from(failure: Failure) -> Self {
        Diagnostic {
            error_type: failure.error_type.to_owned(),
            error_message: failure.message,
        }
    }
}

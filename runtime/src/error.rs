//! What ends an operation before its response: an error that the contract declares, or a response that was kept.

use std::fmt;
use std::marker::PhantomData;

use http::StatusCode;

use crate::problem::Problem;
use crate::response::{HandlerResponse, IntoResponse, RecordedResponse};

/// The contract declares `S` for this operation: a status with a problem as its body, and the code of that problem.
#[diagnostic::on_unimplemented(
    message = "the contract does not declare `{S}` for the operation `{Self}`",
    label = "the contract declares no `{S}` for this operation: add the status to its `responses`, and the code to the `x-problem-codes` of that response, or use what is there"
)]
pub trait Declares<S> {}

/// The problems that the contract lists for this operation, for code that chooses one at run time.
pub trait Listed {
    /// What it lists.
    const PROBLEMS: &'static [ListedStatus];
}

/// A status, and the codes of its problems; `None` where the contract lets them be any.
pub type ListedStatus = (StatusCode, Option<&'static [&'static str]>);

/// The contract declares problems of this operation by a range, by `default`, or by a code that has no type in
/// [`crate::status`].
#[diagnostic::on_unimplemented(
    message = "the contract declares neither a range of statuses nor `default` for the operation `{Self}`",
    note = "answer with a status of `civicforge_runtime::status` that is declared"
)]
pub trait DeclaresOthers {
    /// Which ones.
    const STATUSES: &'static [Status];
    /// Those of them that are declared more closely, with another body.
    const EXCEPT: &'static [Status] = &[];
}

/// A declared status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// `200`.
    Code(u16),
    /// `4XX`: the first digit.
    Range(u16),
    /// `default`: any that is not declared otherwise.
    Default,
}

impl Status {
    /// Whether a response of this status is meant.
    pub fn covers(self, status: StatusCode) -> bool {
        match self {
            Self::Code(code) => status.as_u16() == code,
            Self::Range(digit) => status.as_u16() / 100 == digit,
            Self::Default => true,
        }
    }
}

/// What ends the operation `O` early.
///
/// It is made of what the contract declares for `O` and of nothing else: `?` turns a status of [`crate::status`] into it where
/// `O` [declares](Declares) that status, a response with a body or headers of its own where it is one of `O`'s, and a
/// response of `O` that was [recorded](Self::recorded).
pub struct OperationError<O> {
    answer: Box<HandlerResponse>,
    operation: PhantomData<fn() -> O>,
}

impl<O> OperationError<O> {
    /// A response of this operation that was kept, to be sent again as it was.
    pub fn recorded(response: RecordedResponse) -> Self {
        Self::of(response.into_response())
    }

    /// A problem that was chosen at run time. One that the contract does not list for the operation becomes a 500, and is logged
    /// as what it is.
    pub fn listed(problem: impl Into<Problem>) -> Self
    where
        O: Listed,
    {
        let problem = problem.into();
        let (status, code) = (problem.status(), problem.code());
        let fits = |(listed, codes): &ListedStatus| {
            *listed == status && codes.is_none_or(|codes| codes.contains(&code))
        };
        if O::PROBLEMS.iter().any(fits) {
            return Self::of(problem.into());
        }
        tracing::error!(%status, code, "the contract does not list this problem for the operation");
        Self::of(HandlerResponse::problem(Problem::internal()))
    }

    /// An answer that generated code has made of a declared response.
    #[doc(hidden)]
    pub fn of(answer: HandlerResponse) -> Self {
        Self {
            answer: Box::new(answer),
            operation: PhantomData,
        }
    }

    /// The status that is sent.
    pub fn status(&self) -> StatusCode {
        match &*self.answer {
            HandlerResponse::Response(response) => response.status(),
            HandlerResponse::Problem { problem, .. } => problem.status(),
        }
    }

    /// The problem, where it is one.
    pub fn problem(&self) -> Option<&Problem> {
        match &*self.answer {
            HandlerResponse::Response(_) => None,
            HandlerResponse::Problem { problem, .. } => Some(problem),
        }
    }
}

impl<O> fmt::Debug for OperationError<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OperationError").field(&self.answer).finish()
    }
}

impl<O> IntoResponse for OperationError<O> {
    fn into_response(self) -> HandlerResponse {
        *self.answer
    }
}

/// A problem whose status is not declared becomes a 500, and is logged as what it is.
impl<O: DeclaresOthers> From<Problem> for OperationError<O> {
    fn from(problem: Problem) -> Self {
        let status = problem.status();
        let is_other = O::EXCEPT.iter().any(|one| one.covers(status));
        let declared = if is_other { &[] } else { O::STATUSES };
        Self::of(HandlerResponse::declared(status, declared, || {
            HandlerResponse::problem(problem)
        }))
    }
}

impl HandlerResponse {
    /// The answer that is made, if the status is one of those that are declared; a 500 otherwise, which is logged.
    #[doc(hidden)]
    pub fn declared(status: StatusCode, declared: &[Status], make: impl FnOnce() -> Self) -> Self {
        if declared.iter().any(|one| one.covers(status)) {
            return make();
        }
        tracing::error!(%status, "the contract does not declare this status for the operation");
        Self::problem(Problem::internal())
    }
}

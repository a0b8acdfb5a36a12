//! One type per error status.
//!
//! A handler's helper that may find nothing returns `Result<_, NotFound>`. `?` turns that into the error of an operation
//! ([`OperationError`]) only where the contract declares 404 for the operation, with the code `not_found`; elsewhere it does
//! not compile. `Conflict<QuestExpired>` is a 409 with another code: `Conflict::new(QuestExpired)`.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use http::StatusCode;

use crate::codes::{ProblemCode, Usual};
use crate::error::{Declares, OperationError};
use crate::problem::Problem;
use crate::response::HandlerResponse;
use crate::violation::Violations;

macro_rules! statuses {
    ($($name:ident = $constant:ident, $code:literal;)*) => {
        $(
            #[doc = concat!("A problem with the status of the same name, and the code `C`: usually `", $code, "`.")]
            pub struct $name<C = Usual> {
                problem: Problem,
                code: PhantomData<fn() -> C>,
            }

            impl $name {
                /// The status.
                pub const STATUS: StatusCode = StatusCode::$constant;
                /// The usual code.
                pub const CODE: &'static str = $code;
            }

            /// With the usual code.
            impl Default for $name {
                fn default() -> Self {
                    Self::of(Self::CODE)
                }
            }

            impl<C: ProblemCode> $name<C> {
                /// With this code.
                pub fn new(_code: C) -> Self {
                    Self::of(C::CODE)
                }
            }

            impl<C> $name<C> {
                fn of(code: &'static str) -> Self {
                    Self::from_problem(Problem::new($name::STATUS, code))
                }

                fn from_problem(problem: Problem) -> Self {
                    Self { problem, code: PhantomData }
                }

                /// What happened this time, for people.
                pub fn detail(self, detail: impl Into<Cow<'static, str>>) -> Self {
                    Self::from_problem(self.problem.detail(detail))
                }

                /// The rules that the request breaks.
                pub fn violations(self, violations: Violations) -> Self {
                    Self::from_problem(self.problem.violations(violations))
                }

                /// When to try again, in seconds (`Retry-After`).
                pub fn retry_after(self, seconds: u64) -> Self {
                    Self::from_problem(self.problem.retry_after(seconds))
                }

                /// Adds a challenge (`WWW-Authenticate`).
                pub fn challenge(self, challenge: impl Into<Cow<'static, str>>) -> Self {
                    Self::from_problem(self.problem.challenge(challenge))
                }

                /// The stable code.
                pub fn code(&self) -> &str {
                    self.problem.code()
                }
            }

            impl<C> Clone for $name<C> {
                fn clone(&self) -> Self {
                    Self::from_problem(self.problem.clone())
                }
            }

            impl<C> fmt::Debug for $name<C> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.debug_tuple(stringify!($name)).field(&self.problem).finish()
                }
            }

            impl<C> PartialEq for $name<C> {
                fn eq(&self, other: &Self) -> bool {
                    self.problem == other.problem
                }
            }

            impl<C> Eq for $name<C> {}

            impl<C> From<$name<C>> for Problem {
                fn from(status: $name<C>) -> Problem {
                    status.problem
                }
            }

            impl<O: Declares<$name<C>>, C> From<$name<C>> for OperationError<O> {
                fn from(status: $name<C>) -> Self {
                    Self::of(HandlerResponse::problem(status))
                }
            }
        )*

        /// Each status that has a type, with its usual code.
        pub const USUAL_CODES: &[(StatusCode, &str)] = &[$((StatusCode::$constant, $code)),*];
    };
}

statuses! {
    BadRequest = BAD_REQUEST, "invalid_request";
    Unauthorized = UNAUTHORIZED, "unauthenticated";
    PaymentRequired = PAYMENT_REQUIRED, "payment_required";
    Forbidden = FORBIDDEN, "forbidden";
    NotFound = NOT_FOUND, "not_found";
    MethodNotAllowed = METHOD_NOT_ALLOWED, "method_not_allowed";
    NotAcceptable = NOT_ACCEPTABLE, "not_acceptable";
    RequestTimeout = REQUEST_TIMEOUT, "request_timeout";
    Conflict = CONFLICT, "conflict";
    Gone = GONE, "gone";
    LengthRequired = LENGTH_REQUIRED, "length_required";
    PreconditionFailed = PRECONDITION_FAILED, "precondition_failed";
    ContentTooLarge = PAYLOAD_TOO_LARGE, "payload_too_large";
    UriTooLong = URI_TOO_LONG, "uri_too_long";
    UnsupportedMediaType = UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type";
    RangeNotSatisfiable = RANGE_NOT_SATISFIABLE, "range_not_satisfiable";
    ExpectationFailed = EXPECTATION_FAILED, "expectation_failed";
    MisdirectedRequest = MISDIRECTED_REQUEST, "misdirected_request";
    UnprocessableContent = UNPROCESSABLE_ENTITY, "unprocessable_content";
    Locked = LOCKED, "locked";
    FailedDependency = FAILED_DEPENDENCY, "failed_dependency";
    TooEarly = TOO_EARLY, "too_early";
    UpgradeRequired = UPGRADE_REQUIRED, "upgrade_required";
    PreconditionRequired = PRECONDITION_REQUIRED, "precondition_required";
    TooManyRequests = TOO_MANY_REQUESTS, "too_many_requests";
    RequestHeaderFieldsTooLarge = REQUEST_HEADER_FIELDS_TOO_LARGE, "request_header_fields_too_large";
    UnavailableForLegalReasons = UNAVAILABLE_FOR_LEGAL_REASONS, "unavailable_for_legal_reasons";
    InternalServerError = INTERNAL_SERVER_ERROR, "internal_error";
    NotImplemented = NOT_IMPLEMENTED, "not_implemented";
    BadGateway = BAD_GATEWAY, "bad_gateway";
    ServiceUnavailable = SERVICE_UNAVAILABLE, "service_unavailable";
    GatewayTimeout = GATEWAY_TIMEOUT, "timed_out";
    InsufficientStorage = INSUFFICIENT_STORAGE, "insufficient_storage";
}

/// The same refusal, of a caller who is not challenged to show another credential.
impl From<Unauthorized> for Forbidden {
    fn from(refused: Unauthorized) -> Self {
        Self::from_problem(refused.problem.retold(Self::STATUS, Self::CODE))
    }
}

/// `Declares` for each of these statuses of this module, and `Listed` for all of them. A status alone has its usual code;
/// in brackets are other codes, or `..` for any.
#[doc(hidden)]
#[macro_export]
macro_rules! declares {
    ($operation:ty => [$($status:ident $([$($codes:tt)+])?),* $(,)?]) => {
        $($crate::declares!(@declare $operation, $status $([$($codes)+])?);)*

        impl $crate::error::Listed for $operation {
            const PROBLEMS: &'static [$crate::error::ListedStatus] = &[
                $(($crate::status::$status::STATUS, $crate::declares!(@codes $status $([$($codes)+])?))),*
            ];
        }
    };
    (@declare $operation:ty, $status:ident) => {
        impl $crate::error::Declares<$crate::status::$status> for $operation {}
    };
    (@declare $operation:ty, $status:ident [..]) => {
        impl<C> $crate::error::Declares<$crate::status::$status<C>> for $operation {}
    };
    (@declare $operation:ty, $status:ident [$($code:path),+]) => {
        $(impl $crate::error::Declares<$crate::status::$status<$code>> for $operation {})+
    };
    (@codes $status:ident) => {
        ::core::option::Option::Some(&[$crate::status::$status::CODE])
    };
    (@codes $status:ident [..]) => {
        ::core::option::Option::None
    };
    (@codes $status:ident [$($code:path),+]) => {
        ::core::option::Option::Some(&[$(<$code as $crate::codes::ProblemCode>::CODE),+])
    };
}

//! One type per error status.
//!
//! A handler's helper that may find nothing returns `Result<_, NotFound>`. `?` turns that into the error of an operation
//! ([`OperationError`]) only where the contract declares 404 for the operation; elsewhere it does not compile.

use std::borrow::Cow;

use http::StatusCode;

use crate::answer::Answer;
use crate::error::{Declares, OperationError};
use crate::problem::Problem;
use crate::violation::Violations;

macro_rules! statuses {
    ($($name:ident = $constant:ident, $code:literal;)*) => {$(
        #[doc = concat!("A problem with the status of the same name; its code is `", $code, "` unless another is given.")]
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(Problem);

        impl $name {
            /// The status.
            pub const STATUS: StatusCode = StatusCode::$constant;

            /// With this code.
            pub fn new(code: impl Into<Cow<'static, str>>) -> Self {
                Self(Problem::new(Self::STATUS, code))
            }

            /// What happened this time, for people.
            pub fn detail(self, detail: impl Into<Cow<'static, str>>) -> Self {
                Self(self.0.detail(detail))
            }

            /// The rules that the request breaks.
            pub fn violations(self, violations: Violations) -> Self {
                Self(self.0.violations(violations))
            }

            /// When to try again, in seconds (`Retry-After`).
            pub fn retry_after(self, seconds: u64) -> Self {
                Self(self.0.retry_after(seconds))
            }

            /// Adds a challenge (`WWW-Authenticate`).
            pub fn challenge(self, challenge: impl Into<Cow<'static, str>>) -> Self {
                Self(self.0.challenge(challenge))
            }

            /// The stable code.
            pub fn code(&self) -> &str {
                self.0.code()
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new($code)
            }
        }

        impl From<$name> for Problem {
            fn from(status: $name) -> Problem {
                status.0
            }
        }

        impl<O: Declares<$name>> From<$name> for OperationError<O> {
            fn from(status: $name) -> Self {
                Self::of(Answer::problem(status))
            }
        }
    )*};
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

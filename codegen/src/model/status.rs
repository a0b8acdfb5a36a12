//! What HTTP's statuses are called: the one table that lowering and the output go by.

/// A status that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusName {
    /// The status.
    pub code: u16,
    /// Its reason phrase in UpperCamelCase: a response's variant, and the runtime's type for it.
    pub name: &'static str,
    /// The code that the runtime's problem of this status usually has; `None` where the runtime has no type for it.
    pub usual_code: Option<&'static str>,
}

/// The name of a status, if it has one.
pub fn status_name(code: u16) -> Option<&'static StatusName> {
    StatusName::ALL.iter().find(|status| status.code == code)
}

const fn plain(code: u16, name: &'static str) -> StatusName {
    StatusName {
        code,
        name,
        usual_code: None,
    }
}

const fn problem(code: u16, name: &'static str, usual_code: &'static str) -> StatusName {
    StatusName {
        code,
        name,
        usual_code: Some(usual_code),
    }
}

impl StatusName {
    /// Every status that has a name.
    pub const ALL: &'static [Self] = &[
        plain(100, "Continue"),
        plain(101, "SwitchingProtocols"),
        plain(102, "Processing"),
        plain(103, "EarlyHints"),
        plain(200, "Ok"),
        plain(201, "Created"),
        plain(202, "Accepted"),
        plain(203, "NonAuthoritativeInformation"),
        plain(204, "NoContent"),
        plain(205, "ResetContent"),
        plain(206, "PartialContent"),
        plain(207, "MultiStatus"),
        plain(208, "AlreadyReported"),
        plain(226, "ImUsed"),
        plain(300, "MultipleChoices"),
        plain(301, "MovedPermanently"),
        plain(302, "Found"),
        plain(303, "SeeOther"),
        plain(304, "NotModified"),
        plain(305, "UseProxy"),
        plain(307, "TemporaryRedirect"),
        plain(308, "PermanentRedirect"),
        problem(400, "BadRequest", "invalid_request"),
        problem(401, "Unauthorized", "unauthenticated"),
        problem(402, "PaymentRequired", "payment_required"),
        problem(403, "Forbidden", "forbidden"),
        problem(404, "NotFound", "not_found"),
        problem(405, "MethodNotAllowed", "method_not_allowed"),
        problem(406, "NotAcceptable", "not_acceptable"),
        plain(407, "ProxyAuthenticationRequired"),
        problem(408, "RequestTimeout", "request_timeout"),
        problem(409, "Conflict", "conflict"),
        problem(410, "Gone", "gone"),
        problem(411, "LengthRequired", "length_required"),
        problem(412, "PreconditionFailed", "precondition_failed"),
        problem(413, "ContentTooLarge", "payload_too_large"),
        problem(414, "UriTooLong", "uri_too_long"),
        problem(415, "UnsupportedMediaType", "unsupported_media_type"),
        problem(416, "RangeNotSatisfiable", "range_not_satisfiable"),
        problem(417, "ExpectationFailed", "expectation_failed"),
        plain(418, "ImATeapot"),
        problem(421, "MisdirectedRequest", "misdirected_request"),
        problem(422, "UnprocessableContent", "unprocessable_content"),
        problem(423, "Locked", "locked"),
        problem(424, "FailedDependency", "failed_dependency"),
        problem(425, "TooEarly", "too_early"),
        problem(426, "UpgradeRequired", "upgrade_required"),
        problem(428, "PreconditionRequired", "precondition_required"),
        problem(429, "TooManyRequests", "too_many_requests"),
        problem(
            431,
            "RequestHeaderFieldsTooLarge",
            "request_header_fields_too_large",
        ),
        problem(
            451,
            "UnavailableForLegalReasons",
            "unavailable_for_legal_reasons",
        ),
        problem(500, "InternalServerError", "internal_error"),
        problem(501, "NotImplemented", "not_implemented"),
        problem(502, "BadGateway", "bad_gateway"),
        problem(503, "ServiceUnavailable", "service_unavailable"),
        problem(504, "GatewayTimeout", "timed_out"),
        plain(505, "HttpVersionNotSupported"),
        plain(506, "VariantAlsoNegotiates"),
        problem(507, "InsufficientStorage", "insufficient_storage"),
        plain(508, "LoopDetected"),
        plain(510, "NotExtended"),
        plain(511, "NetworkAuthenticationRequired"),
    ];
}

/// Codes that the runtime has a type for, since code of several contracts shares them.
pub const KNOWN_CODES: &[(&str, &str)] = &[
    ("idempotency_key_reused", "IdempotencyKeyReused"),
    ("invalid_page_token", "InvalidPageToken"),
];

//! The id of a request.

use http::header::HeaderName;

/// The header that carries a request's id.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id that a host has given to a request. Without one the service makes an id.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

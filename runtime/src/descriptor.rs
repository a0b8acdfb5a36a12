//! Operations as data.

use http::Method;

use crate::parameter::Parameter;

/// What the contract says of an operation.
#[derive(Debug)]
pub struct Descriptor {
    /// `operationId`.
    pub id: &'static str,
    /// Method.
    pub method: Method,
    /// Path template.
    pub path: &'static str,
    /// Parameters; those in the path in the order of the template.
    pub parameters: &'static [&'static Parameter],
    /// Request body.
    pub body: Option<RequestBody>,
    /// The media types of its successful answers.
    pub produces: &'static [&'static str],
    /// The headers of its answers.
    pub response_headers: &'static [&'static str],
    /// `WWW-Authenticate` of a 401: one for each scheme that refuses with one. Where there is none, no refusal is a 401.
    pub challenges: &'static [&'static str],
}

/// A request body.
#[derive(Debug, Clone, Copy)]
pub struct RequestBody {
    /// Whether it must be there.
    pub required: bool,
    /// The media types (or ranges) that it may have.
    pub media_types: &'static [&'static str],
    /// Whether a credential signs it, so that it is read before the caller is known.
    pub signed: bool,
}

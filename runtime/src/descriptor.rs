//! Operations as data.

use http::Method;
use http::request::Parts;

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
    /// What a request has, beside the method and the path, that is for this operation and not for another one with the same
    /// method and path.
    pub selectors: &'static [Selector],
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

/// A part of a request by which operations of one method and path are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selector {
    /// A query parameter of this name, whatever its value.
    HasQuery(&'static str),
    /// A query parameter with this value.
    Query(&'static str, &'static str),
    /// A header, which is there once, with this value.
    Header(&'static str, &'static str),
}

impl Selector {
    /// Whether a request has it.
    pub fn selects(self, request: &Parts) -> bool {
        let query = || form_urlencoded::parse(request.uri.query().unwrap_or_default().as_bytes());
        match self {
            Self::HasQuery(name) => query().any(|(found, _)| found == name),
            Self::Query(name, value) => query().any(|pair| pair.0 == name && pair.1 == value),
            Self::Header(name, value) => {
                let mut values = request.headers.get_all(name).iter();
                values.next().is_some_and(|found| found == value) && values.next().is_none()
            }
        }
    }
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

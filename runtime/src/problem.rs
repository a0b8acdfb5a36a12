//! Problem details: the one shape of every error (RFC 9457).

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{Response, StatusCode};
use serde::Serialize;

use crate::violation::{Violation, Violations};

/// The media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// An error answer.
///
/// `requestId` and `instance` are the service's to fill in, `Retry-After` and `WWW-Authenticate` leave as headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem(Box<ProblemMembers>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct ProblemMembers {
    #[serde(rename = "type")]
    type_uri: Cow<'static, str>,
    title: Cow<'static, str>,
    #[serde(serialize_with = "as_number")]
    status: StatusCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<Cow<'static, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    code: Cow<'static, str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    violations: Vec<Violation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
    #[serde(skip)]
    retry_after: Option<u64>,
    #[serde(skip)]
    challenges: Vec<Cow<'static, str>>,
}

/// The code of the problem that a response tells of, among its extensions; for the access log.
#[derive(Debug, Clone)]
pub(crate) struct Code(pub Cow<'static, str>);

fn as_number<S: serde::Serializer>(status: &StatusCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u16(status.as_u16())
}

impl Problem {
    /// A problem with this status and this stable code; its title is the status's reason phrase.
    pub fn new(status: StatusCode, code: impl Into<Cow<'static, str>>) -> Self {
        Problem(Box::new(ProblemMembers {
            type_uri: Cow::Borrowed("about:blank"),
            title: Cow::Borrowed(status.canonical_reason().unwrap_or("Error")),
            status,
            detail: None,
            instance: None,
            code: code.into(),
            violations: Vec::new(),
            request_id: None,
            retry_after: None,
            challenges: Vec::new(),
        }))
    }

    /// A mistake of the server: what it is goes to the log and not to the caller.
    pub(crate) fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal_error")
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The stable code.
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// What happened this time, for people.
    pub fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// The rules that the request breaks.
    pub fn violations(mut self, violations: Violations) -> Self {
        self.0.violations = violations.into_vec();
        self
    }

    /// When to try again, in seconds.
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }

    /// Adds a challenge that the caller may answer (`WWW-Authenticate`, RFC 9110 §11.6.1).
    pub fn challenge(mut self, challenge: impl Into<Cow<'static, str>>) -> Self {
        self.0.challenges.push(challenge.into());
        self
    }

    /// The same with another status and code, and without challenges.
    pub(crate) fn retold(mut self, status: StatusCode, code: &'static str) -> Self {
        let told = Self::new(status, code);
        self.0.title = told.0.title;
        self.0.status = told.0.status;
        self.0.code = told.0.code;
        self.0.challenges = told.0.challenges;
        self
    }

    /// Whether there is a challenge.
    pub(crate) fn has_challenge(&self) -> bool {
        !self.0.challenges.is_empty()
    }

    /// The headers that tell of the problem, and its code for the access log, on a response whose body is another one.
    pub(crate) fn mark(self, response: &mut Response<Bytes>) {
        let headers = response.headers_mut();
        if let Some(seconds) = self.0.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        for challenge in &self.0.challenges {
            if let Ok(value) = HeaderValue::from_str(challenge) {
                headers.append(WWW_AUTHENTICATE, value);
            }
        }
        response.extensions_mut().insert(Code(self.0.code));
    }

    /// The answer to the request that has this id, to this path.
    pub(crate) fn into_response(mut self, request_id: &str, path: &str) -> Response<Bytes> {
        self.0.request_id = Some(request_id.to_owned());
        self.0.instance.get_or_insert_with(|| reference(path));
        // A struct of strings and numbers always has a JSON form.
        let body = serde_json::to_vec(&self.0).unwrap_or_default();
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() = self.0.status;
        let media_type = HeaderValue::from_static(MEDIA_TYPE);
        response.headers_mut().insert(CONTENT_TYPE, media_type);
        self.mark(&mut response);
        response
    }
}

/// A failure that is sent with the body that the operation declares for its status: one that the service found, such as a request
/// that breaks a rule, or a status of [`crate::status`] that a handler returned.
#[derive(Debug, Clone, Copy)]
pub struct Failure<'p>(pub(crate) &'p Problem);

impl<'p> Failure<'p> {
    /// The status.
    pub fn status(self) -> StatusCode {
        self.0.status()
    }

    /// The stable code, such as `invalid_request`.
    pub fn code(self) -> &'p str {
        self.0.code()
    }

    /// The reason phrase of the status.
    pub fn title(self) -> &'p str {
        &self.0.0.title
    }

    /// What happened this time, for people.
    pub fn detail(self) -> Option<&'p str> {
        self.0.0.detail.as_deref()
    }

    /// The rules that the request breaks.
    pub fn violations(self) -> &'p [Violation] {
        &self.0.0.violations
    }

    /// When to try again, in seconds. It is sent as `Retry-After` in any case.
    pub fn retry_after(self) -> Option<u64> {
        self.0.0.retry_after
    }
}

/// The path as a URI reference, which `instance` is. A request's path may hold characters that a URI may not.
fn reference(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut reference = String::with_capacity(path.len());
    for (at, &byte) in bytes.iter().enumerate() {
        let escape = byte == b'%'
            && bytes
                .get(at + 1..at + 3)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        // RFC 3986 §3.3.
        if escape || byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@".contains(&byte) {
            reference.push(char::from(byte));
        } else {
            reference.push_str(&format!("%{byte:02X}"));
        }
    }
    reference
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instances_are_uri_references() {
        for (path, expected) in [
            ("/quests/1;a=b", "/quests/1;a=b"),
            ("/a%2Fb", "/a%2Fb"),
            ("/{id}", "/%7Bid%7D"),
            ("/100%", "/100%25"),
            ("/%2x/%é", "/%252x/%25%C3%A9"),
        ] {
            assert_eq!(reference(path), expected);
        }
    }
}

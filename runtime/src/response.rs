//! What a handler's result becomes before the service sends it.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use serde::Serialize;
use serde_json::Value;

use crate::negotiate;
use crate::problem::Problem;
use crate::typed::Typed;

/// Room for most JSON bodies, in bytes.
const USUAL_BODY: usize = 512;

/// An answer to a request.
#[derive(Debug)]
pub enum HandlerResponse {
    /// A typed response.
    Response(Response<Bytes>),
    /// An error; the service adds the request's id and path.
    Problem {
        /// The error.
        problem: Problem,
        /// Headers that the contract declares for it, beside those that a problem has of its own.
        headers: Vec<(HeaderName, HeaderValue)>,
    },
}

/// A response with the bytes that it was sent with, to be kept and sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers, `Content-Type` among them, but not those that the service adds to every response.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The body.
    pub body: Bytes,
}

impl RecordedResponse {
    /// The response as it would be sent.
    ///
    /// # Errors
    ///
    /// The problem that is sent in its place, where it has a value that cannot be written.
    pub fn of(response: impl IntoResponse) -> Result<Self, Problem> {
        match response.into_response() {
            HandlerResponse::Response(response) => {
                let (parts, body) = response.into_parts();
                let headers = parts.headers.iter();
                Ok(Self {
                    status: parts.status,
                    headers: headers.map(|(n, v)| (n.clone(), v.clone())).collect(),
                    body,
                })
            }
            HandlerResponse::Problem { problem, .. } => Err(problem),
        }
    }
}

impl IntoResponse for RecordedResponse {
    fn into_response(self) -> HandlerResponse {
        let mut response = Response::new(self.body);
        *response.status_mut() = self.status;
        response.headers_mut().extend(self.headers);
        HandlerResponse::Response(response)
    }
}

/// A type that generated code can send: a response, or an error.
pub trait IntoResponse {
    /// Makes the answer.
    fn into_response(self) -> HandlerResponse;
}

impl HandlerResponse {
    /// Without a body.
    pub fn empty(status: StatusCode) -> Self {
        Self::bytes(status, Bytes::new())
    }

    /// A JSON body.
    pub fn json<T: Serialize + ?Sized>(
        status: StatusCode,
        media_type: &'static str,
        body: &T,
    ) -> Self {
        // Most answers are no longer, and a buffer that grows is copied each time.
        let mut bytes = Vec::with_capacity(USUAL_BODY);
        match serde_json::to_writer(&mut bytes, body) {
            Ok(()) => Self::body(status, media_type, bytes),
            // Generated types always have a JSON form, but a free-form value may hold a map whose keys are not strings.
            Err(error) => {
                tracing::error!(%error, "a response has no JSON form");
                Problem::internal().into()
            }
        }
    }

    /// A body of bytes.
    pub fn body(status: StatusCode, media_type: &'static str, body: impl Into<Bytes>) -> Self {
        let mut answer = Self::bytes(status, body.into());
        if let HandlerResponse::Response(response) = &mut answer {
            response
                .headers_mut()
                .insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        }
        answer
    }

    /// A body of a media type that the range covers.
    pub fn of_range<T: Into<Bytes>>(
        status: StatusCode,
        range: &'static str,
        body: Typed<T>,
    ) -> Self {
        let (media_type, content) = body.into_parts();
        let header = HeaderValue::try_from(&media_type).ok();
        let Some(header) = header.filter(|_| negotiate::covers(range, &media_type)) else {
            tracing::error!(
                media_type,
                range,
                "a response is of a media type that is not declared"
            );
            return Self::problem(Problem::internal());
        };
        let mut response = Self::bytes(status, content.into());
        if let HandlerResponse::Response(response) = &mut response {
            response.headers_mut().insert(CONTENT_TYPE, header);
        }
        response
    }

    /// A JSON body of a media type that the range covers.
    pub fn json_of_range<T: Serialize>(
        status: StatusCode,
        range: &'static str,
        body: Typed<T>,
    ) -> Self {
        match body.try_map(|content| serde_json::to_vec(&content)) {
            Ok(body) => Self::of_range(status, range, body),
            Err(error) => {
                tracing::error!(%error, "a response has no JSON form");
                Self::problem(Problem::internal())
            }
        }
    }

    fn bytes(status: StatusCode, body: Bytes) -> Self {
        let mut response = Response::new(body);
        *response.status_mut() = status;
        HandlerResponse::Response(response)
    }

    /// A problem.
    pub fn problem(problem: impl Into<Problem>) -> Self {
        HandlerResponse::Problem {
            problem: problem.into(),
            headers: Vec::new(),
        }
    }

    /// The status of this code; one that HTTP does not have becomes a 500.
    pub fn status(code: u16) -> StatusCode {
        StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// A body of `application/x-www-form-urlencoded`.
    pub fn form<T: Serialize + ?Sized>(status: StatusCode, body: &T) -> Self {
        let Ok(Value::Object(members)) = serde_json::to_value(body) else {
            tracing::error!("a form response is not an object");
            return Self::problem(Problem::internal());
        };
        let mut form = form_urlencoded::Serializer::new(String::new());
        for (name, value) in members {
            match value {
                Value::Array(items) => {
                    items.into_iter().for_each(|item| {
                        form.append_pair(&name, &header_text(item, false));
                    });
                }
                value => {
                    form.append_pair(&name, &header_text(value, false));
                }
            }
        }
        Self::body(status, "application/x-www-form-urlencoded", form.finish())
    }

    /// Adds a header, in `simple` style.
    pub fn header<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.written_header(name, value, false)
    }

    /// Adds a header that may be absent.
    pub fn optional_header<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: Option<&T>,
    ) -> Self {
        match value {
            Some(value) => self.header(name, value),
            None => self,
        }
    }

    /// Adds a header whose object is written as `name=value`.
    pub fn exploded_header<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.written_header(name, value, true)
    }

    /// Adds a header that may be absent, and whose object is written as `name=value`.
    pub fn optional_exploded_header<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: Option<&T>,
    ) -> Self {
        match value {
            Some(value) => self.exploded_header(name, value),
            None => self,
        }
    }

    /// Adds a header that is JSON.
    pub fn json_header<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        let text = serde_json::to_string(value).ok();
        self.with_headers(name, text.map(|text| vec![ascii(&text)]))
    }

    /// Adds a header that may be absent, and is JSON.
    pub fn optional_json_header<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: Option<&T>,
    ) -> Self {
        match value {
            Some(value) => self.json_header(name, value),
            None => self,
        }
    }

    fn written_header<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
        explode: bool,
    ) -> Self {
        let lines = match serde_json::to_value(value) {
            // Cookies cannot be put into one line (RFC 6265, section 3).
            Ok(Value::Array(items)) if name == "set-cookie" => {
                let lines = items.into_iter().map(|item| header_text(item, explode));
                Some(lines.collect())
            }
            Ok(value) => Some(vec![header_text(value, explode)]),
            Err(_) => None,
        };
        self.with_headers(name, lines)
    }

    /// Adds lines of a header. A value that no header can have makes the answer a 500: a `Location` that is silently absent would be worse.
    fn with_headers(mut self, name: &'static str, lines: Option<Vec<String>>) -> Self {
        let header = |line| {
            Some((
                HeaderName::try_from(name).ok()?,
                HeaderValue::try_from(line).ok()?,
            ))
        };
        let lines =
            lines.and_then(|lines| lines.into_iter().map(header).collect::<Option<Vec<_>>>());
        let Some(lines) = lines else {
            tracing::error!(
                header = name,
                "a response header has a value that cannot be sent"
            );
            return Self::problem(Problem::internal());
        };
        match &mut self {
            HandlerResponse::Response(response) => {
                for (name, value) in lines {
                    response.headers_mut().append(name, value);
                }
            }
            HandlerResponse::Problem { headers, .. } => headers.extend(lines),
        }
        self
    }

    /// The response to the request that has this id, to this path.
    pub(crate) fn into_response(self, request_id: &str, path: &str) -> Response<Bytes> {
        match self {
            HandlerResponse::Response(response) => response,
            HandlerResponse::Problem { problem, headers } => {
                let mut response = problem.into_response(request_id, path);
                for (name, value) in headers {
                    response.headers_mut().append(name, value);
                }
                response
            }
        }
    }
}

impl From<Problem> for HandlerResponse {
    fn from(problem: Problem) -> Self {
        HandlerResponse::problem(problem)
    }
}

/// JSON with the characters that no header has as escapes, which stand in strings only.
fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out
}

/// A value as OpenAPI's `simple` style writes it.
fn header_text(value: Value, explode: bool) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Array(items) => items
            .into_iter()
            .map(|item| header_text(item, false))
            .collect::<Vec<_>>()
            .join(","),
        Value::Object(members) => {
            let separator = if explode { "=" } else { "," };
            let pairs = members
                .into_iter()
                .map(|(name, value)| format!("{name}{separator}{}", header_text(value, false)));
            pairs.collect::<Vec<_>>().join(",")
        }
        scalar => scalar.to_string(),
    }
}

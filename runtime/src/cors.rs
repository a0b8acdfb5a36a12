//! Cross-origin requests (the CORS protocol of the Fetch standard). What a browser may send and read is what the contract
//! declares.

use std::time::Duration;

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD,
    HeaderMap, HeaderValue, ORIGIN, VARY,
};

/// Which origins may call from a browser. Credentials are tokens in headers, never cookies, so none are allowed by CORS.
#[derive(Debug, Clone, Default)]
pub struct Cors {
    any: bool,
    origins: Vec<String>,
    max_age: Option<Duration>,
}

impl Cors {
    /// These origins (`https://app.example.org`), or any where one of them is `*`.
    pub fn new(origins: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let origins: Vec<String> = origins.into_iter().map(Into::into).collect();
        Cors {
            any: origins.iter().any(|origin| origin == "*"),
            origins,
            max_age: None,
        }
    }

    /// The origins.
    pub fn origins(&self) -> &[String] {
        &self.origins
    }

    /// How long a browser may keep the answer to a preflight.
    pub fn max_age(mut self, age: Duration) -> Self {
        self.max_age = Some(age);
        self
    }

    /// Whether a request asks what it may send.
    pub fn is_preflight(headers: &HeaderMap) -> bool {
        headers.contains_key(ORIGIN) && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
    }

    fn allowed(&self, request: &HeaderMap) -> Option<HeaderValue> {
        let origin = request.get(ORIGIN)?;
        if self.any {
            return Some(HeaderValue::from_static("*"));
        }
        let text = origin.to_str().ok()?;
        self.origins
            .iter()
            .any(|allowed| allowed == text)
            .then(|| origin.clone())
    }

    /// Adds what lets a browser read an answer.
    pub fn expose(&self, request: &HeaderMap, exposed: &HeaderValue, response: &mut HeaderMap) {
        if !self.any && !self.origins.is_empty() {
            response.append(VARY, HeaderValue::from_static("origin"));
        }
        if let Some(origin) = self.allowed(request) {
            response.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            response.insert(ACCESS_CONTROL_EXPOSE_HEADERS, exposed.clone());
        }
    }

    /// Adds what a browser may send.
    pub fn answer_preflight(
        &self,
        request: &HeaderMap,
        methods: &HeaderValue,
        headers: &HeaderValue,
        response: &mut HeaderMap,
    ) {
        if self.allowed(request).is_some() {
            response.insert(ACCESS_CONTROL_ALLOW_METHODS, methods.clone());
            response.insert(ACCESS_CONTROL_ALLOW_HEADERS, headers.clone());
            if let Some(age) = self.max_age {
                response.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from(age.as_secs()));
            }
        }
    }
}

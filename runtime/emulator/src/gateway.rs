//! What stands before a function, and makes events of requests.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{http_api, load_balancer, rest_api};

/// A service that invokes a function for each request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gateway {
    /// API Gateway, a REST API.
    RestApi,
    /// API Gateway, an HTTP API with payloads of format 2.0.
    HttpApi,
    /// A function's own URL.
    FunctionUrl,
    /// An application load balancer.
    LoadBalancer {
        /// Whether its target group has multi-value headers turned on.
        multi_value: bool,
    },
}

/// An answer of a function that is none, so that the caller gets a 502.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the function's answer is none: {0}")]
pub struct BadGateway(String);

/// An answer of a function. Every service takes a part of it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Answer {
    pub status_code: u16,
    pub status_description: Option<String>,
    pub headers: Option<Map<String, Value>>,
    pub multi_value_headers: Option<Map<String, Value>>,
    pub cookies: Option<Vec<String>>,
    pub body: Option<String>,
    #[serde(default)]
    pub is_base64_encoded: bool,
}

impl Gateway {
    /// The event of a request that came over the stage `prod`, for the resource or route with this template.
    pub fn event(self, request: &Request<Bytes>, template: &str) -> Value {
        match self {
            Self::RestApi => rest_api::event(request, template),
            Self::HttpApi => http_api::event(request, Some(template)),
            Self::FunctionUrl => http_api::event(request, None),
            Self::LoadBalancer { multi_value } => load_balancer::event(request, multi_value),
        }
    }

    /// The response that the caller gets for a function's answer.
    pub fn response(self, answer: &[u8]) -> Result<Response<Bytes>, BadGateway> {
        let bad = |error: &dyn std::fmt::Display| BadGateway(error.to_string());
        let mut answer: Answer = serde_json::from_slice(answer).map_err(|error| bad(&error))?;
        let body = answer.body.take().unwrap_or_default();
        let body = match answer.is_base64_encoded {
            true => STANDARD.decode(body).map_err(|error| bad(&error))?,
            false => body.into_bytes(),
        };
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() =
            StatusCode::from_u16(answer.status_code).map_err(|error| bad(&error))?;
        let headers = match self {
            Self::RestApi => rest_api::headers(&answer),
            Self::HttpApi | Self::FunctionUrl => http_api::headers(&answer),
            Self::LoadBalancer { multi_value } => load_balancer::headers(&answer, multi_value),
        };
        for (name, value) in headers? {
            let name: HeaderName = name.parse().map_err(|error| bad(&error))?;
            let value = HeaderValue::from_str(&value).map_err(|error| bad(&error))?;
            response.headers_mut().append(name, value);
        }
        Ok(response)
    }
}

impl BadGateway {
    pub(crate) fn new(problem: impl Into<String>) -> Self {
        Self(problem.into())
    }
}

/// The headers of an answer, each with one value.
pub(crate) fn single(
    headers: Option<&Map<String, Value>>,
) -> Result<Vec<(String, String)>, BadGateway> {
    let headers = headers.into_iter().flatten();
    headers
        .map(|(name, value)| Ok((name.clone(), text(name, value)?)))
        .collect()
}

/// The headers of an answer, each with any number of values.
pub(crate) fn multi(
    headers: Option<&Map<String, Value>>,
) -> Result<Vec<(String, String)>, BadGateway> {
    let mut all = Vec::new();
    for (name, values) in headers.into_iter().flatten() {
        let Value::Array(values) = values else {
            return Err(BadGateway::new(format!("the values of {name} are no list")));
        };
        for value in values {
            all.push((name.clone(), text(name, value)?));
        }
    }
    Ok(all)
}

fn text(name: &str, value: &Value) -> Result<String, BadGateway> {
    let text = value.as_str().map(str::to_owned);
    text.ok_or_else(|| BadGateway::new(format!("the value of {name} is no text")))
}

/// A body as it is in an event, and whether it is in base64. What is a text is not documented for every service; here it is
/// what is one.
pub(crate) fn body(request: &Request<Bytes>) -> (Value, bool) {
    match std::str::from_utf8(request.body()) {
        Ok("") => (Value::Null, false),
        Ok(text) => (text.into(), false),
        Err(_) => (STANDARD.encode(request.body()).into(), true),
    }
}

/// What a caller's request has beside what it came with, when a gateway has received it.
pub(crate) fn received(request: &Request<Bytes>, host: &str) -> HeaderMap {
    let mut headers = request.headers().clone();
    for (name, value) in [
        ("host", host),
        ("x-forwarded-for", "192.0.2.7"),
        ("x-forwarded-port", "443"),
        ("x-forwarded-proto", "https"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.entry(name).or_insert(value);
        }
    }
    headers
}

/// The value of a header as a text: bytes that are not UTF-8 are taken for Latin-1.
pub(crate) fn header_text(value: &HeaderValue) -> String {
    match std::str::from_utf8(value.as_bytes()) {
        Ok(text) => text.to_owned(),
        Err(_) => value
            .as_bytes()
            .iter()
            .map(|&byte| char::from(byte))
            .collect(),
    }
}

/// An object of the last value for each name, and one of all values; null where there are none.
pub(crate) fn both(pairs: impl IntoIterator<Item = (String, String)>) -> (Value, Value) {
    let (mut last, mut all) = (Map::new(), Map::new());
    for (name, value) in pairs {
        last.insert(name.clone(), value.clone().into());
        let values = all.entry(name).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(values) = values {
            values.push(value.into());
        }
    }
    match last.is_empty() {
        true => (Value::Null, Value::Null),
        false => (last.into(), all.into()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn request(target: &str) -> Request<Bytes> {
        let request = Request::builder()
            .uri(target)
            .header("x-a", "1")
            .header("x-a", "2");
        request
            .header("cookie", "c=1; d=2")
            .body(Bytes::from_static(&[255]))
            .unwrap()
    }

    #[test]
    fn each_service_has_its_own_view_of_a_target() {
        let sent = request("/quests/a%2Fb?q=1+%2B&q=%C3%BC");
        let rest = Gateway::RestApi.event(&sent, "/quests/{id}");
        assert_eq!(rest["path"], "/quests/a%2Fb");
        assert_eq!(rest["requestContext"]["path"], "/prod/quests/a%2Fb");
        assert_eq!(rest["pathParameters"], json!({"id": "a/b"}));
        assert_eq!(
            rest["multiValueQueryStringParameters"],
            json!({"q": ["1 +", "ü"]})
        );
        assert_eq!(rest["multiValueHeaders"]["X-A"], json!(["1", "2"]));
        assert_eq!(
            (&rest["body"], &rest["isBase64Encoded"]),
            (&json!("/w=="), &json!(true))
        );

        let http = Gateway::HttpApi.event(&sent, "/quests/{id}");
        assert_eq!(http["rawPath"], "/prod/quests/a/b");
        assert_eq!(http["rawQueryString"], "q=1+%2B&q=%C3%BC");
        assert_eq!(http["queryStringParameters"], json!({"q": "1 +,ü"}));
        assert_eq!(
            (&http["headers"]["x-a"], &http["cookies"]),
            (&json!("1,2"), &json!(["c=1", "d=2"]))
        );

        let url = Gateway::FunctionUrl.event(&sent, "/quests/{id}");
        assert_eq!(
            (&url["rawPath"], &url["routeKey"]),
            (&json!("/quests/a%2Fb"), &json!("$default"))
        );

        let all = Gateway::LoadBalancer { multi_value: true }.event(&sent, "");
        assert_eq!(
            all["multiValueQueryStringParameters"],
            json!({"q": ["1+%2B", "%C3%BC"]})
        );
        let last = Gateway::LoadBalancer { multi_value: false }.event(&sent, "");
        assert_eq!(
            (&last["headers"]["x-a"], &last["path"]),
            (&json!("2"), &json!("/quests/a%2Fb"))
        );
    }

    #[test]
    fn answers_are_taken_in_one_form_only() {
        let rest = json!({"statusCode": 401, "multiValueHeaders": {"www-authenticate": ["Bearer"]}, "body": "no"});
        let taken = Gateway::RestApi
            .response(rest.to_string().as_bytes())
            .unwrap();
        assert_eq!(taken.status(), 401);
        assert_eq!(
            taken.headers()["x-amzn-remapped-www-authenticate"],
            "Bearer"
        );
        assert!(
            Gateway::HttpApi
                .response(rest.to_string().as_bytes())
                .is_err()
        );
        for broken in [
            "",
            "null",
            "{}",
            r#"{"statusCode": "200"}"#,
            r#"{"statusCode": 200, "body": 7}"#,
        ] {
            assert!(
                Gateway::RestApi.response(broken.as_bytes()).is_err(),
                "{broken}"
            );
        }
    }
}

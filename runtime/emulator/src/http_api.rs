//! API Gateway's HTTP APIs with payloads of format 2.0, and function URLs, which have the same.
//!
//! Repeated headers are one, with their values in a list; cookies are apart; the query is as it was sent. An HTTP API decodes
//! the path, what is after a `?` that was encoded in it is lost, and it begins with the stage. A function URL has it as it
//! was sent.

use bytes::Bytes;
use http::Request;
use serde_json::{Map, Value, json};

use crate::gateway::{Answer, BadGateway, body, header_text, received, single};
use crate::rest_api::parameters;

/// The event for the route with this template; for a function URL there is none.
pub(crate) fn event(request: &Request<Bytes>, template: Option<&str>) -> Value {
    let method = request.method().as_str();
    let sent = request.uri().path();
    let (host, stage, route, path) = match template {
        Some(template) => {
            let decoded = percent_encoding::percent_decode_str(sent).decode_utf8_lossy();
            let kept = decoded.split('?').next().unwrap_or_default();
            (
                "f6g7h8i9j0.execute-api.eu-central-1.amazonaws.com",
                "prod",
                format!("{method} {template}"),
                format!("/prod{kept}"),
            )
        }
        None => (
            "klmnopqrstuvwxyz.lambda-url.eu-central-1.on.aws",
            "$default",
            "$default".to_owned(),
            sent.to_owned(),
        ),
    };
    let (headers, cookies) = headers_of(request, host);
    let query = request.uri().query().unwrap_or_default();
    let (body, is_base64_encoded) = body(request);
    let mut event = json!({
        "version": "2.0",
        "routeKey": route,
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "f6g7h8i9j0",
            "domainName": host,
            "domainPrefix": host.split('.').next(),
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.7",
                "userAgent": "emulator",
            },
            "requestId": uuid::Uuid::new_v4().to_string(),
            "routeKey": route,
            "stage": stage,
            "time": "15/Jan/2027:08:00:00 +0000",
            "timeEpoch": 1_800_000_000_000_u64,
        },
        "isBase64Encoded": is_base64_encoded,
    });
    // What there is none of is not there.
    let parameters = template.map_or(Value::Null, |template| parameters(template, sent));
    for (name, value) in [
        ("cookies", cookies),
        ("queryStringParameters", joined(query)),
        ("pathParameters", parameters),
        ("body", body),
    ] {
        if !value.is_null() {
            event[name] = value;
        }
    }
    event
}

/// The headers, and the cookies that were one of them.
fn headers_of(request: &Request<Bytes>, host: &str) -> (Value, Value) {
    let all = received(request, host);
    let mut headers = Map::new();
    let mut cookies = Vec::new();
    for name in all.keys() {
        let values: Vec<_> = all.get_all(name).iter().map(header_text).collect();
        if name == http::header::COOKIE {
            let parts = values.iter().flat_map(|value| value.split("; "));
            cookies.extend(parts.map(Value::from));
        } else {
            headers.insert(name.to_string(), values.join(",").into());
        }
    }
    match cookies.is_empty() {
        true => (headers.into(), Value::Null),
        false => (headers.into(), cookies.into()),
    }
}

fn joined(query: &str) -> Value {
    let mut all = Map::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let known = all.get(&*name).and_then(Value::as_str);
        let value = match known {
            Some(before) => format!("{before},{value}"),
            None => value.into_owned(),
        };
        all.insert(name.into_owned(), value.into());
    }
    match all.is_empty() {
        true => Value::Null,
        false => all.into(),
    }
}

pub(crate) fn headers(answer: &Answer) -> Result<Vec<(String, String)>, BadGateway> {
    if answer.multi_value_headers.is_some() || answer.status_description.is_some() {
        return Err(BadGateway::new(
            "it has members that format 2.0 does not have",
        ));
    }
    let mut headers = single(answer.headers.as_ref())?;
    let cookies = answer.cookies.iter().flatten();
    headers.extend(cookies.map(|cookie| ("set-cookie".to_owned(), cookie.clone())));
    Ok(headers)
}

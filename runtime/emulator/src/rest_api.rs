//! API Gateway's REST APIs, with the Lambda proxy integration.
//!
//! The path is as it was sent, without the stage; names and values of the query are decoded; headers keep the case of their
//! names. Some headers of the answer are renamed: API Gateway has its own of that name. Every body is bytes, as with the binary
//! media type `*/*`: a request's is in base64, and an answer's is decoded where it says that it is.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::Request;
use serde_json::{Map, Value, json};

use crate::gateway::{Answer, BadGateway, both, header_text, multi, received, single};

const HOST: &str = "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com";

/// Headers that the caller gets under `x-amzn-remapped-` and their name.
const REMAPPED: [&str; 9] = [
    "authorization",
    "connection",
    "content-length",
    "content-md5",
    "date",
    "host",
    "server",
    "user-agent",
    "www-authenticate",
];

pub(crate) fn event(request: &Request<Bytes>, template: &str) -> Value {
    let headers = received(request, HOST);
    let headers = headers
        .iter()
        .map(|(name, value)| (title_case(name.as_str()), header_text(value)));
    let (headers, multi_value_headers) = both(headers);
    let query = request.uri().query().unwrap_or_default();
    let query = form_urlencoded::parse(query.as_bytes()).into_owned();
    let (query, multi_value_query) = both(query);
    let (body, is_base64_encoded) = match request.body().is_empty() {
        true => (Value::Null, false),
        false => (STANDARD.encode(request.body()).into(), true),
    };
    let path = request.uri().path();
    json!({
        "resource": template,
        "path": path,
        "httpMethod": request.method().as_str(),
        "headers": headers,
        "multiValueHeaders": multi_value_headers,
        "queryStringParameters": query,
        "multiValueQueryStringParameters": multi_value_query,
        "pathParameters": parameters(template, path),
        "stageVariables": null,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "a1b2c3d4e5",
            "domainName": HOST,
            "domainPrefix": "a1b2c3d4e5",
            "extendedRequestId": "JKJaXmPLvHcESHA=",
            "httpMethod": request.method().as_str(),
            "identity": {"sourceIp": "192.0.2.7", "userAgent": "emulator"},
            "path": format!("/prod{path}"),
            "protocol": "HTTP/1.1",
            "requestId": uuid::Uuid::new_v4().to_string(),
            "requestTimeEpoch": 1_800_000_000_000_u64,
            "resourceId": "ab12cd",
            "resourcePath": template,
            "stage": "prod",
        },
        "body": body,
        "isBase64Encoded": is_base64_encoded,
    })
}

/// The values of a template's parameters, decoded; null where it has none.
pub(crate) fn parameters(template: &str, path: &str) -> Value {
    let mut values = Map::new();
    let decoded = |text: &str| {
        let text = percent_encoding::percent_decode_str(text);
        Value::from(text.decode_utf8_lossy())
    };
    let mut rest = path.strip_prefix('/').unwrap_or(path);
    for segment in template.trim_start_matches('/').split('/') {
        let name = segment
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'));
        if let Some(name) = name.and_then(|name| name.strip_suffix('+')) {
            values.insert(name.to_owned(), decoded(rest));
            break;
        }
        let (value, after) = rest.split_once('/').unwrap_or((rest, ""));
        if let Some(name) = name {
            values.insert(name.to_owned(), decoded(value));
        }
        rest = after;
    }
    match values.is_empty() {
        true => Value::Null,
        false => values.into(),
    }
}

fn title_case(name: &str) -> String {
    let words = name.split('-').map(|word| match word.split_at_checked(1) {
        Some((first, rest)) => first.to_ascii_uppercase() + rest,
        None => String::new(),
    });
    words.collect::<Vec<_>>().join("-")
}

pub(crate) fn headers(answer: &Answer) -> Result<Vec<(String, String)>, BadGateway> {
    if answer.cookies.is_some() || answer.status_description.is_some() {
        return Err(BadGateway::new(
            "it has members that a REST API does not know",
        ));
    }
    let mut headers = multi(answer.multi_value_headers.as_ref())?;
    for (name, value) in single(answer.headers.as_ref())? {
        if !headers
            .iter()
            .any(|(known, _)| known.eq_ignore_ascii_case(&name))
        {
            headers.push((name, value));
        }
    }
    for (name, _) in &mut headers {
        if REMAPPED.contains(&name.to_ascii_lowercase().as_str()) {
            *name = format!("x-amzn-remapped-{name}");
        }
    }
    Ok(headers)
}

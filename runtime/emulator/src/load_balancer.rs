//! Application load balancers, whose target is a function.
//!
//! Path and query are as they were sent. Headers and query have one value for each name, the last, or all of them where the
//! target group says so; an answer must have its headers in the same mode.

use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};

use crate::gateway::{Answer, BadGateway, body, both, header_text, multi, received, single};

/// What it takes of a function.
const MAX_ANSWER: usize = 1024 * 1024;

pub(crate) fn event(request: &Request<Bytes>, multi_value: bool) -> Value {
    let headers = received(request, "lb-1234567890.eu-central-1.elb.amazonaws.com");
    let headers = headers
        .iter()
        .map(|(name, value)| (name.to_string(), header_text(value)));
    let (headers, multi_value_headers) = both(headers);
    let query = request.uri().query().unwrap_or_default();
    let parameters = query
        .split('&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (name.to_owned(), value.to_owned())
        });
    let (query, multi_value_query) = both(parameters);
    let or_empty = |value: Value| match value.is_null() {
        true => json!({}),
        false => value,
    };
    let (body, is_base64_encoded) = body(request);
    let mut event = json!({
        "requestContext": {"elb": {
            "targetGroupArn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/api/6d0ecf831eec9f09",
        }},
        "httpMethod": request.method().as_str(),
        "path": request.uri().path(),
        "body": if body.is_null() { "".into() } else { body },
        "isBase64Encoded": is_base64_encoded,
    });
    if multi_value {
        event["multiValueHeaders"] = multi_value_headers;
        event["multiValueQueryStringParameters"] = or_empty(multi_value_query);
    } else {
        event["headers"] = headers;
        event["queryStringParameters"] = or_empty(query);
    }
    event
}

pub(crate) fn headers(
    answer: &Answer,
    multi_value: bool,
) -> Result<Vec<(String, String)>, BadGateway> {
    if answer
        .body
        .as_ref()
        .is_some_and(|body| body.len() > MAX_ANSWER)
    {
        return Err(BadGateway::new("it is larger than a load balancer takes"));
    }
    match (multi_value, &answer.headers, &answer.multi_value_headers) {
        (true, None, Some(all)) => multi(Some(all)),
        (false, Some(all), None) => single(Some(all)),
        _ => Err(BadGateway::new("its headers are in the other mode")),
    }
}

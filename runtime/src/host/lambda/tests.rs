//! Events in the forms in which AWS sends them, and answers in those that it takes.

use bytes::Bytes;
use http::{HeaderValue, Method, Response};
use serde_json::{Value, json};

use super::event::Source;
use super::failure::Failure;
use super::request::request;
use super::response::{ResponseEvent, response_check};
use crate::body::Body;
use crate::request_id::RequestId;
use crate::service::ResponseCheck;

mod signed_bodies;

fn rest(path: &str, resource: &str, more: Value) -> Value {
    let mut event = json!({
        "resource": resource,
        "path": path,
        "httpMethod": "GET",
        "headers": {"Host": "id.execute-api.eu-central-1.amazonaws.com"},
        "multiValueHeaders": {"Host": ["id.execute-api.eu-central-1.amazonaws.com"]},
        "queryStringParameters": null,
        "multiValueQueryStringParameters": null,
        "pathParameters": null,
        "stageVariables": null,
        "requestContext": {"stage": "prod", "path": format!("/prod{path}"), "requestId": "r-1"},
        "body": null,
        "isBase64Encoded": false,
    });
    merge(&mut event, more);
    event
}

fn http_api(raw_path: &str, route: &str, more: Value) -> Value {
    let mut event = json!({
        "version": "2.0",
        "routeKey": route,
        "rawPath": raw_path,
        "rawQueryString": "",
        "headers": {"host": "id.execute-api.eu-central-1.amazonaws.com"},
        "requestContext": {
            "stage": "prod", "requestId": "r-2", "routeKey": route,
            "domainName": "id.execute-api.eu-central-1.amazonaws.com",
            "http": {"method": "GET", "path": raw_path, "protocol": "HTTP/1.1"},
        },
        "isBase64Encoded": false,
    });
    merge(&mut event, more);
    event
}

fn load_balancer(more: Value) -> Value {
    let mut event = json!({
        "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing:x"}},
        "httpMethod": "GET",
        "path": "/a%2Fb",
        "body": "",
        "isBase64Encoded": false,
    });
    merge(&mut event, more);
    event
}

fn merge(event: &mut Value, more: Value) {
    let Value::Object(more) = more else {
        panic!("not an object");
    };
    for (name, value) in more {
        match &mut event[&name] {
            Value::Object(old) if value.is_object() => {
                old.extend(value.as_object().cloned().unwrap());
            }
            old => *old = value,
        }
    }
}

fn target(event: &Value) -> String {
    let (request, _) = request(&event.to_string()).unwrap();
    request.uri().to_string()
}

#[test]
fn a_path_begins_where_the_contract_does() {
    let templates = [
        ("/health", "/health", "/health"),
        (
            "/v1/quests/{questId}",
            "/v1/quests/q%2F1",
            "/v1/quests/q%2F1",
        ),
        // A custom domain, with what it maps to the API before the path, and with the stage.
        ("/v1/quests/{questId}", "/forge/v1/quests/1", "/v1/quests/1"),
        (
            "/v1/quests/{questId}",
            "/forge/prod/v1/quests/1",
            "/v1/quests/1",
        ),
        ("/", "/forge", "/forge"),
        ("/", "/", "/"),
    ];
    for (template, path, expected) in templates {
        assert_eq!(target(&rest(path, template, json!({}))), expected);
        let routed = http_api(path, &format!("GET {template}"), json!({}));
        assert_eq!(target(&routed), expected.replace("%2F", "%252F"));
    }
}

#[test]
fn a_greedy_resource_says_what_it_stands_for() {
    let proxy = |path: &str, proxy: &str| {
        target(&rest(
            path,
            "/{proxy+}",
            json!({"pathParameters": {"proxy": proxy}}),
        ))
    };
    assert_eq!(proxy("/v1/quests", "v1/quests"), "/v1/quests");
    assert_eq!(proxy("/forge/v1/quests", "v1/quests"), "/v1/quests");
    assert_eq!(proxy("/forge/v1/a%2Fb", "v1/a/b"), "/v1/a%2Fb");
    let below = |path: &str| {
        let more = json!({"pathParameters": {"rest": "quests/1"}});
        target(&rest(path, "/v1/{rest+}", more))
    };
    assert_eq!(below("/v1/quests/1"), "/v1/quests/1");
    assert_eq!(below("/forge/v1/quests/1"), "/v1/quests/1");
}

#[test]
fn a_stage_is_left_out_where_it_is_in_the_path() {
    let default = |path: &str| target(&http_api(path, "$default", json!({})));
    assert_eq!(default("/prod/health"), "/health");
    assert_eq!(default("/prod"), "/");
    assert_eq!(default("/production/health"), "/production/health");
    let unnamed = json!({"requestContext": {"stage": "$default"}});
    assert_eq!(
        target(&http_api("/prod/health", "$default", unnamed)),
        "/prod/health"
    );
    // A REST API leaves it out, unless a custom domain asked for it.
    assert_eq!(target(&rest("/prod/health", "", json!({}))), "/prod/health");
    let asked = json!({"requestContext": {"path": "/prod/health"}});
    assert_eq!(target(&rest("/prod/health", "", asked)), "/health");
}

#[test]
fn what_was_decoded_on_the_way_is_encoded_again() {
    let path = |event: &Value| target(event);
    assert_eq!(
        path(&http_api("/ü /100%/a?b#c", "$default", json!({}))),
        "/%C3%BC%20/100%25/a%3Fb%23c"
    );
    let url = json!({"requestContext": {"stage": "$default", "domainName": "id.lambda-url.eu-central-1.on.aws"}});
    assert_eq!(
        path(&http_api("/%C3%BC/a%2Fb", "$default", url)),
        "/%C3%BC/a%2Fb"
    );
    assert_eq!(path(&rest("/%C3%BC/a%2Fb", "", json!({}))), "/%C3%BC/a%2Fb");
    assert_eq!(path(&load_balancer(json!({}))), "/a%2Fb");
}

#[test]
fn queries_mean_what_they_meant() {
    let decoded = json!({
        "queryStringParameters": {"a": "2", "tag[]": "x"},
        "multiValueQueryStringParameters": {"a": ["1 +&=%2F", "ü"], "tag[]": [""]},
    });
    let expected = "/q?a=1%20%2B%26%3D%252F&a=%C3%BC&tag%5B%5D=";
    assert_eq!(target(&rest("/q", "/q", decoded)), expected);
    let single = json!({"queryStringParameters": {"b": "2", "a": "1"}});
    assert_eq!(target(&rest("/q", "/q", single)), "/q?b=2&a=1");
    let raw = json!({"rawQueryString": "a=1%202+3&a=%2F&b&=&c=\"x\""});
    assert_eq!(
        target(&http_api("/q", "GET /q", raw)),
        "/q?a=1%202+3&a=%2F&b&=&c=%22x%22"
    );
    let raw = json!({"multiValueQueryStringParameters": {"a": ["1%202+3", "%2F"], "%5B": [""]}});
    assert_eq!(target(&load_balancer(raw)), "/a%2Fb?a=1%202+3&a=%2F&%5B=");
}

#[test]
fn headers_keep_all_of_their_values() {
    let all = json!({
        "headers": {"Accept": "b"},
        "multiValueHeaders": {"Accept": ["a", "b"], "X-Ünicode": []},
    });
    let (parts, _) = request(&rest("/", "/", all).to_string())
        .unwrap()
        .0
        .into_parts();
    let validate_and_decode: Vec<_> = parts.headers.get_all("accept").iter().collect();
    assert_eq!(validate_and_decode, ["a", "b"]);
    assert_eq!(parts.extensions.get::<RequestId>().unwrap().0, "r-1");

    let apart = json!({"headers": {"x-name": "Zoë"}, "cookies": ["a=1", "b=2"]});
    let (parts, _) = request(&http_api("/", "$default", apart).to_string())
        .unwrap()
        .0
        .into_parts();
    assert_eq!(parts.headers["cookie"], "a=1; b=2");
    assert_eq!(parts.headers["x-name"].as_bytes(), "Zoë".as_bytes());
}

#[test]
fn bodies_may_be_binary() {
    let encoded = json!({"httpMethod": "POST", "body": "AAH/", "isBase64Encoded": true});
    let (request, _) = request(&rest("/", "/", encoded).to_string()).unwrap();
    assert_eq!(request.method(), Method::POST);
    assert!(matches!(request.into_body(), Body::Complete(bytes) if *bytes == [0, 1, 255]));
}

fn refusal(event: &str) -> String {
    let Err(refused) = request(event) else {
        panic!("taken for a request: {event}");
    };
    Failure::from(refused).to_string()
}

#[test]
fn other_events_are_named() {
    let sqs = json!({"Records": [{"body": "secret"}]}).to_string();
    let text = refusal(&sqs);
    assert!(text.starts_with("Event.Foreign: "), "{text}");
    assert!(
        text.contains("an object of `Records`") && !text.contains("secret"),
        "{text}"
    );
    for (event, what) in [
        ("[]", "no object"),
        ("null", "no object"),
        ("{}", "an empty object"),
    ] {
        assert!(refusal(event).contains(what), "{}", refusal(event));
    }
    let half = json!({"httpMethod": "GET", "path": "/"}).to_string();
    assert!(refusal(&half).starts_with("Event.Foreign: "), "no context");
}

#[test]
fn mistakes_are_located() {
    let long = format!("/{}", "a".repeat(70_000));
    for (more, expected) in [
        (json!({"httpMethod": 7}), "httpMethod: invalid type"),
        (
            json!({"httpMethod": "G ET"}),
            "httpMethod: invalid HTTP method",
        ),
        (
            json!({"multiValueHeaders": {"a b": ["c"]}}),
            "headers.a b: invalid HTTP header name",
        ),
        (
            json!({"multiValueHeaders": {"a": ["b\u{0}"]}}),
            "headers.a: failed to parse header value",
        ),
        (
            json!({"multiValueHeaders": {"a": "b"}}),
            "multiValueHeaders.",
        ),
        (
            json!({"body": "***", "isBase64Encoded": true}),
            "body: not base64: ",
        ),
        (json!({"path": long}), "path: "),
        (json!({"requestContext": 7}), "requestContext: invalid type"),
    ] {
        let text = refusal(&rest("/", "", more).to_string());
        assert!(
            text.starts_with(&format!("Event.Malformed: {expected}")),
            "{text}"
        );
    }
}

fn answered(source: Source, response: Response<Bytes>) -> Value {
    serde_json::to_value(ResponseEvent { source, response }).unwrap()
}

fn response(body: &'static [u8]) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from_static(body));
    let headers = response.headers_mut();
    for (name, value) in [
        ("vary", "a"),
        ("vary", "b"),
        ("set-cookie", "c=1"),
        ("set-cookie", "d=2, x"),
    ] {
        headers.append(name, HeaderValue::from_static(value));
    }
    response
}

#[test]
fn each_source_gets_the_answer_that_it_takes() {
    let cookies = json!(["c=1", "d=2, x"]);
    let text = |answer: &Value| (answer["body"].clone(), answer["isBase64Encoded"].clone());
    let answer = answered(Source::RestApi, response("ü\"".as_bytes()));
    assert_eq!(answer["statusCode"], 200);
    assert_eq!(
        answer["multiValueHeaders"],
        json!({"vary": ["a", "b"], "set-cookie": cookies})
    );
    assert_eq!(text(&answer), (json!("ü\""), json!(false)));

    let answer = answered(Source::HttpApi, response(&[0, 1, 255]));
    assert_eq!(
        (&answer["headers"], &answer["cookies"]),
        (&json!({"vary": "a, b"}), &cookies)
    );
    assert_eq!(text(&answer), (json!("AAH/"), json!(true)));

    let source = |multi_value| Source::LoadBalancer { multi_value };
    let answer = answered(source(true), response(b""));
    assert_eq!(answer["statusDescription"], "200 OK");
    assert_eq!(answer["multiValueHeaders"]["set-cookie"], cookies);
    let answer = answered(source(false), response(b""));
    assert_eq!(
        answer["headers"],
        json!({"vary": "a, b", "set-cookie": "d=2, x"})
    );
}

#[test]
fn a_load_balancer_is_answered_in_its_own_mode() {
    for (more, multi) in [
        (json!({"headers": {"a": "b"}}), false),
        (json!({"multiValueHeaders": {"a": ["b"]}}), true),
    ] {
        let (request, source) = request(&load_balancer(more).to_string()).unwrap();
        assert_eq!(source, Source::LoadBalancer { multi_value: multi });
        assert_eq!(request.headers()["a"], "b");
    }
}

#[test]
fn an_answer_is_measured_as_it_will_be_sent() {
    let fits = |source: Source, body: Vec<u8>| {
        let ResponseCheck(measure) = response_check(source);
        measure(&Response::new(Bytes::from(body)))
    };
    let mb = 1024 * 1024;
    assert_eq!(fits(Source::RestApi, vec![b'a'; 6 * mb - 8192]), Ok(()));
    assert!(fits(Source::RestApi, vec![b'a'; 6 * mb]).is_err());
    // Escapes count, and so does base64.
    assert!(fits(Source::HttpApi, vec![b'"'; 3 * mb + 1]).is_err());
    assert!(fits(Source::HttpApi, vec![0; 5 * mb / 4]).is_err());
    assert_eq!(fits(Source::HttpApi, vec![255; 4 * mb]), Ok(()));
    assert!(fits(Source::HttpApi, vec![255; 5 * mb]).is_err());
    let source = Source::LoadBalancer { multi_value: true };
    assert_eq!(fits(source, vec![b'a'; mb - 8192]), Ok(()));
    let why = fits(source, vec![b'a'; mb]).unwrap_err();
    assert!(why.contains("1044480"), "{why}");
}

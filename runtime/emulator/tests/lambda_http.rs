//! The events here are read by the types that AWS publishes for Rust; and what `lambda_http` makes of them, which is why the host adapter
//! reads them itself (`docs/decisions/0003-reading-lambda-events.md`). Should one of these fail, the decision can be looked at anew.

use bytes::Bytes;
use civicforge_lambda_emulator::Gateway;
use http::{Request, Response};
use lambda_http::request::{LambdaRequest, from_str};
use lambda_http::{Adapter, LambdaEvent, Service, service_fn};
use serde_json::json;

fn request(target: &str) -> Request<Bytes> {
    let request = Request::builder().method("POST").uri(target);
    let request = request.header("accept", "a").header("accept", "b");
    request
        .body(Bytes::from_static(&[0, 255]))
        .expect("a request")
}

fn read(gateway: Gateway, target: &str) -> lambda_http::Request {
    let event = gateway.event(&request(target), "/a/{b}");
    from_str(&event.to_string()).expect("an event that can be read")
}

#[test]
fn the_events_are_of_the_published_types() {
    for gateway in [Gateway::RestApi, Gateway::HttpApi, Gateway::FunctionUrl] {
        let read = read(gateway, "/a/b?c=%C3%BC&c=2");
        assert_eq!(read.method(), "POST", "{gateway:?}");
        assert_eq!(read.body().as_ref(), [0, 255], "{gateway:?}");
        assert_eq!(read.headers()["x-forwarded-proto"], "https", "{gateway:?}");
        assert!(
            read.uri().path().ends_with("/a/b"),
            "{gateway:?}: {}",
            read.uri()
        );
        assert_eq!(read.uri().query(), Some("c=%C3%BC&c=2"), "{gateway:?}");
    }
}

#[test]
fn lambda_http_changes_what_the_contract_depends_on() {
    // Of a header's values only the last is left.
    let rest = read(Gateway::RestApi, "/a/b");
    let values: Vec<_> = rest.headers().get_all("accept").iter().collect();
    assert_eq!(values, ["b"]);
    // A path that was decoded on the way is taken for one that was not: what was a `#` in it ends it.
    let http = read(Gateway::HttpApi, "/a/b%23c");
    assert_eq!(http.uri().path(), "/prod/a/b");
}

/// By `AWS_LAMBDA_HTTP_IGNORE_STAGE_IN_PATH` in a function behind a REST API, and by the stage `$default` behind an HTTP API.
#[test]
fn lambda_http_has_the_stage_in_the_path_where_nobody_configures_it_away() {
    assert_eq!(read(Gateway::RestApi, "/a/b").uri().path(), "/prod/a/b");
    assert_eq!(read(Gateway::HttpApi, "/a/b").uri().path(), "/prod/a/b");
    assert_eq!(read(Gateway::FunctionUrl, "/a/b").uri().path(), "/a/b");
}

/// What `docs/upstream/lambda-http-multi-value-headers.md` reports.
#[tokio::test]
async fn lambda_http_loses_headers_that_have_several_values() {
    let answered = async |gateway: Gateway| {
        let service = service_fn(|request: lambda_http::Request| async move {
            let seen = request.headers().get_all("accept").iter().count();
            let response = Response::builder()
                .header("vary", "origin")
                .header("vary", "accept");
            response.body(seen.to_string())
        });
        let event = gateway.event(&request("/a/b"), "/a/{b}");
        let event: LambdaRequest = serde_json::from_value(event).expect("an event");
        let context = lambda_http::Context::default();
        let mut adapter = Adapter::from(service);
        let answer = adapter.call(LambdaEvent::new(event, context)).await;
        serde_json::to_value(answer.expect("an answer")).expect("JSON")
    };
    // A REST API sends two values, and the function sees the last. What it answers is complete.
    let rest = answered(Gateway::RestApi).await;
    assert_eq!(rest["body"], "1");
    assert_eq!(
        rest["multiValueHeaders"]["vary"],
        json!(["origin", "accept"])
    );
    // An HTTP API has made one of them. Of what the function answers, the first is left.
    let http = answered(Gateway::HttpApi).await;
    assert_eq!(http["body"], "1");
    assert_eq!(http["headers"]["vary"], "origin");
}

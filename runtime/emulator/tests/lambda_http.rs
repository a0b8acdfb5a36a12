//! The events here are read by the types that AWS publishes for Rust; and what `lambda_http` makes of them, which is why the shell
//! reads them itself (`docs/decisions/0003-the-lambda-shell.md`). Should one of these fail, the decision can be looked at anew.

use bytes::Bytes;
use civicforge_lambda_emulator::Gateway;
use http::Request;
use lambda_http::request::from_str;

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
    // The stage is in the path.
    let rest = read(Gateway::RestApi, "/a/b");
    assert_eq!(rest.uri().path(), "/prod/a/b");
    // Of a header's values only the last is left.
    let values: Vec<_> = rest.headers().get_all("accept").iter().collect();
    assert_eq!(values, ["b"]);
    // A path that was decoded on the way is taken for one that was not: what was a `#` in it ends it.
    let http = read(Gateway::HttpApi, "/a/b%23c");
    assert_eq!(http.uri().path(), "/prod/a/b");
}

//! Calling a service in-process.

use bytes::Bytes;
use civicforge_runtime::body::Body;
use civicforge_runtime::operation::Route;
use civicforge_runtime::service::Service;
use http::{Request, Response};
use serde_json::Value;

/// A service of these routes.
pub fn service(routes: Vec<Route>) -> Service {
    Service::builder()
        .routes(routes)
        .build()
        .expect("the routes can be told apart")
}

/// A request without a body.
pub fn get(uri: &str) -> Request<Body> {
    Request::get(uri)
        .body(Body::Complete(Bytes::new()))
        .expect("the request is valid")
}

/// A POST with a body of this media type.
pub fn post(uri: &str, media_type: &str, body: &str) -> Request<Body> {
    Request::post(uri)
        .header("content-type", media_type)
        .body(Body::Complete(Bytes::from(body.to_owned())))
        .expect("the request is valid")
}

/// The body as JSON.
pub fn json(response: &Response<Bytes>) -> Value {
    serde_json::from_slice(response.body()).expect("the body is JSON")
}

/// Each violation as "part name pointer rule".
pub fn violations(response: &Response<Bytes>) -> Vec<String> {
    let problem = json(response);
    let list = problem["violations"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    list.iter()
        .map(|violation| {
            ["in", "name", "pointer", "rule"]
                .iter()
                .filter_map(|member| violation[member].as_str())
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

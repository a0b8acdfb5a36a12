//! Methods: HEAD, OPTIONS, and those that a path does not have.

use std::collections::{BTreeMap, BTreeSet};

use http::Method;

use crate::contract::CONTRACT;
use crate::harness::Suite;
use crate::sample;
use crate::transport::Transport;

pub fn cases(suite: &mut Suite) {
    suite.each("methods::head_is_get_without_a_body", head);
    suite.each("methods::options_says_what_a_path_has", options);
    suite.each("methods::a_path_says_what_it_has_instead", not_allowed);
    suite.each("methods::paths_that_do_not_exist", unknown_paths);
}

/// What each path template allows.
fn allowed() -> BTreeMap<String, BTreeSet<String>> {
    let mut allowed: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for operation in &CONTRACT.operations {
        let methods = allowed.entry(operation.template.clone()).or_default();
        methods.insert(operation.method.to_string());
        methods.insert("OPTIONS".to_owned());
        if operation.method == Method::GET {
            methods.insert("HEAD".to_owned());
        }
    }
    allowed
}

fn filled(template: &str) -> String {
    template
        .replace("{questId}", "019cadd4-5620-7ac1-a1c7-143cb2199eb4")
        .replace("{userId}", "019cadd4-5620-7ac1-a1c7-143cb2199eb4")
}

fn methods_in(header: Option<&str>) -> BTreeSet<String> {
    let header = header.expect("Allow");
    header.split(", ").map(str::to_owned).collect()
}

async fn head(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    for operation in CONTRACT
        .operations
        .iter()
        .filter(|op| op.method == Method::GET)
    {
        let path = sample::path(operation);
        let get = host.get(&path).member(&ada).send().await;
        let head = host.call(Method::HEAD, &path).member(&ada).send().await;
        assert_eq!((head.status, head.body.len()), (get.status, 0), "{path}");
        for name in ["content-type", "etag", "cache-control"] {
            assert_eq!(
                head.headers.get(name),
                get.headers.get(name),
                "{path} {name}"
            );
        }
        // Problems have the request's id in them, and all ids are of one length.
        let length = get.body.len().to_string();
        assert_eq!(
            head.header("content-length"),
            Some(length.as_str()),
            "{path}"
        );
        let stranger = host.call(Method::HEAD, &path).send().await;
        assert_eq!(stranger.status == 401, operation.secured, "{path}");
    }
}

async fn options(transport: Transport) {
    let host = transport.host().await;
    for (template, methods) in allowed() {
        let reply = host.call(Method::OPTIONS, filled(&template)).send().await;
        assert_eq!((reply.status, reply.body.len()), (204, 0), "{template}");
        assert_eq!(methods_in(reply.header("allow")), methods, "{template}");
        assert_eq!(reply.header("access-control-allow-origin"), None);
    }
}

async fn not_allowed(transport: Transport) {
    let host = transport.host().await;
    for (template, methods) in allowed() {
        for name in [
            "GET", "POST", "PUT", "PATCH", "DELETE", "QUERY", "TRACE", "PROPFIND", "LOCK",
        ] {
            if methods.contains(name) {
                continue;
            }
            let method = Method::from_bytes(name.as_bytes()).expect("a method");
            let reply = host.call(method, filled(&template)).send().await;
            let expected = (405, "method_not_allowed".to_owned());
            assert_eq!(reply.problem(), expected, "{name} {template}: {reply:?}");
            assert_eq!(
                methods_in(reply.header("allow")),
                methods,
                "{name} {template}"
            );
        }
    }
}

async fn unknown_paths(transport: Transport) {
    let host = transport.host().await;
    for path in [
        "/",
        "/healthy",
        "/health/",
        "/HEALTH",
        "//health",
        "/api/v1",
        "/api/v1/quests/",
        "/api/v2/quests",
        "/api/v1/users/me/quests/1",
        "/api/v1/users/me/",
    ] {
        for method in [Method::GET, Method::POST, Method::OPTIONS, Method::HEAD] {
            let reply = host.call(method.clone(), path).send().await;
            assert_eq!(reply.status, 404, "{method} {path}: {reply:?}");
        }
    }
}

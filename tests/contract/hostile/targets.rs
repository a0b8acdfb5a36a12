//! Request targets: paths and queries that mean something else than they seem to, or nothing at all.

use super::{Target, only};
use crate::world::violates;

pub async fn paths() {
    let target = Target::new().await;
    let quest = "/api/v1/quests/";
    let id = "019cadd4-5620-7ac1-a1c7-143cb2199eb4";
    for segment in [
        "%2e%2e",
        "%2E",
        "%00",
        "a%00b",
        "+",
        "%2B",
        "a%2Fb",
        "%2F",
        "..%2f..%2fetc%2fpasswd",
        "%5c..%5c",
        "%0d%0aSet-Cookie:x",
        "{questId}",
        "*",
        "%25%32%65",
        "%C3%A9",
        "me",
        "0",
    ] {
        let reply = target
            .dispatched("GET", &format!("{quest}{segment}"), "")
            .await;
        violates(&reply, "path", "questId");
        assert!(!reply.headers.contains_key("set-cookie"));
    }
    let long = "a".repeat(8000);
    violates(
        &target
            .dispatched("GET", &format!("{quest}{long}"), "")
            .await,
        "path",
        "questId",
    );
    // An id is the same however it is escaped, and in any case.
    for same in [
        id.replace('-', "%2D"),
        id.to_uppercase(),
        format!("%30{}", &id[1..]),
    ] {
        let reply = target
            .dispatched("GET", &format!("{quest}{same}"), "")
            .await;
        assert_eq!(reply.status, 404, "{same}: {reply:?}");
    }
    for path in [
        "/api/v1/%2e%2e/%2E%2E/etc/passwd",
        "/health%2Fready",
        "/%68ealth/x",
        "/health/;x=1",
        "/api%2Fv1%2Fquests",
        "//",
    ] {
        let reply = target.dispatched("GET", path, "").await;
        assert_eq!(
            reply.problem(),
            (404, "not_found".to_owned()),
            "{path}: {reply:?}"
        );
    }
    // Targets that are no paths.
    for (method, other) in [("OPTIONS", "*"), ("CONNECT", "localhost:80")] {
        let reply = target.dispatched(method, other, "").await;
        assert_eq!(reply.status, 404, "{method} {other}: {reply:?}");
    }
    target.goes_on().await;
}

pub async fn queries() {
    let target = Target::new().await;
    let quests = "/api/v1/quests";
    for (query, name) in [
        ("limit=1&limit=2", "limit"),
        ("limit=1&limit=1", "limit"),
        ("limit=", "limit"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=1.5", "limit"),
        ("limit=+1", "limit"),
        ("limit=99999999999999999999", "limit"),
        ("limit=NaN", "limit"),
        ("status=OPEN&status=OPEN", "status"),
        ("status=open", "status"),
        ("search=", "search"),
        ("search=%ff%fe", "search"),
        ("search=%ed%a0%80", "search"),
        ("search=%zz", "search"),
        ("search=%", "search"),
        ("pageToken=", "pageToken"),
        ("pageToken=a&pageToken=b", "pageToken"),
    ] {
        violates(
            &target
                .dispatched("GET", &format!("{quests}?{query}"), "")
                .await,
            "query",
            name,
        );
    }
    for query in [
        "search=a+b%2Bc",
        "search=%F0%9F%AA%91",
        "",
        "&&",
        "limit=1&",
    ] {
        let reply = target
            .dispatched("GET", &format!("{quests}?{query}"), "")
            .await;
        assert_eq!(reply.status, 200, "{query}: {reply:?}");
    }
    target.goes_on().await;
}

/// docs/decisions/0002: dot segments, escapes that are not UTF-8, methods that IANA does not know.
pub async fn dropshots_own() {
    let target = Target::new().await;
    for (method, path, status) in [
        ("GET", "/api/v1/../../health", 400),
        ("GET", "/./health", 400),
        ("GET", "/api/v1/quests/..", 400),
        ("GET", "/api/v1/quests/%ff", 400),
        ("GET", "/api/v1/quests/%c0%ae%c0%ae", 400),
        ("BREW", "/health", 405),
        ("GETS", "/health", 405),
    ] {
        let reply = only(target.raw(target.lines(method, path, "")).await, path);
        assert_eq!(reply.status, status, "{method} {path}: {reply:?}");
        assert!(reply.headers.contains_key("x-request-id"));
    }
    target.goes_on().await;
}

//! Calls from web pages (the CORS protocol of the Fetch standard).

use std::time::Duration;

use civicforge_runtime::cors::Cors;
use civicforge_testing::{Reply, TestApp};
use http::Method;

use crate::harness::Suite;
use crate::transport::{Host, Transport};
use crate::world::{ME, QUESTS};

const OURS: &str = "https://app.example.org";

pub fn cases(suite: &mut Suite) {
    suite.each("cross_origin::preflights", preflights);
    suite.each("cross_origin::answers", answers);
    suite.each("cross_origin::anybody", anybody);
}

async fn host(transport: Transport, origin: &str) -> Host {
    let cors = Cors::new([origin]).max_age(Duration::from_secs(600));
    transport.of(TestApp::setup().cors(cors).start().await)
}

async fn preflight(host: &Host, origin: &str) -> Reply {
    let call = host.call(Method::OPTIONS, QUESTS).header("origin", origin);
    let call = call.header("access-control-request-method", "POST");
    call.header(
        "access-control-request-headers",
        "authorization, idempotency-key",
    )
    .send()
    .await
}

async fn preflights(transport: Transport) {
    let host = host(transport, OURS).await;
    let reply = preflight(&host, OURS).await;
    assert_eq!(reply.status, 204);
    assert_eq!(reply.header("access-control-allow-origin"), Some(OURS));
    assert_eq!(reply.header("access-control-max-age"), Some("600"));
    assert_eq!(reply.header("vary"), Some("origin"));
    let methods = reply
        .header("access-control-allow-methods")
        .expect("methods");
    assert!(methods.contains("POST") && methods.contains("GET") && !methods.contains("PATCH"));
    let headers = reply
        .header("access-control-allow-headers")
        .expect("headers")
        .to_owned();
    for name in [
        "authorization",
        "content-type",
        "idempotency-key",
        "if-match",
        "if-none-match",
    ] {
        assert!(
            headers.split(", ").any(|header| header == name),
            "{name}: {headers}"
        );
    }
    // Tokens are in headers, so cookies need not be sent.
    assert_eq!(reply.header("access-control-allow-credentials"), None);

    for foreign in [
        "https://evil.example",
        "https://app.example.org.evil.example",
        "null",
        "http://app.example.org",
    ] {
        let reply = preflight(&host, foreign).await;
        assert_eq!(reply.status, 204);
        for name in ["origin", "methods", "headers"] {
            assert_eq!(
                reply.header(&format!("access-control-allow-{name}")),
                None,
                "{foreign}"
            );
        }
    }
}

/// Also errors must be readable, or a page cannot tell why its call failed.
async fn answers(transport: Transport) {
    let host = host(transport, OURS).await;
    for (path, status) in [
        ("/health", 200),
        (ME, 401),
        ("/nothing", 404),
        (QUESTS, 401),
    ] {
        let reply = host.get(path).header("origin", OURS).send().await;
        assert_eq!(reply.status, status);
        assert_eq!(
            reply.header("access-control-allow-origin"),
            Some(OURS),
            "{path}"
        );
        let exposed = reply
            .header("access-control-expose-headers")
            .expect("headers");
        for name in [
            "etag",
            "location",
            "idempotency-replayed",
            "retry-after",
            "x-request-id",
        ] {
            assert!(
                exposed.split(", ").any(|header| header == name),
                "{name}: {exposed}"
            );
        }
        let reply = host
            .get(path)
            .header("origin", "https://evil.example")
            .send()
            .await;
        assert_eq!(reply.status, status);
        assert_eq!(reply.header("access-control-allow-origin"), None, "{path}");
    }
    let reply = host
        .call(Method::PATCH, ME)
        .header("origin", OURS)
        .send()
        .await;
    assert_eq!(reply.status, 405);
    assert_eq!(reply.header("access-control-allow-origin"), Some(OURS));
}

async fn anybody(transport: Transport) {
    let host = host(transport, "*").await;
    assert_eq!(
        preflight(&host, "https://any.example")
            .await
            .header("access-control-allow-origin"),
        Some("*")
    );
}

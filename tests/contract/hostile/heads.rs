//! Headers that are there twice, too large or too many; and many requests at once.

use super::{Target, only, refused};
use crate::world::violates;

pub async fn headers() {
    let target = Target::new().await;
    let quests = "/api/v1/quests";
    let body = r#"{"title": "Chairs to the garden", "description": "Carry them from the cellar."}"#;
    let post = |lines: &str| {
        let head = format!("{lines}Content-Length: {}\r\n", body.len());
        format!("{}{body}", target.lines("POST", quests, &head))
    };
    let json = "Content-Type: application/json\r\n";
    for lines in [
        format!("{json}{json}"),
        format!("{json}Content-Type: text/plain\r\n"),
        String::new(),
    ] {
        assert_eq!(only(target.raw(post(&lines)).await, &lines).status, 415);
    }
    for key in [
        "Idempotency-Key: a\r\nIdempotency-Key: b\r\n",
        "Idempotency-Key: \r\n",
        "Idempotency-Key: a b\r\n",
        "Idempotency-Key: \u{e9}\r\n",
    ] {
        let reply = only(target.raw(post(&format!("{json}{key}"))).await, key);
        violates(&reply, "header", "Idempotency-Key");
    }
    let twice = format!("Authorization: Bearer {}\r\n", target.ada.access_token);
    assert_eq!(target.dispatched("GET", quests, &twice).await.status, 401);
    let ours = target
        .dispatched("GET", quests, "X-Request-Id: mine\r\n")
        .await;
    assert_ne!(ours.header("x-request-id"), Some("mine"));
    // HTTP/1.0, an absolute target and no Host are old, and not wrong.
    for request in [
        "GET /health HTTP/1.0\r\n\r\n",
        "GET http://localhost/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ] {
        assert_eq!(only(target.raw(request).await, request).status, 200);
    }
    target.goes_on().await;
}

pub async fn large_heads() {
    let target = Target::new().await;
    let many: String = (0..500).map(|n| format!("X-{n}: a\r\n")).collect();
    for (what, bytes) in [
        (
            "a header of two megabytes",
            target.lines(
                "GET",
                "/health",
                &format!("X-Large: {}\r\n", "a".repeat(2 << 20)),
            ),
        ),
        (
            "five hundred headers",
            target.lines("GET", "/health", &many),
        ),
        (
            "a name of a megabyte",
            target.lines("GET", "/health", &format!("{}: a\r\n", "a".repeat(1 << 20))),
        ),
        (
            "a target of a megabyte",
            target.lines("GET", &format!("/{}", "a".repeat(1 << 20)), ""),
        ),
    ] {
        refused(&target.raw(bytes).await, what);
    }
    target.goes_on().await;
}

pub async fn many() {
    let target = Target::new().await;
    let pipelined = format!(
        "{}{}",
        "GET /health HTTP/1.1\r\nHost: a\r\n\r\n".repeat(50),
        target.lines("GET", "/health", "")
    );
    let outcome = target.raw(pipelined).await;
    assert_eq!(outcome.replies.len(), 51);
    assert!(outcome.replies.iter().all(|reply| reply.status == 200));
    let hostile = target.lines("POST", "/api/v1/quests", "Content-Length: x\r\n");
    let attacks = futures::future::join_all((0..100).map(|_| target.raw(&hostile)));
    let (attacks, ()) = tokio::join!(attacks, target.goes_on());
    attacks
        .iter()
        .for_each(|outcome| refused(outcome, "one of many"));
    target.goes_on().await;
}

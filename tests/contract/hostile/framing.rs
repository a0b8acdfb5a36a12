//! Where a request ends, and what is no request at all.

use super::{Target, only, refused};
use crate::wire;
use crate::world::violates;

pub async fn no_http() {
    let target = Target::new().await;
    for (what, bytes) in [
        ("HTTP/0.9", &b"GET /health\r\n\r\n"[..]),
        ("HTTP/9", b"GET /health HTTP/9.9\r\n\r\n"),
        ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        (
            "a TLS hello",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        ),
        ("zeros", &[0; 64]),
        ("a sentence", b"hello, is anybody there?\r\n\r\n"),
        (
            "a null byte in the target",
            b"GET /hea\0lth HTTP/1.1\r\nHost: a\r\n\r\n",
        ),
        (
            "a space in the target",
            b"GET /hea lth HTTP/1.1\r\nHost: a\r\n\r\n",
        ),
        (
            "raw bytes in the target",
            b"GET /api/v1/quests/\xff HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        ),
        (
            "a method with a bracket",
            b"G(ET /health HTTP/1.1\r\nHost: a\r\n\r\n",
        ),
        (
            "a header without a name",
            b"GET /health HTTP/1.1\r\n: a\r\n\r\n",
        ),
        (
            "a header with a space in its name",
            b"GET /health HTTP/1.1\r\nHo st: a\r\n\r\n",
        ),
        (
            "a header with a null byte",
            b"GET /health HTTP/1.1\r\nHost: a\0b\r\n\r\n",
        ),
        (
            "a folded header",
            b"GET /health HTTP/1.1\r\nHost: a\r\n b\r\n\r\n",
        ),
    ] {
        refused(&wire::send(target.host.address(), bytes, true).await, what);
    }
    target.goes_on().await;
}

pub async fn framing() {
    let target = Target::new().await;
    let body = r#"{"title": "Chairs to the garden", "description": "Carry them from the cellar."}"#;
    let json = "Content-Type: application/json\r\n";
    let post = |lines: &str, body: &str| {
        format!(
            "{}{body}",
            target.lines("POST", "/api/v1/quests", &format!("{json}{lines}"))
        )
    };
    let length = body.len();
    for (what, bytes) in [
        (
            "a length that is no number",
            post("Content-Length: abc\r\n", body),
        ),
        ("a negative length", post("Content-Length: -1\r\n", body)),
        (
            "a length beyond every width",
            post("Content-Length: 99999999999999999999999\r\n", body),
        ),
        (
            "a length in a list",
            post(&format!("Content-Length: {length}, 1\r\n"), body),
        ),
        (
            "two lengths",
            post(
                &format!("Content-Length: {length}\r\nContent-Length: 1\r\n"),
                body,
            ),
        ),
        (
            "an unknown coding",
            post("Transfer-Encoding: gzip\r\n", body),
        ),
        (
            "chunked, and then something",
            post("Transfer-Encoding: chunked, gzip\r\n", body),
        ),
        (
            "chunks that are none",
            post("Transfer-Encoding: chunked\r\n", "zz\r\nhello\r\n0\r\n\r\n"),
        ),
        (
            "a chunk shorter than it says",
            post(
                "Transfer-Encoding: chunked\r\n",
                "5\r\nhello world\r\n0\r\n\r\n",
            ),
        ),
        (
            "a chunk longer than anything",
            post(
                "Transfer-Encoding: chunked\r\n",
                "ffffffffffffffffff\r\n{}\r\n",
            ),
        ),
        (
            "a negative chunk",
            post("Transfer-Encoding: chunked\r\n", "-1\r\n{}\r\n"),
        ),
        (
            "a length that is too long",
            post(&format!("Content-Length: {}\r\n", length + 9), body),
        ),
        (
            "a length that is too short",
            post("Content-Length: 9\r\n", body),
        ),
        (
            "chunks that end early",
            post("Transfer-Encoding: chunked\r\n", "5\r\n{\"tit\r\n"),
        ),
    ] {
        refused(
            &wire::send(target.host.address(), bytes.as_bytes(), true).await,
            what,
        );
    }
    // Refused from the length alone: not a byte of it is sent.
    let lines = format!("{json}Content-Length: 4000000000\r\n");
    let large = target.dispatched("POST", "/api/v1/quests", &lines).await;
    assert_eq!(large.problem(), (413, "payload_too_large".to_owned()));
    // And while it is read, where the length is not known before.
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    let bytes = post("Transfer-Encoding: chunked\r\n", &chunk.repeat(17));
    assert_eq!(only(target.raw(bytes).await, "many chunks").status, 413);
    for lines in [
        "Content-Length: 2\r\n\r\n{}",
        "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n",
    ] {
        let (head, rest) = lines.split_once("\r\n\r\n").expect("two parts");
        let bytes = format!(
            "{}{rest}\r\n",
            target.lines("GET", "/health", &format!("{head}\r\n"))
        );
        violates(&only(target.raw(bytes).await, "a body on GET"), "body", "");
    }
    // Smuggling: with both, the length must not decide where the next request begins.
    let inner = "GET /api/v1/users/me HTTP/1.1\r\nHost: a\r\n\r\n";
    let lines = format!(
        "Content-Length: {}\r\nTransfer-Encoding: chunked\r\n",
        5 + inner.len()
    );
    let outcome = target.raw(post(&lines, &format!("0\r\n\r\n{inner}"))).await;
    assert!(
        outcome.replies.len() <= 1,
        "the inner request was answered: {outcome:?}"
    );
    refused(&outcome, "two framings");
    let account = crate::world::account(&target.host, &target.ada).await;
    assert_eq!(account["questCreationPoints"], 10, "something was posted");
    target.goes_on().await;
}

pub async fn unfinished() {
    let target = Target::new().await;
    let whole = target.lines(
        "POST",
        "/api/v1/quests",
        "Content-Type: application/json\r\nContent-Length: 2\r\n",
    );
    // Cut off everywhere: the server must neither answer with a success nor hold on to the connection.
    for cut in (1..whole.len()).step_by(whole.len() / 12) {
        let outcome = wire::send(target.host.address(), &whole.as_bytes()[..cut], true).await;
        refused(&outcome, &format!("cut off after {cut} bytes"));
    }
    // Or not even cut off: callers that went away without a word.
    let mut silent = Vec::new();
    for _ in 0..50 {
        let stream = tokio::net::TcpStream::connect(target.host.address())
            .await
            .expect("a connection");
        stream.try_write(b"GET /health HTT").expect("a few bytes");
        silent.push(stream);
    }
    target.goes_on().await;
}

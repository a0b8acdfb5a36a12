//! Credentials that sign the body, refusals without a challenge, and bodies as they were received.

use std::borrow::Cow;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll};

use bytes::Bytes;
use civicforge_codegen_golden::webhooks::default::*;
use civicforge_codegen_golden::webhooks::routes;
use civicforge_codegen_golden::webhooks::security::{Authenticate, SignatureOrBearer};
use civicforge_runtime::body::Body;
use civicforge_runtime::context::{Context, Principal};
use civicforge_runtime::credentials::{AuthenticationError, Basic};
use civicforge_runtime::limits::Limits;
use civicforge_runtime::service::Service;
use civicforge_runtime::status::{Forbidden, ServiceUnavailable, Unauthorized};
use futures::stream;
use http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::StreamBody;

use crate::support::{json, violations};

/// What senders sign with: a checksum (FNV-1a), which is no secret but differs where any byte does.
fn sign(body: &[u8]) -> String {
    let hash = body.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

struct Receiver;

#[derive(Debug)]
struct Sender;

impl Principal for Sender {
    fn id(&self) -> Cow<'_, str> {
        "sender".into()
    }
}

fn check(credential: &str, body: &[u8]) -> Result<Sender, AuthenticationError> {
    match credential {
        "challenging" => Err(AuthenticationError::Unauthorized(
            Unauthorized::default().challenge("Custom").retry_after(7),
        )),
        "scopeless" => Err(AuthenticationError::InsufficientScope(Forbidden::default())),
        "unavailable" => Err(AuthenticationError::Unavailable(
            ServiceUnavailable::default(),
        )),
        "panicking" => panic!("as it was told"),
        credential if credential == sign(body) => Ok(Sender),
        _ => Err(AuthenticationError::invalid("It does not sign the body.")),
    }
}

impl Authenticate for Receiver {
    type Bearer = Sender;
    type Challenged = Sender;
    type Password = Sender;
    type Signature = Sender;

    async fn bearer(
        &self,
        _: &Context,
        credential: &str,
        _: &[&str],
    ) -> Result<Sender, AuthenticationError> {
        match credential {
            "good" => Ok(Sender),
            _ => Err(AuthenticationError::invalid("It is not good.")),
        }
    }

    async fn challenged(
        &self,
        _: &Context,
        credential: &str,
        body: &[u8],
        _: &[&str],
    ) -> Result<Sender, AuthenticationError> {
        check(credential, body)
    }

    async fn password(
        &self,
        _: &Context,
        credential: &Basic,
        _: &[&str],
    ) -> Result<Sender, AuthenticationError> {
        match credential.password.expose() {
            "good" => Ok(Sender),
            other => check(other, b"nothing is signed by a password"),
        }
    }

    async fn signature(
        &self,
        _: &Context,
        credential: &str,
        body: &[u8],
        _: &[&str],
    ) -> Result<Sender, AuthenticationError> {
        check(credential, body)
    }
}

impl DefaultApi for Receiver {
    async fn receive(
        &self,
        context: &Context,
        Sender: Sender,
        request: ReceiveRequest,
    ) -> Result<ReceiveResponse, ReceiveError> {
        let ReceiveRequest { body } = request;
        assert_eq!(body, context.body());
        Ok(ReceiveResponse {})
    }

    async fn receive_several(
        &self,
        _: &Context,
        Sender: Sender,
        request: ReceiveSeveralRequest,
    ) -> Result<ReceiveSeveralResponse, ReceiveSeveralError> {
        let (prefix, received) = match request.body {
            Some(ReceiveSeveralBody::Json(body)) => ("json ", body),
            Some(ReceiveSeveralBody::Form(body)) => ("form ", body),
            Some(ReceiveSeveralBody::Multipart(body)) => ("parts ", body),
            Some(ReceiveSeveralBody::Text(body)) => ("text ", body),
            None => ("nothing", Bytes::new()),
        };
        Ok(ReceiveSeveralResponse {
            body: [prefix.as_bytes(), &received].concat().into(),
        })
    }

    async fn note(
        &self,
        _: &Context,
        Sender: Sender,
        _: NoteRequest,
    ) -> Result<NoteResponse, NoteError> {
        let status = StatusCode::ACCEPTED;
        Ok(NoteResponse { status })
    }

    async fn either(
        &self,
        _: &Context,
        principal: SignatureOrBearer<Self>,
        _: EitherRequest,
    ) -> Result<EitherResponse, EitherError> {
        let status = match principal {
            SignatureOrBearer::Signature(Sender) => StatusCode::ACCEPTED,
            SignatureOrBearer::Bearer(Sender) => StatusCode::NO_CONTENT,
        };
        Ok(EitherResponse { status })
    }

    async fn both(
        &self,
        _: &Context,
        (Sender, Sender): (Sender, Sender),
        _: BothRequest,
    ) -> Result<BothResponse, BothError> {
        let status = StatusCode::ACCEPTED;
        Ok(BothResponse { status })
    }

    async fn optional(
        &self,
        _: &Context,
        principal: Option<Sender>,
        _: OptionalRequest,
    ) -> Result<OptionalResponse, OptionalError> {
        let status = match principal {
            Some(Sender) => StatusCode::ACCEPTED,
            None => StatusCode::NO_CONTENT,
        };
        Ok(OptionalResponse { status })
    }
}

fn service(limits: Limits) -> Service {
    let builder = Service::builder().routes(routes(&Arc::new(Receiver)));
    builder.limits(limits).build().expect("different routes")
}

fn request(uri: &str, headers: &[(&'static str, &[u8])], body: Body) -> Request<Body> {
    let mut request = Request::post(uri).body(body).unwrap();
    for (name, value) in headers {
        let value = HeaderValue::from_bytes(value).unwrap();
        request.headers_mut().append(*name, value);
    }
    request
}

async fn call(uri: &str, headers: &[(&'static str, &[u8])], body: &[u8]) -> Response<Bytes> {
    let body = Body::Complete(Bytes::copy_from_slice(body));
    service(Limits::default())
        .call(request(uri, headers, body))
        .await
}

const JSON: (&str, &[u8]) = ("content-type", b"application/json");
const GOOD_PASSWORD: (&str, &[u8]) = ("authorization", b"Basic dTpnb29k");

/// Bodies of which the framework would refuse most, if it looked at them.
const ODD: [&[u8]; 6] = [
    b" {\"b\": 1,\r\n\"a\": 12345678901234567890.0, \"a\": 2}",
    b"{",
    b"\xff\xfe\x00",
    b"a=%zz&a",
    b"null",
    &[b'['; 4096],
];

#[tokio::test]
async fn a_signature_is_of_the_bytes_that_were_received() {
    let service = service(Limits::default());
    for body in ODD {
        let signature = sign(body);
        let signed = [JSON, ("x-signature", signature.as_bytes())];
        assert_eq!(call("/webhook", &signed, body).await.status(), 202);
        // In pieces, as from a socket.
        let pieces: Vec<_> = body
            .chunks(3)
            .map(|piece| Ok::<_, Infallible>(http_body::Frame::data(Bytes::copy_from_slice(piece))))
            .collect();
        let pieces = Body::streaming(StreamBody::new(stream::iter(pieces)));
        let pieces = request("/webhook", &signed, pieces);
        assert_eq!(service.call(pieces).await.status(), 202);
        // One byte more.
        let longer = [body, b" "].concat();
        assert_eq!(call("/webhook", &signed, &longer).await.status(), 403);
    }
}

#[tokio::test]
async fn nothing_is_said_of_a_body_before_the_caller_is_known() {
    const MALFORMED: &[u8] = b"{\"text\": 1";
    type Headers<'a> = &'a [(&'static str, &'a [u8])];
    let cases: [(Headers<'_>, &[u8], u16); 7] = [
        (&[JSON], b"{\"text\": \"a\"}", 202),
        (&[JSON], MALFORMED, 400),
        (&[JSON], b"{}", 400),
        (&[JSON], b"", 400),
        (&[("content-type", b"text/plain")], MALFORMED, 415),
        (&[], MALFORMED, 415),
        (&[JSON, ("content-encoding", b"gzip")], MALFORMED, 415),
    ];
    for (headers, body, status) in cases {
        let signed = format!("/note?signature={}", sign(body));
        let response = call(&signed, headers, body).await;
        assert_eq!(response.status().as_u16(), status, "{headers:?}");
        for uri in ["/note", "/note?signature=wrong"] {
            let response = call(uri, headers, body).await;
            assert_eq!(response.status(), 401, "{uri} {headers:?}");
            let challenge = &response.headers()[WWW_AUTHENTICATE];
            assert_eq!(challenge, "ApiKey in=\"query\", name=\"signature\"");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_cannot_be_received_cannot_be_authenticated() {
    let limits = Limits {
        body_bytes: 8,
        ..Limits::default()
    };
    let service = service(limits);
    let signature = sign(b"123456789");
    for headers in [&[JSON][..], &[JSON, ("x-signature", signature.as_bytes())]] {
        let large = Body::Complete(Bytes::from_static(b"123456789"));
        let response = service.call(request("/webhook", headers, large)).await;
        assert_eq!(response.status(), 413);
        let stalled = Body::streaming(StreamBody::new(stream::pending::<
            Result<http_body::Frame<Bytes>, Infallible>,
        >()));
        let response = service.call(request("/webhook", headers, stalled)).await;
        assert_eq!(response.status(), 408);
    }
}

/// A body that nobody may read.
struct Unread;

impl http_body::Body for Unread {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut TaskContext<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
        panic!("it was read")
    }
}

#[tokio::test]
async fn a_credential_that_signs_nothing_is_checked_before_the_body_is_read() {
    let service = service(Limits::default());
    for headers in [&[JSON][..], &[JSON, ("authorization", b"Basic dTpiYWQ=")]] {
        let unread = request("/several", headers, Body::streaming(Unread));
        assert_eq!(service.call(unread).await.status(), 403);
    }
    // A type that is not declared needs no reading either.
    let html = [("content-type", &b"text/html"[..]), GOOD_PASSWORD];
    let unread = request("/several", &html, Body::streaming(Unread));
    assert_eq!(service.call(unread).await.status(), 415);
}

/// ClickUp suspends a webhook that answers 401 or 410 once.
#[tokio::test]
async fn no_request_is_challenged_where_the_scheme_refuses_with_403() {
    const OTHER: (&str, &[u8]) = ("authorization", b"Bearer good");
    type Headers<'a> = &'a [(&'static str, &'a [u8])];
    let good = sign(b"{}");
    let good = ("x-signature", good.as_bytes());
    let cases: [(&str, Headers<'_>, u16); 23] = [
        ("/webhook", &[], 403),
        ("/webhook", &[("x-signature", b"")], 403),
        ("/webhook", &[("x-signature", b"wrong")], 403),
        ("/webhook", &[("x-signature", b"\xff\xfe")], 403),
        ("/webhook", &[good, good], 403),
        ("/webhook", &[OTHER], 403),
        ("/webhook", &[("x-signature", b"challenging")], 403),
        ("/webhook", &[("x-signature", b"scopeless")], 403),
        ("/webhook", &[("x-signature", b"unavailable")], 503),
        ("/webhook", &[("x-signature", b"panicking")], 500),
        ("/webhook", &[good], 202),
        ("/several", &[], 403),
        ("/several", &[("authorization", b"Basic")], 403),
        ("/several", &[("authorization", b"Basic !")], 403),
        ("/several", &[("authorization", b"Basic dTpiYWQ=")], 403),
        ("/several", &[("authorization", b"\xff")], 403),
        ("/several", &[GOOD_PASSWORD, GOOD_PASSWORD], 403),
        ("/several", &[OTHER], 403),
        // The passwords `challenging` and `unavailable`.
        (
            "/several",
            &[("authorization", b"Basic dTpjaGFsbGVuZ2luZw==")],
            403,
        ),
        (
            "/several",
            &[("authorization", b"Basic dTp1bmF2YWlsYWJsZQ==")],
            503,
        ),
        ("/several", &[GOOD_PASSWORD], 200),
        ("/both", &[GOOD_PASSWORD], 403),
        ("/both", &[good], 403),
    ];
    for (uri, headers, status) in cases {
        let with_type = [&[JSON], headers].concat();
        let response = call(uri, &with_type, b"{}").await;
        assert_eq!(response.status().as_u16(), status, "{uri} {headers:?}");
        assert!(!response.headers().contains_key(WWW_AUTHENTICATE));
        if status == 403 {
            let problem = json(&response);
            assert_eq!(problem["code"], "forbidden", "{problem}");
            assert_eq!(problem["title"], "Forbidden", "{problem}");
            assert_eq!(problem["status"], 403, "{problem}");
        }
    }
    // What a refusal has beside its status stays.
    let response = call("/webhook", &[JSON, ("x-signature", b"challenging")], b"{}").await;
    assert_eq!(response.headers()["retry-after"], "7");
    let response = call("/webhook", &[JSON, ("x-signature", b"wrong")], b"{}").await;
    assert_eq!(json(&response)["detail"], "It does not sign the body.");
}

#[tokio::test]
async fn other_methods_are_refused_without_a_challenge() {
    for method in [Method::GET, Method::HEAD, Method::PUT, Method::DELETE] {
        let mut other = request("/webhook", &[], Body::Complete(Bytes::new()));
        *other.method_mut() = method;
        let response = service(Limits::default()).call(other).await;
        assert_eq!(response.status(), 405);
        assert!(!response.headers().contains_key(WWW_AUTHENTICATE));
    }
}

#[tokio::test]
async fn a_required_body_is_missing_once_the_caller_is_known() {
    let signature = sign(b"");
    let empty = [JSON, ("x-signature", signature.as_bytes())];
    let response = call("/webhook", &empty, b"").await;
    assert_eq!(violations(&response), ["body  required"]);
    assert_eq!(call("/webhook", &[JSON], b"").await.status(), 403);
}

#[tokio::test]
async fn alternatives_and_pairs_take_credentials_that_sign_the_body() {
    const BODY: &[u8] = b"{\"text\": \"a\"}";
    const BEARER: (&str, &[u8]) = ("authorization", b"Bearer good");
    const BAD_BEARER: (&str, &[u8]) = ("authorization", b"Bearer bad");
    const WRONG: (&str, &[u8]) = ("x-signature", b"wrong");
    let good = sign(BODY);
    let good = ("x-signature", good.as_bytes());
    type Headers<'a> = &'a [(&'static str, &'a [u8])];
    let cases: [(&str, Headers<'_>, u16); 13] = [
        ("/either", &[good], 202),
        ("/either", &[BEARER], 204),
        ("/either", &[WRONG, BEARER], 204),
        // Each scheme refuses with its own status, and whoever has no credential may show either.
        ("/either", &[WRONG], 403),
        ("/either", &[good, good], 403),
        ("/either", &[("x-signature", b"\xff")], 403),
        ("/either", &[BAD_BEARER], 401),
        ("/either", &[], 401),
        ("/both", &[GOOD_PASSWORD, good], 202),
        ("/both", &[GOOD_PASSWORD, WRONG], 403),
        ("/optional", &[good], 202),
        ("/optional", &[], 204),
        ("/optional", &[WRONG], 403),
    ];
    for (uri, headers, status) in cases {
        let with_type = [&[JSON], headers].concat();
        let response = call(uri, &with_type, BODY).await;
        assert_eq!(response.status().as_u16(), status, "{uri} {headers:?}");
        let challenges = response.headers().get_all(WWW_AUTHENTICATE).iter();
        let challenges: Vec<_> = challenges.collect();
        match status {
            401 => assert_eq!(challenges, ["Bearer"], "{uri} {headers:?}"),
            _ => assert_eq!(challenges, [""; 0], "{uri} {headers:?}"),
        }
    }
}

#[tokio::test]
async fn bytes_reach_the_handler_whatever_their_media_type() {
    for (content_type, prefix) in [
        ("application/json", "json "),
        ("Application/JSON; charset=UTF-8", "json "),
        ("application/x-www-form-urlencoded", "form "),
        ("multipart/form-data; boundary=x", "parts "),
        ("text/plain", "text "),
    ] {
        for body in ODD {
            let headers = [("content-type", content_type.as_bytes()), GOOD_PASSWORD];
            let response = call("/several", &headers, body).await;
            assert_eq!(response.status(), 200, "{content_type}");
            assert_eq!(response.headers()[CONTENT_TYPE], "application/json");
            assert_eq!(response.body(), &[prefix.as_bytes(), body].concat());
        }
    }
    for content_type in [
        "text/html",
        "application/xml",
        "multipart/mixed; boundary=x",
        "json",
    ] {
        let headers = [("content-type", content_type.as_bytes()), GOOD_PASSWORD];
        let response = call("/several", &headers, b"{}").await;
        assert_eq!(response.status(), 415, "{content_type}");
    }
    let response = call("/several", &[GOOD_PASSWORD], b"").await;
    assert_eq!(response.body(), "nothing");
}

/// What is compressed stays so: what was signed are the bytes that came, and nobody decodes them.
#[tokio::test]
async fn a_content_encoding_is_refused_once_the_caller_is_known() {
    let signature = sign(b"\x1f\x8b");
    let encoded = [
        JSON,
        ("content-encoding", &b"gzip"[..]),
        ("x-signature", signature.as_bytes()),
    ];
    assert_eq!(call("/webhook", &encoded, b"\x1f\x8b").await.status(), 415);
    assert_eq!(call("/webhook", &encoded, b"\x1f").await.status(), 403);
}

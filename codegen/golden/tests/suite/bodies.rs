//! Bodies of every kind, sent to a service.

use std::sync::{Arc, Mutex};

use civicforge_codegen_golden::bodies::default::*;
use civicforge_codegen_golden::bodies::routes;
use civicforge_codegen_golden::bodies::security::Authenticate;
use civicforge_codegen_golden::bodies::types::{Note, PostSeveralOkBodyJson};
use civicforge_runtime::body::Body;
use civicforge_runtime::context::Context;
use civicforge_runtime::service::Service;
use civicforge_runtime::typed::Typed;
use http::header::CONTENT_TYPE;
use http::{Request, StatusCode};

use crate::support::{get, json, post, service, violations};

#[derive(Default)]
struct Recorder(Mutex<String>);

impl Authenticate for Recorder {}

impl DefaultApi for Recorder {
    async fn post_json(
        &self,
        _: &Context,
        request: PostJsonRequest,
    ) -> Result<PostJsonResponse, PostJsonError> {
        Ok(PostJsonResponse {
            body: Note {
                text: request.body.text.to_uppercase(),
            },
        })
    }

    async fn post_optional(
        &self,
        _: &Context,
        request: PostOptionalRequest,
    ) -> Result<PostOptionalResponse, PostOptionalError> {
        *self.0.lock().unwrap() = format!("{:?}", request.body);
        Ok(PostOptionalResponse {
            status: StatusCode::NO_CONTENT,
        })
    }

    async fn post_several(
        &self,
        _: &Context,
        request: PostSeveralRequest,
    ) -> Result<PostSeveralResponse, PostSeveralError> {
        let body = match request.body {
            PostSeveralBody::Json(note) => PostSeveralOkBody::Json(PostSeveralOkBodyJson {
                text: Some(note.text),
            }),
            PostSeveralBody::TextMarkdown(text) => PostSeveralOkBody::Text(text),
            PostSeveralBody::Bytes(bytes) | PostSeveralBody::Xml(bytes) => {
                PostSeveralOkBody::AnyImage(Typed::new("image/png", bytes).unwrap())
            }
        };
        Ok(PostSeveralResponse { body })
    }

    async fn post_form(
        &self,
        _: &Context,
        request: PostFormRequest,
    ) -> Result<PostFormResponse, PostFormError> {
        *self.0.lock().unwrap() = format!("{:?}", request.body);
        Ok(PostFormResponse {
            status: StatusCode::NO_CONTENT,
        })
    }
}

fn recorder() -> (Arc<Recorder>, Service) {
    let recorder = Arc::<Recorder>::default();
    let service = service(routes(&recorder));
    (recorder, service)
}

#[tokio::test]
async fn json_bodies() {
    let (_, service) = recorder();
    let response = service
        .call(post(
            "/json",
            "application/json; charset=utf-8",
            r#"{"text":"a"}"#,
        ))
        .await;
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(
        response.headers()[CONTENT_TYPE],
        "application/vnd.note+json; charset=utf-8"
    );
    assert_eq!(json(&response)["text"], "A");
    for (media_type, body, status, expected) in [
        ("application/json", "", 400, vec!["body  required"]),
        ("application/json", "{", 400, vec!["body  syntax"]),
        (
            "application/json",
            r#"{"text":1,"text":"a"}"#,
            400,
            vec!["body /text duplicate", "body /text type"],
        ),
        ("application/json", "[]", 400, vec!["body  type"]),
        ("application/json", "{}", 400, vec!["body /text required"]),
        ("text/plain", r#"{"text":"a"}"#, 415, vec![]),
        (
            "application/json, text/plain",
            r#"{"text":"a"}"#,
            415,
            vec![],
        ),
    ] {
        let response = service.call(post("/json", media_type, body)).await;
        assert_eq!(response.status().as_u16(), status, "{media_type} {body}");
        let mut found = violations(&response);
        found.sort();
        assert_eq!(found, expected, "{media_type} {body}");
    }
    let mut without = post("/json", "application/json", "{}");
    without.headers_mut().remove(CONTENT_TYPE);
    assert_eq!(
        service.call(without).await.status(),
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
}

#[tokio::test]
async fn a_body_may_be_absent_where_the_contract_says_so() {
    let (recorder, service) = recorder();
    let request = Request::post("/optional")
        .body(Body::Complete(Default::default()))
        .unwrap();
    assert_eq!(service.call(request).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(*recorder.0.lock().unwrap(), "None");
    service
        .call(post("/optional", "application/json", "[1]"))
        .await;
    assert_eq!(*recorder.0.lock().unwrap(), "Some(Array [Number(1)])");
    let mut unexpected = get("/json");
    *unexpected.method_mut() = http::Method::DELETE;
    assert_eq!(
        service.call(unexpected).await.status(),
        StatusCode::METHOD_NOT_ALLOWED
    );
}

#[tokio::test]
async fn the_media_type_chooses() {
    let (_, service) = recorder();
    for (media_type, body, answered, expected) in [
        (
            "application/json",
            r#"{"text":"a"}"#,
            "application/json",
            r#"{"text":"a"}"#,
        ),
        ("text/markdown", "# é", "text/plain", "# é"),
        ("application/octet-stream", "\u{0}", "image/png", "\u{0}"),
        ("application/xml", "<a/>", "image/png", "<a/>"),
    ] {
        let response = service.call(post("/several", media_type, body)).await;
        assert_eq!(response.headers()[CONTENT_TYPE], answered);
        assert_eq!(response.body(), expected);
    }
    let mut broken = post("/several", "text/markdown", "");
    *broken.body_mut() = Body::Complete(bytes::Bytes::from_static(b"\xff"));
    assert_eq!(violations(&service.call(broken).await), ["body  syntax"]);
}

#[tokio::test]
async fn forms() {
    let (recorder, service) = recorder();
    let media_type = "application/x-www-form-urlencoded";
    let body = "name=a+b%2B&tags=x&tags=y&codes=1%7C2&address=%7B%22city%22%3A%22c%22%7D&a=z";
    let response = service.call(post("/form", media_type, body)).await;
    assert_eq!(
        response.status(),
        StatusCode::NO_CONTENT,
        "{:?}",
        response.body()
    );
    let form = recorder.0.lock().unwrap().clone();
    for part in [
        "name: \"a b+\"",
        "tags: Some([\"x\", \"y\"])",
        "codes: Some([1, 2])",
        "city: Some(\"c\")",
        "a: Some(\"z\")",
    ] {
        assert!(form.contains(part), "{part} is not in {form}");
    }
    let response = service.call(post("/form", media_type, "codes=1%7Cx")).await;
    assert_eq!(
        violations(&response),
        ["body /name required", "body /codes/1 type"]
    );
    // A field that cannot be split has no value to hold against rules.
    let response = service
        .call(post("/form", media_type, "codes=1%7Cx&name=a&name=b"))
        .await;
    assert_eq!(violations(&response), ["body /name duplicate"]);
}

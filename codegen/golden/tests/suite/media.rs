//! Which of the declared media types describes a body, and which responses have none.

use std::sync::Arc;

use civicforge_codegen_golden::content_of_204::default::DeleteItemResponse;
use civicforge_codegen_golden::specific_media_type::default::{
    AddNoteBody, AddNoteError, AddNoteRequest, AddNoteResponse, DefaultApi,
};
use civicforge_codegen_golden::specific_media_type::routes;
use civicforge_codegen_golden::specific_media_type::security::Authenticate;
use civicforge_codegen_golden::{media_type_versions, media_types, text_range};
use civicforge_runtime::context::Context;
use civicforge_runtime::response::RecordedResponse;
use civicforge_runtime::typed::Typed;
use http::StatusCode;
use http::header::CONTENT_TYPE;

use crate::support::{post, service, violations};

struct Notes;

impl Authenticate for Notes {}

impl DefaultApi for Notes {
    async fn add_note(
        &self,
        _: &Context,
        request: AddNoteRequest,
    ) -> Result<AddNoteResponse, AddNoteError> {
        let status = match request.body {
            AddNoteBody::Json(note) if note.text == "a" => StatusCode::CREATED,
            AddNoteBody::Json(_) => StatusCode::OK,
            AddNoteBody::Any(file) => {
                assert_eq!(file.media_type(), "image/png");
                StatusCode::ACCEPTED
            }
        };
        Ok(AddNoteResponse { status })
    }
}

#[tokio::test]
async fn the_most_specific_media_type_describes_a_body_wherever_it_stands() {
    let service = service(routes(&Arc::new(Notes)));
    let sent = |media_type, body| service.call(post("/notes", media_type, body));
    let note = sent("application/json", r#"{"text": "a"}"#).await;
    assert_eq!(note.status(), StatusCode::CREATED);
    let refused = sent("application/json", "{}").await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    assert_eq!(violations(&refused), ["body /text required"]);
    let picture = sent("image/png", "{}").await;
    assert_eq!(picture.status(), StatusCode::ACCEPTED);
}

#[test]
fn a_response_without_content_by_http_has_neither_a_body_nor_a_type() {
    let sent = RecordedResponse::of(DeleteItemResponse::NoContent).expect("a response");
    assert_eq!(sent.status, StatusCode::NO_CONTENT);
    assert!(sent.body.is_empty());
    assert!(sent.headers.iter().all(|(name, _)| *name != CONTENT_TYPE));
}

impl media_type_versions::security::Authenticate for Notes {}

impl media_type_versions::default::DefaultApi for Notes {
    async fn add_note(
        &self,
        _: &Context,
        request: media_type_versions::default::AddNoteRequest,
    ) -> Result<
        media_type_versions::default::AddNoteResponse,
        media_type_versions::default::AddNoteError,
    > {
        use media_type_versions::default::AddNoteBody;
        let status = match request.body {
            AddNoteBody::JsonV1(note) if note.text == "a" => StatusCode::CREATED,
            AddNoteBody::JsonV2(note) if note.lines == ["a"] => StatusCode::ACCEPTED,
            _ => StatusCode::OK,
        };
        Ok(media_type_versions::default::AddNoteResponse { status })
    }
}

/// `media-type-versions`.
#[tokio::test]
async fn parameters_tell_bodies_apart() {
    let service = service(media_type_versions::routes(&Arc::new(Notes)));
    for (media_type, body, status) in [
        (
            "application/json;v=1",
            r#"{"text":"a"}"#,
            StatusCode::CREATED,
        ),
        (
            "application/json;v=2",
            r#"{"lines":["a"]}"#,
            StatusCode::ACCEPTED,
        ),
        (
            "application/json; charset=utf-8; V=\"2\"",
            r#"{"lines":["a"]}"#,
            StatusCode::ACCEPTED,
        ),
        (
            "application/json;v=2",
            r#"{"text":"a"}"#,
            StatusCode::BAD_REQUEST,
        ),
        (
            "application/json",
            r#"{"text":"a"}"#,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        (
            "application/json;v=3",
            r#"{"text":"a"}"#,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
    ] {
        let response = service.call(post("/notes", media_type, body)).await;
        assert_eq!(response.status(), status, "{media_type} {body}");
    }
}

impl text_range::security::Authenticate for Notes {}

impl text_range::default::DefaultApi for Notes {
    async fn add_note(
        &self,
        _: &Context,
        request: text_range::default::AddNoteRequest,
    ) -> Result<text_range::default::AddNoteResponse, text_range::default::AddNoteError> {
        assert_eq!(request.body.media_type(), "text/csv");
        assert_eq!(request.body.content(), "ab");
        let status = StatusCode::CREATED;
        Ok(text_range::default::AddNoteResponse { status })
    }
}

/// `text-range`.
#[tokio::test]
async fn the_rules_of_a_range_of_texts_hold() {
    let service = service(text_range::routes(&Arc::new(Notes)));
    let sent = |media_type, body| service.call(post("/notes", media_type, body));
    assert_eq!(sent("text/csv", "ab").await.status(), StatusCode::CREATED);
    assert_eq!(
        violations(&sent("text/csv", "abc").await),
        ["body  maxLength"]
    );
    let json = sent("application/json", "ab").await;
    assert_eq!(json.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

impl media_types::security::Authenticate for Notes {}

impl media_types::default::DefaultApi for Notes {
    async fn post_thing(
        &self,
        _: &Context,
        request: media_types::default::PostThingRequest,
    ) -> Result<media_types::default::PostThingResponse, media_types::default::PostThingError> {
        use media_types::default::{PostThingBody as Sent, PostThingOkBody as Answer};
        let text = |text: &str| Typed::new("text/csv; header=absent", text.to_owned()).unwrap();
        let body = match request.body {
            Sent::Json(thing) => Answer::AnyText(text(&format!("json {}", thing.a))),
            Sent::JsonV2(other) => Answer::JsonV2(other),
            Sent::AnyApplicationJson(typed) => Answer::AnyApplicationJson(typed),
            Sent::Text(sent) => Answer::AnyText(text(&sent)),
            // What the range does not cover is this server's mistake.
            Sent::AnyImage(image) if image.content().is_empty() => Answer::AnyText(text("empty")),
            Sent::AnyImage(image) if image.content() == "wrong" => {
                Answer::AnyImage(Typed::new("video/mp4", image.into_content()).unwrap())
            }
            Sent::AnyImage(image) => Answer::AnyImage(image),
            Sent::LdJsonProfileHttpsAExampleBc(thing) => {
                Answer::AnyText(text(&format!("profile {}", thing.a)))
            }
        };
        Ok(media_types::default::PostThingResponse { body })
    }

    async fn post_anything(
        &self,
        _: &Context,
        request: media_types::default::PostAnythingRequest,
    ) -> Result<media_types::default::PostAnythingResponse, media_types::default::PostAnythingError>
    {
        Ok(media_types::default::PostAnythingResponse { body: request.body })
    }
}

#[tokio::test]
async fn bodies_come_and_go_as_what_they_are() {
    let service = service(media_types::routes(&Arc::new(Notes)));
    for (media_type, body, answered, expected) in [
        (
            "application/json",
            r#"{"a":1}"#,
            "text/csv; header=absent",
            "json 1",
        ),
        (
            "application/json;v=2",
            r#"{"b":2}"#,
            "application/json; v=2; charset=utf-8",
            r#"{"b":2}"#,
        ),
        (
            "application/vnd.x+json; y=1",
            r#"{"b":2}"#,
            "application/vnd.x+json; y=1",
            r#"{"b":2}"#,
        ),
        ("text/plain", "abc", "text/csv; header=absent", "abc"),
        ("image/png", "bytes", "image/png", "bytes"),
        (
            "application/ld+json; profile=\"https://a.example/b;c\"",
            r#"{"a":3}"#,
            "text/csv; header=absent",
            "profile 3",
        ),
    ] {
        let response = service.call(post("/things", media_type, body)).await;
        assert_eq!(response.status(), StatusCode::OK, "{media_type}");
        assert_eq!(response.headers()[CONTENT_TYPE], answered);
        assert_eq!(response.body(), expected);
    }
    let wrong = service.call(post("/things", "image/png", "wrong")).await;
    assert_eq!(wrong.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let anything = service
        .call(post("/anything", "application/x-other", r#"{"a":1}"#))
        .await;
    assert_eq!(anything.headers()[CONTENT_TYPE], "application/json");
    assert_eq!(anything.body(), r#"{"a":1}"#);
}

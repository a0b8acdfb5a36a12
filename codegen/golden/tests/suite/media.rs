//! Which of the declared media types describes a body, and which responses have none.

use std::sync::Arc;

use civicforge_codegen_golden::content_of_204::default::DeleteItemResponse;
use civicforge_codegen_golden::specific_media_type::default::{
    AddNoteBody, AddNoteError, AddNoteRequest, AddNoteResponse, DefaultApi,
};
use civicforge_codegen_golden::specific_media_type::routes;
use civicforge_codegen_golden::specific_media_type::security::Authenticate;
use civicforge_runtime::context::Context;
use civicforge_runtime::response::RecordedResponse;
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
            AddNoteBody::Any(_) => StatusCode::ACCEPTED,
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

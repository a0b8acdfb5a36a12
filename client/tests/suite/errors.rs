//! Answers that are not what was hoped for.

use std::time::Duration;

use civicforge_client::types::{ProblemCode, QuestDraft, QuestStatus};
use civicforge_client::{Client, Error, RetryPolicy};
use reqwest::StatusCode;
use serde_json::json;
use uuid::Uuid;

use crate::peer::{Answer, Peer, health, quest};

async fn failure(answer: impl Fn() -> Answer + Send + Sync + 'static) -> Error {
    let peer = Peer::start(move |_, _| answer()).await;
    let client = peer.builder().retry(RetryPolicy::none()).build().unwrap();
    client.get_health().send().await.unwrap_err()
}

#[tokio::test]
async fn a_problem_has_its_typed_code_and_its_violations() {
    let error = failure(|| {
        Answer::json(
            400,
            &json!({
                "type": "about:blank", "title": "Bad Request", "status": 400,
                "detail": "The request breaks the contract in 2 places.", "code": "invalid_request",
                "violations": [
                    { "in": "body", "pointer": "/title", "rule": "minLength", "message": "must have at least 5 characters" },
                    { "in": "query", "name": "limit", "rule": "maximum", "message": "must be at most 100" },
                ],
                "requestId": "from-body",
            }),
        )
        .with("x-request-id", "from-header")
    })
    .await;
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
    assert_eq!(error.code(), Some(&ProblemCode::InvalidRequest));
    assert_eq!(error.violations().len(), 2);
    assert_eq!(error.request_id(), Some("from-header"));
    assert_eq!(
        error.to_string(),
        "400 Bad Request, invalid_request: The request breaks the contract in 2 places. \
         [body /title must have at least 5 characters] [query limit must be at most 100] (request from-header)"
    );
}

#[tokio::test]
async fn a_code_and_members_that_are_new_do_no_harm() {
    let error = failure(|| {
        Answer::json(
            418,
            &json!({
                "type": "https://example.org/teapot", "title": "Teapot", "status": 418, "code": "short_and_stout",
                "violations": [{ "in": "spout", "rule": "lid", "message": "is open", "depth": 3 }],
                "balance": 30, "accounts": ["/account/12345"],
            }),
        )
    })
    .await;
    let code = error.code().unwrap();
    assert_eq!(*code, ProblemCode::Unknown("short_and_stout".to_owned()));
    assert_eq!(code.to_string(), "short_and_stout");
    assert_eq!(error.violations()[0].in_.to_string(), "spout");
    assert_eq!(error.problem().unwrap().type_, "https://example.org/teapot");
}

#[tokio::test]
async fn a_problem_needs_only_its_code() {
    let error = failure(|| Answer::json(409, &json!({ "code": "email_taken" }))).await;
    assert_eq!(error.code(), Some(&ProblemCode::EmailTaken));
    let problem = error.problem().unwrap();
    assert_eq!((problem.title.as_str(), problem.status), ("Conflict", 409));
}

#[tokio::test]
async fn what_a_gateway_says_is_kept_as_text() {
    let html = "<html><body>Bad Gateway</body></html>";
    let error = failure(move || {
        Answer::Reply(
            502,
            vec![("content-type", "text/html".to_owned())],
            html.to_owned(),
        )
    })
    .await;
    assert_eq!(error.status(), Some(StatusCode::BAD_GATEWAY));
    assert!(error.problem().is_none());
    assert_eq!(error.api().unwrap().body, html);
    assert!(error.to_string().contains("Bad Gateway"));

    // JSON, but of somebody else.
    let error = failure(|| Answer::json(403, &json!({ "message": "Forbidden" }))).await;
    assert_eq!(error.status(), Some(StatusCode::FORBIDDEN));
    assert!(error.problem().is_none());
    assert_eq!(error.api().unwrap().body, r#"{"message":"Forbidden"}"#);

    // Nothing, with a type that promises something; and bytes that are no text.
    let error = failure(|| Answer::json(503, &json!(null))).await;
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    let error = failure(|| Answer::Reply(500, Vec::new(), String::new())).await;
    assert_eq!(error.to_string(), "500 Internal Server Error");
}

#[tokio::test]
async fn only_the_beginning_of_a_huge_error_is_read() {
    let error = failure(|| Answer::Reply(500, Vec::new(), "x".repeat(5_000_000))).await;
    assert_eq!(error.api().unwrap().body.len(), 1024);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let error =
        failure(|| Answer::Reply(302, Vec::new(), String::new()).with("location", "/elsewhere"))
            .await;
    assert_eq!(error.status(), Some(StatusCode::FOUND));
}

#[tokio::test]
async fn a_success_that_is_no_success_of_the_operation() {
    let error = failure(|| Answer::json(202, &json!({}))).await;
    assert!(matches!(error, Error::InvalidAnswer { .. }), "{error}");
    let error = failure(|| Answer::json(200, &json!({ "status": "ok" }))).await;
    assert!(
        matches!(
            error,
            Error::InvalidAnswer {
                source: Some(_),
                ..
            }
        ),
        "{error}"
    );
    let error = failure(|| Answer::Reply(200, Vec::new(), "ok".to_owned())).await;
    assert!(
        matches!(
            error,
            Error::InvalidAnswer {
                source: Some(_),
                ..
            }
        ),
        "{error}"
    );
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_a_time_out() {
    let peer = Peer::start(|_, _| Answer::Silence).await;
    let client = peer
        .builder()
        .timeout(Duration::from_millis(50))
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let error = client.get_health().send().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(error.status(), None);
    assert!(error.to_string().starts_with("there was no answer in time"));
}

#[tokio::test]
async fn nothing_has_changed() {
    let peer =
        Peer::start(|_, _| Answer::Reply(304, vec![("etag", "\"3\"".to_owned())], String::new()))
            .await;
    let client = peer.member();
    let error = client
        .get_quest()
        .quest_id(Uuid::nil())
        .if_none_match("\"3\"")
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::NotModified), "{error}");
    assert_eq!(peer.seen()[0].header("if-none-match"), Some("\"3\""));
}

/// Rules change. What an older one let in must not keep a client from reading it, nor a status that is newer than it.
#[tokio::test]
async fn stored_data_and_new_values_are_read() {
    let peer = Peer::start(|_, _| {
        let mut answer = quest("T");
        answer["status"] = "ARCHIVED".into();
        answer["rewardXp"] = 100_000.into();
        answer["newMember"] = json!({ "a": [1] });
        Answer::json(200, &answer)
    })
    .await;
    let client = peer.member();
    let quest = client
        .get_quest()
        .quest_id(Uuid::nil())
        .send()
        .await
        .unwrap();
    assert_eq!(quest.title, "T");
    assert_eq!(quest.status, QuestStatus::Unknown("ARCHIVED".to_owned()));
    assert_eq!(serde_json::to_value(&quest.status).unwrap(), "ARCHIVED");
    // What a program has from its own user is not taken as it comes.
    assert!("ARCHIVED".parse::<QuestStatus>().is_err());
    assert_eq!("OPEN".parse::<QuestStatus>().unwrap(), QuestStatus::Open);
}

#[tokio::test]
async fn what_can_not_be_a_request_is_not_sent() {
    let peer = Peer::start(|_, _| health()).await;
    let client = peer.member();
    let no_title = QuestDraft::builder().description("All of the beds behind the hall.");
    let error = client
        .create_quest()
        .body(no_title)
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(&error, Error::InvalidRequest(message) if message.contains("title")),
        "{error}"
    );
    let error = client.get_quest().send().await.unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    let error = client
        .get_quest()
        .quest_id(Uuid::nil())
        .if_none_match("a\nb")
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    let error = client
        .list_quests()
        .status("OPNE")
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    assert!(peer.seen().is_empty());
}

#[test]
fn addresses_that_can_not_be_used_are_refused() {
    for address in [
        "",
        "localhost:8080",
        "/api",
        "ftp://example.org",
        "mailto:a@example.org",
        "http://user:hunter2@example.org",
        "ftp://user:hunter2@example.org",
        "http://user:hunter2@[",
        "http://example.org/?a=b",
        "http://example.org/#a",
    ] {
        let error = Client::new(address).unwrap_err();
        assert!(
            matches!(error, Error::Configuration(_)),
            "{address}: {error}"
        );
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}

#[tokio::test]
async fn an_address_may_have_a_path() {
    let peer = Peer::start(|_, _| health()).await;
    let client = Client::new(&format!("{}/stage/", peer.url())).unwrap();
    client.get_health().send().await.unwrap();
    assert_eq!(peer.seen()[0].target, "/stage/health");
}

//! Nothing is sent but what the contract knows.

use civicforge_client::Headers;
use civicforge_client::types::QuestDraft;
use serde_json::json;

use crate::peer::{Answer, Peer, health, quest, tokens};

fn names(headers: &[(String, String)]) -> Vec<&str> {
    let mut names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn a_read_has_only_the_headers_of_http() {
    let peer = Peer::start(|_, _| health()).await;
    peer.client().get_health().send().await.unwrap();
    let seen = &peer.seen()[0];
    assert_eq!(
        names(&seen.headers),
        ["accept", "accept-encoding", "host", "user-agent"]
    );
    assert_eq!(seen.header("accept-encoding"), Some("gzip"));
    assert_eq!(seen.header("accept"), Some("application/json"));
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        seen.header("user-agent"),
        Some(format!("civicforge-client/{version}").as_str())
    );
}

#[tokio::test]
async fn a_write_has_its_key_and_its_token_beside() {
    let peer = Peer::start(|_, _| Answer::json(201, &quest("Weed the garden"))).await;
    let client = peer.builder().user_agent("garden/1").build().unwrap();
    client
        .set_tokens(civicforge_client::Tokens::new("access-1", None))
        .unwrap();
    let draft = QuestDraft::builder()
        .title("Weed the garden")
        .description("All of the beds behind the hall.");
    client.create_quest().body(draft).send().await.unwrap();
    let seen = &peer.seen()[0];
    assert_eq!(
        names(&seen.headers),
        [
            "accept",
            "accept-encoding",
            "authorization",
            "content-length",
            "content-type",
            "host",
            "idempotency-key",
            "user-agent",
        ]
    );
    assert_eq!(seen.header("authorization"), Some("Bearer access-1"));
    assert_eq!(seen.header("content-type"), Some("application/json"));
    assert_eq!(seen.header("user-agent"), Some("garden/1"));
    // What was not set is not sent: the server's defaults apply.
    assert_eq!(
        seen.json(),
        json!({ "title": "Weed the garden", "description": "All of the beds behind the hall." })
    );
}

#[tokio::test]
async fn operations_that_are_open_to_anyone_see_no_token() {
    let peer = Peer::start(|seen, _| match seen.path() {
        "/health" => health(),
        _ => Answer::json(200, &tokens("access-2", "refresh-2")),
    })
    .await;
    let client = peer.member();
    client.get_health().send().await.unwrap();
    client
        .login("creator@example.org", "4-Quiet-Gardens")
        .await
        .unwrap();
    for seen in peer.seen() {
        assert_eq!(seen.header("authorization"), None, "{}", seen.target);
        assert_eq!(seen.header("idempotency-key"), None, "{}", seen.target);
    }
}

#[tokio::test]
async fn debug_shows_no_secrets() {
    let peer = Peer::start(|_, _| health()).await;
    let client = peer.member();
    let shown = format!(
        "{client:?} {:?} {:?} {:?}",
        client.tokens(),
        client.get_current_user(),
        client
            .login_user()
            .body_map(|body| body.email("a@example.org").password("4-Quiet-Gardens")),
    );
    for secret in ["access-1", "refresh-1", "4-Quiet-Gardens"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn headers_of_answers() {
    let peer = Peer::start(|_, _| {
        Answer::json(201, &quest("Weed the garden"))
            .with("etag", "\"1\"")
            .with("location", "/api/v1/quests/1")
            .with("x-request-id", "request-7")
            .with("idempotency-replayed", "true")
    })
    .await;
    let client = peer.member();
    let draft = QuestDraft::builder()
        .title("Weed the garden")
        .description("All of the beds.");
    let answer = client.create_quest().body(draft).send().await.unwrap();
    assert_eq!(answer.etag(), Some("\"1\""));
    assert_eq!(answer.location(), Some("/api/v1/quests/1"));
    assert_eq!(answer.request_id(), Some("request-7"));
    assert!(answer.is_replay());
    let plain = Peer::start(|_, _| health()).await;
    let answer = plain.client().get_health().send().await.unwrap();
    assert_eq!((answer.etag(), answer.is_replay()), (None, false));
}

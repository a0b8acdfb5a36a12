//! What is sent again, and what is not.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use civicforge_client::types::{ProblemCode, QuestDraft};
use civicforge_client::{Client, Error};
use reqwest::StatusCode;
use uuid::Uuid;

use crate::peer::{Answer, Peer, health, quest, quick};

fn draft() -> civicforge_client::types::builder::QuestDraft {
    QuestDraft::builder()
        .title("Weed the garden")
        .description("All of the beds behind the hall.")
}

fn unavailable() -> Answer {
    Answer::problem(503, "service_unavailable")
}

#[tokio::test]
async fn the_server_says_when_to_come_back() {
    let peer = Peer::start(|_, before| match before {
        0 => unavailable().with("retry-after", "1"),
        _ => health(),
    })
    .await;
    peer.client().get_health().send().await.unwrap();
    let seen = peer.seen();
    assert_eq!(seen.len(), 2);
    let waited = seen[1].at - seen[0].at;
    assert!(waited >= Duration::from_secs(1), "{waited:?}");
}

#[tokio::test]
async fn a_date_says_it_too() {
    let peer = Peer::start(|_, before| match before {
        0 => unavailable().with("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"),
        1 => unavailable().with("retry-after", "soon"),
        _ => health(),
    })
    .await;
    peer.client().get_health().send().await.unwrap();
    assert_eq!(peer.seen().len(), 3);
}

#[tokio::test]
async fn nobody_waits_for_an_hour() {
    for asked in ["3600", "99999999999999999999999999"] {
        let peer = Peer::start(move |_, _| unavailable().with("retry-after", asked)).await;
        let started = Instant::now();
        let error = peer.client().get_health().send().await.unwrap_err();
        assert!(started.elapsed() < Duration::from_secs(10));
        assert!(error.retry_after() >= Some(Duration::from_secs(3600)));
        assert_eq!(error.code(), Some(&ProblemCode::ServiceUnavailable));
        assert_eq!(peer.seen().len(), 1);
    }
}

#[tokio::test]
async fn every_failure_that_passes_is_tried_again() {
    let peer = Peer::start(|_, before| match before % 4 {
        0 => Answer::problem(429, "locked_out"),
        1 => Answer::Reply(502, Vec::new(), "<html>".to_owned()),
        2 => Answer::problem(504, "timed_out"),
        _ => health(),
    })
    .await;
    peer.client().get_health().send().await.unwrap();
    assert_eq!(peer.seen().len(), 4);
}

#[tokio::test]
async fn connections_that_break_are_tried_again() {
    let peer = Peer::start(|_, before| match before {
        0 => Answer::HangUp,
        1 => Answer::CutShort,
        2 => Answer::Silence,
        _ => health(),
    })
    .await;
    let client = peer
        .builder()
        .timeout(Duration::from_secs(1))
        .build()
        .unwrap();
    client.get_health().send().await.unwrap();
    assert_eq!(peer.seen().len(), 4);
}

#[tokio::test]
async fn the_last_failure_is_the_one_that_is_told() {
    let peer = Peer::start(|_, _| unavailable()).await;
    let error = peer.client().get_health().send().await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(peer.seen().len(), 4);

    // Nobody listens at port 9.
    let client = Client::builder("http://127.0.0.1:9")
        .retry(quick())
        .build()
        .unwrap();
    let error = client.get_health().send().await.unwrap_err();
    assert!(matches!(error, Error::Connection(_)), "{error}");
}

#[tokio::test]
async fn failures_that_stay_are_not_tried_again() {
    for status in [400, 403, 404, 409, 412, 422, 500] {
        let peer = Peer::start(move |_, _| Answer::problem(status, "internal_error")).await;
        peer.client().get_health().send().await.unwrap_err();
        assert_eq!(peer.seen().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn a_repeated_call_keeps_its_key() {
    let peer = Peer::start(|_, before| match before {
        0 => unavailable(),
        1 => Answer::HangUp,
        2 => Answer::problem(504, "timed_out"),
        _ => Answer::json(201, &quest("Weed the garden")),
    })
    .await;
    let client = peer.member();
    client.create_quest().body(draft()).send().await.unwrap();
    let seen = peer.seen();
    assert_eq!(seen.len(), 4);
    let keys: HashSet<_> = seen
        .iter()
        .map(|seen| seen.header("idempotency-key"))
        .collect();
    assert_eq!(keys.len(), 1);
    assert!(Uuid::parse_str(seen[0].header("idempotency-key").unwrap()).is_ok());
    let bodies: HashSet<_> = seen.iter().map(|seen| seen.body.as_str()).collect();
    assert_eq!(bodies.len(), 1);

    // The next call is another one.
    client.create_quest().body(draft()).send().await.unwrap();
    let next = peer.seen().pop().unwrap();
    assert_ne!(
        next.header("idempotency-key"),
        seen[0].header("idempotency-key")
    );
}

#[tokio::test]
async fn a_key_of_ones_own_is_used() {
    let peer = Peer::start(|_, before| match before {
        0 => unavailable(),
        _ => Answer::json(200, &quest("Weed the garden")),
    })
    .await;
    let client = peer.member();
    let call = client
        .claim_quest()
        .quest_id(Uuid::nil())
        .idempotency_key("mine");
    call.send().await.unwrap();
    for seen in peer.seen() {
        assert_eq!(seen.header("idempotency-key"), Some("mine"));
        assert_eq!(
            seen.headers
                .iter()
                .filter(|(name, _)| name == "idempotency-key")
                .count(),
            1
        );
    }
    assert_eq!(peer.seen().len(), 2);
}

/// Whether a login has had an effect cannot be known, and it has no key by which the server could.
#[tokio::test]
async fn a_post_without_a_key_is_sent_once() {
    for answer in [
        unavailable as fn() -> Answer,
        || Answer::HangUp,
        || Answer::problem(429, "locked_out"),
    ] {
        let peer = Peer::start(move |_, _| answer()).await;
        let client = peer.client();
        client
            .login("creator@example.org", "4-Quiet-Gardens")
            .await
            .unwrap_err();
        assert_eq!(peer.seen().len(), 1);
    }
}

#[tokio::test]
async fn put_and_delete_may_be_repeated() {
    let peer = Peer::start(|_, before| match before {
        0 => Answer::HangUp,
        _ => Answer::Reply(204, Vec::new(), String::new()),
    })
    .await;
    peer.member()
        .delete_quest()
        .quest_id(Uuid::nil())
        .send()
        .await
        .unwrap();
    assert_eq!(peer.seen().len(), 2);
}

#[tokio::test]
async fn an_empty_budget_ends_retries_for_all_clones() {
    let peer = Peer::start(|seen, _| match seen.path() {
        "/health" => health(),
        _ => unavailable(),
    })
    .await;
    let client = peer.builder().retry(quick().budget(5)).build().unwrap();
    for _ in 0..4 {
        client.clone().get_readiness().send().await.unwrap_err();
    }
    // Three retries, two, none, none.
    assert_eq!(peer.count("/health/ready"), 4 + 5);

    // Ten calls that go well pay for one retry.
    for _ in 0..10 {
        client.get_health().send().await.unwrap();
    }
    client.get_readiness().send().await.unwrap_err();
    assert_eq!(peer.count("/health/ready"), 4 + 5 + 2);
}

#[tokio::test]
async fn a_call_does_not_go_on_for_ever() {
    let peer = Peer::start(|_, _| unavailable().with("retry-after", "1")).await;
    let policy = quick().max_retries(100).total(Duration::from_millis(500));
    let client = peer.builder().retry(policy).build().unwrap();
    client.get_health().send().await.unwrap_err();
    assert_eq!(peer.seen().len(), 1);
}

//! Sessions, and the renewal of their tokens.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use civicforge_client::types::{ProblemCode, QuestDraft};
use civicforge_client::{Client, Error, Tokens};
use futures::future::join_all;
use reqwest::StatusCode;

use crate::peer::{Answer, ME, Peer, QUESTS, REFRESH, Seen, page, quest, tokens, user};

/// A server whose valid access token is the one that it gave last, `access-n` after `refresh-n`.
fn server(late: Duration) -> impl Fn(&Seen, usize) -> Answer + Send + Sync + 'static {
    let valid = AtomicUsize::new(2);
    move |seen, _| {
        let current = valid.load(Ordering::SeqCst);
        match seen.path() {
            REFRESH => {
                let expected = format!("refresh-{}", current - 1);
                if seen.json()["refreshToken"] != expected.as_str() {
                    return Answer::problem(401, "invalid_refresh_token");
                }
                let answer = tokens(&format!("access-{current}"), &format!("refresh-{current}"));
                Answer::json(200, &answer).late(late)
            }
            // The server forgets its last token, as if half an hour had passed.
            "/health" => {
                valid.store(current + 1, Ordering::SeqCst);
                Answer::problem(500, "internal_error")
            }
            _ if seen.header("authorization")
                != Some(format!("Bearer access-{current}").as_str()) =>
            {
                Answer::problem(401, "unauthenticated")
            }
            ME => Answer::json(200, &user()),
            QUESTS if seen.method == "POST" => Answer::json(201, &quest("Weed the garden")),
            QUESTS => Answer::json(200, &page(&[], None)),
            _ => Answer::Reply(204, Vec::new(), String::new()),
        }
    }
}

fn access(client: &Client) -> Option<String> {
    Some(client.tokens()?.access_token)
}

#[tokio::test]
async fn login_opens_a_session() {
    let peer = Peer::start(|seen, _| match seen.path() {
        "/api/v1/auth/login" => Answer::json(200, &tokens("access-2", "refresh-2")),
        "/api/v1/auth/register" => Answer::json(201, &tokens("access-3", "refresh-3")),
        _ => Answer::json(200, &user()),
    })
    .await;
    let client = peer.client();
    assert_eq!(client.tokens(), None);
    let member = client
        .login("creator@example.org", "4-Quiet-Gardens")
        .await
        .unwrap();
    assert_eq!(member.name, "Quest creator");
    assert_eq!(access(&client).as_deref(), Some("access-2"));
    let expires_at = client.tokens().unwrap().expires_at.unwrap();
    assert!(expires_at > chrono::Utc::now() + Duration::from_secs(1700));

    client.get_current_user().send().await.unwrap();
    let seen = peer.seen();
    assert_eq!(seen[0].json()["email"], "creator@example.org");
    assert_eq!(seen[0].json()["password"], "4-Quiet-Gardens");
    assert_eq!(seen[1].header("authorization"), Some("Bearer access-2"));

    // A clone is the same client, with the same session.
    let registration = civicforge_client::types::Registration::builder()
        .email("creator@example.org")
        .password("4-Quiet-Gardens")
        .name("Quest creator");
    client.clone().register(registration).await.unwrap();
    assert_eq!(access(&client).as_deref(), Some("access-3"));
}

#[tokio::test]
async fn twenty_calls_with_an_old_token_renew_it_once() {
    let peer = Peer::start(server(Duration::from_millis(100))).await;
    let client = peer.member();
    let reads = (0..10).map(|_| async { client.get_current_user().send().await.map(|_| ()) });
    let writes = (0..10).map(|_| async {
        let draft = QuestDraft::builder()
            .title("Weed the garden")
            .description("All of the beds behind the hall.");
        client.create_quest().body(draft).send().await.map(|_| ())
    });
    let (reads, writes) = futures::join!(join_all(reads), join_all(writes));
    for outcome in reads.into_iter().chain(writes) {
        outcome.unwrap();
    }
    assert_eq!(peer.count(REFRESH), 1);
    assert_eq!(access(&client).as_deref(), Some("access-2"));
    let tokens = client.tokens().unwrap();
    assert_eq!(tokens.refresh_token.as_deref(), Some("refresh-2"));

    // A write that was refused and sent again is the same write.
    let seen = peer.seen();
    let keys: HashSet<_> = seen
        .iter()
        .filter(|seen| seen.method == "POST" && seen.path() == QUESTS)
        .map(|seen| seen.header("idempotency-key").unwrap())
        .collect();
    assert_eq!(keys.len(), 10);
}

#[tokio::test]
async fn each_renewal_uses_the_newest_refresh_token_and_is_told() {
    let peer = Peer::start(server(Duration::ZERO)).await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&told);
    let client = peer
        .builder()
        .tokens(Tokens::new("access-1", Some("refresh-1".to_owned())))
        .on_tokens(move |tokens| {
            let token = tokens.and_then(|tokens| tokens.refresh_token.clone());
            heard.lock().unwrap().push(token);
        })
        .build()
        .unwrap();
    for expected in 2..5 {
        client.get_current_user().send().await.unwrap();
        assert_eq!(access(&client), Some(format!("access-{expected}")));
        client.get_health().send().await.unwrap_err();
    }
    assert_eq!(peer.count(REFRESH), 3);
    client.get_current_user().send().await.unwrap();
    client.logout().await.unwrap();
    assert_eq!(client.tokens(), None);
    let told: Vec<_> = told.lock().unwrap().clone();
    let expected = ["refresh-2", "refresh-3", "refresh-4", "refresh-5"];
    let mut expected: Vec<_> = expected.map(|token| Some(token.to_owned())).into();
    expected.push(None);
    assert_eq!(told, expected);
}

#[tokio::test]
async fn a_session_that_is_over_fails_all_calls_alike_and_once() {
    let peer = Peer::start(|seen, _| match seen.path() {
        REFRESH => Answer::problem(401, "invalid_refresh_token").late(Duration::from_secs(1)),
        _ => Answer::problem(401, "unauthenticated"),
    })
    .await;
    let client = peer.member();
    let calls = (0..20).map(|_| async { client.get_current_user().send().await });
    for outcome in join_all(calls).await {
        let error = outcome.unwrap_err();
        assert!(matches!(error, Error::Renewal(_)), "{error}");
        assert_eq!(error.code(), Some(&ProblemCode::InvalidRefreshToken));
        assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    }
    assert_eq!(peer.count(REFRESH), 1);
    assert_eq!(client.tokens(), None);

    // From now on it is as if nobody had logged in.
    let error = client.get_current_user().send().await.unwrap_err();
    assert_eq!(error.code(), Some(&ProblemCode::Unauthenticated));
    assert_eq!(peer.seen().last().unwrap().header("authorization"), None);
    assert_eq!(peer.count(REFRESH), 1);
}

#[tokio::test]
async fn a_renewal_that_fails_for_now_leaves_the_session() {
    let peer = Peer::start(|seen, before| match seen.path() {
        REFRESH if before < 2 => {
            Answer::problem(503, "service_unavailable").with("retry-after", "1")
        }
        REFRESH => Answer::json(200, &tokens("access-2", "refresh-2")),
        _ if seen.header("authorization") == Some("Bearer access-2") => Answer::json(200, &user()),
        _ => Answer::problem(401, "unauthenticated"),
    })
    .await;
    let client = peer.member();
    let error = client.get_current_user().send().await.unwrap_err();
    assert!(matches!(error, Error::Renewal(_)), "{error}");
    assert_eq!(error.code(), Some(&ProblemCode::ServiceUnavailable));
    assert_eq!(access(&client).as_deref(), Some("access-1"));
    assert_eq!(peer.count(REFRESH), 1);

    client.get_current_user().send().await.unwrap();
    assert_eq!(access(&client).as_deref(), Some("access-2"));
}

/// The answer with the only refresh token that is still good must not be lost with the call that asked for it.
#[tokio::test]
async fn a_call_that_is_given_up_does_not_lose_the_new_tokens() {
    let peer = Peer::start(server(Duration::from_secs(1))).await;
    let client = peer.member();
    let call = client.get_current_user().send();
    let given_up = tokio::time::timeout(Duration::from_millis(100), call).await;
    assert!(given_up.is_err());
    assert_eq!(access(&client).as_deref(), Some("access-1"));
    client.get_current_user().send().await.unwrap();
    assert_eq!(access(&client).as_deref(), Some("access-2"));
    assert_eq!(peer.count(REFRESH), 1);
}

#[tokio::test]
async fn a_new_token_that_is_refused_too_is_not_renewed_again() {
    let peer = Peer::start(|seen, _| match seen.path() {
        REFRESH => Answer::json(200, &tokens("access-2", "refresh-2")),
        _ => Answer::problem(401, "unauthenticated"),
    })
    .await;
    let client = peer.member();
    let error = client.get_current_user().send().await.unwrap_err();
    assert_eq!(error.code(), Some(&ProblemCode::Unauthenticated));
    assert_eq!(peer.count(REFRESH), 1);
    assert_eq!(peer.count(ME), 2);
}

#[tokio::test]
async fn without_a_refresh_token_there_is_no_renewal() {
    let peer = Peer::start(|_, _| Answer::problem(401, "unauthenticated")).await;
    let client = peer.client();
    client.get_current_user().send().await.unwrap_err();
    client.set_tokens(Tokens::new("access-1", None)).unwrap();
    client.get_current_user().send().await.unwrap_err();
    assert_eq!(peer.seen().len(), 2);
    assert_eq!(
        peer.seen()[1].header("authorization"),
        Some("Bearer access-1")
    );
}

/// Somebody logs in while a renewal is under way. What the renewal brings is of the old session.
#[tokio::test]
async fn a_login_is_not_undone_by_a_renewal() {
    let peer = Peer::start(|seen, _| match seen.path() {
        REFRESH => Answer::json(200, &tokens("old", "old")).late(Duration::from_secs(1)),
        "/api/v1/auth/login" => Answer::json(200, &tokens("new", "new")),
        _ if seen.header("authorization") == Some("Bearer new") => Answer::json(200, &user()),
        _ => Answer::problem(401, "unauthenticated"),
    })
    .await;
    let client = peer.member();
    let (read, login) = futures::join!(client.get_current_user().send(), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        client.login("creator@example.org", "4-Quiet-Gardens").await
    });
    login.unwrap();
    // The call goes on with what is there now.
    read.unwrap();
    assert_eq!(access(&client).as_deref(), Some("new"));
}

#[tokio::test]
async fn the_end_of_a_session() {
    let peer = Peer::start(|_, before| match before {
        0 => Answer::problem(500, "internal_error"),
        _ => Answer::Reply(204, Vec::new(), String::new()),
    })
    .await;
    let client = peer.member();
    client.logout().await.unwrap_err();
    assert!(client.tokens().is_some());
    client.logout().await.unwrap();
    assert!(client.tokens().is_none());
    client.logout().await.unwrap();
    assert_eq!(peer.seen().len(), 2);
}

#[test]
fn tokens_can_be_kept() {
    let tokens = Tokens::new("access-1", Some("refresh-1".to_owned()));
    let kept = serde_json::to_string(&tokens).unwrap();
    assert_eq!(
        kept,
        r#"{"accessToken":"access-1","refreshToken":"refresh-1"}"#
    );
    assert_eq!(serde_json::from_str::<Tokens>(&kept).unwrap(), tokens);
    assert!(serde_json::from_str::<Tokens>(r#"{"accessToken":"only"}"#).is_ok());
}

#[tokio::test]
async fn a_token_that_can_not_be_sent_is_refused() {
    let client = Client::new("http://127.0.0.1:9").unwrap();
    let error = client.set_tokens(Tokens::new("a\nb", None)).unwrap_err();
    assert!(matches!(error, Error::Configuration(_)));
    assert!(client.set_tokens(None).is_ok());
}

//! Refresh tokens: used once, followed by another, and the end of a session.

use chrono::TimeDelta;
use civicforge_handlers::auth;
use civicforge_handlers::users;
use civicforge_kernel::table::Write;
use civicforge_testing::{Reply, TestApp};
use uuid::Uuid;

use super::support::{refresh, refresh_token};

fn assert_invalid(reply: &Reply) {
    assert_eq!(
        reply.problem(),
        (401, "invalid_refresh_token".to_owned()),
        "{reply:?}"
    );
    assert!(
        reply
            .header("www-authenticate")
            .unwrap()
            .starts_with("Bearer")
    );
}

#[tokio::test]
async fn each_refresh_token_is_followed_by_another() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    let mut token = member.refresh_token.clone();
    for _ in 0..3 {
        app.advance(TimeDelta::days(6));
        let reply = refresh(&app, &token).send().await;
        assert_eq!(reply.header("cache-control"), Some("no-store"));
        let access = reply.json()["accessToken"].as_str().unwrap().to_owned();
        token = refresh_token(&reply);
        let me = app.get("/api/v1/users/me").bearer(&access).send().await;
        assert_eq!(me.status, 200);
        let family = |token: &str| token.split_once('.').unwrap().0.to_owned();
        assert_eq!(
            family(&token),
            family(&member.refresh_token),
            "the same session"
        );
    }
    app.advance(TimeDelta::days(7));
    assert_invalid(&refresh(&app, &token).send().await);
}

#[tokio::test]
async fn an_old_token_that_comes_back_ends_the_session_and_no_other() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    let elsewhere = app.login(&member.email).await;
    let second = refresh_token(&refresh(&app, &member.refresh_token).send().await);
    assert_invalid(&refresh(&app, &member.refresh_token).send().await);
    assert_invalid(&refresh(&app, &second).send().await);
    assert_eq!(
        refresh(&app, &elsewhere.refresh_token).send().await.status,
        200
    );
    // What is out stays good until it expires.
    let me = app.get("/api/v1/users/me").member(&member).send().await;
    assert_eq!(me.status, 200);
}

#[tokio::test]
async fn other_texts_are_no_refresh_tokens() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    let (family, secret) = member.refresh_token.split_once('.').unwrap();
    for wrong in [
        "x".to_owned(),
        member.access_token.clone().chars().take(500).collect(),
        format!("{}.{secret}", Uuid::new_v4()),
        family.to_owned(),
    ] {
        assert_invalid(&refresh(&app, &wrong).send().await);
    }
    assert_eq!(
        refresh(&app, &member.refresh_token).send().await.status,
        200
    );
}

#[tokio::test]
async fn logging_out_ends_the_session_of_the_token_and_no_other() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    let elsewhere = app.login(&member.email).await;
    for _ in 0..2 {
        let reply = app.post("/api/v1/auth/logout").member(&member).send().await;
        assert_eq!((reply.status, reply.body.len()), (204, 0));
    }
    assert_invalid(&refresh(&app, &member.refresh_token).send().await);
    assert_eq!(
        refresh(&app, &elsewhere.refresh_token).send().await.status,
        200
    );
    assert_eq!(
        app.post("/api/v1/auth/logout").send().await.problem().0,
        401
    );
}

#[tokio::test]
async fn a_key_of_a_logout_stands_for_one_session() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    let elsewhere = app.login(&member.email).await;
    let logout = |member| app.post("/api/v1/auth/logout").member(member).key("k");
    let first = logout(&member).send().await;
    assert_eq!(
        (first.status, first.header("idempotency-replayed")),
        (204, None)
    );
    let again = logout(&member).send().await;
    assert_eq!(
        (again.status, again.header("idempotency-replayed")),
        (204, Some("true"))
    );
    assert_eq!(
        logout(&elsewhere).send().await.problem(),
        (422, "idempotency_key_reused".to_owned())
    );
    assert_eq!(
        refresh(&app, &elsewhere.refresh_token).send().await.status,
        200
    );
}

#[tokio::test]
async fn a_session_that_was_swept_away_can_be_logged_out_of() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    let family = member
        .refresh_token
        .split_once('.')
        .unwrap()
        .0
        .parse()
        .unwrap();
    app.app
        .table
        .write(Write::delete(auth::keys::session(family)))
        .await
        .unwrap();
    for (key, replayed) in [("k", None), ("k", Some("true")), ("l", None)] {
        let reply = app
            .post("/api/v1/auth/logout")
            .member(&member)
            .key(key)
            .send()
            .await;
        assert_eq!(
            (reply.status, reply.header("idempotency-replayed")),
            (204, replayed)
        );
    }
    let reply = app.post("/api/v1/auth/logout").member(&member).send().await;
    assert_eq!(reply.status, 204);
    assert_invalid(&refresh(&app, &member.refresh_token).send().await);
}

#[tokio::test]
async fn nobody_refreshes_an_account_that_is_gone() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    app.app
        .table
        .write(Write::delete(users::keys::key(member.id)))
        .await
        .unwrap();
    assert_invalid(&refresh(&app, &member.refresh_token).send().await);
    let me = app.get("/api/v1/users/me").member(&member).send().await;
    assert_eq!(me.problem(), (401, "unauthenticated".to_owned()));
    assert!(
        me.header("www-authenticate")
            .unwrap()
            .contains("invalid_token")
    );
}

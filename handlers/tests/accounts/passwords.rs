//! Changing a password while others do the same, or log in.

use civicforge_testing::{PASSWORD, TestApp};
use futures::future::join_all;
use serde_json::json;

use super::support::login;

fn password(n: usize) -> String {
    format!("{n}-Open-Workshops")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_change_it_at_once_one_does() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let changes = (0..4).map(|n| {
        let (app, ada) = (app.clone(), ada.clone());
        tokio::spawn(async move {
            let body = json!({"currentPassword": PASSWORD, "newPassword": password(n)});
            let call = app.post("/api/v1/auth/password/change").member(&ada);
            call.json(&body).send().await.problem()
        })
    });
    let answers: Vec<_> = join_all(changes)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let won: Vec<_> = (0..4).filter(|n| answers[*n].0 == 204).collect();
    assert_eq!(won.len(), 1, "{answers:?}");
    let lost = (403, "wrong_password".to_owned());
    assert_eq!(
        answers.iter().filter(|answer| **answer == lost).count(),
        3,
        "{answers:?}"
    );
    app.advance(chrono::TimeDelta::hours(1));
    let reply = login(&app, &ada.email, &password(won[0])).send().await;
    assert_eq!(reply.status, 200, "{reply:?}");
}

/// Whoever has proved the former password a moment before gets no session that outlives the change.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_session_of_the_former_password_outlives_the_change() {
    for round in 0..6 {
        let app = TestApp::new().await;
        let ada = app.register("ada").await;
        let logins = (0..3).map(|_| {
            let (app, email) = (app.clone(), ada.email.clone());
            tokio::spawn(async move { login(&app, &email, PASSWORD).send().await })
        });
        let logins: Vec<_> = logins.collect();
        let body = json!({"currentPassword": PASSWORD, "newPassword": password(round)});
        let call = app.post("/api/v1/auth/password/change").member(&ada);
        let changed = call.json(&body).send().await;
        assert_eq!(changed.status, 204, "{changed:?}");
        for reply in join_all(logins).await {
            let reply = reply.unwrap();
            if reply.status != 200 {
                continue;
            }
            let token = json!({"refreshToken": reply.json()["refreshToken"]});
            let next = app.post("/api/v1/auth/refresh").json(&token).send().await;
            assert_eq!(next.problem(), (401, "invalid_refresh_token".to_owned()));
        }
        let token = json!({"refreshToken": ada.refresh_token});
        let next = app.post("/api/v1/auth/refresh").json(&token).send().await;
        assert_eq!(next.status, 200, "that of the change");
    }
}

/// A registration that is sent again opens no session by a password that is not the member's any more.
#[tokio::test]
async fn a_registration_is_not_replayed_after_a_change() {
    let app = TestApp::new().await;
    let body = json!({"email": "ada@example.org", "password": PASSWORD, "name": "Ada"});
    let register = || app.post("/api/v1/auth/register").key("k").json(&body);
    let first = register().send().await.json();
    assert_eq!(register().send().await.status, 201);
    let change = json!({"currentPassword": PASSWORD, "newPassword": password(1)});
    let call = app.post("/api/v1/auth/password/change").json(&change);
    let reply = call
        .bearer(first["accessToken"].as_str().unwrap())
        .send()
        .await;
    assert_eq!(reply.status, 204);
    assert_eq!(
        register().send().await.problem(),
        (409, "email_taken".to_owned())
    );
}

//! Mails about accounts: how long their tokens are good for, who wins, and where tokens are not.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use civicforge_kernel::table::key::outbox::Lane;
use civicforge_kernel::table::{Index, Query};
use civicforge_testing::{PASSWORD, TestApp, TestMember};
use futures::future::join_all;
use serde_json::{Value, json};

const FORGOT: &str = "/api/v1/auth/password/forgot";
const RESET: &str = "/api/v1/auth/password/reset";
const VERIFY: &str = "/api/v1/auth/verify-email";

async fn post(app: &TestApp, path: &str, body: &Value) -> u16 {
    app.post(path).json(body).send().await.status
}

async fn reset_token(app: &TestApp, member: &TestMember) -> String {
    assert_eq!(
        post(app, FORGOT, &json!({"email": member.email})).await,
        202
    );
    app.last_mail(&member.email).await.token()
}

async fn verification_token(app: &TestApp, member: &TestMember) -> String {
    let asked = app.post("/api/v1/auth/verify-email/request").member(member);
    assert_eq!(asked.send().await.status, 202);
    app.last_mail(&member.email).await.token()
}

fn other(token: &str, n: usize) -> Value {
    json!({"token": token, "newPassword": format!("{n}-Open-Workshops")})
}

#[tokio::test]
async fn tokens_are_good_for_an_hour_and_for_a_day() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let verification = verification_token(&app, &ada).await;
    let token = reset_token(&app, &ada).await;
    app.advance(TimeDelta::minutes(60));
    assert_eq!(post(&app, RESET, &other(&token, 1)).await, 409);
    let token = reset_token(&app, &ada).await;
    app.advance(TimeDelta::minutes(59));
    assert_eq!(post(&app, RESET, &other(&token, 1)).await, 204);
    let bob = app.register("bob").await;
    let late = verification_token(&app, &bob).await;
    app.advance(TimeDelta::hours(24));
    assert_eq!(
        post(&app, VERIFY, &json!({"token": verification})).await,
        409
    );
    assert_eq!(post(&app, VERIFY, &json!({"token": late})).await, 409);
    let bob = app.login(&bob.email).await;
    let token = verification_token(&app, &bob).await;
    app.advance(TimeDelta::hours(23));
    assert_eq!(post(&app, VERIFY, &json!({"token": token})).await, 204);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_with_one_token_one_sets_the_password() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let token = reset_token(&app, &ada).await;
    let tries = (0..50).map(|n| {
        let (app, body) = (app.clone(), other(&token, n));
        tokio::spawn(async move { post(&app, RESET, &body).await })
    });
    let done: Vec<u16> = join_all(tries)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let mut statuses: BTreeMap<u16, usize> = BTreeMap::new();
    done.iter()
        .for_each(|status| *statuses.entry(*status).or_default() += 1);
    assert_eq!(statuses, BTreeMap::from([(204, 1), (409, 49)]));
    let winner = done.iter().position(|status| *status == 204).unwrap();
    for (n, expected) in [(winner, 200), ((winner + 1) % 50, 401)] {
        let body = json!({"email": ada.email, "password": format!("{n}-Open-Workshops")});
        assert_eq!(post(&app, "/api/v1/auth/login", &body).await, expected);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_change_and_a_reset_at_once_leave_one_password() {
    for _ in 0..10 {
        let app = TestApp::new().await;
        let ada = app.register("ada").await;
        let token = reset_token(&app, &ada).await;
        let change = json!({"currentPassword": PASSWORD, "newPassword": "1-Changed-Gardens"});
        let reset = other(&token, 2);
        let changing = app.post("/api/v1/auth/password/change").member(&ada);
        let (changed, set) =
            tokio::join!(changing.json(&change).send(), post(&app, RESET, &reset),);
        let login = async |password: &str| {
            let body = json!({"email": ada.email, "password": password});
            post(&app, "/api/v1/auth/login", &body).await
        };
        let by_change = login("1-Changed-Gardens").await;
        let by_reset = login("2-Open-Workshops").await;
        match (changed.status, set) {
            (204, 409) => assert_eq!((by_change, by_reset), (200, 401)),
            (_, 204) => assert_eq!((by_change, by_reset), (401, 200)),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_token_is_nowhere_but_in_the_mail() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let table = &app.app.table;
    assert_eq!(post(&app, FORGOT, &json!({"email": ada.email})).await, 202);
    let mut waiting = Vec::new();
    for partition in Lane::Mail.due() {
        let query = Query::new(Index::Gsi2, partition);
        waiting.extend(table.query_up_to(query, 10).await.unwrap());
    }
    assert_eq!(waiting.len(), 1);
    let message = format!("{waiting:?}");
    assert!(message.contains(&ada.id.to_string()), "{message}");
    assert!(!message.contains("example.org"), "{message}");
    // It does not have the token that is made when the mail is sent.
    let token = app.last_mail(&ada.email).await.token();
    assert!(!message.contains(&token), "{message}");
    let key = civicforge_handlers::auth::keys::mail_token(&token);
    assert!(table.get(&key).await.unwrap().is_none());
    let hash = civicforge_handlers::auth::mails::token::hash(&token);
    let key = civicforge_handlers::auth::keys::mail_token(&hash);
    let kept = format!("{:?}", table.get(&key).await.unwrap().unwrap());
    assert!(!kept.contains(&token), "{kept}");
}

#[tokio::test]
async fn who_has_no_password_gets_no_mail_to_set_one() {
    use civicforge_kernel::table::Write;
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let gone = Write::delete(civicforge_handlers::auth::keys::credential(ada.id));
    app.app.table.write(gone).await.unwrap();
    assert_eq!(post(&app, FORGOT, &json!({"email": ada.email})).await, 202);
    assert_eq!(app.mails().await, []);
}

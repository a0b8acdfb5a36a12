//! Many at once.

use std::collections::BTreeMap;

use civicforge_handlers::users;
use civicforge_testing::{Reply, TestApp};
use futures::future::join_all;
use serde_json::json;

use super::support::{login, refresh, refresh_token, register};

fn statuses(replies: &[Reply]) -> BTreeMap<u16, usize> {
    replies.iter().fold(BTreeMap::new(), |mut counts, reply| {
        *counts.entry(reply.status).or_default() += 1;
        counts
    })
}

/// The futures really run at once only on several threads.
async fn at_once(app: &TestApp, count: usize, call: impl Fn(&TestApp) -> Request) -> Vec<Reply> {
    let tasks = (0..count).map(|_| {
        let (app, request) = (app.clone(), call(app));
        tokio::spawn(async move {
            let mut call = app.post(request.path).json(&request.body);
            if let Some(key) = request.key {
                call = call.key(key);
            }
            call.send().await
        })
    });
    join_all(tasks)
        .await
        .into_iter()
        .map(|done| done.unwrap())
        .collect()
}

struct Request {
    path: &'static str,
    body: serde_json::Value,
    key: Option<&'static str>,
}

fn registration(key: Option<&'static str>) -> Request {
    let body = super::support::registration(json!({}));
    Request {
        path: "/api/v1/auth/register",
        body,
        key,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_registrations_of_one_address_make_one_account() {
    let app = TestApp::new().await;
    let replies = at_once(&app, 50, |_| registration(None)).await;
    assert_eq!(statuses(&replies), BTreeMap::from([(201, 1), (409, 49)]));
    let winner = replies.iter().find(|reply| reply.status == 201).unwrap();
    let logged_in = login(&app, "ada@example.org", "4-Quiet-Gardens")
        .send()
        .await;
    assert_eq!(
        logged_in.json()["user"]["userId"],
        winner.json()["user"]["userId"]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_registrations_under_one_key_are_one_member() {
    let app = TestApp::new().await;
    let replies = at_once(&app, 50, |_| registration(Some("k"))).await;
    assert_eq!(statuses(&replies), BTreeMap::from([(201, 50)]));
    let first = replies
        .iter()
        .filter(|reply| reply.header("idempotency-replayed").is_none());
    assert_eq!(first.count(), 1);
    let id = |reply: &Reply| reply.json()["user"]["userId"].clone();
    assert!(replies.iter().all(|reply| id(reply) == id(&replies[0])));
    assert_eq!(
        register(&app, json!({"name": "B"}))
            .key("k")
            .send()
            .await
            .status,
        422
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_twenty_uses_of_one_refresh_token_one_succeeds_and_the_session_ends() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    let replies = at_once(&app, 20, |_| Request {
        path: "/api/v1/auth/refresh",
        body: json!({"refreshToken": member.refresh_token}),
        key: None,
    })
    .await;
    assert_eq!(statuses(&replies), BTreeMap::from([(200, 1), (401, 19)]));
    let winner = replies.iter().find(|reply| reply.status == 200).unwrap();
    // The others were uses of an old token, so the winner's is worth nothing either.
    assert_eq!(
        refresh(&app, &refresh_token(winner)).send().await.status,
        401
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_guesses_at_once_are_five_guesses() {
    let app = TestApp::new().await;
    app.register("ada").await;
    let replies = at_once(&app, 100, |_| Request {
        path: "/api/v1/auth/login",
        body: json!({"email": "ada@example.org", "password": "7-Open-Workshops"}),
        key: None,
    })
    .await;
    assert_eq!(statuses(&replies), BTreeMap::from([(401, 5), (429, 95)]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn changes_at_once_are_all_counted_and_only_one_of_those_bound_to_a_version_happens() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    let put = |if_match: Option<&'static str>| {
        let (app, member) = (app.clone(), member.clone());
        tokio::spawn(async move {
            let body = json!({"name": "Ada", "userType": "agent"});
            let call = app.put("/api/v1/users/me").member(&member).json(&body);
            match if_match {
                Some(tag) => call.header("if-match", tag).send().await,
                None => call.send().await,
            }
        })
    };
    let replies: Vec<_> = join_all((0..20).map(|_| put(Some("\"1\"")))).await;
    let replies: Vec<_> = replies.into_iter().map(|done| done.unwrap()).collect();
    assert_eq!(statuses(&replies), BTreeMap::from([(200, 1), (412, 19)]));
    let replies: Vec<_> = join_all((0..8).map(|_| put(None))).await;
    let replies: Vec<_> = replies.into_iter().map(|done| done.unwrap()).collect();
    assert_eq!(statuses(&replies), BTreeMap::from([(200, 8)]));
    let item = app
        .app
        .table
        .get(&users::keys::key(member.id))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(item["version"].as_n().unwrap(), "10");
}

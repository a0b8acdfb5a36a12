//! A request that is sent again is answered again, and done once.

use chrono::TimeDelta;
use civicforge_testing::{Reply, TestApp};
use futures::future::join_all;
use serde_json::json;

use super::audit::audit;
use super::support::{QUESTS, draft, id, with};

/// That it is the same answer, marked as a repetition.
fn replayed(first: &Reply, again: &Reply) {
    assert_eq!(
        again.header("idempotency-replayed"),
        Some("true"),
        "{again:?}"
    );
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    for name in ["etag", "location", "content-type"] {
        assert_eq!(again.header(name), first.header(name), "{name}");
    }
}

#[tokio::test]
async fn every_action_can_be_sent_again() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let judge = app.register_arbiter("judge").await;
    let date = app.clock.now() + TimeDelta::seconds(30);
    let body = json!({"title": "Chairs to the garden", "description": "All of them, from the cellar.", "expiresAt": date});
    let post = || app.post(QUESTS).member(&ada).key("post").json(&body);
    let posted = post().send().await;
    let quest = id(&posted);
    let steps = [
        (&bob, "claim"),
        (&bob, "unclaim"),
        (&bob, "claim"),
        (&bob, "submit"),
        (&bob, "attest"),
        (&ada, "dispute"),
        (&judge, "resolve"),
    ];
    let send = |step: usize| {
        let (who, verb) = steps[step];
        let call = with(&app, who)
            .action(&quest, verb)
            .key(&format!("step {step}").replace(' ', "-"));
        match super::support::body(verb) {
            Some(body) => call.json(&body),
            None => call,
        }
    };
    let mut first = Vec::new();
    for step in 0..steps.len() {
        let reply = send(step).send().await;
        assert_eq!(
            (reply.status, reply.header("idempotency-replayed")),
            (200, None),
            "{reply:?}"
        );
        replayed(&reply, &send(step).send().await);
        first.push(reply);
    }
    // Also after everything has changed: even the date has passed that was in the future then.
    app.advance(TimeDelta::minutes(10));
    replayed(&posted, &post().send().await);
    for (step, reply) in first.iter().enumerate() {
        replayed(reply, &send(step).send().await);
    }
    let found = audit(&app.app.table, &[&ada, &bob, &judge]).await;
    assert_eq!((found.quests.len(), found.rewards), (1, 1));
}

#[tokio::test]
async fn a_key_that_was_used_for_something_else_is_a_422() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let post = |title: &str| app.post(QUESTS).member(&ada).key("k").json(&draft(title));
    let quest = id(&post("Chairs to the garden").send().await);
    let other = with(&app, &ada).quest().await;
    let reused = (422, "idempotency_key_reused".to_owned());
    assert_eq!(post("Tables to the garden").send().await.problem(), reused);
    let claim = |quest: &str| with(&app, &bob).action(quest, "claim").key("k");
    assert_eq!(claim(&quest).send().await.status, 200);
    assert_eq!(claim(&other).send().await.problem(), reused);
    assert_eq!(
        with(&app, &bob)
            .action(&quest, "unclaim")
            .key("k")
            .send()
            .await
            .problem(),
        reused
    );
    // The same text with another byte is another request.
    let spaced = b"{ \"title\": \"Chairs to the garden\"}".to_vec();
    let reply = app
        .post(QUESTS)
        .member(&ada)
        .key("k")
        .body("application/json", spaced)
        .send()
        .await;
    assert_eq!(reply.status, 400, "the contract's rules come before keys");
    audit(&app.app.table, &[&ada, &bob]).await;
}

#[tokio::test]
async fn refusals_are_not_remembered() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let eve = app.register("eve").await;
    let quest = with(&app, &ada).quest().await;
    with(&app, &bob).does(&quest, "claim").await;
    let claim = || with(&app, &eve).action(&quest, "claim").key("k");
    assert_eq!(claim().send().await.status, 409);
    with(&app, &bob).does(&quest, "unclaim").await;
    let reply = claim().send().await;
    assert_eq!(
        (reply.status, reply.header("idempotency-replayed")),
        (200, None)
    );
    replayed(&reply, &claim().send().await);
}

#[tokio::test]
async fn a_key_is_forgotten_after_a_day() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let first = app
        .post(QUESTS)
        .member(&ada)
        .key("k")
        .json(&draft("Chairs to the garden"))
        .send()
        .await;
    app.advance(TimeDelta::hours(25));
    let ada = app.login(&ada.email).await;
    let second = app
        .post(QUESTS)
        .member(&ada)
        .key("k")
        .json(&draft("Tables to the garden"))
        .send()
        .await;
    assert_eq!((first.status, second.status), (201, 201), "{second:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_identical_posts_are_one_quest_and_one_answer() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let all = (0..100).map(|_| {
        let (app, ada) = (app.clone(), ada.clone());
        tokio::spawn(async move {
            app.post(QUESTS)
                .member(&ada)
                .key("once")
                .json(&draft("Chairs to the garden"))
                .send()
                .await
        })
    });
    let replies: Vec<Reply> = join_all(all)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let originals: Vec<_> = replies
        .iter()
        .filter(|r| r.header("idempotency-replayed").is_none())
        .collect();
    assert_eq!(originals.len(), 1);
    for reply in &replies {
        assert_eq!((reply.status, &reply.body), (201, &originals[0].body));
        assert_eq!(reply.header("location"), originals[0].header("location"));
        assert_eq!(reply.header("etag"), originals[0].header("etag"));
    }
    assert_eq!(with(&app, &ada).points().await, 9);
    assert_eq!(audit(&app.app.table, &[&ada]).await.quests.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twins_that_race_for_the_last_point_or_for_a_claim_are_both_answered() {
    for round in 0..10 {
        let app = TestApp::new().await;
        let (ada, bob) = (app.register("ada").await, app.register("bob").await);
        let quest = with(&app, &ada).quest().await;
        for _ in 0..8 {
            with(&app, &ada).quest().await;
        }
        let last = || {
            app.post(QUESTS)
                .member(&ada)
                .key("last")
                .json(&draft("The last one"))
                .send()
        };
        let claim = || with(&app, &bob).action(&quest, "claim").key("mine").send();
        let (a, b, c, d) = tokio::join!(last(), last(), claim(), claim());
        assert_eq!(
            (a.status, b.status, c.status, d.status),
            (201, 201, 200, 200),
            "{round}"
        );
        assert_eq!((&a.body, &c.body), (&b.body, &d.body), "{round}");
        audit(&app.app.table, &[&ada, &bob]).await;
    }
}

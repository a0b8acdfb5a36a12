//! The ways that a quest can go when nobody makes a mistake.

use chrono::TimeDelta;
use civicforge_testing::TestApp;
use serde_json::json;

use super::audit::audit;
use super::support::{QUESTS, draft, id, submitted, with};

#[tokio::test]
async fn a_quest_from_posting_to_reward() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let (creator, performer) = (with(&app, &ada), with(&app, &bob));

    let draft = json!({"title": "Chairs to the garden", "description": "From the cellar, <b>all</b> of them.",
        "rewardXp": 150, "rewardReputation": 7});
    let reply = creator.post(&draft).await;
    assert_eq!(reply.status, 201);
    let quest = id(&reply);
    assert_eq!(
        reply.header("location"),
        Some(format!("{QUESTS}/{quest}").as_str())
    );
    assert_eq!(reply.header("etag"), Some("\"1\""));
    assert_eq!(reply.header("idempotency-replayed"), None);
    let now = "2027-01-15T08:00:00Z";
    let expected = json!({
        "questId": quest, "title": "Chairs to the garden",
        "description": "From the cellar, <b>all</b> of them.", "status": "OPEN", "creatorId": ada.id,
        "rewardXp": 150, "rewardReputation": 7, "attestations": [], "createdAt": now, "updatedAt": now, "version": 1,
    });
    assert_eq!(reply.json(), expected);
    assert_eq!(creator.points().await, 9);
    assert_eq!(performer.reads(&quest).await.json(), expected);

    app.advance(TimeDelta::milliseconds(1500));
    let claimed = performer.does(&quest, "claim").await;
    assert_eq!(claimed["status"], "CLAIMED");
    assert_eq!(claimed["performerId"], bob.id.to_string());
    assert_eq!(claimed["claimedAt"], "2027-01-15T08:00:01.500Z");
    assert_eq!(
        (&claimed["updatedAt"], &claimed["version"]),
        (&claimed["claimedAt"], &json!(2))
    );

    app.advance(TimeDelta::seconds(60));
    let submitted = performer.does(&quest, "submit").await;
    assert_eq!(submitted["status"], "SUBMITTED");
    assert_eq!(submitted["submissionText"], "All chairs are in the garden.");
    assert_eq!(submitted["submittedAt"], "2027-01-15T08:01:01.500Z");

    let first = performer.does(&quest, "attest").await;
    assert_eq!(first["status"], "SUBMITTED");
    assert_eq!(
        first["attestations"],
        json!([{"userId": bob.id, "role": "performer", "attestedAt": "2027-01-15T08:01:01.500Z", "notes": "Well done."}])
    );
    assert_eq!(performer.points().await, 10);

    let reply = creator.action(&quest, "attest").send().await;
    assert_eq!((reply.status, reply.header("etag")), (200, Some("\"5\"")));
    let complete = reply.json();
    assert_eq!(complete["status"], "COMPLETE");
    assert_eq!(complete["completedAt"], "2027-01-15T08:01:01.500Z");
    assert_eq!(
        complete["attestations"][1],
        json!({"userId": ada.id, "role": "requestor", "attestedAt": "2027-01-15T08:01:01.500Z"})
    );
    assert_eq!(creator.reads(&quest).await.json(), complete);

    let rewarded = performer.account().await;
    assert_eq!(rewarded["experience"], 150);
    assert_eq!(rewarded["reputation"], 7);
    assert_eq!(rewarded["questCreationPoints"], 12);
    assert_eq!(creator.account().await["experience"], 0);
    let profile = app
        .get(&format!("/api/v1/users/{}", bob.id))
        .member(&ada)
        .send()
        .await;
    assert_eq!(
        profile.json()["questCounts"],
        json!({"created": 0, "performed": 1, "completed": 1})
    );
    let profile = app
        .get(&format!("/api/v1/users/{}", ada.id))
        .member(&bob)
        .send()
        .await;
    assert_eq!(
        profile.json()["questCounts"],
        json!({"created": 1, "performed": 0, "completed": 0})
    );
    audit(&app.app.table, &[&ada, &bob]).await;
}

#[tokio::test]
async fn a_quest_that_is_given_back_is_as_if_it_had_never_been_claimed() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let quest = with(&app, &ada).quest().await;
    let before = with(&app, &ada).reads(&quest).await.json();
    for round in 1..4 {
        with(&app, &bob).does(&quest, "claim").await;
        let mut after = with(&app, &bob).does(&quest, "unclaim").await;
        assert_eq!(after["version"], 1 + 2 * round);
        after["version"] = before["version"].clone();
        assert_eq!(after, before);
        audit(&app.app.table, &[&ada, &bob]).await;
    }
    let mine = with(&app, &bob)
        .list("/api/v1/users/me/quests?role=performer")
        .await;
    assert_eq!(mine.json(), json!({"items": []}));
}

#[tokio::test]
async fn an_arbiter_completes_a_disputed_quest_and_the_performer_is_rewarded() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let judge = app.register_arbiter("judge").await;
    let quest = submitted(&app, &ada, &bob).await;
    with(&app, &bob).does(&quest, "attest").await;
    let disputed = with(&app, &ada).does(&quest, "dispute").await;
    assert_eq!(disputed["status"], "DISPUTED");
    assert_eq!(
        disputed["disputeReason"],
        "Half of the chairs are still in the cellar."
    );

    let decision = json!({"outcome": "complete", "notes": "The <i>photographs</i> show them."});
    let reply = with(&app, &judge)
        .action(&quest, "resolve")
        .json(&decision)
        .send()
        .await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let resolved = reply.json();
    assert_eq!(resolved["status"], "COMPLETE");
    assert_eq!(resolved["attestations"].as_array().unwrap().len(), 1);
    assert_eq!(resolved["disputeReason"], disputed["disputeReason"]);
    assert!(
        !resolved.to_string().contains("photographs"),
        "no answer shows the notes"
    );
    assert_eq!(with(&app, &bob).account().await["experience"], 100);

    let kept = app
        .app
        .quests
        .quest(quest.parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    let resolution = kept.resolution.unwrap();
    assert_eq!(
        (resolution.user_id, resolution.outcome.as_str()),
        (judge.id, "complete")
    );
    assert_eq!(
        resolution.notes.as_deref(),
        Some("The <i>photographs</i> show them.")
    );
    audit(&app.app.table, &[&ada, &bob, &judge]).await;
}

#[tokio::test]
async fn a_reopened_quest_is_as_it_was_when_it_was_posted() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let judge = app.register_arbiter("judge").await;
    let mut posted = draft("Chairs to the garden");
    posted["expiresAt"] = json!("2027-01-15T09:00:00+01:00");
    assert_eq!(
        with(&app, &ada).post(&posted).await.status,
        400,
        "that is 08:00 in UTC, and now"
    );
    posted["expiresAt"] = json!("2027-01-15T10:00:00+01:00");
    let quest = with(&app, &ada).posted(&posted).await;
    let before = with(&app, &ada).reads(&quest).await.json();
    assert_eq!(before["expiresAt"], "2027-01-15T09:00:00Z");

    for verb in ["claim", "submit", "attest", "dispute"] {
        with(&app, &bob).does(&quest, verb).await;
    }
    let reopen = json!({"outcome": "reopen"});
    let reply = with(&app, &judge)
        .action(&quest, "resolve")
        .json(&reopen)
        .send()
        .await;
    let mut after = reply.json();
    assert_eq!(after["version"], 6);
    after["version"] = before["version"].clone();
    assert_eq!(after, before);
    assert_eq!(with(&app, &ada).points().await, 9, "nothing is refunded");
    audit(&app.app.table, &[&ada, &bob, &judge]).await;

    // And it can be done again, by anybody.
    let quest = {
        with(&app, &judge).does(&quest, "claim").await;
        with(&app, &judge).does(&quest, "submit").await;
        with(&app, &judge).does(&quest, "attest").await;
        with(&app, &ada).does(&quest, "attest").await
    };
    assert_eq!(quest["status"], "COMPLETE");
    audit(&app.app.table, &[&ada, &bob, &judge]).await;
}

#[tokio::test]
async fn a_deleted_quest_is_gone_and_its_point_is_back() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let quest = with(&app, &ada).quest().await;
    assert_eq!(with(&app, &ada).points().await, 9);

    let stale = with(&app, &ada)
        .deletes(&quest)
        .header("if-match", "\"2\", W/\"1\"")
        .send()
        .await;
    assert_eq!(stale.problem(), (412, "precondition_failed".to_owned()));
    let nonsense = with(&app, &ada)
        .deletes(&quest)
        .header("if-match", "1")
        .send()
        .await;
    assert_eq!(nonsense.status, 412);
    // Who may not delete it learns nothing of its version.
    let foreign = with(&app, &bob)
        .deletes(&quest)
        .header("if-match", "\"2\"")
        .send()
        .await;
    assert_eq!(foreign.problem(), (403, "not_creator".to_owned()));

    let deleted = with(&app, &ada)
        .deletes(&quest)
        .header("if-match", "\"1\"")
        .send()
        .await;
    assert_eq!((deleted.status, deleted.body.len()), (204, 0));
    assert_eq!(with(&app, &ada).points().await, 10);
    for reply in [
        with(&app, &ada).deletes(&quest).send().await,
        with(&app, &ada).reads(&quest).await,
        with(&app, &bob).act(&quest, "claim").await,
    ] {
        assert_eq!(reply.problem(), (404, "not_found".to_owned()));
    }
    let mine = with(&app, &ada)
        .list("/api/v1/users/me/quests?role=creator")
        .await;
    assert_eq!(mine.json(), json!({"items": []}));
    audit(&app.app.table, &[&ada, &bob]).await;
}

#[tokio::test]
async fn who_has_read_a_quest_is_told_when_it_has_not_changed() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let quest = with(&app, &ada).quest().await;
    let tag = with(&app, &bob)
        .reads(&quest)
        .await
        .header("etag")
        .unwrap()
        .to_owned();
    let path = format!("{QUESTS}/{quest}");
    let again = || app.get(&path).member(&bob).header("if-none-match", &tag);
    let same = again().send().await;
    assert_eq!(
        (same.status, same.body.len(), same.header("etag")),
        (304, 0, Some(tag.as_str()))
    );
    with(&app, &bob).does(&quest, "claim").await;
    let changed = again().send().await;
    assert_eq!(
        (changed.status, changed.json()["status"].as_str()),
        (200, Some("CLAIMED"))
    );
}

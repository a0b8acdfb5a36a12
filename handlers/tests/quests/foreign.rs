//! Nobody reads or changes what is somebody else's: each thing that has an owner, tried as another member.

use civicforge_testing::TestApp;

use super::support::{QUESTS, draft, submitted, with};

#[tokio::test]
async fn a_quest_is_its_creator_s_to_delete() {
    let app = TestApp::new().await;
    let (ada, eve) = (app.register("ada").await, app.register("eve").await);
    let quest = with(&app, &ada).quest().await;
    let reply = with(&app, &eve).deletes(&quest).send().await;
    assert_eq!(reply.problem(), (403, "not_creator".to_owned()));
    assert_eq!(with(&app, &eve).points().await, 10);
    assert_eq!(with(&app, &ada).reads(&quest).await.status, 200);
}

#[tokio::test]
async fn a_claimed_quest_is_its_performer_s_to_give_back_and_submit() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let eve = app.register("eve").await;
    let quest = with(&app, &ada).quest().await;
    with(&app, &bob).does(&quest, "claim").await;
    for other in [&eve, &ada] {
        for verb in ["unclaim", "submit"] {
            let reply = with(&app, other).act(&quest, verb).await;
            assert_eq!(reply.problem(), (403, "not_performer".to_owned()));
        }
    }
    assert_eq!(with(&app, &bob).reads(&quest).await.json()["version"], 2);
}

#[tokio::test]
async fn a_submitted_quest_is_for_its_parties_to_judge() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let eve = app.register("eve").await;
    let quest = submitted(&app, &ada, &bob).await;
    for verb in ["attest", "dispute"] {
        let reply = with(&app, &eve).act(&quest, verb).await;
        assert_eq!(reply.problem(), (403, "not_participant".to_owned()));
    }
    with(&app, &ada).does(&quest, "dispute").await;
    let reply = with(&app, &eve).act(&quest, "resolve").await;
    assert_eq!(reply.problem(), (403, "not_arbiter".to_owned()));
}

#[tokio::test]
async fn a_list_of_one_s_own_quests_has_nobody_else_s() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let eve = app.register("eve").await;
    let quest = submitted(&app, &ada, &bob).await;
    let ids = |reply: civicforge_testing::Reply| {
        let body = reply.json();
        let items = body["items"].as_array().unwrap().clone();
        items
            .iter()
            .map(|q| q["questId"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    for (who, role, expected) in [
        (&ada, "creator", vec![quest.clone()]),
        (&ada, "performer", vec![]),
        (&bob, "creator", vec![]),
        (&bob, "performer", vec![quest]),
        (&eve, "creator", vec![]),
        (&eve, "performer", vec![]),
    ] {
        let path = format!("/api/v1/users/me/quests?role={role}");
        assert_eq!(ids(with(&app, who).list(&path).await), expected, "{role}");
    }
}

#[tokio::test]
async fn an_idempotency_key_is_its_member_s() {
    let app = TestApp::new().await;
    let (ada, eve) = (app.register("ada").await, app.register("eve").await);
    let post = |who| {
        app.post(QUESTS)
            .member(who)
            .key("k")
            .json(&draft("Chairs to the garden"))
    };
    let (first, second) = (post(&ada).send().await, post(&eve).send().await);
    assert_eq!((first.status, second.status), (201, 201));
    assert_ne!(first.json()["questId"], second.json()["questId"]);
    assert_eq!(second.header("idempotency-replayed"), None);
}

#[tokio::test]
async fn a_page_token_is_its_member_s() {
    let app = TestApp::new().await;
    let (ada, eve) = (app.register("ada").await, app.register("eve").await);
    for who in [&ada, &eve] {
        for _ in 0..3 {
            with(&app, who).quest().await;
        }
    }
    for path in [
        QUESTS.to_owned() + "?limit=1",
        "/api/v1/users/me/quests?role=creator&limit=1".to_owned(),
    ] {
        let token = with(&app, &ada).list(&path).await.json()["nextPageToken"]
            .as_str()
            .unwrap()
            .to_owned();
        let next = format!("{path}&pageToken={token}");
        assert_eq!(with(&app, &ada).list(&next).await.status, 200);
        let reply = with(&app, &eve).list(&next).await;
        assert_eq!(reply.problem(), (400, "invalid_page_token".to_owned()));
    }
}

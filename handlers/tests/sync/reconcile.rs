//! The job that finds what webhooks have missed, and what administrators see of it.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use civicforge_demo_vendors::Fault;
use civicforge_demo_vendors::clickup::{Act, Delivering, LIST, RIVER, TOKEN};
use civicforge_demo_vendors::slack::{self, CHANNEL, Slack};
use civicforge_handlers::tasks::keys;
use civicforge_kernel::table::{Condition, Write};
use civicforge_testing::TestMember;
use futures::future::join_all;
use serde_json::{Value, json};

use super::support::{World, mapping};

/// One round, some minutes after the one before.
async fn round(world: &World) -> Value {
    world.app.clock.advance(TimeDelta::minutes(5));
    at_once(world).await
}

async fn at_once(world: &World) -> Value {
    let deadline = Instant::now() + Duration::from_secs(60);
    let app = &world.app.app;
    app.run("reconcile", json!({}), deadline).await.unwrap()
}

async fn status(world: &World, admin: &TestMember) -> Value {
    // Tokens do not live as long as these tests.
    let admin = world.app.login(&admin.email).await;
    let reply = world.app.get("/api/v1/admin/sync").member(&admin);
    let reply = reply.send().await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()
}

/// What is known of one system.
async fn of(world: &World, admin: &TestMember, system: &str) -> Value {
    let status = status(world, admin).await;
    let systems = status["systems"].as_array().unwrap();
    let found = systems.iter().find(|found| found["system"] == system);
    found.unwrap().clone()
}

async fn resync(world: &World, admin: &TestMember) {
    let admin = world.app.login(&admin.email).await;
    let reply = world.app.post("/api/v1/admin/sync").member(&admin);
    let reply = reply.send().await;
    assert_eq!((reply.status, reply.body.len()), (202, 0), "{reply:?}");
}

#[tokio::test]
async fn what_webhooks_have_not_told_of_is_read() {
    let world = World::new().await;
    let admin = world.app.register_admin("ada").await;
    world.click_up.deliver(Delivering::Held);
    let id = world.created("The band saw");
    // At first there is nothing that anybody has missed.
    assert_eq!(at_once(&world).await["mended"], 0);
    assert_eq!(world.task().await["title"], "The band saw");
    world.created("The other saw");
    let rename = |name| world.click_up.act(RIVER, &id, Act::Rename(name)).unwrap();
    rename("The table saw");
    world.click_up.shift_clock(TimeDelta::zero());
    assert_eq!(round(&world).await["mended"], 2);
    let seen = of(&world, &admin, "clickUp").await;
    assert_eq!(seen["missed"], 2, "{seen}");
    assert_eq!(world.tasks().await.len(), 2);
    assert_eq!(round(&world).await["mended"], 0);
    assert_eq!(of(&world, &admin, "clickUp").await["missed"], 0);
}

#[tokio::test]
async fn what_is_gone_is_found_once_a_day_and_where_an_administrator_asks_for_it() {
    let world = World::new().await;
    let admin = world.app.register_admin("ada").await;
    world.click_up.deliver(Delivering::Held);
    let ids = [(); 3].map(|()| world.created("The band saw"));
    at_once(&world).await;
    let delete = |id: &str| world.click_up.act(RIVER, id, Act::Delete).unwrap();
    delete(&ids[0]);
    round(&world).await;
    assert_eq!(world.tasks().await.len(), 3);
    world.app.clock.advance(TimeDelta::hours(24));
    assert_eq!(at_once(&world).await["mended"], 1);
    assert_eq!(world.tasks().await.len(), 2);

    delete(&ids[1]);
    let before = of(&world, &admin, "clickUp").await;
    resync(&world, &admin).await;
    let asked = of(&world, &admin, "clickUp").await;
    assert!(asked["resyncRequestedAt"].is_string(), "{asked}");
    // It does not wait for the next round of the usual kind.
    world.app.clock.advance(TimeDelta::seconds(1));
    assert_eq!(at_once(&world).await["mended"], 1);
    let after = of(&world, &admin, "clickUp").await;
    assert_eq!(after.get("resyncRequestedAt"), None, "{after}");
    assert_ne!(before["pulledAllAt"], after["pulledAllAt"]);
    assert_eq!(world.tasks().await.len(), 1);
    let nothing = json!({"damaged": 0, "failed": 0, "lost": 0, "mended": 0, "reactivated": 0, "recounted": 0, "skipped": 0});
    assert_eq!(at_once(&world).await, nothing, "nothing is due");
}

#[tokio::test]
async fn a_webhook_that_clickup_has_suspended_sends_again() {
    let world = World::new().await;
    let admin = world.app.register_admin("ada").await;
    at_once(&world).await;
    let webhook = world
        .click_up
        .state()
        .look(|state| state.webhooks[0].clone());
    let suspended = reqwest::Client::new()
        .put(format!("{}/webhook/{}", world.click_up.url(), webhook.id))
        .header("authorization", TOKEN)
        .json(&json!({"endpoint": webhook.endpoint, "events": "*", "status": "inactive"}))
        .send()
        .await
        .unwrap();
    assert_eq!(suspended.status(), 200);
    world.created("The band saw");
    world.settle().await;
    assert_eq!(world.tasks().await.len(), 0);
    let done = round(&world).await;
    assert_eq!(
        (&done["reactivated"], &done["mended"]),
        (&json!(1), &json!(1))
    );
    let webhooks = of(&world, &admin, "clickUp").await["webhooks"].clone();
    let expected = json!([{"webhookId": webhook.id, "health": "suspended", "lostEvents": 0}]);
    assert_eq!(webhooks, expected);
    world.created("The other saw");
    world.settle().await;
    assert_eq!(world.tasks().await.len(), 2);
    assert_eq!(round(&world).await["reactivated"], 0);
    let webhooks = of(&world, &admin, "clickUp").await["webhooks"].clone();
    assert_eq!(webhooks[0]["health"], "active");

    // One that somebody has deleted there is not made again: that is for an operator to decide.
    world.client.delete_webhook(&webhook.id).await.unwrap();
    assert_eq!(round(&world).await["lost"], 1);
    let webhooks = of(&world, &admin, "clickUp").await["webhooks"].clone();
    assert_eq!(webhooks[0]["health"], "missing");
    assert_eq!(world.client.webhooks("9000100").await.unwrap(), []);
}

#[tokio::test]
async fn of_several_processes_one_reads() {
    let world = World::new().await;
    let rounds = join_all([(); 4].map(|()| at_once(&world))).await;
    assert_eq!(rounds.len(), 4);
    let pages = world.click_up.traffic().look(|all| {
        let is_page = |path: &str| path.ends_with(&format!("/list/{LIST}/task"));
        all.iter().filter(|one| is_page(&one.path)).count()
    });
    assert_eq!(pages, 1);
}

#[tokio::test]
async fn while_clickup_is_down_that_is_said_and_the_next_round_reads_what_was_missed() {
    let world = World::new().await;
    let admin = world.app.register_admin("ada").await;
    at_once(&world).await;
    world.click_up.deliver(Delivering::Held);
    world.created("The band saw");
    world.click_up.faults().always(Fault::status(503));
    assert_eq!(round(&world).await["failed"], 1);
    let seen = of(&world, &admin, "clickUp").await;
    let why = seen["lastFailure"].as_str().unwrap();
    assert!(why.contains("503"), "{seen}");
    assert_eq!(world.tasks().await.len(), 0);
    world.click_up.faults().clear();
    world.mended("to:clickup", "ClickUp");
    assert_eq!(at_once(&world).await["mended"], 1);
    let seen = of(&world, &admin, "clickUp").await;
    assert!(seen["lastSuccessAt"].as_str() > seen["lastFailureAt"].as_str());
    assert_eq!(seen["breaker"], "closed");
}

#[tokio::test]
async fn a_list_that_is_gone_keeps_no_other_from_being_read() {
    let mut two = mapping();
    let lists = json!([{"list": "404"}, {"list": LIST}]);
    two["clickUp"]["lists"] = lists;
    let world = World::with(json!({}), two).await;
    world.click_up.answer_404(true);
    world.click_up.deliver(Delivering::Held);
    world.created("The band saw");
    let done = at_once(&world).await;
    assert_eq!(done["failed"], 0, "{done}");
    assert_eq!(world.tasks().await.len(), 1);
}

#[tokio::test]
async fn a_wrong_number_of_open_tasks_is_mended() {
    let world = World::new().await;
    let admin = world.app.register_admin("ada").await;
    world.created("The band saw");
    world.settle().await;
    at_once(&world).await;
    let counts = keys::counts("woodshop");
    for wrong in counts.map(|keys| keys.primary) {
        let write = Write::update(wrong).when(Condition::exists());
        world
            .app
            .app
            .table
            .write(write.set("open", 7))
            .await
            .unwrap();
    }
    let open = async || {
        let shops = world.app.get("/api/v1/shops").send().await.json();
        shops["items"][1]["openTasks"].clone()
    };
    assert_eq!(open().await, 28);
    resync(&world, &admin).await;
    assert_eq!(round(&world).await["recounted"], 4);
    assert_eq!(open().await, 1);
}

#[tokio::test]
async fn administrators_see_what_goes_wrong_with_each_system() {
    let slack = Slack::start(slack::Setup::default()).await.unwrap();
    let settings = json!({"slack": {"token": slack::TOKEN, "address": slack.url()}});
    let mut mapping = mapping();
    mapping["slackChannel"] = json!(CHANNEL);
    let world = World::with(settings, mapping).await;
    let admin = world.app.register_admin("ada").await;
    let seen = status(&world, &admin).await;
    assert_eq!(seen.get("reconciledAt"), None);
    assert_eq!(seen["systems"].as_array().unwrap().len(), 4);
    assert_eq!(
        seen["systems"][0].get("configured"),
        None,
        "nobody has looked"
    );

    slack.faults().always(Fault::status(503));
    world.created("The band saw");
    world.settle().await;
    at_once(&world).await;
    let click_up = of(&world, &admin, "clickUp").await;
    assert_eq!(click_up["configured"], true);
    assert!(click_up["lastEventAt"].is_string(), "{click_up}");
    assert!(click_up["lastSuccessAt"].is_string(), "{click_up}");
    let neon = of(&world, &admin, "neon").await;
    assert_eq!(neon["configured"], false);

    world.app.clock.advance(TimeDelta::seconds(90));
    let told = of(&world, &admin, "slack").await;
    assert_eq!(
        (&told["waiting"], &told["deadLetters"]),
        (&json!(1), &json!(0))
    );
    assert!(told["lagSeconds"].as_i64().unwrap() >= 90, "{told}");
    assert!(
        told["lastFailure"].as_str().unwrap().contains("503"),
        "{told}"
    );
    assert_eq!(told.get("lastSuccessAt"), None);
    world.hour().await;
    // Its calls were tried again each time, so it is left alone by now.
    world.app.clock.advance(TimeDelta::hours(24));
    world.app.app.relay().breakers().succeeded("to:slack");
    world.app.app.relay().round().await.unwrap();
    let given_up = of(&world, &admin, "slack").await;
    assert_eq!(
        (&given_up["waiting"], &given_up["deadLetters"]),
        (&json!(0), &json!(1)),
        "{given_up}"
    );
}

#[tokio::test]
async fn a_role_that_was_taken_away_counts_no_more() {
    let world = World::new().await;
    let admin = world.app.register_admin("ada").await;
    status(&world, &admin).await;
    let roles = civicforge_kernel::table::item::to_value(&["member"]).unwrap();
    let key = civicforge_handlers::users::keys::key(admin.id);
    let write = Write::update(key).when(Condition::exists());
    let table = &world.app.app.table;
    table.write(write.set("roles", roles)).await.unwrap();
    let refused = world.app.get("/api/v1/admin/sync").member(&admin);
    assert_eq!(
        refused.send().await.problem(),
        (403, "not_admin".to_owned())
    );
}

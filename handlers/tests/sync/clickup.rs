//! ClickUp: what comes in, what goes out, and who is right.

use chrono::TimeDelta;
use civicforge_demo_vendors::Fault;
use civicforge_demo_vendors::clickup::{Act, Delivering, Delivery, LIST, RIVER, SKY};
use civicforge_handlers::sync::connect;
use civicforge_handlers::sync::webhooks::Webhooks;
use civicforge_kernel::table::outbox::operate::{self, Which};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use serde_json::{Value, json};

use super::support::World;

async fn post(world: &World, body: &[u8], signature: Option<&str>) -> u16 {
    let mut call = reqwest::Client::new()
        .post(world.endpoint.clone())
        .header("content-type", "application/json")
        .body(body.to_vec());
    if let Some(signature) = signature {
        call = call.header("x-signature", signature);
    }
    call.send().await.unwrap().status().as_u16()
}

fn deliveries(world: &World) -> Vec<Delivery> {
    world
        .click_up
        .state()
        .look(|state| state.deliveries.clone())
}

#[tokio::test]
async fn a_task_of_clickup_is_claimed_here_and_taken_there_and_the_echo_changes_nothing() {
    let world = World::new().await;
    let vera = world.app.register_volunteer("vera").await;
    let id = world.created("The band saw does not start");
    world.settle().await;
    let task = world.task().await;
    for (name, value) in [
        ("title", json!("The band saw does not start")),
        ("description", json!("It hums.")),
        ("shop", json!("woodshop")),
        ("status", json!("OPEN")),
        (
            "clickUpUrl",
            json!(format!("https://app.clickup.com/t/{id}")),
        ),
        ("version", json!(1)),
    ] {
        assert_eq!(task[name], value, "{name}");
    }
    let claimed = world.act(&vera, &task, "claim").await;
    world.settle().await;
    assert_eq!(world.status_there(&id), "in progress");
    // Its own change has come back as an event.
    assert_eq!(world.task().await, claimed);
    let done = world.act(&vera, &task, "complete").await;
    world.settle().await;
    assert_eq!(world.status_there(&id), "complete");
    assert_eq!(world.task().await, done);
    let shops = world.app.get("/api/v1/shops").send().await.json();
    assert_eq!(shops["items"][1]["openTasks"], 0);
}

#[tokio::test]
async fn who_has_a_task_is_a_user_of_clickup_by_a_verified_address_alone() {
    let world = World::new().await;
    let river = world.app.register_volunteer("river").await;
    let id = world.created("The band saw does not start");
    world.settle().await;
    let task = world.task().await;
    let assignees = || {
        let task = world.click_up.task(&id).unwrap();
        let assignees = task["assignees"].as_array().unwrap().clone();
        assignees
            .iter()
            .map(|one| one["id"].clone())
            .collect::<Vec<_>>()
    };
    world.act(&river, &task, "claim").await;
    world.settle().await;
    assert!(assignees().is_empty());
    world.act(&river, &task, "release").await;
    world.app.verify_email(&river).await;
    world.act(&river, &task, "claim").await;
    world.settle().await;
    assert_eq!(assignees(), [json!(RIVER)]);
    world.act(&river, &task, "release").await;
    world.settle().await;
    assert!(assignees().is_empty());
}

#[tokio::test]
async fn a_reported_problem_becomes_one_task_of_clickup() {
    let world = World::new().await;
    let ada = world.app.register("ada").await;
    let problem = json!({
        "title": "The band saw does not start", "description": "It hums.", "shop": "woodshop", "urgency": "high",
        "majorRepair": true,
    });
    let call = world.app.post("/api/v1/problem-reports").member(&ada);
    let reported = call.json(&problem).send().await.json();
    world.settle().await;
    let task = world.task().await;
    assert_eq!(task["taskId"], reported["taskId"]);
    let url = task["clickUpUrl"].as_str().unwrap();
    let there = world
        .click_up
        .task(url.rsplit('/').next().unwrap())
        .unwrap();
    assert_eq!(there["name"], problem["title"]);
    assert_eq!(there["priority"]["id"], "2");
    for (name, value) in problem.as_object().unwrap() {
        assert_eq!(&task[name], value, "{name}");
    }
}

#[tokio::test]
async fn a_problem_that_is_claimed_before_it_is_there_is_created_once_and_then_taken() {
    let world = World::new().await;
    let vera = world.app.register_volunteer("vera").await;
    let problem = json!({"title": "The band saw does not start", "shop": "woodshop"});
    let call = world.app.post("/api/v1/problem-reports").member(&vera);
    let task = call.json(&problem).send().await.json();
    world.act(&vera, &task, "claim").await;
    world.settle().await;
    world.app.clock.advance(TimeDelta::minutes(1));
    world.settle().await;
    let there = world.click_up.state().look(|state| {
        let ids = state.tasks.keys();
        ids.cloned().collect::<Vec<_>>()
    });
    assert_eq!(there.len(), 1);
    assert_eq!(world.status_there(&there[0]), "in progress");
    assert_eq!(world.task().await["status"], "IN_PROGRESS");
}

#[tokio::test]
async fn a_task_whose_creation_was_not_answered_is_not_created_again() {
    let world = World::new().await;
    let ada = world.app.register("ada").await;
    world.click_up.faults().times(1, "POST", Fault::CutAfter);
    let problem = json!({"title": "The band saw does not start", "shop": "woodshop"});
    let call = world.app.post("/api/v1/problem-reports").member(&ada);
    assert_eq!(call.json(&problem).send().await.status, 202);
    world.app.app.relay().round().await.unwrap();
    world.app.clock.advance(TimeDelta::minutes(1));
    world.settle().await;
    assert!(world.task().await["clickUpUrl"].is_string());
    let there = world.click_up.state().look(|state| state.tasks.len());
    assert_eq!(there, 1);
}

#[tokio::test]
async fn clickup_is_right_where_both_have_changed() {
    let world = World::new().await;
    let vera = world.app.register_volunteer("vera").await;
    let id = world.created("The band saw does not start");
    world.settle().await;
    let task = world.task().await;
    world.act(&vera, &task, "claim").await;
    world
        .click_up
        .act(SKY, &id, Act::Status("complete"))
        .unwrap();
    world.settle().await;
    let task = world.task().await;
    assert_eq!(task["status"], "DONE");
    assert!(
        task["notice"].as_str().unwrap().contains("ClickUp"),
        "{task}"
    );
    assert_eq!(world.status_there(&id), "complete");
    // Opened again there, nobody has it here.
    world.click_up.act(SKY, &id, Act::Status("to do")).unwrap();
    world.settle().await;
    assert_eq!(world.task().await["status"], "OPEN");
    let mine = world
        .app
        .get("/api/v1/users/me/tasks")
        .member(&vera)
        .send()
        .await;
    assert_eq!(mine.json()["items"], json!([]));
    let again = world.act(&vera, &task, "claim").await;
    assert_eq!(again.get("notice"), None);
}

#[tokio::test]
async fn a_claim_that_is_on_its_way_survives_another_change_there() {
    let world = World::new().await;
    let vera = world.app.register_volunteer("vera").await;
    let id = world.created("The band saw does not start");
    world.settle().await;
    let task = world.task().await;
    world.act(&vera, &task, "claim").await;
    world
        .click_up
        .act(SKY, &id, Act::Rename("The band saw stands still"))
        .unwrap();
    world.settle().await;
    let task = world.task().await;
    assert_eq!(
        (&task["status"], &task["title"]),
        (&json!("IN_PROGRESS"), &json!("The band saw stands still"))
    );
    assert_eq!(world.status_there(&id), "in progress");
}

#[tokio::test]
async fn what_clickup_refuses_is_taken_back_here() {
    let world = World::new().await;
    let vera = world.app.register_volunteer("vera").await;
    world.created("The band saw does not start");
    world.settle().await;
    let task = world.task().await;
    world.act(&vera, &task, "claim").await;
    let refusal = json!({"err": "Status does not exist", "ECODE": "ITEM_114"});
    let fault = Fault::Answer {
        status: 400,
        headers: vec![("content-type", "application/json".to_owned())],
        body: refusal.to_string(),
    };
    world.click_up.faults().times(1, "PUT", fault);
    world.settle().await;
    let task = world.task().await;
    assert_eq!(task["status"], "OPEN");
    assert!(task["notice"].is_string(), "{task}");
}

#[tokio::test]
async fn what_is_deleted_moved_away_or_archived_is_gone_and_comes_back() {
    let world = World::new().await;
    let id = world.created("The band saw does not start");
    world.settle().await;
    let first = world.task().await;
    world.click_up.act(RIVER, &id, Act::Archive(true)).unwrap();
    world.settle().await;
    assert!(world.tasks().await.is_empty());
    let path = format!("/api/v1/tasks/{}", first["taskId"].as_str().unwrap());
    assert_eq!(world.app.get(&path).send().await.status, 404);
    world.click_up.act(RIVER, &id, Act::Archive(false)).unwrap();
    world.settle().await;
    assert_eq!(world.task().await["taskId"], first["taskId"]);
    world.click_up.act(RIVER, &id, Act::Rename("Late")).unwrap();
    world.click_up.act(RIVER, &id, Act::Delete).unwrap();
    world.settle().await;
    assert!(world.tasks().await.is_empty());
    let shops = world.app.get("/api/v1/shops").send().await.json();
    assert_eq!(shops["items"][1]["openTasks"], 0);
}

#[tokio::test]
async fn deliveries_twice_and_in_any_order_end_as_in_order() {
    let world = World::new().await;
    world.click_up.deliver(Delivering::Held);
    let mut ids = Vec::new();
    for n in 0..10 {
        ids.push(world.created(&format!("Task {n}")));
    }
    for (n, id) in ids.iter().enumerate() {
        for act in [
            Act::Status("in progress"),
            Act::Rename("Again"),
            Act::Priority(Some(1)),
            Act::Status(if n % 2 == 0 { "complete" } else { "to do" }),
        ] {
            world.click_up.act(SKY, id, act).unwrap();
        }
    }
    world.click_up.act(SKY, &ids[0], Act::Delete).unwrap();
    let mut all = deliveries(&world);
    all.extend(all.clone());
    let seed = rand::random();
    all.shuffle(&mut StdRng::seed_from_u64(seed));
    assert!(all.len() > 100, "{}", all.len());
    for some in all.chunks(8) {
        let posts = some
            .iter()
            .map(|one| post(&world, &one.body, Some(&one.signature)));
        let statuses = futures::future::join_all(posts).await;
        assert!(
            statuses.iter().all(|status| *status == 202),
            "{statuses:?} seed {seed}"
        );
    }
    world.settle().await;
    let tasks = world.tasks().await;
    assert_eq!(tasks.len(), 9, "seed {seed}");
    for task in &tasks {
        assert_eq!(
            (&task["title"], &task["urgency"]),
            (&json!("Again"), &json!("critical"))
        );
        let url = task["clickUpUrl"].as_str().unwrap();
        let there = world.status_there(url.rsplit('/').next().unwrap());
        let expected = if there == "complete" { "DONE" } else { "OPEN" };
        assert_eq!(task["status"], expected, "seed {seed}");
    }
    let shops = world.app.get("/api/v1/shops").send().await.json();
    assert_eq!(shops["items"][1]["openTasks"], 5, "seed {seed}");
}

#[tokio::test]
async fn an_hour_without_clickup_loses_nothing_and_repeats_nothing() {
    let world = World::new().await;
    let vera = world.app.register_volunteer("vera").await;
    let id = world.created("The band saw does not start");
    world.settle().await;
    let task = world.task().await;
    world.click_up.faults().always(Fault::status(503));
    world.act(&vera, &task, "claim").await;
    for _ in 0..12 {
        world.app.app.relay().round().await.unwrap();
        world.app.clock.advance(TimeDelta::minutes(5));
    }
    assert_eq!(world.status_there(&id), "to do");
    world.click_up.faults().clear();
    world.app.clock.advance(TimeDelta::hours(1));
    // It was left alone, by a clock that tests do not move, and is tried again.
    world.app.app.relay().breakers().succeeded("to:clickup");
    world.app.app.vendors.breakers().succeeded("ClickUp");
    world.settle().await;
    assert_eq!(world.status_there(&id), "in progress");
    let puts = world.click_up.traffic().look(|all| {
        let puts = all
            .iter()
            .filter(|one| one.method == "PUT" && one.status == Some(200));
        puts.filter(|one| one.path.contains("/task/")).count()
    });
    assert_eq!(puts, 1);
    let dead = operate::list(&world.app.app.table, Which::Dead, 10)
        .await
        .unwrap();
    assert!(dead.is_empty(), "{dead:?}");
}

#[tokio::test]
async fn nobody_else_s_delivery_is_taken_and_no_answer_suspends_a_webhook() {
    let world = World::new().await;
    world.click_up.deliver(Delivering::Held);
    world.created("The band saw does not start");
    let genuine = deliveries(&world).remove(0);
    let body = &genuine.body;
    let other = body.iter().rev().copied().collect::<Vec<u8>>();
    let unknown = String::from_utf8_lossy(body).replace(&genuine.webhook, "another");
    for (what, body, signature, expected) in [
        ("no signature", &body[..], None, 403),
        ("an empty one", body, Some(""), 403),
        ("another one", body, Some("00"), 403),
        (
            "that of another body",
            &other,
            Some(genuine.signature.as_str()),
            403,
        ),
        (
            "of an unknown webhook",
            unknown.as_bytes(),
            Some(genuine.signature.as_str()),
            403,
        ),
        ("no body", b"", Some(genuine.signature.as_str()), 403),
        (
            "bytes that are no text",
            b"\xff\xfe",
            Some(genuine.signature.as_str()),
            403,
        ),
        (
            "the genuine one",
            body,
            Some(genuine.signature.as_str()),
            202,
        ),
        (
            "the same again",
            body,
            Some(genuine.signature.as_str()),
            202,
        ),
    ] {
        assert_eq!(post(&world, body, signature).await, expected, "{what}");
    }
    world.settle().await;
    assert_eq!(world.tasks().await.len(), 1);
}

#[tokio::test]
async fn of_a_shape_that_is_not_documented_the_shape_is_kept() {
    let world = World::new().await;
    let webhooks = Webhooks::read(&world.app.app.table).await.unwrap();
    let webhook = &webhooks.click_up[0];
    let body =
        json!({"webhook_id": webhook.webhook_id, "payload": {"name": "secret", "lists": [1]}});
    let body = body.to_string();
    let signature =
        civicforge_demo_vendors::clickup::signature(webhook.secret.expose(), body.as_bytes());
    for _ in 0..2 {
        assert_eq!(post(&world, body.as_bytes(), Some(&signature)).await, 202);
    }
    let round = world.app.app.relay().round().await.unwrap();
    assert_eq!((round.dead, round.delivered), (1, 0));
    let dead = operate::list(&world.app.app.table, Which::Dead, 10)
        .await
        .unwrap();
    let message = dead[0].message.as_ref().unwrap();
    let shape: Value = serde_json::from_str(&message.payload).unwrap();
    let expected =
        json!({"webhook_id": "string", "payload": {"name": "string", "lists": ["number"]}});
    assert_eq!(shape["shape"], expected);
}

#[tokio::test]
async fn a_webhook_is_taken_over_rotated_and_removed() {
    let world = World::new().await;
    let table = &world.app.app.table;
    let by = world.mapping.click_up.as_ref().unwrap();
    let again = connect::connect(&world.client, table, by, &world.endpoint)
        .await
        .unwrap();
    assert!(again[0].was_there);
    world.click_up.deliver(Delivering::Held);
    let id = world.created("The band saw does not start");
    let old = deliveries(&world).remove(0);
    let clock = civicforge_kernel::clock::Clock::new({
        let clock = world.app.clock.clone();
        move || clock.now()
    });
    let rotated = connect::rotate(&world.client, table, by, &world.endpoint, &clock)
        .await
        .unwrap();
    assert!(
        !rotated[0].was_there && rotated[0].id != old.webhook,
        "{rotated:?}"
    );
    // A process goes by the webhooks that it has read for half a minute; a new server has read none.
    assert_eq!(post(&world, &old.body, Some(&old.signature)).await, 202);
    world
        .click_up
        .act(SKY, &id, Act::Rename("Rotated"))
        .unwrap();
    let new = deliveries(&world).pop().unwrap();
    assert_eq!(new.webhook, rotated[0].id);
    assert_eq!(connect::disconnect(&world.client, table).await.unwrap(), 2);
    let there = world.click_up.state().look(|state| state.webhooks.len());
    assert_eq!(there, 0);
    assert!(Webhooks::read(table).await.unwrap().click_up.is_empty());
    assert_eq!(LIST, by.lists[0].list);
}

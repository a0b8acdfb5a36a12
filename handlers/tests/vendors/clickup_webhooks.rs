//! ClickUp: webhooks, how they are managed, and what the server delivers.

use civicforge_demo_vendors::clickup::{
    Act, ClickUp as Server, Delivering, LIST, RIVER, SERVICE, SKY, SPACE, TEAM,
};
use civicforge_handlers::vendors::VendorError;
use civicforge_handlers::vendors::clickup::{
    ClickUp, NewWebhook, Scope, TaskChanges, WEBHOOK_EXISTS, Webhook,
};
use serde_json::json;
use url::Url;

use super::endpoint::Endpoint;
use super::support::{answer, clickup, has_shape_of, sample, soon};

const SHOP: &str = "6d0f3a52-0000-4000-8000-00000000a001";
const LASERS: &str = "0b7e1c00-0000-4000-8000-000000000003";

async fn connected() -> (Server, ClickUp, Endpoint, Url, Webhook) {
    let (server, client) = clickup().await;
    let (endpoint, url) = Endpoint::start().await;
    let new = NewWebhook {
        endpoint: &url,
        events: &["*"],
        scope: Scope::List(LIST),
    };
    let webhook = client.create_webhook(TEAM, &new).await.unwrap();
    (server, client, endpoint, url, webhook)
}

#[tokio::test]
async fn a_webhook_is_made_found_reactivated_and_deleted() {
    let (server, client, _, url, webhook) = connected().await;
    assert!(webhook.is_for(Scope::List(LIST)));
    assert!(!webhook.is_for(Scope::List("1")) && !webhook.is_for(Scope::Team));
    assert!(webhook.secret.as_ref().unwrap().expose().len() >= 32);
    assert!(!format!("{webhook:?}").contains(webhook.secret.as_ref().unwrap().expose()));
    let new = NewWebhook {
        endpoint: &url,
        events: &["taskCreated"],
        scope: Scope::List(LIST),
    };
    let again = client.create_webhook(TEAM, &new).await.unwrap_err();
    let VendorError::Refused(said) = again else {
        panic!("{again:?}")
    };
    assert_eq!(said.code.as_deref(), Some(WEBHOOK_EXISTS));
    let space = NewWebhook {
        scope: Scope::Space(SPACE),
        ..new
    };
    let space = client.create_webhook(TEAM, &space).await.unwrap();
    assert!(space.is_for(Scope::Space(SPACE)) && !space.is_for(Scope::List(LIST)));
    let all = client.webhooks(TEAM).await.unwrap();
    assert_eq!(all, [webhook.clone(), space.clone()]);
    let events = ["taskCreated", "taskDeleted"];
    client
        .activate_webhook(&webhook.id, &url, &events)
        .await
        .unwrap();
    let all = client.webhooks(TEAM).await.unwrap();
    assert_eq!(all[0].events, events);
    client.delete_webhook(&space.id).await.unwrap();
    let gone = client.delete_webhook(&space.id).await;
    assert!(matches!(gone, Err(VendorError::Gone(_))), "{gone:?}");
    assert_eq!(server.state().look(|state| state.webhooks.len()), 1);
}

#[tokio::test]
async fn recorded_webhooks_are_read() {
    let (server, client) = clickup().await;
    server
        .faults()
        .once(answer(200, &sample("clickup-webhook-created")));
    let url: Url = "https://dashboard.example.org/webhooks/clickup"
        .parse()
        .unwrap();
    let new = NewWebhook {
        endpoint: &url,
        events: &["taskCreated"],
        scope: Scope::List(LIST),
    };
    let made = client.create_webhook(TEAM, &new).await.unwrap();
    assert!(made.is_for(Scope::List(LIST)) && made.secret.is_some());
    let sent = server.traffic().look(|all| all[0].json());
    assert_eq!(
        sent["list_id"],
        json!(900_200_300_400_i64),
        "it is a number there"
    );
    server
        .faults()
        .once(answer(200, &sample("clickup-webhooks-list")));
    let all = client.webhooks(TEAM).await.unwrap();
    assert_eq!(all[0].health.fail_count, 7);
    assert!(!all[0].health.is_suspended() && all[1].health.is_suspended());
    let mut odd = sample("clickup-webhooks-list");
    odd["webhooks"][0]["events"] = json!("*");
    odd["webhooks"][0]["health"] = json!(null);
    server.faults().once(answer(200, &odd));
    assert_eq!(client.webhooks(TEAM).await.unwrap()[0].events, ["*"]);
}

#[tokio::test]
async fn what_people_do_is_delivered_signed_and_shaped_as_recorded() {
    let (server, client, endpoint, _, webhook) = connected().await;
    let shop = [(SHOP, json!(LASERS))];
    let id = server
        .create_task(RIVER, LIST, "Guard", "It is loose", &shop)
        .unwrap();
    server.act(RIVER, &id, Act::Status("in progress")).unwrap();
    server.act(SKY, &id, Act::Assign(SKY)).unwrap();
    let woodshop = json!("0b7e1c00-0000-4000-8000-000000000000");
    server
        .act(SKY, &id, Act::Field(SHOP, woodshop.clone()))
        .unwrap();
    // Nothing changes, and nothing is told.
    server.act(SKY, &id, Act::Status("In Progress")).unwrap();
    server.act(RIVER, &id, Act::Delete).unwrap();
    soon(server.delivered()).await;
    let events = endpoint.events();
    let names: Vec<_> = events
        .iter()
        .map(|event| event["event"].as_str().unwrap())
        .collect();
    let expected = [
        "taskCreated",
        "taskStatusUpdated",
        "taskStatusUpdated",
        "taskUpdated",
        "taskAssigneeUpdated",
        "taskUpdated",
        "taskUpdated",
        "taskDeleted",
    ];
    assert_eq!(names, expected);
    for (index, name) in [
        (0, "task-created"),
        (2, "task-status-updated"),
        (3, "task-updated-status"),
        (4, "task-assignee-updated"),
        (6, "task-updated-custom-field"),
        (7, "task-deleted"),
    ] {
        has_shape_of(
            &events[index],
            &sample(&format!("clickup-event-{name}")),
            name,
        );
    }
    let item = |index: usize| &events[index]["history_items"][0];
    assert_eq!(item(2)["id"], item(3)["id"], "one act has one item");
    assert_ne!(item(3)["id"], item(4)["id"]);
    assert_eq!(
        (&item(6)["before"], &item(6)["after"]),
        (&json!(LASERS), &woodshop)
    );
    assert!(events[7].get("history_items").is_none());
    // It is by this that our own changes are known.
    assert_eq!(item(2)["user"]["id"], json!(RIVER));
    let task = client.task(&id).await;
    assert!(matches!(task, Err(VendorError::Gone(_))), "{task:?}");
    let secret = webhook.secret.unwrap();
    for (headers, body) in &endpoint.came() {
        let signed = civicforge_demo_vendors::clickup::signature(secret.expose(), body);
        assert_eq!(headers["x-signature"], signed.as_str());
    }
}

#[tokio::test]
async fn changes_over_the_api_come_back_as_those_of_the_tokens_owner() {
    let (server, client, endpoint, ..) = connected().await;
    let id = server.create_task(RIVER, LIST, "Guard", "", &[]).unwrap();
    let changes = TaskChanges {
        status: Some("complete".to_owned()),
        ..TaskChanges::default()
    };
    client.update_task(&id, &changes).await.unwrap();
    soon(server.delivered()).await;
    let last = endpoint.events().pop().unwrap();
    assert_eq!(last["history_items"][0]["user"]["id"], json!(SERVICE));
    assert_eq!(client.user().await.unwrap().id, SERVICE);
}

#[tokio::test]
async fn an_event_is_tried_five_times_and_then_lost() {
    let (server, client, endpoint, ..) = connected().await;
    let id = server.create_task(RIVER, LIST, "Guard", "", &[]).unwrap();
    soon(server.delivered()).await;
    endpoint.answer(&[500, 500, 500, 500, 500, 500, 200]);
    server.act(RIVER, &id, Act::Rename("Other guard")).unwrap();
    soon(server.delivered()).await;
    let health = || async { client.webhooks(TEAM).await.unwrap()[0].health.clone() };
    assert_eq!(
        (&*health().await.status, health().await.fail_count),
        ("failing", 1)
    );
    server.act(RIVER, &id, Act::Rename("Guard")).unwrap();
    soon(server.delivered()).await;
    assert_eq!(health().await.status, "active");
    let tries = server.state().look(|state| {
        let last = state.deliveries.iter().rev().take(2);
        last.map(|delivery| delivery.answers.len())
            .collect::<Vec<_>>()
    });
    assert_eq!(tries, [2, 5]);
}

#[tokio::test]
async fn a_receiver_that_answers_401_or_410_hears_nothing_more_until_it_is_reactivated() {
    for status in [401, 410] {
        let (server, client, endpoint, url, webhook) = connected().await;
        endpoint.answer(&[status]);
        let id = server.create_task(RIVER, LIST, "Guard", "", &[]).unwrap();
        soon(server.delivered()).await;
        server.act(RIVER, &id, Act::Delete).unwrap();
        soon(server.delivered()).await;
        assert_eq!(endpoint.events().len(), 1);
        assert!(
            client.webhooks(TEAM).await.unwrap()[0]
                .health
                .is_suspended()
        );
        client
            .activate_webhook(&webhook.id, &url, &["*"])
            .await
            .unwrap();
        server.create_task(RIVER, LIST, "Guard", "", &[]).unwrap();
        soon(server.delivered()).await;
        assert_eq!(endpoint.events().len(), 3);
    }
}

#[tokio::test]
async fn deliveries_come_twice_or_are_held_for_a_test_to_shuffle() {
    let (server, _client, endpoint, ..) = connected().await;
    server.deliver(Delivering::Held);
    server.create_task(RIVER, LIST, "Guard", "", &[]).unwrap();
    soon(server.delivered()).await;
    assert!(endpoint.events().is_empty());
    assert_eq!(server.state().look(|state| state.deliveries.len()), 2);
    server.deliver(Delivering::Twice);
    server.create_task(RIVER, LIST, "Saw", "", &[]).unwrap();
    soon(server.delivered()).await;
    let bodies: Vec<_> = endpoint.events();
    assert_eq!(bodies.len(), 4);
    assert_eq!(bodies[0], bodies[1]);
}

//! What other systems send.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use civicforge_handlers::members::NEON_USER;
use civicforge_handlers::sync::webhooks::{NeonPassword, Webhooks};
use civicforge_handlers::tasks::mapping::Mapping;
use serde_json::{Value, json};

use crate::harness::Suite;
use crate::transport::{Call, Host, Transport};

const CLICK_UP: &str = "/webhooks/clickup";
const NEON: &str = "/webhooks/neon";
const PASSWORD: &str = "the password of tests";
const ADMIN: &str = "/api/v1/admin/sync";

pub fn cases(suite: &mut Suite) {
    suite.each("sync::signed_events_are_taken_once", taken);
    suite.each("sync::what_is_not_signed_is_refused_with_403", refused);
    suite.each("sync::what_neon_sends_is_taken_once", neon_taken);
    suite.each(
        "sync::whoever_has_no_password_is_refused_with_403",
        neon_refused,
    );
    suite.each("sync::administrators_see_how_it_goes", status);
    suite.each("sync::administrators_have_everything_be_read_again", resync);
    suite.each("sync::members_are_no_administrators", foreign);
}

fn event() -> Value {
    json!({
        "event": "taskUpdated", "webhook_id": "7fa3ec74-69a8-4530-a251-8a13730bd204", "task_id": "1vj38vv",
        "history_items": [{"id": "2800763136717140857"}],
    })
}

fn sends<'h>(host: &'h Host, body: &Value) -> Call<'h> {
    host.post(CLICK_UP).json(body)
}

async fn taken(transport: Transport) {
    let host = transport.host().await;
    let event = event();
    for _ in 0..2 {
        let reply = sends(&host, &event).signed().send().await;
        assert_eq!((reply.status, reply.body.len()), (202, 0), "{reply:?}");
    }
    for other in [
        json!({"event": "listUpdated", "webhook_id": event["webhook_id"], "list_id": "1"}),
        json!({"webhook_id": event["webhook_id"], "payload": {"a": [1]}}),
    ] {
        let reply = sends(&host, &other).signed().send().await;
        assert_eq!(reply.status, 202, "{reply:?}");
    }
    let reply = host
        .post(CLICK_UP)
        .header("accept", "text/html")
        .json(&event);
    assert_eq!(reply.signed().send().await.status, 202);
}

/// ClickUp suspends a webhook at once that answers 401 or 410.
async fn refused(transport: Transport) {
    let host = transport.host().await;
    let event = event();
    let mut unknown = event.clone();
    unknown["webhook_id"] = json!("another");
    let refused = (403, "forbidden".to_owned());
    for call in [
        sends(&host, &event),
        sends(&host, &event).header("x-signature", ""),
        sends(&host, &event).header("x-signature", &"0".repeat(64)),
        sends(&host, &event).bearer("garbage"),
        sends(&host, &unknown).signed(),
        host.post(CLICK_UP)
            .body("application/json", "nonsense")
            .signed(),
        host.post(CLICK_UP).body("text/plain", "nonsense"),
        host.post(CLICK_UP).signed(),
        host.post(CLICK_UP),
    ] {
        let reply = call.send().await;
        assert_eq!(reply.problem(), refused, "{reply:?}");
        assert_eq!(reply.header("www-authenticate"), None);
    }
}

/// A host that knows a password of Neon CRM.
async fn neon_host(transport: Transport) -> Host {
    let host = transport.host().await;
    let known = |all: &mut Webhooks| all.neon.push(NeonPassword::of(PASSWORD));
    let known = Webhooks::change(&host.app.app.table, known).await;
    known.expect("a password");
    host
}

fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
}

fn deleted(parameters: &Value) -> Value {
    json!({
        "eventTrigger": "deleteMembership", "organizationId": "exampleorg",
        "data": {"membershipId": "80003"}, "customParameters": parameters,
    })
}

async fn neon_taken(transport: Transport) {
    let host = neon_host(transport).await;
    let (with, without) = (deleted(&json!({"token": PASSWORD})), deleted(&Value::Null));
    let form = |body: &Value| {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("payload", &body.to_string()).finish()
    };
    let kind = "application/x-www-form-urlencoded";
    for _ in 0..2 {
        for call in [
            host.post(NEON).json(&with),
            host.post(NEON).body(kind, form(&with)),
            host.post(NEON)
                .json(&without)
                .header("authorization", &basic(NEON_USER, PASSWORD)),
            host.post(NEON)
                .body(kind, form(&without))
                .header("authorization", &basic(NEON_USER, PASSWORD)),
            host.post(NEON)
                .body(kind, "nonsense")
                .header("authorization", &basic(NEON_USER, PASSWORD)),
        ] {
            let reply = call.send().await;
            assert_eq!((reply.status, reply.body.len()), (202, 0), "{reply:?}");
        }
    }
    neon_without_a_body(&host).await;
}

async fn neon_without_a_body(host: &Host) {
    let call = host
        .post(NEON)
        .header("authorization", &basic(NEON_USER, PASSWORD));
    let reply = call.send().await;
    assert_eq!(reply.problem(), (400, "invalid_request".to_owned()));
}

async fn neon_refused(transport: Transport) {
    let host = neon_host(transport).await;
    let (with, without) = (deleted(&json!({"token": PASSWORD})), deleted(&Value::Null));
    let refused = (403, "forbidden".to_owned());
    for call in [
        host.post(NEON).json(&without),
        host.post(NEON).json(&deleted(&json!({"token": "another"}))),
        host.post(NEON)
            .json(&deleted(&json!({"token": [PASSWORD]}))),
        host.post(NEON).json(&deleted(&json!({"token": ""}))),
        host.post(NEON).body("application/json", "nonsense"),
        host.post(NEON)
            .json(&with)
            .header("authorization", &basic(NEON_USER, "another")),
        host.post(NEON)
            .json(&with)
            .header("authorization", &basic("somebody", PASSWORD)),
        host.post(NEON)
            .json(&with)
            .header("authorization", "Basic nonsense"),
    ] {
        let reply = call.send().await;
        assert_eq!(reply.problem(), refused, "{reply:?}");
        assert_eq!(reply.header("www-authenticate"), None);
    }
}

async fn status(transport: Transport) {
    let host = transport.host().await;
    let admin = host.app.register_admin("ada").await;
    let reply = host.get(ADMIN).member(&admin).send().await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let body = reply.json();
    let systems = body["systems"].as_array().expect("a list");
    let names: Vec<_> = systems.iter().map(|one| &one["system"]).collect();
    assert_eq!(names, ["clickUp", "neon", "slack", "discourse"]);
    for system in systems {
        for name in ["waiting", "deadLetters", "lagSeconds"] {
            assert_eq!(system[name], 0, "{name}: {system}");
        }
        assert_eq!(system["breaker"], "closed");
    }
}

async fn resync(transport: Transport) {
    let host = transport.host().await;
    let admin = host.app.register_admin("ada").await;
    let ask = async || host.post(ADMIN).member(&admin).send().await;
    assert_eq!(ask().await.problem(), (409, "not_in_sync".to_owned()));
    let mapping: Mapping = serde_json::from_value(json!({
        "shops": {"woodshop": {"name": "Woodshop"}},
        "clickUp": {
            "team": "1", "lists": [{"list": "2", "shop": "woodshop"}],
            "statuses": {"open": ["to do"], "inProgress": ["in progress"], "done": ["complete"]},
        },
    }))
    .expect("a mapping");
    mapping.save(&host.app.app.table).await.expect("an answer");
    for _ in 0..2 {
        let reply = ask().await;
        assert_eq!((reply.status, reply.body.len()), (202, 0), "{reply:?}");
    }
}

async fn foreign(transport: Transport) {
    let host = transport.host().await;
    let eve = host.app.register("eve").await;
    let judge = host.app.register_arbiter("judge").await;
    for member in [&eve, &judge] {
        for call in [host.get(ADMIN), host.post(ADMIN)] {
            let reply = call.stranger(member).send().await;
            assert_eq!(reply.problem(), (403, "not_admin".to_owned()), "{reply:?}");
        }
    }
}

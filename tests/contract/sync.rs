//! What other systems send.

use serde_json::{Value, json};

use crate::harness::Suite;
use crate::transport::{Call, Host, Transport};

const CLICK_UP: &str = "/webhooks/clickup";

pub fn cases(suite: &mut Suite) {
    suite.each("sync::signed_events_are_taken_once", taken);
    suite.each("sync::what_is_not_signed_is_refused_with_403", refused);
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

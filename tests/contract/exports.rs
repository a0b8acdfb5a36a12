//! A copy of everything about a member: what is in it, who gets it, and for how long.

use civicforge_handlers::auth;
use civicforge_kernel::table::Write;
use civicforge_testing::images::client;
use civicforge_testing::{PASSWORD, Reply, TestMember};
use serde_json::{Value, json};

use crate::harness::Suite;
use crate::passwords::OTHER;
use crate::properties::list;
use crate::transport::{Call, Host, Transport};
use crate::world::{claimed, open, violates};

pub fn cases(suite: &mut Suite) {
    suite.each("exports::everything_about_a_member", everything);
    suite.each("exports::what_is_refused", refusals);
    suite.each("exports::a_repeated_one_is_of_the_same_file", replay);
}

pub fn ask<'h>(host: &'h Host, member: &TestMember, password: &str) -> Call<'h> {
    let body = json!({"currentPassword": password});
    host.post("/api/v1/users/me/export")
        .member(member)
        .json(&body)
}

/// The file behind an answer, as a client fetches it. Over Lambda the URL is of another time, so it is read where it is.
async fn file(host: &Host, reply: &Reply) -> Value {
    assert_eq!(reply.status, 200, "{reply:?}");
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    let url = reply.json()["downloadUrl"]
        .as_str()
        .expect("a URL")
        .to_owned();
    if host.transport().is_lambda() {
        let key = url
            .split("/exports/")
            .nth(1)
            .and_then(|key| key.split('?').next());
        let exports = host.app.storage.media().exports.expect("a bucket");
        let file = exports.get(key.expect("a key")).await.expect("an answer");
        return serde_json::from_slice(&file.expect("a file")).expect("JSON");
    }
    let fetched = client().get(&url).send().await.expect("an answer");
    assert_eq!(fetched.status(), 200, "{url}");
    let header = |name: &str| fetched.headers()[name].to_str().expect("a text");
    assert_eq!(header("cache-control"), "no-store");
    assert_eq!(header("content-type"), "application/json");
    assert!(header("content-disposition").starts_with("attachment"));
    fetched.json().await.expect("JSON")
}

async fn everything(transport: Transport) {
    let host = transport.host().await;
    let (ada, bob) = (
        host.app.register_seller("ada").await,
        host.member("bob").await,
    );
    let posted = open(&host, &ada).await;
    let performed = claimed(&host, &bob, &ada).await;
    let property = list(&host, &ada, json!({})).await;
    let draft = json!({"propertyId": property["propertyId"], "message": "Is it still for sale?"});
    let asked = host.post("/api/v1/inquiries").member(&bob).json(&draft);
    let received = asked.send().await.json();
    let copy = file(&host, &ask(&host, &ada, PASSWORD).send().await).await;
    let ids = |list: &str, id: &str| -> Vec<String> {
        let list = copy[list]
            .as_array()
            .unwrap_or_else(|| panic!("{list}: {copy}"));
        list.iter()
            .map(|one| one[id].as_str().expect("an id").to_owned())
            .collect()
    };
    assert_eq!(copy["account"]["email"], ada.email);
    assert_eq!(ids("questsPosted", "questId"), [posted]);
    assert_eq!(ids("questsPerformed", "questId"), [performed]);
    assert_eq!(copy["properties"], json!([property]));
    assert_eq!(copy["inquiriesReceived"], json!([received]));
    for empty in [
        "tasks",
        "inquiriesSent",
        "identities",
        "records",
        "volunteer",
    ] {
        assert_eq!(copy[empty], json!([]), "{empty}");
    }
    let text = copy.to_string();
    assert!(
        !text.contains(&bob.email) && !text.contains("argon2"),
        "{text}"
    );
    let bobs = file(&host, &ask(&host, &bob, PASSWORD).send().await).await;
    assert_eq!(bobs["inquiriesSent"], json!([received]));
}

async fn refusals(transport: Transport) {
    let host = transport.host().await;
    let (ada, eve) = (host.member("ada").await, host.member("eve").await);
    let short = ask(&host, &ada, "short").send().await;
    violates(&short, "body", "/currentPassword");
    let nobody = host.post("/api/v1/users/me/export");
    let nobody = nobody.json(&json!({"currentPassword": PASSWORD}));
    assert_eq!(nobody.send().await.status, 401);
    // Somebody else gets what is their own.
    let call = host.post("/api/v1/users/me/export").stranger(&eve);
    let reply = call
        .json(&json!({"currentPassword": PASSWORD}))
        .send()
        .await;
    assert_eq!(file(&host, &reply).await["account"]["email"], eve.email);
    let refused = (403, "wrong_password".to_owned());
    for _ in 0..5 {
        let reply = ask(&host, &ada, OTHER).send().await;
        assert_eq!(reply.problem(), refused);
    }
    let reply = ask(&host, &ada, PASSWORD).send().await;
    assert_eq!(reply.problem(), (429, "locked_out".to_owned()));
    let gone = Write::delete(auth::keys::credential(eve.id));
    host.app.app.table.write(gone).await.expect("an answer");
    let reply = ask(&host, &eve, PASSWORD).send().await;
    assert_eq!(reply.problem(), (409, "no_password".to_owned()));
}

async fn replay(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let first = ask(&host, &ada, PASSWORD).key("once").send().await;
    let again = ask(&host, &ada, PASSWORD).key("once").send().await;
    assert_eq!(first.header("idempotency-replayed"), None);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    let at = |reply: &Reply| {
        let url = reply.json()["downloadUrl"]
            .as_str()
            .expect("a URL")
            .to_owned();
        url.split('?').next().map(str::to_owned)
    };
    assert_eq!(at(&first), at(&again));
    assert_eq!(file(&host, &again).await["account"]["email"], ada.email);
    // Who does not know the password gets nothing of it, and no other request has the key.
    let wrong = ask(&host, &ada, OTHER).key("once").send().await;
    assert_eq!(wrong.problem(), (403, "wrong_password".to_owned()));
    let change = json!({"currentPassword": PASSWORD, "newPassword": OTHER});
    let change = host.post("/api/v1/auth/password/change").json(&change);
    assert_eq!(change.member(&ada).send().await.status, 204);
    let reused = ask(&host, &ada, OTHER).key("once").send().await;
    assert_eq!(reused.problem(), (422, "idempotency_key_reused".to_owned()));
}

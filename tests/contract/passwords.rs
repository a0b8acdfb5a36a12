//! Changing a password.

use civicforge_testing::{PASSWORD, Reply, TestMember};
use http::Method;
use serde_json::{Value, json};

use crate::contract::CONTRACT;
use crate::harness::Suite;
use crate::sample;
use crate::transport::{Call, Host, Transport};
use crate::world::violates;

const CHANGE: &str = "/api/v1/auth/password/change";
/// Another password that the rule lets pass.
pub const OTHER: &str = "9-Open-Workshops";

pub fn cases(suite: &mut Suite) {
    suite.each("passwords::a_change_ends_the_other_sessions", change);
    suite.each("passwords::tokens_of_ended_sessions_write_nothing", ended);
    suite.each("passwords::what_is_refused", refusals);
    suite.each("passwords::a_wrong_one_counts_as_a_failed_login", lock_out);
    suite.each("passwords::who_logs_in_elsewhere_has_none", elsewhere);
    suite.each("passwords::a_repeated_change_is_answered_alike", replay);
}

fn from_to(current: &str, new: &str) -> Value {
    json!({"currentPassword": current, "newPassword": new})
}

fn send<'h>(host: &'h Host, member: &TestMember, body: &Value) -> Call<'h> {
    host.post(CHANGE).member(member).json(body)
}

async fn refresh(host: &Host, token: &str) -> Reply {
    let body = json!({"refreshToken": token});
    host.post("/api/v1/auth/refresh").json(&body).send().await
}

pub async fn login(host: &Host, email: &str, password: &str) -> Reply {
    let body = json!({"email": email, "password": password});
    host.post("/api/v1/auth/login").json(&body).send().await
}

async fn change(transport: Transport) {
    let host = transport.host().await;
    let (ada, eve) = (host.member("ada").await, host.member("eve").await);
    let here = host.app.login(&ada.email).await;
    let reply = send(&host, &here, &from_to(PASSWORD, OTHER)).send().await;
    assert_eq!(reply.status, 204, "{reply:?}");
    let former = login(&host, &ada.email, PASSWORD).await;
    assert_eq!(former.problem(), (401, "invalid_credentials".to_owned()));
    assert_eq!(login(&host, &ada.email, OTHER).await.status, 200);
    // The session of the change goes on, also with its next token.
    let kept = refresh(&host, &here.refresh_token).await;
    assert_eq!(kept.status, 200, "{kept:?}");
    let next = kept.json()["refreshToken"]
        .as_str()
        .expect("a token")
        .to_owned();
    assert_eq!(refresh(&host, &next).await.status, 200);
    let ended = refresh(&host, &ada.refresh_token).await;
    assert_eq!(ended.problem(), (401, "invalid_refresh_token".to_owned()));
    // Others are not touched.
    assert_eq!(refresh(&host, &eve.refresh_token).await.status, 200);
    assert_eq!(login(&host, &eve.email, PASSWORD).await.status, 200);
}

/// Every operation that writes, with the token of a session that has ended in one way or another.
async fn ended(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let (logged_out, copied, changed) = (
        host.app.login(&ada.email).await,
        host.app.login(&ada.email).await,
        host.app.login(&ada.email).await,
    );
    let logout = host.post("/api/v1/auth/logout").member(&logged_out);
    assert_eq!(logout.clone().send().await.status, 204);
    // Also once more.
    assert_eq!(logout.send().await.status, 204);
    for _ in 0..2 {
        refresh(&host, &copied.refresh_token).await;
    }
    let change = send(&host, &ada, &from_to(PASSWORD, OTHER));
    assert_eq!(change.send().await.status, 204);
    for member in [&logged_out, &copied, &changed] {
        let writes = CONTRACT.operations.iter().filter(|operation| {
            operation.secured && operation.method != Method::GET && operation.id != "logoutUser"
        });
        for operation in writes {
            let reply = sample::call(&host, operation, member).send().await;
            let refused = (401, "unauthenticated".to_owned());
            assert_eq!(reply.problem(), refused, "{}", operation.id);
        }
        let reply = host.get("/api/v1/users/me").member(member).send().await;
        assert_eq!(reply.status, 200, "it can still read");
    }
    let reply = host.put("/api/v1/users/me").member(&ada);
    let update = json!({"name": "Ada", "userType": "agent"});
    assert_eq!(reply.json(&update).send().await.status, 200);
}

async fn refusals(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let reply = send(&host, &ada, &from_to(OTHER, "7-Quiet-Shores"))
        .send()
        .await;
    assert_eq!(reply.problem(), (403, "wrong_password".to_owned()));
    for (body, place) in [
        (from_to(PASSWORD, "password1"), "/newPassword"),
        (from_to(PASSWORD, "short"), "/newPassword"),
        (from_to(PASSWORD, &ada.email), "/newPassword"),
        (json!({"newPassword": OTHER}), "/currentPassword"),
        (json!({"currentPassword": PASSWORD}), "/newPassword"),
        (
            json!({"currentPassword": PASSWORD, "newPassword": OTHER, "userId": ada.id}),
            "/userId",
        ),
    ] {
        let reply = send(&host, &ada, &body).send().await;
        violates(&reply, "body", place);
        let text = String::from_utf8_lossy(&reply.body).into_owned();
        assert!(!text.contains(PASSWORD) && !text.contains(OTHER), "{text}");
    }
    let nobody = host.post(CHANGE).json(&from_to(PASSWORD, OTHER));
    assert_eq!(nobody.send().await.status, 401);
    // Nothing has changed.
    assert_eq!(login(&host, &ada.email, PASSWORD).await.status, 200);
    assert_eq!(refresh(&host, &ada.refresh_token).await.status, 200);
    // Another member cannot say whose it is.
    let eve = host.member("eve").await;
    let call = host.post(CHANGE).stranger(&eve);
    let reply = call.json(&from_to(PASSWORD, OTHER)).send().await;
    assert_eq!(reply.status, 204);
    assert_eq!(login(&host, &ada.email, PASSWORD).await.status, 200);
}

async fn lock_out(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    for _ in 0..5 {
        let reply = send(&host, &ada, &from_to(OTHER, "7-Quiet-Shores"))
            .send()
            .await;
        assert_eq!(reply.problem(), (403, "wrong_password".to_owned()));
    }
    let reply = send(&host, &ada, &from_to(PASSWORD, OTHER)).send().await;
    assert_eq!(reply.problem(), (429, "locked_out".to_owned()));
    assert!(reply.header("retry-after").is_some());
    let reply = login(&host, &ada.email, PASSWORD).await;
    assert_eq!(reply.problem(), (429, "locked_out".to_owned()));
}

async fn elsewhere(transport: Transport) {
    use civicforge_handlers::auth;
    use civicforge_kernel::table::Write;
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let gone = Write::delete(auth::keys::credential(ada.id));
    host.app.app.table.write(gone).await.expect("an answer");
    let reply = send(&host, &ada, &from_to(PASSWORD, OTHER)).send().await;
    assert_eq!(reply.problem(), (409, "no_password".to_owned()));
}

async fn replay(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let call = send(&host, &ada, &from_to(PASSWORD, OTHER)).key("k");
    crate::replay::twice(call).await;
    let other = send(&host, &ada, &from_to(PASSWORD, "7-Quiet-Shores")).key("k");
    let reply = other.send().await;
    assert_eq!(reply.problem(), (422, "idempotency_key_reused".to_owned()));
    assert_eq!(login(&host, &ada.email, OTHER).await.status, 200);
}

//! Closing an account, and accounts that are blocked.

use civicforge_handlers::auth;
use civicforge_handlers::auth::closing;
use civicforge_kernel::table::Write;
use civicforge_testing::{PASSWORD, TestMember};
use serde_json::json;

use crate::harness::Suite;
use crate::passwords::{OTHER, login};
use crate::transport::{Call, Host, Transport};
use crate::world::{QUESTS, draft, violates};

pub fn cases(suite: &mut Suite) {
    suite.each("closing::nobody_comes_in_any_more", close);
    suite.each("closing::what_is_refused", refusals);
    suite.each(
        "closing::a_wrong_password_counts_as_a_failed_login",
        lock_out,
    );
    suite.each("closing::a_repeated_one_is_answered_alike", replay);
    suite.each("closing::who_is_blocked_is_told_so", blocked);
}

fn send<'h>(host: &'h Host, member: &TestMember, password: &str) -> Call<'h> {
    let body = json!({"currentPassword": password});
    host.post("/api/v1/users/me/close")
        .member(member)
        .json(&body)
}

async fn close(transport: Transport) {
    let host = transport.host().await;
    let (ada, eve) = (host.member("ada").await, host.member("eve").await);
    let elsewhere = host.app.login(&ada.email).await;
    let reply = send(&host, &ada, PASSWORD).send().await;
    assert_eq!(reply.status, 202, "{reply:?}");
    for session in [&ada, &elsewhere] {
        let post = host.post(QUESTS).member(session).json(&draft());
        let refused = (401, "unauthenticated".to_owned());
        assert_eq!(post.send().await.problem(), refused);
        assert_eq!(
            send(&host, session, PASSWORD).send().await.problem(),
            refused
        );
        let refresh = json!({"refreshToken": session.refresh_token});
        let refresh = host.post("/api/v1/auth/refresh").json(&refresh);
        let refused = (401, "invalid_refresh_token".to_owned());
        assert_eq!(refresh.send().await.problem(), refused);
    }
    let former = login(&host, &ada.email, PASSWORD).await;
    assert_eq!(former.problem(), (401, "invalid_credentials".to_owned()));
    let profile = host.get(format!("/api/v1/users/{}", ada.id)).member(&eve);
    assert_eq!(
        profile.send().await.problem(),
        (404, "not_found".to_owned())
    );
    // Others are not touched, and the address is free.
    assert_eq!(login(&host, &eve.email, PASSWORD).await.status, 200);
    assert_ne!(host.member("ada").await.id, ada.id);
}

async fn refusals(transport: Transport) {
    let host = transport.host().await;
    let (ada, eve) = (host.member("ada").await, host.member("eve").await);
    let reply = send(&host, &ada, OTHER).send().await;
    assert_eq!(reply.problem(), (403, "wrong_password".to_owned()));
    let short = send(&host, &ada, "short").send().await;
    violates(&short, "body", "/currentPassword");
    let nobody = host.post("/api/v1/users/me/close");
    let nobody = nobody.json(&json!({"currentPassword": PASSWORD}));
    assert_eq!(nobody.send().await.status, 401);
    // Somebody else closes nothing but their own.
    let call = host.post("/api/v1/users/me/close").stranger(&eve);
    let call = call.json(&json!({"currentPassword": PASSWORD}));
    assert_eq!(call.send().await.status, 202);
    assert_eq!(login(&host, &ada.email, PASSWORD).await.status, 200);
    let gone = Write::delete(auth::keys::credential(ada.id));
    host.app.app.table.write(gone).await.expect("an answer");
    let reply = send(&host, &ada, PASSWORD).send().await;
    assert_eq!(reply.problem(), (409, "no_password".to_owned()));
}

async fn lock_out(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    for _ in 0..5 {
        let reply = send(&host, &ada, OTHER).send().await;
        assert_eq!(reply.problem(), (403, "wrong_password".to_owned()));
    }
    let reply = send(&host, &ada, PASSWORD).send().await;
    assert_eq!(reply.problem(), (429, "locked_out".to_owned()));
    assert!(reply.header("retry-after").is_some());
}

async fn replay(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    // The token is good for nothing else any more.
    crate::replay::twice(send(&host, &ada, PASSWORD).key("k")).await;
    let reply = send(&host, &ada, OTHER).key("k").send().await;
    assert_eq!(reply.problem(), (422, "idempotency_key_reused".to_owned()));
}

async fn blocked(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let (table, now) = (&host.app.app.table, host.app.clock.now());
    let block = closing::block(table, ada.id, true, now).await;
    assert!(block.expect("an answer"));
    let reply = login(&host, &ada.email, PASSWORD).await;
    assert_eq!(reply.problem(), (403, "account_blocked".to_owned()));
    let post = host.post(QUESTS).member(&ada).json(&draft());
    let refused = (401, "unauthenticated".to_owned());
    assert_eq!(post.send().await.problem(), refused);
    let block = closing::block(table, ada.id, false, now).await;
    assert!(block.expect("an answer"));
    assert_eq!(login(&host, &ada.email, PASSWORD).await.status, 200);
}

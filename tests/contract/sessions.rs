//! Accounts and sessions: who gets in, who does not, and for how long.

use chrono::TimeDelta;
use civicforge_testing::{PASSWORD, TestMember};
use serde_json::json;

use crate::harness::Suite;
use crate::transport::{Host, Transport};
use crate::world::{ME, violates};

const AUTH: &str = "/api/v1/auth";

pub fn cases(suite: &mut Suite) {
    suite.each("sessions::an_address_has_one_account", one_account);
    suite.each("sessions::weak_passwords_are_located", weak_passwords);
    suite.each(
        "sessions::a_wrong_password_and_an_unknown_address_are_alike",
        alike,
    );
    suite.each("sessions::guessing_locks_out_for_a_while", lock_out);
    suite.each("sessions::refresh_tokens_are_used_once", rotation);
    suite.each("sessions::logging_out_ends_the_session", logout);
    suite.each("sessions::access_tokens_expire", expiry);
}

async fn post(host: &Host, what: &str, body: serde_json::Value) -> civicforge_testing::Reply {
    host.post(format!("{AUTH}/{what}")).json(&body).send().await
}

async fn refresh(host: &Host, member: &TestMember) -> civicforge_testing::Reply {
    post(
        host,
        "refresh",
        json!({"refreshToken": member.refresh_token}),
    )
    .await
}

async fn one_account(transport: Transport) {
    let host = transport.host().await;
    host.member("ada").await;
    let body = json!({"email": "ADA@example.org", "password": PASSWORD, "name": "Ada"});
    let reply = post(&host, "register", body).await;
    assert_eq!(reply.problem(), (409, "email_taken".to_owned()));
    // A key counts together with the address.
    let register = |name: &str| {
        let body = json!({"email": "eve@example.org", "password": PASSWORD, "name": name});
        host.post(format!("{AUTH}/register"))
            .key("k")
            .json(&body)
            .send()
    };
    assert_eq!(register("Eve").await.status, 201);
    let reply = register("Mallory").await;
    assert_eq!(reply.problem(), (422, "idempotency_key_reused".to_owned()));
}

async fn weak_passwords(transport: Transport) {
    let host = transport.host().await;
    for password in ["aaaaaaaa", "password1", "Ada.Lovelace"] {
        let body =
            json!({"email": "ada.lovelace@example.org", "password": password, "name": "Ada"});
        let reply = post(&host, "register", body).await;
        violates(&reply, "body", "/password");
        let text = String::from_utf8_lossy(&reply.body).into_owned();
        assert!(!text.contains(password), "{text}");
    }
}

async fn alike(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let mut answers = Vec::new();
    for email in [ada.email.as_str(), "nobody@example.org"] {
        let body = json!({"email": email, "password": "4-Loud-Gardens"});
        let mut reply = post(&host, "login", body).await.json();
        assert_eq!(reply["code"], "invalid_credentials");
        reply["requestId"].take();
        answers.push(reply);
    }
    assert_eq!(answers[0], answers[1]);
}

async fn lock_out(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let login = |password: &str| {
        post(
            &host,
            "login",
            json!({"email": ada.email, "password": password}),
        )
    };
    for _ in 0..5 {
        assert_eq!(login("4-Loud-Gardens").await.status, 401);
    }
    let reply = login(PASSWORD).await;
    assert_eq!(reply.problem(), (429, "locked_out".to_owned()), "{reply:?}");
    assert_eq!(reply.header("retry-after"), Some("60"));
    host.advance(TimeDelta::seconds(60));
    assert_eq!(login(PASSWORD).await.status, 200);
}

async fn rotation(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let reply = refresh(&host, &ada).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let next = TestMember::of(&ada.email, &reply.json());
    assert_eq!(host.get(ME).member(&next).send().await.status, 200);
    // The old one comes back: somebody has stolen one of the two.
    for token in [&ada, &next] {
        let reply = refresh(&host, token).await;
        assert_eq!(
            reply.problem(),
            (401, "invalid_refresh_token".to_owned()),
            "{reply:?}"
        );
    }
}

async fn logout(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let call = host.post(format!("{AUTH}/logout")).member(&ada);
    let reply = call.clone().send().await;
    assert_eq!((reply.status, reply.body.len()), (204, 0));
    assert_eq!(refresh(&host, &ada).await.status, 401);
    assert_eq!(
        call.send().await.status,
        204,
        "what has ended is not an error"
    );
}

async fn expiry(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    host.advance(TimeDelta::minutes(40));
    assert_eq!(host.get(ME).member(&ada).send().await.status, 401);
    let reply = refresh(&host, &ada).await;
    let next = TestMember::of(&ada.email, &reply.json());
    assert_eq!(host.get(ME).member(&next).send().await.status, 200);
    host.advance(TimeDelta::days(8));
    assert_eq!(refresh(&host, &next).await.status, 401);
}

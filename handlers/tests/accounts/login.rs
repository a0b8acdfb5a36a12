//! Logging in, and being locked out.

use chrono::TimeDelta;
use civicforge_handlers::auth::credentials::{self, Credential};
use civicforge_handlers::users::item::Account;
use civicforge_handlers::{auth, users};
use civicforge_kernel::table::{Condition, Write};
use civicforge_testing::{PASSWORD, TestApp};
use uuid::Uuid;

use super::support::login;

const WRONG: &str = "7-Open-Workshops";

#[tokio::test]
async fn the_right_password_opens_another_session() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    let reply = login(&app, "ADA@example.org", PASSWORD).send().await;
    assert_eq!(reply.status, 200, "{reply:?}");
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    let body = reply.json();
    assert_eq!(body["user"]["userId"], member.id.to_string());
    assert_ne!(body["refreshToken"], member.refresh_token);
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_are_answered_alike() {
    let app = TestApp::new().await;
    app.register("ada").await;
    let wrong = login(&app, "ada@example.org", WRONG).send().await;
    let unknown = login(&app, "nobody@example.org", WRONG).send().await;
    assert_eq!(wrong.problem(), (401, "invalid_credentials".to_owned()));
    assert_eq!(
        wrong.header("www-authenticate"),
        Some("Bearer realm=\"civicforge\"")
    );
    let without_id = |reply: &civicforge_testing::Reply| {
        let mut body = reply.json();
        body.as_object_mut().unwrap().remove("requestId");
        let names: Vec<_> = reply.headers.keys().map(|name| name.to_string()).collect();
        (reply.status, body, names)
    };
    assert_eq!(without_id(&wrong), without_id(&unknown));
}

#[tokio::test]
async fn five_failures_lock_an_address_whether_or_not_somebody_has_it() {
    for known in [true, false] {
        let app = TestApp::new().await;
        if known {
            app.register("ada").await;
        }
        for _ in 0..5 {
            let reply = login(&app, "ada@example.org", WRONG).send().await;
            assert_eq!(reply.status, 401);
        }
        for (after, seconds) in [(0, "60"), (59, "1")] {
            app.advance(TimeDelta::seconds(after));
            let reply = login(&app, "Ada@example.org", PASSWORD).send().await;
            assert_eq!(reply.problem(), (429, "locked_out".to_owned()));
            assert_eq!(reply.header("retry-after"), Some(seconds));
        }
        app.advance(TimeDelta::seconds(1));
        let reply = login(&app, "ada@example.org", PASSWORD).send().await;
        assert_eq!(reply.status, if known { 200 } else { 401 });
    }
}

#[tokio::test]
async fn a_good_login_forgets_the_failures_before_it() {
    let app = TestApp::new().await;
    app.register("ada").await;
    for _ in 0..3 {
        for _ in 0..4 {
            let reply = login(&app, "ada@example.org", WRONG).send().await;
            assert_eq!(reply.status, 401);
        }
        let reply = login(&app, "ada@example.org", PASSWORD).send().await;
        assert_eq!(reply.status, 200);
    }
}

#[tokio::test]
async fn failures_are_forgotten_after_a_day_although_their_item_is_still_there() {
    let app = TestApp::new().await;
    for _ in 0..4 {
        login(&app, "ada@example.org", WRONG).send().await;
    }
    app.advance(TimeDelta::days(1));
    for _ in 0..4 {
        let reply = login(&app, "ada@example.org", WRONG).send().await;
        assert_eq!(reply.status, 401);
    }
    assert!(
        app.app
            .table
            .get(&auth::keys::lockout("ada@example.org"))
            .await
            .unwrap()
            .is_some()
    );
}

/// What is kept of a member's password.
async fn kept(app: &TestApp, member: Uuid) -> (Account, Option<Credential>) {
    let found = credentials::find(&app.app.table, member).await.unwrap();
    found.unwrap()
}

#[tokio::test]
async fn a_migrated_hash_is_replaced_at_the_first_login() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    let old = bcrypt::hash("an old password", 4).unwrap();
    let set = Write::update(auth::keys::credential(member.id)).when(Condition::exists());
    let set = set.set("passwordHash", &old);
    app.app.table.write(set).await.unwrap();
    for _ in 0..2 {
        let reply = login(&app, "ada@example.org", "an old password")
            .send()
            .await;
        assert_eq!(reply.status, 200);
        let (account, credential) = kept(&app, member.id).await;
        assert!(credential.unwrap().hash.starts_with("$argon2id$"));
        assert_eq!(account.version, 1, "nothing that is seen has changed");
    }
}

/// As every hash was before it had an item of its own.
#[tokio::test]
async fn a_hash_in_the_account_goes_to_its_own_item_at_the_first_login() {
    for scheme in ["argon2", "bcrypt"] {
        let app = TestApp::new().await;
        let member = app.register("ada").await;
        let (_, credential) = kept(&app, member.id).await;
        let hash = match scheme {
            "bcrypt" => bcrypt::hash(PASSWORD, 4).unwrap(),
            _ => credential.unwrap().hash,
        };
        let table = &app.app.table;
        let forget = Write::delete(auth::keys::credential(member.id));
        table.write(forget).await.unwrap();
        let former = Write::update(users::keys::key(member.id)).set("passwordHash", &hash);
        table.write(former).await.unwrap();
        let reply = login(&app, "ada@example.org", WRONG).send().await;
        assert_eq!(reply.status, 401);
        let at_once = (0..8).map(|_| login(&app, "ada@example.org", PASSWORD).send());
        for reply in futures::future::join_all(at_once).await {
            assert!([200, 429].contains(&reply.status), "{reply:?}");
        }
        let (_, credential) = kept(&app, member.id).await;
        let credential = credential.unwrap();
        assert!(!credential.is_misplaced() && credential.hash.starts_with("$argon2id$"));
        let item = table.get(&users::keys::key(member.id)).await.unwrap();
        assert!(!item.unwrap().contains_key("passwordHash"));
    }
}

#[tokio::test]
async fn an_account_without_a_password_or_with_a_broken_hash_can_not_be_logged_in_to() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    let key = || auth::keys::credential(member.id);
    for write in [
        Write::update(key()).set("passwordHash", "broken"),
        Write::delete(key()),
    ] {
        app.app.table.write(write).await.unwrap();
        let reply = login(&app, "ada@example.org", PASSWORD).send().await;
        assert_eq!(reply.problem(), (401, "invalid_credentials".to_owned()));
    }
}

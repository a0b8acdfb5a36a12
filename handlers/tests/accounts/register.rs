//! Opening an account.

use civicforge_handlers::auth;
use civicforge_handlers::users;
use civicforge_testing::{TestApp, TestMember};
use serde_json::json;

use super::support::{assert_silent, login, refresh, register, violations};

#[tokio::test]
async fn opens_an_account_and_a_session() {
    let app = TestApp::new().await;
    let reply = register(
        &app,
        json!({"email": "Ada@Example.org", "name": "  Ada  Lovelace "}),
    )
    .send()
    .await;
    assert_eq!(reply.status, 201, "{reply:?}");
    assert_eq!(reply.header("location"), Some("/api/v1/users/me"));
    assert_eq!(reply.header("etag"), Some("\"1\""));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    assert_eq!(reply.header("idempotency-replayed"), None);
    let body = reply.json();
    assert_eq!(
        (
            &body["tokenType"],
            &body["expiresIn"],
            &body["refreshExpiresIn"]
        ),
        (&json!("Bearer"), &json!(1800), &json!(604_800))
    );
    let user = &body["user"];
    assert_eq!(user["email"], "Ada@Example.org", "as it was registered");
    assert_eq!(user["name"], "Ada Lovelace");
    assert_eq!(user["roles"], json!(["member"]));
    assert_eq!(user["questCreationPoints"], 10);
    assert_eq!(
        (&user["verified"], &user["version"]),
        (&json!(false), &json!(1))
    );
    assert_eq!(user["createdAt"], user["updatedAt"]);
    assert!(user.get("walletAddress").is_none() && user.get("passwordHash").is_none());
    let id: uuid::Uuid = user["userId"].as_str().unwrap().parse().unwrap();
    assert_eq!(id.get_version_num(), 7);

    let member = TestMember::of("ada@example.org", &body);
    let me = app.get("/api/v1/users/me").member(&member).send().await;
    assert_eq!(
        (me.status, &me.json(), me.header("etag")),
        (200, user, Some("\"1\""))
    );
}

#[tokio::test]
async fn an_address_has_one_account_whatever_its_case() {
    let app = TestApp::new().await;
    app.register("ada").await;
    for email in ["ada@example.org", "ADA@EXAMPLE.ORG"] {
        let reply = register(&app, json!({"email": email})).send().await;
        assert_eq!(reply.problem(), (409, "email_taken".to_owned()));
    }
}

#[tokio::test]
async fn says_everything_that_is_wrong_and_repeats_no_password() {
    let app = TestApp::new().await;
    // White space is enough for the contract's schema, and not for what is left after trimming.
    let body = json!({"password": "password1", "name": " \u{3000} "});
    let reply = register(&app, body).send().await;
    let expected = [("/name", "minLength"), ("/password", "passwordStrength")];
    let expected = expected.map(|(at, rule)| (at.to_owned(), rule.to_owned()));
    assert_eq!(violations(&reply), expected);
    assert_silent(&reply, "password1");

    for weak in ["ada@example.org", "12345678", "Example.org", "qwertyuiop"] {
        let reply = register(&app, json!({"password": weak})).send().await;
        let expected = ("/password".to_owned(), "passwordStrength".to_owned());
        assert_eq!(violations(&reply), [expected], "{weak}");
    }
    for (change, at, rule) in [
        (json!({"password": "4-Quiet"}), "/password", "minLength"),
        (
            json!({"password": "x4-".repeat(43)}),
            "/password",
            "maxLength",
        ),
        (json!({"email": "ada"}), "/email", "format"),
        (json!({"email": null}), "/email", "required"),
        (json!({"name": "<b>Ada</b>"}), "/name", "pattern"),
        (json!({"username": "a b"}), "/username", "pattern"),
        (
            json!({"phoneNumber": "02025550123"}),
            "/phoneNumber",
            "pattern",
        ),
        (json!({"userType": "admin"}), "/userType", "enum"),
        (
            json!({"roles": ["arbiter"]}),
            "/roles",
            "additionalProperties",
        ),
    ] {
        let reply = register(&app, change.clone()).send().await;
        let at_rule = (at.to_owned(), rule.to_owned());
        assert!(violations(&reply).contains(&at_rule), "{change}: {reply:?}");
    }
    // Nothing of all that has made an account.
    assert_eq!(register(&app, json!({})).send().await.status, 201);
}

#[tokio::test]
async fn a_repeated_registration_is_answered_with_the_same_member_and_another_session() {
    let app = TestApp::new().await;
    let first = register(&app, json!({})).key("k").send().await;
    let again = register(&app, json!({})).key("k").send().await;
    assert_eq!((first.status, again.status), (201, 201), "{again:?}");
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.header("location"), first.header("location"));
    let (first, again) = (first.json(), again.json());
    assert_eq!(first["user"], again["user"]);
    assert_ne!(first["refreshToken"], again["refreshToken"]);
    for tokens in [&first, &again] {
        let member = TestMember::of("ada@example.org", tokens);
        let reply = refresh(&app, &member.refresh_token).send().await;
        assert_eq!(reply.status, 200);
    }
}

#[tokio::test]
async fn a_key_stands_for_one_request_of_one_address_for_a_day() {
    let app = TestApp::new().await;
    assert_eq!(register(&app, json!({})).key("k").send().await.status, 201);
    let other = register(&app, json!({"name": "Other"}))
        .key("k")
        .send()
        .await;
    assert_eq!(other.problem(), (422, "idempotency_key_reused".to_owned()));
    // Also another password is another request, and nobody learns whether it would have been the right one.
    let other = register(&app, json!({"password": "7-Open-Workshops"}))
        .key("k")
        .send()
        .await;
    assert_eq!(other.problem(), (422, "idempotency_key_reused".to_owned()));
    let elsewhere = register(&app, json!({"email": "grace@example.org"}))
        .key("k")
        .send()
        .await;
    assert_eq!(
        (elsewhere.status, elsewhere.header("idempotency-replayed")),
        (201, None)
    );
    app.advance(chrono::TimeDelta::hours(24));
    let late = register(&app, json!({})).key("k").send().await;
    assert_eq!(late.problem(), (409, "email_taken".to_owned()));
}

#[tokio::test]
async fn a_refused_registration_is_not_remembered() {
    let app = TestApp::new().await;
    let weak = register(&app, json!({"password": "password1"}))
        .key("k")
        .send()
        .await;
    assert_eq!(weak.status, 400);
    assert_eq!(register(&app, json!({})).key("k").send().await.status, 201);
}

#[tokio::test]
async fn the_table_holds_no_password_and_no_token() {
    let app = TestApp::new().await;
    let reply = register(&app, json!({})).key("k").send().await;
    let member = TestMember::of("ada@example.org", &reply.json());
    assert_eq!(
        login(&app, &member.email, "4-Quiet-Gardens")
            .send()
            .await
            .status,
        200
    );
    use civicforge_kernel::table::idempotency::Scope;
    use civicforge_kernel::table::key;
    let record = key::idempotency::key(Scope::sender(&member.email), "k");
    let family = member
        .refresh_token
        .split_once('.')
        .unwrap()
        .0
        .parse()
        .unwrap();
    let secret = member.refresh_token.split_once('.').unwrap().1;
    for key in [
        users::keys::key(member.id),
        record,
        auth::keys::session(family),
    ] {
        let item = app.app.table.get(&key).await.unwrap().unwrap();
        let text = format!("{item:?}");
        for hidden in ["4-Quiet-Gardens", secret, &member.access_token] {
            assert!(!text.contains(hidden), "{key}");
        }
    }
}

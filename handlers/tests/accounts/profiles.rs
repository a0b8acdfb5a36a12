//! What members see of themselves and of others, and what they change.

use civicforge_testing::TestApp;
use serde_json::{Value, json};
use uuid::Uuid;

use super::support::violations;

const WALLET: &str = "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf";
const ME: &str = "/api/v1/users/me";

#[tokio::test]
async fn an_unchanged_account_is_not_sent_again() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    for (known, status) in [
        ("\"1\"", 304),
        ("W/\"1\", \"7\"", 304),
        ("*", 304),
        ("\"2\"", 200),
        ("1", 200),
    ] {
        let reply = app
            .get(ME)
            .member(&member)
            .header("if-none-match", known)
            .send()
            .await;
        assert_eq!(
            (reply.status, reply.header("etag")),
            (status, Some("\"1\"")),
            "{known}"
        );
        assert_eq!(reply.body.is_empty(), status == 304);
    }
}

#[tokio::test]
async fn an_update_replaces_the_editable_fields_as_a_whole() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    let before = app.get(ME).member(&member).send().await.json();
    app.advance(chrono::TimeDelta::seconds(5));
    let body = json!({"name": " Grace  Hopper ", "username": "grace.h", "phoneNumber": "+12025550199", "userType": "seller"});
    let reply = app.put(ME).member(&member).json(&body).send().await;
    assert_eq!(
        (reply.status, reply.header("etag")),
        (200, Some("\"2\"")),
        "{reply:?}"
    );
    let after = reply.json();
    assert_eq!(
        (&after["name"], &after["username"]),
        (&json!("Grace Hopper"), &json!("grace.h"))
    );
    assert_eq!(
        (&after["phoneNumber"], &after["userType"]),
        (&json!("+12025550199"), &json!("seller"))
    );
    assert_eq!(after["version"], 2);
    assert!(after["updatedAt"].as_str() > before["updatedAt"].as_str());
    for kept in [
        "userId",
        "email",
        "roles",
        "createdAt",
        "questCreationPoints",
    ] {
        assert_eq!(after[kept], before[kept], "{kept}");
    }
    // Absent and null are alike.
    for body in [
        json!({"name": "Grace", "userType": "seller"}),
        json!({"name": "Grace", "userType": "seller", "username": null, "phoneNumber": null}),
    ] {
        let reply = app.put(ME).member(&member).json(&body).send().await.json();
        assert!(
            reply.get("username").is_none() && reply.get("phoneNumber").is_none(),
            "{reply}"
        );
    }
    assert_eq!(
        app.get(ME).member(&member).send().await.json()["version"],
        4
    );
}

#[tokio::test]
async fn a_change_can_be_bound_to_what_was_read() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    let body = json!({"name": "Grace", "userType": "buyer"});
    let put = |header: &str| {
        app.put(ME)
            .member(&member)
            .json(&body)
            .header("if-match", header)
    };
    for (header, status) in [
        ("\"1\"", 200),
        ("\"1\"", 412),
        ("W/\"2\"", 412),
        ("nonsense", 412),
        ("\"1\", \"2\"", 200),
        ("*", 200),
    ] {
        let reply = put(header).send().await;
        assert_eq!(reply.status, status, "{header}: {reply:?}");
        if status == 412 {
            assert_eq!(reply.code(), "precondition_failed");
        }
    }
    let wallet = json!({"walletAddress": WALLET});
    let path = "/api/v1/users/me/wallet";
    for (header, status) in [("\"1\"", 412), ("\"4\"", 200)] {
        let reply = app
            .put(path)
            .member(&member)
            .json(&wallet)
            .header("if-match", header)
            .send()
            .await;
        assert_eq!(reply.status, status, "{header}");
    }
}

#[tokio::test]
async fn a_name_needs_something_to_see() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    let body = json!({"name": "\u{200b} ", "userType": "buyer"});
    let reply = app.put(ME).member(&member).json(&body).send().await;
    assert_eq!(
        violations(&reply),
        [("/name".to_owned(), "minLength".to_owned())]
    );
    // What is not editable is not even a field.
    let body = json!({"name": "Ada", "userType": "buyer", "roles": ["arbiter"], "questCreationPoints": 99});
    let reply = app.put(ME).member(&member).json(&body).send().await;
    assert_eq!(violations(&reply).len(), 2);
}

#[tokio::test]
async fn a_wallet_is_kept_with_its_checksum() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    let put = |address: Value| {
        let body = json!({"walletAddress": address});
        app.put("/api/v1/users/me/wallet")
            .member(&member)
            .json(&body)
    };
    for sent in [
        WALLET.to_owned(),
        WALLET.to_lowercase(),
        format!("0x{}", WALLET[2..].to_uppercase()),
    ] {
        let reply = put(json!(sent)).send().await;
        assert_eq!(
            (reply.status, &reply.json()["walletAddress"]),
            (200, &json!(WALLET)),
            "{sent}"
        );
    }
    let wrong = WALLET.replace("7E5F", "7e5F");
    let reply = put(json!(wrong)).send().await;
    assert_eq!(
        violations(&reply),
        [("/walletAddress".to_owned(), "eip55".to_owned())]
    );
    let reply = put(json!("0x12")).send().await;
    assert!(!violations(&reply).is_empty());
    let me = app.get(ME).member(&member).send().await.json();
    assert_eq!(me["walletAddress"], WALLET);
    let reply = put(Value::Null).send().await;
    assert!(reply.status == 200 && reply.json().get("walletAddress").is_none());
}

#[tokio::test]
async fn nobody_sees_what_is_private_in_anybodys_profile() {
    let app = TestApp::new().await;
    let (ada, grace) = (app.register("ada").await, app.register("grace").await);
    let body = json!({"name": "Ada", "userType": "agent", "username": "ada", "phoneNumber": "+12025550123"});
    app.put(ME).member(&ada).json(&body).send().await;
    let wallet = json!({"walletAddress": WALLET});
    app.put("/api/v1/users/me/wallet")
        .member(&ada)
        .json(&wallet)
        .send()
        .await;

    let path = format!("/api/v1/users/{}", ada.id);
    // One's own profile is no exception.
    for reader in [&grace, &ada] {
        let reply = app.get(&path).member(reader).send().await;
        assert_eq!(reply.status, 200, "{reply:?}");
        let profile = reply.json();
        assert_eq!(
            (&profile["name"], &profile["username"]),
            (&json!("Ada"), &json!("ada"))
        );
        assert_eq!(
            profile["questCounts"],
            json!({"created": 0, "performed": 0, "completed": 0})
        );
        let text = profile.to_string();
        for private in [
            "example.org",
            "12025550123",
            WALLET,
            "oints",
            "asswor",
            "version",
            "roles",
        ] {
            assert!(!text.contains(private), "{private}: {text}");
        }
    }
    let reply = app.get(&path).send().await;
    assert_eq!(reply.problem(), (401, "unauthenticated".to_owned()));
    let nobody = format!("/api/v1/users/{}", Uuid::now_v7());
    let reply = app.get(&nobody).member(&grace).send().await;
    assert_eq!(reply.problem(), (404, "not_found".to_owned()));
    let reply = app.get("/api/v1/users/ada").member(&grace).send().await;
    assert_eq!(reply.problem(), (400, "invalid_request".to_owned()));
}

#[tokio::test]
async fn a_profiles_tag_tells_nothing_of_private_changes() {
    let app = TestApp::new().await;
    let (ada, grace) = (app.register("ada").await, app.register("grace").await);
    let path = format!("/api/v1/users/{}", ada.id);
    let read = || app.get(&path).member(&grace);
    let first = read().send().await;
    let tag = first.header("etag").unwrap().to_owned();
    let wallet = json!({"walletAddress": WALLET});
    app.put("/api/v1/users/me/wallet")
        .member(&ada)
        .json(&wallet)
        .send()
        .await;
    let known = read().header("if-none-match", &tag).send().await;
    assert_eq!((known.status, known.header("etag")), (304, Some(&*tag)));
    let body = json!({"name": "Ada the second", "userType": "agent"});
    app.put(ME).member(&ada).json(&body).send().await;
    let changed = read().header("if-none-match", &tag).send().await;
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), Some(&*tag));
}

#[tokio::test]
async fn a_member_changes_only_the_own_account() {
    let app = TestApp::new().await;
    let (ada, grace) = (app.register("ada").await, app.register("grace").await);
    let body = json!({"name": "Changed", "userType": "agent"});
    app.put(ME).member(&grace).json(&body).send().await;
    assert_eq!(app.get(ME).member(&ada).send().await.json()["name"], "ada");
    let path = format!("/api/v1/users/{}", ada.id);
    let reply = app.put(&path).member(&grace).json(&body).send().await;
    assert_eq!(reply.problem(), (405, "method_not_allowed".to_owned()));
}

//! `civicforge member`, as an operator uses it.

use std::path::Path;

use civicforge_api::types::UserRole;
use civicforge_handlers::users::audit::{Action, Actor, Audit};

use civicforge_kernel::table::{Index, Item, Query, from_item, stamp};
use civicforge_testing::{Loopback, TestApp};
use serde_json::json;

use super::process::{Server, civicforge, ends};

/// What the command has answered. It must end well.
fn member(place: &[&str], arguments: &[&str]) -> String {
    let output = civicforge(&["member", "ada@example.org"])
        .args(place)
        .args(arguments)
        .env("AWS_ACCESS_KEY_ID", "id")
        .env("AWS_SECRET_ACCESS_KEY", "key")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

/// The roles that the member's next token has.
async fn roles(folder: &Path) -> serde_json::Value {
    let server = Server::start(folder, &[]);
    let body = json!({"email": "ada@example.org", "password": "4-Quiet-Gardens"});
    let (status, tokens) = server.post("/api/v1/auth/login", &body).await;
    assert_eq!(status, 200, "{tokens}");
    server.stop();
    tokens["user"]["roles"].clone()
}

#[tokio::test]
async fn a_role_is_given_shown_and_taken() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let server = Server::start(folder.path(), &[]);
    let tokens = server.register("ada@example.org").await;
    server.stop();

    let place = ["--data-dir", path];
    let shown = member(&place, &[]);
    let id = tokens["user"]["userId"].as_str().unwrap();
    assert!(shown.contains(id) && shown.contains("Ada"), "{shown}");
    assert!(shown.contains("roles      member\n"), "{shown}");
    let given = member(&place, &["--grant", "arbiter"]);
    assert!(given.contains("roles      member, arbiter\n"), "{given}");
    assert!(given.contains("30 minutes"), "{given}");
    // There is nothing left to change.
    let again = member(&place, &["--grant", "arbiter"]);
    assert!(again.contains("roles      member, arbiter\n"), "{again}");
    assert_eq!(roles(folder.path()).await, json!(["member", "arbiter"]));
    // No token has a say in who is an admin, so none has to expire first.
    let both = member(&place, &["--grant", "admin"]);
    assert!(
        both.contains("roles      member, arbiter, admin\n"),
        "{both}"
    );
    assert!(both.contains("next request"), "{both}");
    assert!(!both.contains("minutes"), "{both}");
    let taken = member(&place, &["--revoke", "admin"]);
    assert!(taken.contains("roles      member, arbiter\n"), "{taken}");
    let taken = member(&place, &["--revoke", "arbiter"]);
    assert!(taken.contains("roles      member\n"), "{taken}");
    assert_eq!(roles(folder.path()).await, json!(["member"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn grants_at_once_on_a_table_elsewhere_lose_no_change_of_the_member() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let table = Loopback::of(&app.app.table);
    let url = table.url().to_owned();
    let name = app.app.table.name().to_owned();
    let grants: Vec<_> = (0..4)
        .map(|_| {
            let (name, url) = (name.clone(), url.clone());
            tokio::task::spawn_blocking(move || {
                let place = ["--table", &name, "--region", "eu-central-1"];
                let place = [&place[..], &["--dynamodb-endpoint", &url]].concat();
                member(&place, &["--grant", "arbiter"])
            })
        })
        .collect();
    let mut changes = 0_u64;
    while !grants.iter().all(tokio::task::JoinHandle::is_finished) || changes == 0 {
        let body = json!({"name": format!("Ada {changes}"), "userType": "buyer"});
        let call = app.put("/api/v1/users/me").member(&ada);
        let reply = call.json(&body).send().await;
        assert_eq!(reply.status, 200, "{reply:?}");
        changes += 1;
    }
    for grant in grants {
        let said = grant.await.unwrap();
        assert!(said.contains("roles      member, arbiter\n"), "{said}");
    }
    let me = app.get("/api/v1/users/me").member(&ada).send().await.json();
    assert_eq!(me["roles"], json!(["member", "arbiter"]));
    assert_eq!(me["name"], format!("Ada {}", changes - 1));
    // Of the grants that found the role missing, one has given it at each version.
    let version = me["version"].as_u64().unwrap();
    assert!((changes + 2..=changes + 5).contains(&version), "{me}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_verified_while_the_server_runs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let place = ["--data-dir", path];
    let server = Server::start(folder.path(), &[]);
    server.register("ada@example.org").await;
    let before = member(&place, &[]);
    assert!(
        before.contains("e-mail     ada@example.org\nverified   no\n"),
        "{before}"
    );
    // With another change in the same call.
    let after = member(&place, &["--verify-email", "--grant", "admin"]);
    assert!(after.contains("verified   yes\n"), "{after}");
    assert!(after.contains("roles      member, admin\n"), "{after}");
    server.stop();
    assert!(member(&place, &[]).contains("verified   yes\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_several_operators_do_at_once_is_done_and_recorded_once() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let table = Loopback::of(&app.app.table);
    let calls = (0..4).map(|_| {
        let (name, url) = (app.app.table.name().to_owned(), table.url().to_owned());
        tokio::task::spawn_blocking(move || {
            let place = ["--table", &name, "--region", "eu-central-1"];
            let place = [&place[..], &["--dynamodb-endpoint", &url]].concat();
            member(&place, &["--verify-email", "--grant", "arbiter"])
        })
    });
    let mut changes = 0_u64;
    let calls: Vec<_> = calls.collect();
    while !calls.iter().all(tokio::task::JoinHandle::is_finished) || changes == 0 {
        let body = json!({"name": format!("Ada {changes}"), "userType": "buyer"});
        let call = app.put("/api/v1/users/me").member(&ada);
        let reply = call.json(&body).send().await;
        assert_eq!(reply.status, 200, "{reply:?}");
        changes += 1;
    }
    for call in calls {
        let said = call.await.unwrap();
        assert!(said.contains("verified   yes\n"), "{said}");
    }
    let me = app.get("/api/v1/users/me").member(&ada).send().await.json();
    assert_eq!(
        me["version"],
        changes + 3,
        "two more changes than those of the member"
    );
    assert_eq!(me["name"], format!("Ada {}", changes - 1));
    let audits = Query::new(Index::Main, format!("USER#{}", ada.id)).prefix("AUDIT#");
    let audits = app.app.table.query(&audits).await.unwrap().items;
    let read = |item: &Item| from_item::<Audit>(item.clone()).unwrap();
    let mut done: Vec<_> = audits.iter().map(read).collect();
    done.sort_by_key(|audit| audit.action == Action::EmailVerified);
    let actions: Vec<_> = done.iter().map(|audit| audit.action).collect();
    assert_eq!(actions, [Action::RolesChanged, Action::EmailVerified]);
    assert_eq!(done[0].roles, [UserRole::Member, UserRole::Arbiter]);
    assert_eq!(done[1].roles, []);
    for (item, audit) in audits.iter().zip(audits.iter().map(read)) {
        assert_eq!((audit.user_id, audit.by), (ada.id, Actor::Operator));
        assert_eq!(audit.email.as_deref(), Some("ada@example.org"));
        let at = stamp::format(audit.created_at);
        let key = format!("AUDIT#{at}#{}", audit.audit_id);
        assert_eq!(item["SK"].as_s().unwrap(), &key);
        assert_eq!(item["entityType"].as_s().unwrap(), "AUDIT");
    }
}

#[tokio::test]
async fn an_account_is_blocked_unblocked_and_closed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let place = ["--data-dir", path];
    let credentials = json!({"email": "ada@example.org", "password": "4-Quiet-Gardens"});
    let server = Server::start(folder.path(), &[]);
    server.register("ada@example.org").await;
    let login = async || {
        let (status, body) = server.post("/api/v1/auth/login", &credentials).await;
        (status, body["code"].as_str().map(str::to_owned))
    };
    assert_eq!(login().await, (200, None));
    let blocked = member(&place, &["--block"]);
    assert!(blocked.contains("blocked    since 20"), "{blocked}");
    assert_eq!(login().await, (403, Some("account_blocked".to_owned())));
    let unblocked = member(&place, &["--unblock"]);
    assert!(!unblocked.contains("blocked"), "{unblocked}");
    assert_eq!(login().await, (200, None));
    let closed = member(&place, &["--close"]);
    assert!(closed.contains("is closed.\n"), "{closed}");
    assert_eq!(login().await, (401, Some("invalid_credentials".to_owned())));
    // Somebody may have the address now.
    server.register("ada@example.org").await;
    server.stop();
}

#[tokio::test]
async fn what_can_not_be_done_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let refused = |arguments: &[&str], code: i32, text: &str| {
        let arguments = [&["member", "--data-dir", path], arguments].concat();
        let (ended, said) = ends(&arguments);
        assert_eq!(ended, Some(code), "{said}");
        assert!(said.contains(text), "{said}");
    };
    refused(&["ada@example.org"], 1, "there is no database in");
    assert_eq!(std::fs::read_dir(path).unwrap().count(), 0, "it made one");
    refused(&[], 2, "<EMAIL>");
    let unknown = ["ada@example.org", "--grant", "queen"];
    refused(&unknown, 2, "expected arbiter or admin");
    let both = ["a@b.c", "--grant", "arbiter", "--revoke", "arbiter"];
    refused(&both, 2, "both granted and revoked");
    let both = ["a@b.c", "--block", "--unblock"];
    refused(&both, 2, "cannot be used with");
    let both = ["a@b.c", "--close", "--grant", "arbiter"];
    refused(&both, 2, "cannot be used with");
    let place = ["a@b.c", "--region", "eu-central-1"];
    refused(&place, 2, "--region (CIVICFORGE_REGION): needs --table");

    Server::start(folder.path(), &[]).stop();
    let nobody = "nobody has the e-mail address ada@example.org";
    refused(&["ada@example.org"], 1, nobody);
    refused(&["ada@example.org", "--verify-email"], 1, nobody);
}

#[tokio::test]
async fn a_member_is_let_in_again_known_and_written_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let place = ["--data-dir", path];
    let server = Server::start(folder.path(), &[]);
    server.register("ada@example.org").await;
    let wrong = json!({"email": "ada@example.org", "password": "1-Wrong-Guesses"});
    for _ in 0..5 {
        assert_eq!(server.post("/api/v1/auth/login", &wrong).await.0, 401);
    }
    assert_eq!(server.login("ada@example.org").await, 429);
    let shown = member(&place, &["--unlock"]);
    assert!(shown.contains("known      no\n"), "{shown}");
    assert_eq!(server.login("ada@example.org").await, 200);
    let shown = member(&place, &["--verify"]);
    assert!(shown.contains("known      yes\n"), "{shown}");
    assert!(shown.contains("verified   no\n"), "{shown}");
    // There is nothing to unlock, and nothing that keeps mails back.
    let shown = member(&place, &["--unlock", "--resume-mails"]);
    assert!(!shown.contains("mails"), "{shown}");
    server.stop();
}

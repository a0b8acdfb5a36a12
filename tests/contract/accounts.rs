//! The list of all accounts, which is for administrators.

use civicforge_testing::TestMember;
use serde_json::json;

use crate::harness::Suite;
use crate::transport::{Host, Transport};
use crate::world::{ME, every, items, violates};

const USERS: &str = "/api/v1/users";

pub fn cases(suite: &mut Suite) {
    suite.each("accounts::administrators_list_them", list);
    suite.each("accounts::nobody_else_does", others);
}

async fn names(host: &Host, admin: &TestMember, search: &str) -> Vec<String> {
    let found = every(host, &format!("{USERS}?search={search}&"), Some(admin)).await;
    let name = |account: &serde_json::Value| account["name"].as_str().expect("a name").to_owned();
    found.iter().map(name).collect()
}

async fn list(transport: Transport) {
    let host = transport.host().await;
    let admin = host.app.register_admin("admin").await;
    for name in ["zoe", "ada", "adam", "ADELE", "bob"] {
        host.member(name).await;
    }
    let all = every(&host, &format!("{USERS}?"), Some(&admin)).await;
    let all: Vec<_> = all.iter().map(|account| account["name"].clone()).collect();
    assert_eq!(all, ["ada", "adam", "ADELE", "admin", "bob", "zoe"]);
    assert_eq!(
        names(&host, &admin, "Ad").await,
        ["ada", "adam", "ADELE", "admin"]
    );
    assert_eq!(names(&host, &admin, "ada").await, ["ada", "adam"]);
    assert!(names(&host, &admin, "dam").await.is_empty());
    // An address is found as a whole, in whatever case.
    assert_eq!(names(&host, &admin, "ZOE@example.org").await, ["zoe"]);
    assert!(names(&host, &admin, "zoe@example.or").await.is_empty());
    let reply = host.get(format!("{USERS}?search=zoe")).member(&admin);
    let [zoe] = &items(&reply.send().await)[..] else {
        panic!("one account")
    };
    assert_eq!(zoe["email"], "zoe@example.org");
    assert_eq!(zoe["roles"], json!(["member"]));
    // Who has another name is found by that one.
    let zoe = host.app.login("zoe@example.org").await;
    let update = json!({"name": "Yvonne", "userType": "agent"});
    let renamed = host.put(ME).member(&zoe).json(&update).send().await;
    assert_eq!(
        (renamed.status, &renamed.json()["name"]),
        (200, &json!("Yvonne"))
    );
    assert!(names(&host, &admin, "zoe").await.is_empty());
    assert_eq!(names(&host, &admin, "yvonne").await, ["Yvonne"]);
}

async fn others(transport: Transport) {
    let host = transport.host().await;
    let admin = host.app.register_admin("admin").await;
    let other = host.app.register_admin("other").await;
    let ada = host.member("ada").await;
    assert_eq!(host.get(USERS).send().await.status, 401);
    let reply = host.get(USERS).stranger(&ada).send().await;
    assert_eq!(reply.problem(), (403, "not_admin".to_owned()));
    let first = host
        .get(format!("{USERS}?limit=1"))
        .member(&admin)
        .send()
        .await;
    let token = first.json()["nextPageToken"]
        .as_str()
        .expect("a token")
        .to_owned();
    // A place in a list is its reader's, and that list's.
    for (member, path) in [
        (&other, format!("{USERS}?limit=1&pageToken={token}")),
        (
            &admin,
            format!("{USERS}?limit=1&search=a&pageToken={token}"),
        ),
    ] {
        let reply = host.get(path).member(member).send().await;
        assert_eq!(reply.problem(), (400, "invalid_page_token".to_owned()));
    }
    let none = host
        .get(format!("{USERS}?search="))
        .member(&admin)
        .send()
        .await;
    violates(&none, "query", "search");
}

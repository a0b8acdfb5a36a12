//! The list of all accounts.

use chrono::TimeDelta;
use civicforge_handlers::users;
use civicforge_kernel::table::{Condition, Write};
use civicforge_testing::{PASSWORD, TestApp, TestMember};
use futures::future::join_all;
use serde_json::{Value, json};

/// The names in the list, in its order.
async fn names(app: &TestApp, admin: &TestMember) -> Vec<String> {
    let (mut names, mut token) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/v1/users?limit=7{token}");
        let page = app.get(&path).member(admin).send().await;
        assert_eq!(page.status, 200, "{page:?}");
        let page = page.json();
        let items = page["items"].as_array().unwrap();
        let name = |account: &Value| account["name"].as_str().unwrap().to_owned();
        names.extend(items.iter().map(name));
        match page["nextPageToken"].as_str() {
            Some(next) => token = format!("&pageToken={next}"),
            None => return names,
        }
    }
}

/// However often and by however many at once they are renamed, each account is in the list once, at its last name.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_account_is_listed_once_at_its_name() {
    let app = TestApp::new().await;
    let admin = app.register_admin("admin").await;
    let mut members = Vec::new();
    for n in 0..10 {
        members.push(app.register(&format!("member-{n}")).await);
    }
    let renamings = (0..60).map(|n| {
        let (app, member) = (app.clone(), members[n % 10].clone());
        tokio::spawn(async move {
            let update =
                json!({"name": format!("Name {} of {}", n / 10, n % 10), "userType": "agent"});
            let call = app.put("/api/v1/users/me").member(&member).json(&update);
            call.send().await.status
        })
    });
    for status in join_all(renamings).await {
        assert_eq!(status.unwrap(), 200);
    }
    let mut expected = vec!["admin".to_owned()];
    for member in &members {
        let account = users::store::find(&app.app.table, member.id).await.unwrap();
        expected.push(account.unwrap().name);
    }
    expected.sort();
    let mut found = names(&app, &admin).await;
    let order = found.clone();
    found.sort();
    assert_eq!(found, expected);
    assert!(
        order.is_sorted_by_key(|name| name.to_lowercase()),
        "{order:?}"
    );
}

#[tokio::test]
async fn one_of_before_the_list_is_in_it_after_the_next_login_and_closed_ones_are_not() {
    let app = TestApp::new().await;
    let admin = app.register_admin("admin").await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let table = &app.app.table;
    let before = Write::update(users::keys::key(ada.id)).when(Condition::exists());
    table.write(before.remove("listed")).await.unwrap();
    table
        .write(Write::delete(users::keys::listed(ada.id)))
        .await
        .unwrap();
    assert_eq!(names(&app, &admin).await, ["admin", "bob"]);
    // By its address it is found all the same.
    let found = app
        .get("/api/v1/users?search=ada@example.org")
        .member(&admin);
    assert_eq!(found.send().await.json()["items"][0]["name"], "ada");
    let version = async || {
        let account = users::store::find(table, ada.id).await.unwrap();
        account.unwrap().version
    };
    let former = version().await;
    for _ in 0..2 {
        app.login(&ada.email).await;
        assert_eq!(names(&app, &admin).await, ["ada", "admin", "bob"]);
        assert_eq!(version().await, former + 1, "it is done once");
    }
    let close = app.post("/api/v1/users/me/close").member(&bob);
    let close = close.json(&json!({"currentPassword": PASSWORD}));
    assert_eq!(close.send().await.status, 202);
    assert_eq!(names(&app, &admin).await, ["ada", "admin"]);
    app.advance(TimeDelta::minutes(1));
    let found = app
        .get("/api/v1/users?search=bob@example.org")
        .member(&admin);
    assert_eq!(found.send().await.json()["items"], json!([]));
}

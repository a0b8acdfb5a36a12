//! Accounts that are closed, and what is left of them.

use std::path::Path;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use civicforge_handlers::auth::{self, closing, identity};
use civicforge_handlers::tasks::volunteers::Volunteer;
use civicforge_handlers::users::audit;
use civicforge_kernel::table::embedded::Embedded;
use civicforge_kernel::table::{Condition, Freshness, Index, Query, Write};
use civicforge_testing::properties::draft;
use civicforge_testing::{PASSWORD, Reply, TestApp, TestMember};
use futures::future::join_all;
use rusqlite::types::Value as Column;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};

use super::support::{login, refresh};

const ME: &str = "/api/v1/users/me";

async fn close(app: &TestApp, member: &TestMember) -> Reply {
    let body = json!({"currentPassword": PASSWORD});
    let call = app.post("/api/v1/users/me/close").member(member);
    call.json(&body).send().await
}

async fn erase(app: &TestApp) -> Value {
    let soon = Instant::now() + Duration::from_secs(60);
    app.app.run("eraseAccounts", json!({}), soon).await.unwrap()
}

/// A server that asks who is refused each time.
async fn start() -> TestApp {
    TestApp::setup()
        .freshness(Freshness::UNCACHED)
        .start()
        .await
}

async fn made(app: &TestApp, member: &TestMember, path: &str, body: &Value) -> String {
    let reply = app.post(path).member(member).json(body).send().await;
    assert!(matches!(reply.status, 201 | 202), "{reply:?}");
    reply.header("location").unwrap().to_owned()
}

fn posted() -> Value {
    json!({"title": "Mend the gate", "description": "The garden's gate squeaks, and does not close."})
}

async fn quest(app: &TestApp, creator: &TestMember) -> String {
    let quest = posted();
    made(app, creator, "/api/v1/quests", &quest).await
}

async fn does(app: &TestApp, member: &TestMember, path: &str, body: Option<Value>) -> Reply {
    let call = app.post(path).member(member);
    let call = match &body {
        Some(body) => call.json(body),
        None => call,
    };
    let reply = call.send().await;
    assert!((200..300).contains(&reply.status), "{path}: {reply:?}");
    reply
}

async fn ask(app: &TestApp, member: &TestMember, property: &str) -> String {
    let (_, id) = property.rsplit_once('/').unwrap();
    let inquiry = json!({"propertyId": id, "message": "Can it be seen on a Saturday?"});
    made(app, member, "/api/v1/inquiries", &inquiry).await
}

async fn field(app: &TestApp, member: &TestMember, path: &str, name: &str) -> Value {
    let reply = app.get(path).member(member).send().await;
    assert_eq!(reply.status, 200, "{path}: {reply:?}");
    reply.json()[name].clone()
}

/// Every row of the database in which one of these texts is.
fn rows_with(file: &Path, texts: &[&str]) -> Vec<String> {
    let database = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let mut names = database
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
        .unwrap();
    let names: Vec<String> = names
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut found = Vec::new();
    for name in names {
        let mut all = database
            .prepare(&format!("SELECT * FROM \"{name}\""))
            .unwrap();
        let columns = all.column_count();
        let mut rows = all.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let columns = (0..columns).map(|at| match row.get(at).unwrap() {
                Column::Text(text) => text,
                Column::Blob(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                _ => String::new(),
            });
            let row = Vec::from_iter(columns).join(" ").to_lowercase();
            if texts.iter().any(|text| row.contains(text)) {
                found.push(row);
            }
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_of_a_member_but_what_the_docs_say() {
    let folder = tempfile::tempdir().unwrap();
    let embedded = Embedded::open(folder.path()).unwrap();
    let table = embedded.table("test").await.unwrap();
    let setup = TestApp::setup().table(table.clone());
    let app = setup.freshness(Freshness::UNCACHED).start().await;
    let (bob, carol) = (
        app.register_seller("bob").await,
        app.register_volunteer("carol").await,
    );
    let zoe = app.register_seller("zoe-quillington").await;
    let profile = json!({
        "name": "Zoe Quillington", "username": "zoequill", "phoneNumber": "+12025550177", "userType": "agent",
    });
    assert_eq!(
        app.put(ME).member(&zoe).json(&profile).send().await.status,
        200
    );
    let wallet = json!({"walletAddress": "0x52908400098527886e0f7030069857d2e4169ee7"});
    let call = app.put(&format!("{ME}/wallet")).member(&zoe).json(&wallet);
    assert_eq!(call.send().await.status, 200);
    app.verify_by_mail(&zoe).await;
    let now = app.clock.now();
    audit::verify(&table, zoe.id, now).await.unwrap().unwrap();
    let link = identity::link(zoe.id, "https://pool.example.org", "subject-of-zoe");
    table.write(link.unwrap()).await.unwrap();
    app.let_volunteer(&zoe, true).await;
    // What is the member's alone, and what others have to do with.
    let (open, taken) = (quest(&app, &zoe).await, quest(&app, &zoe).await);
    does(&app, &bob, &format!("{taken}/claim"), None).await;
    let (given_back, handed_in) = (quest(&app, &bob).await, quest(&app, &bob).await);
    does(&app, &zoe, &format!("{given_back}/claim"), None).await;
    does(&app, &zoe, &format!("{handed_in}/claim"), None).await;
    let submission = json!({"submissionText": "The gate is closed, and quiet."});
    does(&app, &zoe, &format!("{handed_in}/submit"), Some(submission)).await;
    app.open_shop("wood").await;
    let report = json!({"title": "A saw is blunt", "shop": "wood"});
    let task = made(&app, &bob, "/api/v1/problem-reports", &report).await;
    does(&app, &zoe, &format!("{task}/claim"), None).await;
    let house = made(&app, &zoe, "/api/v1/properties", &draft()).await;
    let other_house = made(&app, &bob, "/api/v1/properties", &draft()).await;
    let received = ask(&app, &carol, &house).await;
    let sent = ask(&app, &zoe, &other_house).await;
    assert_eq!(
        login(&app, &zoe.email, "9-Wrong-Passwords")
            .send()
            .await
            .status,
        401
    );

    let reply = close(&app, &zoe).await;
    assert_eq!(reply.status, 202, "{reply:?}");
    assert!(reply.body.is_empty());
    // At once: nobody comes in, and nobody finds the member.
    let refused = (401, "unauthenticated".to_owned());
    assert_eq!(app.get(ME).member(&zoe).send().await.problem(), refused);
    assert_eq!(
        app.put(ME)
            .member(&zoe)
            .json(&profile)
            .send()
            .await
            .problem(),
        refused
    );
    assert_eq!(close(&app, &zoe).await.problem(), refused);
    assert_eq!(refresh(&app, &zoe.refresh_token).send().await.status, 401);
    assert_eq!(login(&app, &zoe.email, PASSWORD).send().await.status, 401);
    let others = format!("/api/v1/users/{}", zoe.id);
    assert_eq!(app.get(&others).member(&bob).send().await.status, 404);
    let mail = app.last_mail(&zoe.email).await;
    assert_eq!(mail.subject, "Your account is closed");
    assert!(
        mail.text.starts_with("Hello Zoe Quillington,"),
        "{}",
        mail.text
    );

    // Not before the mail is sent and the indexes have everything.
    assert_eq!(erase(&app).await["erased"], 0);
    app.advance(TimeDelta::minutes(10));
    assert_eq!(erase(&app).await["erased"], 1);
    assert_eq!(erase(&app).await["erased"], 0, "it is done with");
    assert_eq!(app.get(&open).member(&bob).send().await.status, 404);
    assert_eq!(field(&app, &bob, &taken, "status").await, "CLAIMED");
    assert_eq!(field(&app, &bob, &given_back, "status").await, "OPEN");
    assert_eq!(field(&app, &bob, &handed_in, "status").await, "SUBMITTED");
    assert_eq!(field(&app, &bob, &task, "status").await, "OPEN");
    assert_eq!(app.get(&house).send().await.status, 404);
    assert_eq!(field(&app, &bob, &sent, "status").await, "closed");
    let soon = Instant::now() + Duration::from_secs(60);
    app.app
        .run("closeInquiries", json!({}), soon)
        .await
        .unwrap();
    assert_eq!(field(&app, &carol, &received, "status").await, "closed");
    assert_eq!(Volunteer::find(&table, zoe.id).await.unwrap(), None);
    // The quest is done all the same, and what it earns goes to nobody's account.
    let attestation = json!({});
    does(
        &app,
        &bob,
        &format!("{handed_in}/attest"),
        Some(attestation),
    )
    .await;

    let texts = [
        "quillington",
        "zoequill",
        "2025550177",
        "52908400098527886e0f7030069857d2e4169ee7",
        "subject-of-zoe",
    ];
    let found = rows_with(&folder.path().join("table.db"), &texts);
    // How many mails an address was sent is kept for an hour.
    let kept = |row: &String| row.contains("mailrate#to#");
    let left: Vec<_> = found.iter().filter(|row| !kept(row)).collect();
    assert!(left.is_empty(), "{left:#?}");
    assert!(found.iter().any(kept), "the search finds nothing");
    let records = Query::new(Index::Main, format!("USER#{}", zoe.id)).prefix("AUDIT#");
    assert_eq!(table.query(&records).await.unwrap().items.len(), 1);
    // The address is free.
    app.register("zoe-quillington").await;
}

#[tokio::test]
async fn a_round_that_is_cut_off_is_finished_by_the_next() {
    let app = start().await;
    let ada = app.register_seller("ada").await;
    let mut made_by_ada = Vec::new();
    for _ in 0..5 {
        made_by_ada.push(quest(&app, &ada).await);
        made_by_ada.push(made(&app, &ada, "/api/v1/properties", &draft()).await);
    }
    let eve = app.register("eve").await;
    assert_eq!(close(&app, &ada).await.status, 202);
    app.advance(TimeDelta::minutes(10));
    let past = Instant::now();
    app.app.run("eraseAccounts", json!({}), past).await.unwrap();
    for path in &made_by_ada {
        assert_eq!(app.get(path).member(&eve).send().await.status, 200);
    }
    assert_eq!(erase(&app).await["erased"], 1);
    for path in &made_by_ada {
        assert_eq!(app.get(path).member(&eve).send().await.status, 404);
    }
}

/// Of many who close the same account one does, and nothing is left of what is made meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn it_is_closed_once_while_the_member_goes_on() {
    let app = start().await;
    let ada = app.register_seller("ada").await;
    let eve = app.register("eve").await;
    let spare = quest(&app, &eve).await;
    let calls = (0..40).map(|n| {
        let (app, ada, spare) = (app.clone(), ada.clone(), spare.clone());
        tokio::spawn(async move {
            match n % 4 {
                0 if n % 8 == 0 => (true, close(&app, &ada).await),
                0 | 1 => {
                    let quest = posted();
                    let call = app.post("/api/v1/quests").member(&ada).json(&quest);
                    (false, call.send().await)
                }
                2 => {
                    let call = app.post("/api/v1/properties").member(&ada).json(&draft());
                    (false, call.send().await)
                }
                _ => {
                    let call = app.post(&format!("{spare}/claim")).member(&ada);
                    (false, call.send().await)
                }
            }
        })
    });
    let replies: Vec<_> = join_all(calls)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let closings = replies.iter().filter(|(closing, _)| *closing);
    let statuses: Vec<_> = closings.map(|(_, reply)| reply.status).collect();
    let closed = statuses.iter().filter(|status| **status == 202).count();
    assert_eq!(closed, 1, "{statuses:?}");
    let made = replies
        .iter()
        .filter_map(|(_, reply)| reply.header("location"));
    let made: Vec<_> = made.map(str::to_owned).collect();
    app.advance(TimeDelta::minutes(10));
    assert_eq!(erase(&app).await["erased"], 1);
    for path in made {
        let reply = app.get(&path).member(&eve).send().await;
        assert_eq!(reply.status, 404, "{path}");
    }
    assert_eq!(field(&app, &eve, &spare, "status").await, "OPEN");
}

#[tokio::test]
async fn a_blocked_account_lets_nobody_in_until_it_is_unblocked() {
    let app = start().await;
    let ada = app.register("ada").await;
    let (table, now) = (&app.app.table, app.clock.now());
    for _ in 0..2 {
        assert!(closing::block(table, ada.id, true, now).await.unwrap());
    }
    assert_eq!(app.get(ME).member(&ada).send().await.status, 401);
    let wallet = json!({"walletAddress": null});
    let call = app.put(&format!("{ME}/wallet")).member(&ada).json(&wallet);
    assert_eq!(call.send().await.status, 401);
    assert_eq!(refresh(&app, &ada.refresh_token).send().await.status, 401);
    let right = login(&app, &ada.email, PASSWORD).send().await;
    assert_eq!(right.problem(), (403, "account_blocked".to_owned()));
    // Who does not know the password does not learn it.
    let wrong = login(&app, &ada.email, "9-Wrong-Passwords").send().await;
    assert_eq!(wrong.problem(), (401, "invalid_credentials".to_owned()));
    // A new password does not help.
    let forgot = app.post("/api/v1/auth/password/forgot");
    let forgot = forgot.json(&json!({"email": ada.email})).send().await;
    assert_eq!(forgot.status, 202);
    let token = app.last_mail(&ada.email).await.text;
    let token = token
        .split("token:")
        .nth(1)
        .or(token.split("#token=").nth(1));
    let token = token.unwrap().split_whitespace().next().unwrap().to_owned();
    let reset = json!({"token": token, "newPassword": "9-Open-Workshops"});
    let reset = app.post("/api/v1/auth/password/reset").json(&reset);
    assert_eq!(reset.send().await.status, 204);
    let other = login(&app, &ada.email, "9-Open-Workshops").send().await;
    assert_eq!(other.problem(), (403, "account_blocked".to_owned()));
    assert!(closing::block(table, ada.id, false, now).await.unwrap());
    let other = login(&app, &ada.email, "9-Open-Workshops").send().await;
    assert_eq!(other.status, 200, "{other:?}");
    // The sessions of before stay ended.
    assert_eq!(refresh(&app, &ada.refresh_token).send().await.status, 401);
    let records = Query::new(Index::Main, format!("USER#{}", ada.id)).prefix("AUDIT#");
    assert_eq!(table.query(&records).await.unwrap().items.len(), 2);
}

#[tokio::test]
async fn a_damaged_entry_of_the_list_of_those_who_are_refused_refuses_nobody_else() {
    let app = start().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let (table, now) = (&app.app.table, app.clock.now());
    for member in [&ada, &bob] {
        assert!(closing::block(table, member.id, true, now).await.unwrap());
    }
    let damage = Write::update(auth::keys::refused(bob.id)).when(Condition::exists());
    table.write(damage.remove("userId")).await.unwrap();
    let eve = app.register("eve").await;
    assert_eq!(app.get(ME).member(&eve).send().await.status, 200);
    assert_eq!(app.get(ME).member(&ada).send().await.status, 401);
}

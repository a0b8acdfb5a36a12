//! Every operation once, and what happens without a request.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use civicforge_handlers::sync::webhooks::{NeonPassword, Webhooks};
use civicforge_handlers::tasks::mapping::Mapping;
use civicforge_handlers::users;
use civicforge_kernel::table::outbox::{OutboxSource, Round};
use civicforge_testing::record::Call;
use civicforge_testing::{TestApp, TestMember, tasks};
use serde_json::{Value, json};

use super::fill::{TITLE, description, fill};
use super::ledger::Ledger;

const ME: &str = "/api/v1/users/me";
const QUESTS: &str = "/api/v1/quests";

/// Note the reply to a request.
macro_rules! note {
    ($ledger:ident, $pattern:expr, $operation:literal, $status:literal, $call:expr) => {{
        $ledger.forget();
        let reply = $call.send().await;
        let calls = $ledger.operation($pattern, $operation, $status, &reply);
        (reply, calls)
    }};
}

// After the macro, which they use.
mod accounts;
mod properties;

use accounts::member;

pub async fn all(ledger: &mut Ledger) {
    let app = ledger.app.clone();
    fill(&app.app.table, ledger.shards, app.clock.now()).await;
    let (creator, performer) = accounts::accounts(ledger).await;
    lists(ledger, &performer).await;
    life_of_a_quest(ledger, &creator, &performer).await;
    ends_of_quests(ledger, &creator, &performer).await;
    reads(ledger, &creator, &performer).await;
    life_of_a_task(ledger, &creator, &performer).await;
    properties::life_of_a_property(ledger, &creator, &performer).await;
    accounts::close(ledger).await;
    webhooks(ledger).await;
    without_requests(ledger, &creator).await;
}

/// From a reported problem to a task that is done.
async fn life_of_a_task(ledger: &mut Ledger, reporter: &TestMember, volunteer: &TestMember) {
    const SHOP: &str = "woodshop";
    let app = ledger.app.clone();
    app.open_shop(SHOP).await;
    app.let_volunteer(volunteer, true).await;
    let problem = json!({
        "title": TITLE, "description": description(), "shop": SHOP, "urgency": "high", "problemType": "Equipment",
        "majorRepair": true,
    });
    let newest = app.clock.now() - TimeDelta::minutes(1);
    let newest = tasks::task(TITLE, &description(), SHOP, newest);
    tasks::fill(&app.app.table, ledger.shards, 240, &newest).await;
    let call = app.post("/api/v1/problem-reports").member(reporter);
    let call = call.key("report").json(&problem);
    let (reply, _) = note!(ledger, "report a problem", "reportProblem", 202, call);
    let task = reply.headers["location"].to_str().unwrap().to_owned();
    let act = |verb: &str, key: &str| {
        let call = app.post(&format!("{task}/{verb}"));
        call.member(volunteer).key(key)
    };
    note!(ledger, "claim a task", "claimTask", 200, act("claim", "t1"));
    note!(
        ledger,
        "give a task back",
        "releaseTask",
        200,
        act("release", "t2")
    );
    assert_eq!(act("claim", "t3").send().await.status, 200);
    let mine = app.get("/api/v1/users/me/tasks").member(volunteer);
    note!(ledger, "list one's task", "listMyTasks", 200, mine);
    note!(
        ledger,
        "complete a task",
        "completeTask",
        200,
        act("complete", "t4")
    );
    note!(ledger, "read a task", "getTask", 200, app.get(&task));
    let people = app.get(&format!("{task}/people")).member(reporter);
    note!(ledger, "read a task's people", "getTaskPeople", 200, people);
    note!(
        ledger,
        "list a shop",
        "listShops",
        200,
        app.get("/api/v1/shops")
    );
    for (pattern, query) in [
        ("list 20 open tasks", "?limit=20"),
        ("list 20 open tasks of a shop", "?shop=woodshop&limit=20"),
        (
            "list 20 tasks of a shop",
            "?shop=woodshop&status=ALL&limit=20",
        ),
    ] {
        let call = app.get(&format!("/api/v1/tasks{query}"));
        note!(ledger, pattern, "listTasks", 200, call);
    }
}

/// What another system sends.
async fn webhooks(ledger: &mut Ledger) {
    let app = ledger.app.clone();
    app.know_webhook().await;
    let known = |all: &mut Webhooks| all.neon.push(NeonPassword::of("a password"));
    Webhooks::change(&app.app.table, known).await.unwrap();
    let body = json!({
        "event": "taskUpdated", "webhook_id": "7fa3ec74-69a8-4530-a251-8a13730bd204", "task_id": "1vj38vv",
        "history_items": [{"id": "2800763136717140857"}],
    });
    let send = {
        let signature = civicforge_testing::signature(body.to_string().as_bytes());
        let call = app.post("/webhooks/clickup").json(&body);
        call.header("x-signature", &signature)
    };
    note!(
        ledger,
        "receive an event of ClickUp",
        "receiveClickUpWebhook",
        202,
        send
    );
    let body = json!({
        "eventTrigger": "deleteMembership", "data": {"membershipId": "80003"}, "customParameters": {"token": "a password"},
    });
    let send = app.post("/webhooks/neon").json(&body);
    note!(
        ledger,
        "receive an event of Neon CRM",
        "receiveNeonWebhook",
        202,
        send
    );
    let admin = app.register_admin("sync").await;
    let ask = app.get("/api/v1/admin/sync").member(&admin);
    note!(ledger, "read how the sync goes", "getSyncStatus", 200, ask);
    let mapping: Mapping = serde_json::from_value(json!({
        "shops": {"woodshop": {"name": "Woodshop"}},
        "clickUp": {
            "team": "1", "lists": [{"list": "2", "shop": "woodshop"}],
            "statuses": {"open": ["to do"], "inProgress": ["in progress"], "done": ["complete"]},
        },
    }))
    .unwrap();
    mapping.save(&app.app.table).await.unwrap();
    let round = app.app.run("reconcile", json!({}), soon()).await;
    round.unwrap();
    let ask = app.post("/api/v1/admin/sync").member(&admin);
    note!(
        ledger,
        "have everything be read again",
        "requestResync",
        202,
        ask
    );
}

/// A draft with a date.
fn draft(ledger: &Ledger) -> Value {
    let date = ledger.app.clock.now() + TimeDelta::days(9);
    json!({
        "title": TITLE, "description": description(), "rewardXp": 100, "rewardReputation": 10,
        "expiresAt": date.to_rfc3339(),
    })
}

async fn post(ledger: &Ledger, creator: &TestMember) -> String {
    let call = ledger.app.post(QUESTS).member(creator).json(&draft(ledger));
    id(&call.send().await.json())
}

fn id(quest: &Value) -> String {
    quest["questId"].as_str().unwrap().to_owned()
}

fn submission() -> Value {
    json!({"submissionText": "It is done, and done well.. ".repeat(11).trim()})
}

fn reason() -> Value {
    json!({"reason": "Half of it is missing. ".repeat(13).trim()})
}

/// Do something that is only a preparation.
async fn does(ledger: &Ledger, member: &TestMember, quest: &str, verb: &str, body: &Value) {
    let call = ledger.app.post(&format!("{QUESTS}/{quest}/{verb}"));
    let call = call.member(member);
    let reply = match body {
        Value::Null => call.send().await,
        body => call.json(body).send().await,
    };
    assert_eq!(reply.status, 200, "{verb}: {reply:?}");
}

async fn submitted(ledger: &Ledger, creator: &TestMember, performer: &TestMember) -> String {
    let quest = post(ledger, creator).await;
    does(ledger, performer, &quest, "claim", &Value::Null).await;
    does(ledger, performer, &quest, "submit", &submission()).await;
    quest
}

async fn life_of_a_quest(ledger: &mut Ledger, creator: &TestMember, performer: &TestMember) {
    let app = ledger.app.clone();
    let create = || {
        app.post(QUESTS)
            .member(creator)
            .key("create")
            .json(&draft(ledger))
    };
    let call = create();
    let (reply, calls) = note!(ledger, "create a quest", "createQuest", 201, call);
    let quest = id(&reply.json());
    deliver(ledger, &calls).await;
    let call = app
        .post(QUESTS)
        .member(creator)
        .key("create")
        .json(&draft(ledger));
    note!(ledger, "replay a request", "createQuest", 201, call);
    let act = |member: &TestMember, key: &str, verb: &str| {
        let call = app.post(&format!("{QUESTS}/{quest}/{verb}"));
        call.member(member).key(key)
    };
    let call = act(performer, "k1", "claim");
    note!(ledger, "claim a quest", "claimQuest", 200, call);
    let call = act(performer, "k2", "unclaim");
    note!(ledger, "unclaim a quest", "unclaimQuest", 200, call);
    does(ledger, performer, &quest, "claim", &Value::Null).await;
    let call = act(performer, "k3", "submit").json(&submission());
    note!(ledger, "submit a quest", "submitQuest", 200, call);
    let notes = json!({"notes": "Well done, thank you."});
    let call = act(creator, "k4", "attest").json(&notes);
    note!(ledger, "attest first", "attestQuest", 200, call);
    let call = act(performer, "k5", "attest").json(&notes);
    note!(
        ledger,
        "attest second, complete and reward",
        "attestQuest",
        200,
        call
    );
}

async fn ends_of_quests(ledger: &mut Ledger, creator: &TestMember, performer: &TestMember) {
    let app = ledger.app.clone();
    let arbiter = app.register_arbiter("arbiter").await;
    for (pattern, outcome) in [
        ("resolve: complete", "complete"),
        ("resolve: reopen", "reopen"),
    ] {
        let quest = submitted(ledger, creator, performer).await;
        let call = app.post(&format!("{QUESTS}/{quest}/dispute")).key(outcome);
        let call = call.member(creator).json(&reason());
        ledger.forget();
        let reply = call.send().await;
        if outcome == "complete" {
            ledger.operation("dispute a quest", "disputeQuest", 200, &reply);
        }
        let resolution = json!({"outcome": outcome, "notes": "Looked at by two of us."});
        let call = app.post(&format!("{QUESTS}/{quest}/resolve")).key(outcome);
        let call = call.member(&arbiter).json(&resolution);
        ledger.forget();
        let reply = call.send().await;
        ledger.operation(pattern, "resolveQuest", 200, &reply);
    }
    let quest = post(ledger, creator).await;
    let call = app.delete(&format!("{QUESTS}/{quest}")).member(creator);
    note!(ledger, "delete a quest", "deleteQuest", 204, call);
}

async fn reads(ledger: &mut Ledger, creator: &TestMember, performer: &TestMember) {
    let app = ledger.app.clone();
    let quest = post(ledger, creator).await;
    let call = app.get("/health");
    note!(ledger, "health", "getHealth", 200, call);
    let call = app.get("/health/ready");
    note!(ledger, "readiness", "getReadiness", 200, call);
    let call = app.get("/.well-known/jwks.json");
    note!(ledger, "signing keys", "getJwks", 200, call);
    let call = app.get(&format!("{QUESTS}/{quest}")).member(performer);
    note!(ledger, "read a quest", "getQuest", 200, call);
    let call = app
        .get(&format!("/api/v1/users/{}", creator.id))
        .member(performer);
    note!(ledger, "read a member", "getUserProfile", 200, call);

    mine(ledger).await;
}

/// The feeds, before there is a quest whose shard is left to chance.
async fn lists(ledger: &mut Ledger, performer: &TestMember) {
    let app = ledger.app.clone();
    let list = |query: &str| app.get(&format!("{QUESTS}?{query}")).member(performer);
    let call = list("status=CLAIMED");
    let (reply, _) = note!(
        ledger,
        "list 20 quests of a status",
        "listQuests",
        200,
        call
    );
    full(&reply.json());
    let call = list("");
    let (reply, _) = note!(
        ledger,
        "list 20 quests of any status",
        "listQuests",
        200,
        call
    );
    full(&reply.json());
    let call = list("search=nowhere");
    let (reply, _) = note!(ledger, "search in vain", "listQuests", 200, call);
    assert_eq!(reply.json()["items"], json!([]));
    assert!(reply.json()["nextPageToken"].is_string());
}

/// The lists of two members who have more than a page: one has posted, the other performs.
async fn mine(ledger: &mut Ledger) {
    let app = ledger.app.clone();
    let helper = member(ledger, "helper.with.a.long.name").await;
    let mut last = None;
    for name in ["first.of.three", "second.of.three", "third.of.three"] {
        // Ten points are ten quests; the last one has three times as many.
        let creator = member(ledger, name).await;
        let points = json!(30);
        give(ledger, &creator, &points).await;
        for _ in 0..if name.starts_with("third") { 30 } else { 1 } {
            let quest = post(ledger, &creator).await;
            does(ledger, &helper, &quest, "claim", &Value::Null).await;
        }
        last = Some(creator);
    }
    let creator = last.unwrap();
    let mine = |role: &str| app.get(&format!("{ME}/quests?role={role}"));
    let call = mine("creator").member(&creator);
    let (reply, _) = note!(
        ledger,
        "list 20 quests that one has posted",
        "listMyQuests",
        200,
        call
    );
    full(&reply.json());
    let call = mine("performer").member(&helper);
    let (reply, _) = note!(
        ledger,
        "list 20 quests that one performs",
        "listMyQuests",
        200,
        call
    );
    full(&reply.json());
}

/// Points that nobody had to earn.
async fn give(ledger: &Ledger, member: &TestMember, points: &Value) {
    use civicforge_kernel::table::Write;
    let write = Write::update(users::keys::key(member.id));
    let write = write.set("questCreationPoints", points.as_i64().unwrap());
    ledger.app.app.table.write(write).await.unwrap();
}

fn full(page: &Value) {
    assert_eq!(page["items"].as_array().unwrap().len(), 20);
    assert!(page["nextPageToken"].is_string());
}

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(30)
}

/// The message that a transaction has left, through the worker behind the stream and the queue.
async fn deliver(ledger: &mut Ledger, calls: &[Call]) {
    let keys = calls.iter().flat_map(|call| &call.partitions);
    let message = keys.filter_map(|key| key.strip_prefix("OUTBOX#")).next();
    let keys = json!({"PK": {"S": format!("OUTBOX#{}", message.unwrap())}, "SK": {"S": "MESSAGE"}});
    let record = json!({"eventName": "INSERT", "dynamodb": {"Keys": keys}});
    let batch = json!({"Records": [{"messageId": "m", "body": record.to_string()}]});
    let answer = ledger.app.app.run("deliverOutbox", batch, soon());
    assert_eq!(answer.await.unwrap(), json!({"batchItemFailures": []}));
    ledger.note(
        "deliver a message that the stream has brought",
        None,
        Some("deliverOutbox"),
    );
}

/// What is different where the table has no stream.
async fn without_a_stream(ledger: &mut Ledger, creator: &TestMember) {
    let table = ledger.app.app.table.clone();
    let table = table.with_outbox(OutboxSource::Index);
    let local = TestApp::setup().table(table.clone());
    let local = local.start().await;
    let body = draft(ledger);
    let call = local.post(QUESTS).member(creator).key("local").json(&body);
    note!(
        ledger,
        "create a quest, in a table without a stream",
        "createQuest",
        201,
        call
    );
    let relay = local.app.relay();
    assert_eq!(relay.round().await.unwrap().delivered, 1);
    ledger.note(
        "find and deliver a message, in a table without a stream",
        None,
        None,
    );
    assert_eq!(relay.round().await.unwrap(), Round::default());
    ledger.note(
        "look for messages, none, in a table without a stream",
        None,
        None,
    );
}

async fn without_requests(ledger: &mut Ledger, creator: &TestMember) {
    let app = ledger.app.clone();
    without_a_stream(ledger, creator).await;

    let event = "expireQuests";
    let name = Some(event);
    let round = app.app.run(event, json!({}), soon()).await.unwrap();
    assert_eq!(round["expired"], 0, "{round}");
    ledger.note("look for overdue quests, none", None, name);
    // All but the last one are in the way.
    app.advance(TimeDelta::days(9));
    let round = app.app.run(event, json!({}), soon()).await.unwrap();
    assert!(round["expired"].as_u64().unwrap() > 0, "{round}");
    let login = app.login(&creator.email).await;
    post(ledger, &login).await;
    app.advance(TimeDelta::days(10));
    ledger.forget();
    let round = app.app.run(event, json!({}), soon()).await.unwrap();
    assert_eq!(round["expired"], 1, "{round}");
    ledger.note("look for overdue quests and expire one", None, name);
    let event = "reprocessFailedRewards";
    ledger.forget();
    app.app.run(event, json!({}), soon()).await.unwrap();
    ledger.note("look for rewards that are owed, none", None, Some(event));

    let confirmed = json!({
        "version": "1", "region": "eu-central-1", "userPoolId": "eu-central-1_AbCdEfGhI", "userName": "sub-1",
        "triggerSource": "PostConfirmation_ConfirmSignUp",
        "request": {"userAttributes": {
            "sub": "11111111-2222-3333-4444-555555555555", "email": "a.member.of.the.pool@example.org",
            "email_verified": "true", "name": "A Member Of The Pool", "phone_number": "+12025550123",
        }},
        "response": {},
    });
    let event = "createUser";
    app.app.run(event, confirmed, soon()).await.unwrap();
    ledger.note("sign up with another issuer", None, Some(event));
}

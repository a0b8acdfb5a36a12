//! What happens between tasks here and tasks in ClickUp, as functions do it.

use chrono::{Days, TimeDelta};
use civicforge_demo_vendors::clickup::{Act, ClickUp, LIST, RIVER, Setup, TEAM, TOKEN};
use civicforge_demo_vendors::{Fault, discourse, neon, slack};
use civicforge_handlers::sync::intake::{self, Received};
use civicforge_handlers::sync::neon::account_keys;
use civicforge_handlers::tasks::events::{self, Elsewhere};
use civicforge_handlers::tasks::item::Task;
use civicforge_handlers::tasks::keys;
use civicforge_handlers::tasks::mapping::Mapping;
use civicforge_handlers::tasks::rules::Transition;
use civicforge_handlers::tasks::volunteers::Volunteer;
use civicforge_kernel::table::Freshness;
use civicforge_kernel::table::key::outbox;
use civicforge_kernel::table::outbox::Message;
use civicforge_kernel::table::{Condition, Key, OutboxSource, Write};
use civicforge_testing::{TestApp, TestMember};
use serde_json::{Value, json};
use uuid::Uuid;

use super::flows::run;
use super::recorded;
use crate::transport::{Host, Transport};

const SHOP: &str = "6d0f3a52-0000-4000-8000-00000000a001";
const KIND: &str = "6d0f3a52-0000-4000-8000-00000000a00a";
const MAJOR: &str = "6d0f3a52-0000-4000-8000-00000000a006";
const WORKER: &str = "syncWorker";

struct World {
    host: Host,
    click_up: ClickUp,
    forum: discourse::Discourse,
    neon: neon::Neon,
    _slack: slack::Slack,
}

/// The record of the table's stream that tells of an item.
fn record(key: &Key) -> Value {
    let keys = json!({"PK": {"S": key.pk}, "SK": {"S": key.sk}});
    let record = json!({"eventName": "INSERT", "dynamodb": {"Keys": keys}});
    json!({"Records": [{"messageId": Uuid::now_v7(), "body": record.to_string()}]})
}

impl World {
    async fn new() -> Self {
        let click_up = ClickUp::start(Setup::default()).await.expect("a port");
        let forum = discourse::Discourse::start(discourse::Setup::default());
        let forum = forum.await.expect("a port");
        let slack = slack::Slack::start(slack::Setup::default());
        let slack = slack.await.expect("a port");
        let neon = neon::Neon::start(neon::Setup::default());
        let neon = neon.await.expect("a port");
        let vendors = json!({
            "neon": {"organization": neon::ORGANIZATION, "key": neon::KEY, "address": neon.url()},
            "clickUp": {"token": TOKEN, "address": click_up.url()},
            "discourse": {"address": forum.url(), "key": discourse::KEY, "user": discourse::USER},
            "slack": {"token": slack::TOKEN, "address": slack.url()},
        });
        let setup = TestApp::setup().table(recorded().await).vendors(&vendors);
        let setup = setup.freshness(Freshness::UNCACHED);
        let host = Transport::Dispatch.of(setup.start().await);
        let mapping: Mapping = serde_json::from_value(json!({
            "shops": {"woodshop": {"name": "Woodshop"}, "lasers": {"name": "Lasers"}},
            "slackChannel": slack::CHANNEL,
            "neon": {"individualTypes": ["Volunteer"]},
            "discourseCategory": discourse::CATEGORY,
            "clickUp": {
                "team": TEAM, "lists": [{"list": LIST}],
                "statuses": {"open": ["to do"], "inProgress": ["in progress"], "done": ["complete"]},
                "fields": {"shop": SHOP, "problemType": KIND, "majorRepair": MAJOR},
            },
        }))
        .expect("a mapping");
        mapping.save(&host.app.app.table).await.expect("an answer");
        for shop in mapping.shops.keys() {
            host.app.open_shop(shop).await;
        }
        Self {
            host,
            click_up,
            forum,
            neon,
            _slack: slack,
        }
    }

    fn create(&self) -> String {
        let shop = json!("0b7e1c00-0000-4000-8000-000000000000");
        let created =
            self.click_up
                .create_task(RIVER, LIST, "The band saw", "It hums.", &[(SHOP, shop)]);
        created.expect("a task")
    }

    fn act(&self, id: &str, act: Act<'_>) {
        self.click_up.act(RIVER, id, act).expect("a change");
    }

    /// An event, and the worker that the queue brings it to.
    async fn event(&self, event: &str, id: &str) {
        let body = json!({
            "event": event, "webhook_id": "w", "task_id": id, "history_items": [{"id": Uuid::now_v7()}],
        });
        let app = &self.host.app;
        let Received::Work(message) =
            intake::click_up(body.to_string().as_bytes(), app.clock.now())
        else {
            panic!("an event of a task")
        };
        self.work_on(&message).await;
    }

    /// The worker that the queue brings a message to.
    async fn work_on(&self, message: &Message) {
        let app = &self.host.app;
        let table = &app.app.table;
        let write = message.send(table.outbox()).expect("an item");
        table.write(write).await.expect("an answer");
        let answer = run(app, WORKER, record(&message.key())).await;
        assert_eq!(answer, json!({"batchItemFailures": []}));
    }

    /// A paid term of an account, which begins today.
    fn paid(&self, account: &str) -> String {
        let today = self.host.app.clock.now().date_naive();
        let term = |days| {
            self.neon
                .create_membership(account, today, today + Days::new(days))
        };
        term(30)
    }

    /// What Neon CRM sends of an account.
    async fn edited(&self, account: &str) {
        let body = json!({
            "eventTrigger": "editAccount", "data": {"individualAccount": {"accountId": account}},
            "customParameters": {"once": Uuid::now_v7()},
        });
        let now = self.host.app.clock.now();
        let sent = intake::neon(body.to_string().as_bytes(), false, now);
        let Received::Work(message) = sent.received else {
            panic!("an event of an account")
        };
        self.work_on(&message).await;
    }

    /// What has happened to the task here, split by a function that has read nothing before.
    async fn split(&self, function: &'static str, transition: Transition) {
        let now = self.host.app.clock.now();
        let task = self.stored().await;
        let message = events::moved(transition, &task, Uuid::nil(), now);
        self.tell(function, message.expect("a message")).await;
    }

    /// That the task was changed in ClickUp, as the function of messages splits it.
    async fn updated(&self) {
        let now = self.host.app.clock.now();
        let message = events::elsewhere(Elsewhere::Updated, &self.stored().await, now);
        self.tell("deliverOutbox", message.expect("a message"))
            .await;
    }

    async fn tell(&self, function: &'static str, message: Message) {
        let app = &self.host.app;
        let (source, payload) = match function {
            "deliverOutbox" => (OutboxSource::Stream, record(&message.key())),
            _ => (OutboxSource::Index, json!({})),
        };
        let table = &app.app.table;
        let write = message.send(source).expect("an item");
        table.write(write).await.expect("an answer");
        let other = TestApp::setup().table(table.clone()).start().await;
        run(&other, function, payload).await;
        // As the table's stream tells of those that there are.
        for destination in ["to:clickup", "to:slack", "to:discourse"] {
            let key = outbox::key(message.id, Some(destination));
            run(app, WORKER, record(&key)).await;
        }
    }

    async fn stored(&self) -> Task {
        let id = self.task().await["taskId"]
            .as_str()
            .expect("a task")
            .parse();
        let tasks = &self.host.app.app.tasks;
        let task = tasks.task(id.expect("an id")).await.expect("an answer");
        task.expect("a task")
    }

    async fn task(&self) -> Value {
        let reply = self
            .host
            .get("/api/v1/tasks?status=ALL&limit=1")
            .send()
            .await;
        reply.json()["items"][0].clone()
    }

    async fn does(&self, who: &TestMember, task: &Value, verb: &str) {
        let id = task["taskId"].as_str().expect("a task");
        let reply = self
            .host
            .post(format!("/api/v1/tasks/{id}/{verb}"))
            .member(who);
        let reply = reply.send().await;
        assert_eq!(reply.status, 200, "{reply:?}");
    }
}

pub async fn click_up() {
    let world = World::new().await;
    let vera = world.host.app.register_volunteer("vera").await;
    // Somebody has one there, and another one is done.
    let (taken, done, id) = (world.create(), world.create(), world.create());
    world.act(&taken, Act::Assign(RIVER));
    world.act(&taken, Act::Status("in progress"));
    world.act(
        &taken,
        Act::Field(KIND, json!("0b7e1c01-0000-4000-8000-000000000000")),
    );
    world.act(&done, Act::Status("complete"));
    for one in [&taken, &done] {
        world.event("taskCreated", one).await;
    }
    world.act(&taken, Act::Status("to do"));
    world.act(&done, Act::Delete);
    world.event("taskUpdated", &taken).await;
    world.event("taskDeleted", &done).await;
    world.act(&taken, Act::Delete);
    world.event("taskUpdated", &taken).await;
    world.event("taskCreated", &id).await;
    let task = world.task().await;

    // What is told to ClickUp, whichever function has split it.
    world.does(&vera, &task, "claim").await;
    world.split("deliverOutbox", Transition::Claimed).await;
    let there = world.click_up.task(&id).expect("a task");
    assert_eq!(there["status"]["status"], "in progress");
    world.act(
        &id,
        Act::Field(SHOP, json!("0b7e1c00-0000-4000-8000-000000000003")),
    );
    world.act(
        &id,
        Act::Field(KIND, json!("0b7e1c01-0000-4000-8000-000000000001")),
    );
    world.act(&id, Act::Field(MAJOR, json!(true)));
    world.act(&id, Act::Priority(Some(1)));
    world.act(&id, Act::Describe("It is quiet."));
    world.act(&id, Act::Rename("The other saw"));
    world.event("taskUpdated", &id).await;
    // Its topic waits for approval at first.
    world.forum.hold(true);
    world.updated().await;
    world.forum.approve();
    world.updated().await;
    let task = world.task().await;
    for url in ["slackUrl", "discourseUrl"] {
        assert!(task[url].is_string(), "{url}: {task}");
    }
    world.does(&vera, &task, "complete").await;
    world.act(&id, Act::Status("to do"));
    world.split("redeliverOutbox", Transition::Completed).await;
    let overruled = world.task().await;
    let told = (&overruled["status"], overruled["notice"].is_string());
    assert_eq!(told, (&json!("OPEN"), true), "{overruled}");
    world.does(&vera, &task, "claim").await;
    world.act(&id, Act::Archive(true));
    world.event("taskUpdated", &id).await;
    world.act(&id, Act::Archive(false));
    world.act(&id, Act::Status("complete"));
    world.event("taskUpdated", &id).await;
    // Nothing waits in the index.
    run(&world.host.app, WORKER, json!({})).await;
    run(&world.host.app, "reconcile", json!({})).await;
    world.click_up.faults().always(Fault::status(503));
    for _ in 0..5 {
        world.event("taskUpdated", &id).await;
    }
}

/// Who is a volunteer.
pub async fn volunteers() {
    let world = World::new().await;
    let app = &world.host.app;
    let vera = app.register("vera").await;
    app.verify_email(&vera).await;
    let account = neon::Account::volunteer("Vera", "Example", &vera.email);
    let account = world.neon.create_account(account);
    world.paid(&account);
    world.edited(&account).await;
    world
        .neon
        .edit_account(&account, |account| account.emails.clear());
    world.edited(&account).await;
    world.neon.edit_account(&account, |account| {
        account.emails = vec![vera.email.clone()]
    });
    // What was read at the very moment is not read again.
    app.clock.advance(TimeDelta::seconds(1));
    run(app, "reconcile", json!({})).await;
    let named = Volunteer::name(&app.app.table, vera.id, None).await;
    assert!(named.expect("an answer").active);
    world.paid(&account);
    app.clock.advance(TimeDelta::hours(24));
    run(app, "reconcile", json!({})).await;
    // Nothing of the account in Neon CRM is left with the member's.
    let vera = app.login(&vera.email).await;
    let close = world.host.post("/api/v1/users/me/close").member(&vera);
    let close = close.json(&json!({"currentPassword": civicforge_testing::PASSWORD}));
    assert_eq!(close.send().await.status, 202);
    app.clock.advance(TimeDelta::minutes(10));
    assert_eq!(run(app, "eraseAccounts", json!({})).await["erased"], 1);
    let known = app.app.table.get(&account_keys(&account).primary).await;
    assert_eq!(known.expect("an answer"), None);
}

/// The same without any event: the job finds it.
pub async fn reconcile() {
    let world = World::new().await;
    let app = &world.host.app;
    let vera = app.register_volunteer("vera").await;
    let admin = app.register_admin("ada").await;
    // Each time everything is asked for, and the time of the next round has come.
    let round = async || {
        let admin = app.login(&admin.email).await;
        let ask = world.host.post("/api/v1/admin/sync").member(&admin);
        assert_eq!(ask.send().await.status, 202);
        app.clock.advance(TimeDelta::minutes(5));
        run(app, "reconcile", json!({})).await
    };
    let kind = |option| Act::Field(KIND, json!(format!("0b7e1c01-0000-4000-8000-{option:012}")));
    let (id, done) = (world.create(), world.create());
    world.act(&id, Act::Assign(RIVER));
    world.act(&id, Act::Status("in progress"));
    world.act(&id, kind(0));
    // The worker has written something down before.
    world.event("taskCreated", &done).await;
    world.act(&done, Act::Delete);
    world.event("taskDeleted", &done).await;
    let done = world.create();
    world.act(&done, Act::Status("complete"));
    round().await;
    world.act(&id, Act::Status("to do"));
    world.act(&id, kind(1));
    world.act(&done, Act::Delete);
    round().await;
    let task = world.task().await;
    let vera = app.login(&vera.email).await;
    world.does(&vera, &task, "claim").await;
    world.split("deliverOutbox", Transition::Claimed).await;
    world.act(
        &id,
        Act::Field(SHOP, json!("0b7e1c00-0000-4000-8000-000000000003")),
    );
    for act in [
        kind(0),
        Act::Field(MAJOR, json!(true)),
        Act::Priority(Some(1)),
        Act::Describe("It is quiet."),
        Act::Rename("The other saw"),
        Act::Status("complete"),
    ] {
        world.act(&id, act);
    }
    round().await;
    assert_eq!(world.task().await["status"], "DONE");
    world.act(&id, Act::Status("to do"));
    round().await;
    // A command that is not there when ClickUp's own change is read.
    let vera = app.login(&vera.email).await;
    let task = world.task().await;
    world.does(&vera, &task, "claim").await;
    world.act(&id, Act::Status("complete"));
    round().await;
    assert!(world.task().await["notice"].is_string());

    // Somebody approves its topic, and nothing tells of that.
    world.act(&id, Act::Status("to do"));
    round().await;
    world.forum.hold(true);
    world.updated().await;
    world.forum.approve();
    round().await;
    assert!(world.task().await["discourseUrl"].is_string());

    let wrong = keys::count("lasers", world.stored().await.task_id);
    let wrong = Write::update(wrong).when(Condition::exists());
    app.app
        .table
        .write(wrong.set("open", 7))
        .await
        .expect("an answer");
    assert_eq!(round().await["recounted"], 1);
    world.click_up.faults().always(Fault::status(503));
    for _ in 0..5 {
        round().await;
    }
}

//! Lists of tasks in tables of three sizes, and what it takes to have an event of ClickUp here: to take it in, and to work on it.
//!
//! Requests go through the whole service and the embedded database, without a socket. ClickUp is a server of this machine, so working on
//! an event has a call over a socket in it.

mod percentiles;

use std::sync::Arc;

use chrono::Utc;
use civicforge_demo_vendors::clickup::{Act, ClickUp, LIST, RIVER, Setup, TEAM, TOKEN};
use civicforge_handlers::sync::clickup::FromClickUp;
use civicforge_handlers::sync::intake::{self, Received};
use civicforge_handlers::tasks::mapping::Mapping;
use civicforge_kernel::destinations::Destination;
use civicforge_kernel::table::outbox::Message;
use civicforge_testing::{TestApp, signature, tasks};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

use percentiles::percentiles;

const SIZES: [usize; 3] = [100, 10_000, 100_000];
const SHOP: &str = "6d0f3a52-0000-4000-8000-00000000a001";
const WOODSHOP: &str = "0b7e1c00-0000-4000-8000-000000000000";

/// How many requests the percentiles are of.
const REQUESTS: usize = 5_000;

fn runtime() -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime can be started")
}

fn lists(criterion: &mut Criterion) {
    let runtime = runtime();
    let mut group = criterion.benchmark_group("a page of 20 tasks");
    group.sample_size(20);
    for size in SIZES {
        let app = runtime.block_on(filled(size));
        for (name, query) in [
            ("open", ""),
            ("open, of a shop", "shop=woodshop"),
            ("of a shop", "shop=woodshop&status=ALL"),
        ] {
            let path = format!("/api/v1/tasks?{query}");
            let get = async || app.get(&path).send().await.status;
            let id = BenchmarkId::new(name, size);
            group.bench_function(id, |bencher| {
                bencher.iter(|| assert_eq!(runtime.block_on(get()), 200));
            });
            percentiles(&format!("{name}, of {size}"), REQUESTS, &runtime, get);
        }
    }
    group.finish();
}

/// A server on a table of so many tasks.
async fn filled(size: usize) -> TestApp {
    let app = TestApp::new().await;
    app.open_shop("woodshop").await;
    let description = "It hums, and does not start. ".repeat(20);
    let newest = tasks::task("The band saw", &description, "woodshop", Utc::now());
    tasks::fill(&app.app.table, 1, size, &newest).await;
    app
}

fn event(task: &str, number: u64) -> Value {
    json!({
        "event": "taskUpdated", "webhook_id": "7fa3ec74-69a8-4530-a251-8a13730bd204", "task_id": task,
        "history_items": [{"id": number.to_string(), "field": "status", "user": {"email": "somebody@example.org"}}],
    })
}

fn taking_in(criterion: &mut Criterion) {
    let runtime = runtime();
    let app = runtime.block_on(async {
        let app = TestApp::new().await;
        app.know_webhook().await;
        app
    });
    let mut number = 0;
    let mut send = async || {
        number += 1;
        let body = event("1vj38vv", number).to_string();
        let signature = signature(body.as_bytes());
        let call = app.post("/webhooks/clickup").body("application/json", body);
        call.header("x-signature", &signature).send().await.status
    };
    let mut group = criterion.benchmark_group("an event of ClickUp");
    group.throughput(Throughput::Elements(1));
    group.bench_function("taken in", |bencher| {
        bencher.iter(|| assert_eq!(runtime.block_on(send()), 202));
    });
    group.finish();
    percentiles("a webhook", REQUESTS, &runtime, send);
}

/// A server beside a ClickUp, with one task, and what works on events.
struct Following {
    click_up: ClickUp,
    from: FromClickUp,
    task: String,
    number: u64,
    app: TestApp,
}

impl Following {
    async fn new() -> Self {
        let setup = Setup {
            requests: u32::MAX,
            ..Setup::default()
        };
        let click_up = ClickUp::start(setup).await.expect("a port");
        let settings = json!({"clickUp": {"token": TOKEN, "address": click_up.url()}});
        let app = TestApp::setup().vendors(&settings).start().await;
        let mapping: Mapping = serde_json::from_value(json!({
            "shops": {"woodshop": {"name": "Woodshop"}},
            "clickUp": {
                "team": TEAM, "lists": [{"list": LIST}],
                "statuses": {"open": ["to do"], "inProgress": ["in progress"], "done": ["complete"]},
                "fields": {"shop": SHOP},
            },
        }))
        .expect("a mapping");
        mapping.save(&app.app.table).await.expect("a mapping");
        app.open_shop("woodshop").await;
        let fields = [(SHOP, json!(WOODSHOP))];
        let task = click_up.create_task(RIVER, LIST, "The band saw", "It hums.", &fields);
        let tasks = Arc::clone(app.app.tasks.feature());
        Self {
            from: FromClickUp::new(tasks, app.app.vendors.clone()),
            click_up,
            task: task.expect("a task"),
            number: 0,
            app,
        }
    }

    /// An event, after the task was changed or not.
    fn event(&mut self, changes: bool) -> Message {
        self.number += 1;
        if changes {
            let title = format!("The band saw {}", self.number);
            let renamed = self.click_up.act(RIVER, &self.task, Act::Rename(&title));
            renamed.expect("a change");
        }
        let body = event(&self.task, self.number).to_string();
        match intake::click_up(body.as_bytes(), self.app.clock.now()) {
            Received::Work(message) => message,
            Received::Unreadable(_) | Received::Nothing => unreachable!("an event of a task"),
        }
    }
}

fn working(criterion: &mut Criterion) {
    let runtime = runtime();
    let mut following = runtime.block_on(Following::new());
    let mut group = criterion.benchmark_group("an event of ClickUp");
    group.throughput(Throughput::Elements(1));
    for (name, changes) in [("worked on, a change", true), ("worked on, an echo", false)] {
        let from = following.from.clone();
        group.bench_function(name, |bencher| {
            bencher.iter_batched(
                || following.event(changes),
                |message| {
                    runtime
                        .block_on(from.deliver(&message))
                        .expect("it is taken")
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, lists, taking_in, working);
criterion_main!(benches);

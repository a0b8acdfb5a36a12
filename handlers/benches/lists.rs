//! A page of a list, in tables of 100, 10,000 and 100,000 quests: it takes as long in each.
//!
//! A request goes through the whole service and the embedded database, without a socket.

use chrono::{TimeDelta, Utc};
use civicforge_handlers::quests::rules::QuestStatus;
use civicforge_kernel::table::Shards;
use civicforge_testing::quests::{put, quest};
use civicforge_testing::{TestApp, TestMember};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use tokio::runtime::{Builder, Runtime};

const SIZES: [i64; 3] = [100, 10_000, 100_000];

/// How many quests are made at a time, to keep what is in memory small.
const PART: usize = 5_000;

fn lists(criterion: &mut Criterion) {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime can be started");
    let mut group = criterion.benchmark_group("a page of 20 quests");
    group.sample_size(20);
    for size in SIZES {
        let (app, member) = runtime.block_on(filled(size));
        for (name, query) in [
            ("of a status", "status=OPEN"),
            ("of any status", ""),
            ("of a search in vain", "search=nowhere"),
        ] {
            let id = BenchmarkId::new(name, size);
            group.bench_function(id, |bencher| {
                bencher.iter(|| page(&runtime, &app, &member, query));
            });
        }
    }
    group.finish();
}

/// A server on a table of so many quests. Half of them are open, and the others complete.
async fn filled(size: i64) -> (TestApp, TestMember) {
    let app = TestApp::new().await;
    let member = app.register("reader").await;
    let description = "All of the chairs go up. ".repeat(34);
    let now = Utc::now();
    let quests = (0..size).map(|n| {
        let status = match n % 2 {
            0 => QuestStatus::Open,
            _ => QuestStatus::Complete,
        };
        let created = now - TimeDelta::seconds(n);
        quest(
            "Carry the chairs to the garden",
            &description,
            status,
            created,
        )
    });
    let mut quests = quests.peekable();
    while quests.peek().is_some() {
        let part: Vec<_> = quests.by_ref().take(PART).collect();
        put(&app.app.table, Shards::ONE, &part).await;
    }
    (app, member)
}

fn page(runtime: &Runtime, app: &TestApp, member: &TestMember, query: &str) {
    let path = format!("/api/v1/quests?{query}");
    let reply = runtime.block_on(app.get(&path).member(member).send());
    assert_eq!(reply.status, 200);
}

criterion_group!(benches, lists);
criterion_main!(benches);

//! The stages of the generated service, each on its own.

use std::hint::black_box;

use civicforge_codegen_golden::bench::schemas::QUEST_DRAFT;
use civicforge_codegen_golden::bench::types::{Quest, QuestDraft, QuestStatus};
use civicforge_runtime::decode::Decode;
use civicforge_runtime::json::Node;
use civicforge_runtime::router::Router;
use civicforge_runtime::schema::Direction;
use civicforge_runtime::violation::Violations;
use criterion::{BenchmarkId, Criterion, Throughput};
use http::Method;

use crate::requests::{DRAFT, MEMBER, QUEST, created_at};

/// All of them.
pub fn benches(criterion: &mut Criterion) {
    body(criterion);
    router(criterion);
}

fn body(criterion: &mut Criterion) {
    let node = Node::parse(DRAFT.as_bytes()).expect("the draft is JSON");
    let draft = QuestDraft::decode(&node).expect("the draft is a quest's");
    let quest = Quest {
        id: QUEST,
        guild_id: MEMBER,
        creator_id: MEMBER,
        title: draft.title,
        description: draft.description,
        category: draft.category,
        status: QuestStatus::Open,
        reward_xp: 100,
        reward_reputation: 10,
        expires_at: draft.expires_at,
        created_at: created_at(),
        tags: draft.tags.unwrap_or_default(),
    };

    let mut group = criterion.benchmark_group("stages of the POST");
    group.throughput(Throughput::Bytes(DRAFT.len() as u64));
    group.bench_function("parse", |bencher| {
        bencher.iter(|| Node::parse(black_box(DRAFT.as_bytes())));
    });
    group.bench_function("validate", |bencher| {
        bencher.iter(|| {
            let mut violations = Violations::new();
            QUEST_DRAFT.validate(black_box(&node), Direction::Request, &mut violations);
            violations.is_empty()
        });
    });
    group.bench_function("decode", |bencher| {
        bencher.iter(|| QuestDraft::decode(black_box(&node)));
    });
    group.bench_function("encode", |bencher| {
        bencher.iter(|| serde_json::to_vec(black_box(&quest)));
    });
    group.finish();
}

/// A resource has two paths, and they have five operations.
fn router(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("router");
    for operations in [10, 100, 1_000] {
        let mut router = Router::new();
        let mut insert = |path: &str, method| {
            router
                .insert(path, method, ())
                .expect("the routes can be told apart");
        };
        for resource in 0..operations / 5 {
            let collection = format!("/api/v1/resource-{resource}");
            let item = format!("{collection}/{{id}}");
            insert(&collection, Method::GET);
            insert(&collection, Method::POST);
            insert(&item, Method::GET);
            insert(&item, Method::PATCH);
            insert(&item, Method::DELETE);
        }
        let path = format!("/api/v1/resource-{}/{MEMBER}", operations / 10);
        let id = BenchmarkId::new("operations", operations);
        group.bench_with_input(id, &path, |bencher, path| {
            bencher.iter(|| router.at(black_box(path)).map(|found| found.captures.len()));
        });
    }
    group.finish();
}

//! What reading, checking and decoding a small body costs, each on its own.

#![allow(
    missing_docs,
    reason = "criterion's macros make functions without them"
)]

use std::hint::black_box;

use civicforge_runtime::decode::{Decode, DecodeError, ObjectMembers};
use civicforge_runtime::json::Node;
use civicforge_runtime::schema::{
    Additional, Bound, Direction, Format, JsonType, Number, Property, Schema,
};
use civicforge_runtime::violation::Violations;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const BODY: &str = r#"{"title":"Water the trees in Elm Street","description":"There are twelve young trees between the bakery and the school. Each of them needs two cans of water on dry days, in the morning or in the evening.","rewardXp":100,"rewardReputation":10,"expiresAt":"2026-09-01T18:00:00Z","tags":["trees","summer"]}"#;

static TITLE: Schema = text(5, 200);
static DESCRIPTION: Schema = text(20, 2_000);
static XP: Schema = integer(10, 1_000);
static REPUTATION: Schema = integer(1, 100);
static TIME: Schema = Schema {
    json_type: Some(JsonType::String),
    format: Some(Format::DateTime),
    ..Schema::ANY
};
static TAG: Schema = text(1, 20);
static TAGS: Schema = Schema {
    json_type: Some(JsonType::Array),
    items: Some(&TAG),
    max_items: Some(10),
    unique_items: true,
    ..Schema::ANY
};
static QUEST: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new("title", &TITLE),
        Property::new("description", &DESCRIPTION),
        Property::new("rewardXp", &XP),
        Property::new("rewardReputation", &REPUTATION),
        Property::new("expiresAt", &TIME),
        Property::new("tags", &TAGS),
    ],
    required: &["title", "description"],
    additional: Additional::Denied,
    ..Schema::ANY
};

const fn text(minimum: u64, maximum: u64) -> Schema {
    Schema {
        json_type: Some(JsonType::String),
        min_length: Some(minimum),
        max_length: Some(maximum),
        ..Schema::ANY
    }
}

const fn integer(minimum: i128, maximum: i128) -> Schema {
    const fn bound(limit: i128) -> Option<Bound> {
        Some(Bound {
            limit: Number::Integer(limit),
            exclusive: false,
        })
    }
    Schema {
        json_type: Some(JsonType::Integer),
        format: Some(Format::Int32),
        minimum: bound(minimum),
        maximum: bound(maximum),
        ..Schema::ANY
    }
}

#[allow(dead_code, reason = "it is made, and not looked at")]
struct Quest {
    title: String,
    description: String,
    reward_xp: Option<i32>,
    reward_reputation: Option<i32>,
    expires_at: Option<civicforge_runtime::values::DateTime<civicforge_runtime::values::Utc>>,
    tags: Option<Vec<String>>,
}

impl Decode for Quest {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        let members = ObjectMembers::of(node)?;
        Ok(Quest {
            title: members.required("title")?,
            description: members.required("description")?,
            reward_xp: members.optional("rewardXp")?,
            reward_reputation: members.optional("rewardReputation")?,
            expires_at: members.optional("expiresAt")?,
            tags: members.optional("tags")?,
        })
    }
}

fn benches(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("body of 300 bytes");
    group.throughput(Throughput::Bytes(BODY.len() as u64));
    group.bench_function("read", |bencher| {
        bencher.iter(|| Node::parse(black_box(BODY.as_bytes())));
    });
    let Ok(node) = Node::parse(BODY.as_bytes()) else {
        return;
    };
    group.bench_function("validate", |bencher| {
        bencher.iter(|| {
            let mut violations = Violations::new();
            QUEST.validate(black_box(&node), Direction::Request, &mut violations);
            violations.is_empty()
        });
    });
    group.bench_function("decode", |bencher| {
        bencher.iter(|| Quest::decode(black_box(&node)));
    });
    // What people write by hand, without any rule.
    group.bench_function("serde_json::Value", |bencher| {
        bencher.iter(|| serde_json::from_slice::<serde_json::Value>(black_box(BODY.as_bytes())));
    });
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);

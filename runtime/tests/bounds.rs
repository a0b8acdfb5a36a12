//! What is sent must not decide how long, how deep or how large the work on it is.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what it expects by panicking"
)]

#[path = "oracle/leak.rs"]
#[allow(dead_code)]
mod leak;

use std::time::{Duration, Instant};

use civicforge_runtime::json::Node;
use civicforge_runtime::schema::{Direction, JsonType, Property, Schema};
use civicforge_runtime::violation::{MAX_POINTER, MAX_VIOLATIONS, Violations};
use serde_json::json;

/// Far more than any of these takes, far less than any of them would take without its bound.
const LIMIT: Duration = Duration::from_secs(20);

fn check(schema: &Schema, text: &str) -> Violations {
    let start = Instant::now();
    let node = Node::parse(text.as_bytes()).unwrap();
    let mut violations = Violations::new();
    schema.validate(&node, Direction::Request, &mut violations);
    let valid = schema.is_valid(&node, Direction::Request);
    assert_eq!(valid, violations.is_empty());
    assert!(start.elapsed() < LIMIT, "{:?}", start.elapsed());
    violations
}

/// `{"p": {"p": … innermost}}`.
fn nested(depth: usize, innermost: &str) -> String {
    format!(
        "{}{innermost}{}",
        "{\"p\":".repeat(depth),
        "}".repeat(depth)
    )
}

/// Schemas in which the same member is reached in two ways at each level: 2^120 ways in all.
mod doubled {
    use super::*;

    pub static ANY_OF: Schema = Schema {
        any_of: &[&ANY_OF_OBJECT, &ANY_OF_OBJECT_TOO],
        ..Schema::ANY
    };
    static ANY_OF_OBJECT: Schema = object(&[Property::new("p", &ANY_OF)], &["x"]);
    static ANY_OF_OBJECT_TOO: Schema = object(&[Property::new("p", &ANY_OF)], &[]);

    pub static ONE_OF: Schema = Schema {
        one_of: &[&ONE_OF_OBJECT, &ONE_OF_OBJECT_TOO],
        ..Schema::ANY
    };
    static ONE_OF_OBJECT: Schema = object(&[Property::new("p", &ONE_OF)], &[]);
    static ONE_OF_OBJECT_TOO: Schema = object(&[Property::new("p", &ONE_OF)], &[]);

    pub static ALL_OF: Schema = Schema {
        all_of: &[&ALL_OF_OBJECT, &ALL_OF_OBJECT_TOO],
        ..Schema::ANY
    };
    static ALL_OF_OBJECT: Schema = object(&[Property::new("p", &ALL_OF)], &[]);
    static ALL_OF_OBJECT_TOO: Schema = object(&[Property::new("p", &ALL_OF)], &[]);

    pub static OWN_AND_ALL_OF: Schema = Schema {
        properties: &[Property::new("p", &OWN_AND_ALL_OF)],
        all_of: &[&OWN_OBJECT],
        ..Schema::ANY
    };
    static OWN_OBJECT: Schema = object(&[Property::new("p", &OWN_AND_ALL_OF)], &[]);

    pub static NOT: Schema = Schema {
        properties: &[Property::new("p", &NOT)],
        not: Some(&NOT_OBJECT),
        ..Schema::ANY
    };
    static NOT_OBJECT: Schema = object(&[Property::new("p", &NOT)], &["x"]);

    const fn object(properties: &'static [Property], required: &'static [&'static str]) -> Schema {
        Schema {
            json_type: Some(JsonType::Object),
            properties,
            required,
            ..Schema::ANY
        }
    }
}

#[test]
fn members_that_are_reached_in_many_ways_are_looked_at_once() {
    for (name, schema) in [
        ("anyOf", &doubled::ANY_OF),
        ("oneOf", &doubled::ONE_OF),
        ("allOf", &doubled::ALL_OF),
        ("properties and allOf", &doubled::OWN_AND_ALL_OF),
        ("not", &doubled::NOT),
    ] {
        for innermost in ["{}", "5", "[]"] {
            let violations = check(schema, &nested(120, innermost));
            assert!(violations.len() < MAX_VIOLATIONS, "{name} {innermost}");
        }
    }
    // The violation is found behind all of it, and reported once.
    let violations = check(&doubled::ALL_OF, &nested(100, "5"));
    let depths: Vec<_> = violations
        .as_slice()
        .iter()
        .map(|one| one.pointer.as_deref().unwrap().matches("/p").count())
        .collect();
    assert!(depths.iter().all(|depth| *depth == 100), "{depths:?}");
    assert!(depths.len() <= 16, "{}", depths.len());
}

#[test]
fn the_deepest_value_fits_a_small_stack() {
    // A thread of tokio has 2 MiB, and a debug build needs most of it.
    std::thread::Builder::new()
        .stack_size(2 * 1024 * 1024)
        .spawn(|| {
            for schema in [&doubled::ANY_OF, &doubled::ALL_OF, &doubled::NOT] {
                check(schema, &nested(126, "5"));
            }
        })
        .unwrap()
        .join()
        .unwrap();
}

/// The generator refuses such a contract. If one came through all the same, requests must not end the process.
#[test]
fn a_schema_that_contains_itself_ends() {
    static ENDLESS: Schema = Schema {
        all_of: &[&ENDLESS],
        ..Schema::ANY
    };
    let mut violations = Violations::new();
    ENDLESS.validate(&Node::Null, Direction::Request, &mut violations);
    assert_eq!(violations.as_slice()[0].rule, "depth");
    let text = Node::Text("5".into());
    assert!(!ENDLESS.is_valid(&text, Direction::Request));
}

#[test]
fn large_values_take_linear_time() {
    let schema = leak::schema(&json!({
        "type": "array",
        "uniqueItems": true,
        "items": {"anyOf": [{"type": "integer"}, {"type": "object", "additionalProperties": {"type": "integer"}}]},
    }));
    let numbers: Vec<_> = (0..150_000).map(|n| n.to_string()).collect();
    assert!(check(schema, &format!("[{}]", numbers.join(","))).is_empty());
    let members: Vec<_> = (0..70_000).map(|n| format!("\"m{n}\":{n}")).collect();
    assert!(check(schema, &format!("[{{{}}}]", members.join(","))).is_empty());
    let object = leak::schema(&json!({
        "properties": {"a": {}, "b": {}, "c": {}},
        "required": ["a", "b", "c"],
    }));
    assert_eq!(
        check(object, &format!("{{{}}}", members.join(","))).len(),
        3
    );
}

#[test]
fn answers_stay_small() {
    let schema = leak::schema(&json!({
        "additionalProperties": {"additionalProperties": {"type": "integer"}},
    }));
    // A large name above many violations.
    let members: Vec<_> = (0..500).map(|n| format!("\"m{n}\":\"\"")).collect();
    let text = format!("{{\"{}\":{{{}}}}}", "é".repeat(400_000), members.join(","));
    let large = check(schema, &text);
    assert!(!large.is_empty());
    // And many below a small one.
    let many = check(schema, &format!("{{\"a\":{{{}}}}}", members.join(",")));
    assert_eq!(many.len(), MAX_VIOLATIONS);
    for violation in large.as_slice().iter().chain(many.as_slice()) {
        assert!(violation.pointer.as_deref().unwrap().len() <= MAX_POINTER + '…'.len_utf8());
    }
}

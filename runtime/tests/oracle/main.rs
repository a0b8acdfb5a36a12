//! The differential oracle: random schemas and values are given to this crate's validator and to the `jsonschema` crate,
//! which was written by others from the specification, and both must come to the same answer.
//!
//! `PROPTEST_CASES` makes it run longer than a test run does.
//!
//! # Where OpenAPI and this crate differ from JSON Schema, on purpose
//!
//! The translation in [`translate`] says these in JSON Schema's words, so that they are held against the oracle too:
//!
//! * `nullable: true` lets `null` satisfy the whole schema, whatever else it says.
//! * `exclusiveMinimum` and `exclusiveMaximum` are booleans beside the limit.
//! * An `integer` must fit 64 bits, and `int32` and `int64` their width, because the type that it becomes can hold no more.
//!   `float` must not become infinite in 32 bits.
//! * `readOnly` properties are refused in requests and not required there, and `writeOnly` ones in responses. A schema
//!   that `allOf` puts together is one: a part may require what another part declares.
//! * A discriminator chooses the alternative; the others are not looked at. Alternatives that name themselves by an `enum`,
//!   as they should, make no difference.
//!
//! # Where the two libraries differ
//!
//! Every known disagreement is in [`known_difference`] or [`formats::known_difference`], with the reason.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what it expects by panicking"
)]

mod derive;
mod formats;
mod leak;
mod schemas;
mod translate;

use civicforge_runtime::decode::Decode;
use civicforge_runtime::json::Node;
use civicforge_runtime::schema::{Direction, Schema};
use civicforge_runtime::values::{Base64, DateTime, NaiveDate, Utc, Uuid};
use civicforge_runtime::violation::Violations;
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::Value;

use derive::Random;

/// Cases for one test, unless the environment says otherwise.
fn cases(default: u32) -> Config {
    let cases = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(default);
    Config {
        cases,
        max_shrink_iters: 2_000,
        failure_persistence: None,
        ..Config::default()
    }
}

/// The oracle for one schema and direction.
fn oracle(schema: &Value, direction: Direction) -> jsonschema::Validator {
    let schema = translate::document(schema, direction);
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .with_format("byte", formats::is_padded_base64)
        .build(&schema)
        .unwrap_or_else(|error| panic!("{error}: {schema}"))
}

/// What the oracle gets wrong, or cannot say.
fn known_difference(schema: &Value, instance: &Value) -> Option<&'static str> {
    let divides = schemas::contains(schema, &|schema| {
        schema
            .get("multipleOf")
            .is_some_and(|divisor| divisor.as_f64().is_some_and(|value| value.fract() != 0.0))
    });
    let is_large = |value: &Value| {
        value
            .as_f64()
            .is_some_and(|value| value.abs() >= 9_007_199_254_740_992.0)
    };
    if divides && schemas::contains(instance, &is_large) {
        return Some(
            "multipleOf a fraction: the oracle rounds integers beyond 2^53 to a float, and falls back to binary \
             fractions where 128 bits are not enough",
        );
    }
    None
}

/// Both answers; a panic says where they differ.
fn compare(
    schema: &Value,
    ours: &'static Schema,
    oracle: &jsonschema::Validator,
    direction: Direction,
    instance: &Value,
) -> Result<(), TestCaseError> {
    let text = instance.to_string();
    // Reading the text again may round a float: both get what was read.
    let node = Node::parse(text.as_bytes()).map_err(|error| TestCaseError::fail(error.message))?;
    let instance = node.to_value();
    if known_difference(schema, &instance).is_some() {
        return Ok(());
    }
    let mut violations = Violations::new();
    ours.validate(&node, direction, &mut violations);
    let expected = oracle.is_valid(&instance);
    prop_assert_eq!(
        violations.is_empty(),
        expected,
        "\n{:?} of {}\nby {}\nours: {:#?}\noracle: {:#?}",
        direction,
        text,
        schema,
        violations.as_slice(),
        oracle
            .iter_errors(&instance)
            .map(|error| error.to_string())
            .collect::<Vec<_>>()
    );
    prop_assert_eq!(ours.is_valid(&node, direction), expected);
    for violation in violations.as_slice() {
        let pointer = violation.pointer.as_deref().unwrap_or_default();
        let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
        prop_assert!(instance.pointer(parent).is_some(), "{pointer} in {text}");
        prop_assert!(
            violation.message.starts_with("must ") || violation.message.starts_with("is ")
        );
    }
    if expected {
        decodes(ours, &node)?;
    }
    Ok(())
}

/// What was found valid fits its type, all the way down.
fn decodes(schema: &Schema, node: &Node<'_>) -> Result<(), TestCaseError> {
    use civicforge_runtime::schema::{Format, JsonType};
    fn check<T: Decode>(node: &Node<'_>) -> Result<(), TestCaseError> {
        match T::decode(node) {
            Ok(_) => Ok(()),
            Err(mismatch) => Err(TestCaseError::fail(format!("{mismatch} in {node:?}"))),
        }
    }
    match (schema.json_type, schema.format, node) {
        (_, _, Node::Null) => Ok(()),
        (Some(JsonType::Integer), Some(Format::Int32), _) => check::<i32>(node),
        (Some(JsonType::Integer), _, _) => check::<i64>(node),
        (Some(JsonType::Number), Some(Format::Float), _) => check::<f32>(node),
        (Some(JsonType::Number), _, _) => check::<f64>(node),
        (Some(JsonType::Boolean), _, _) => check::<bool>(node),
        (Some(JsonType::String), Some(Format::Uuid), _) => check::<Uuid>(node),
        (Some(JsonType::String), Some(Format::Date), _) => check::<NaiveDate>(node),
        (Some(JsonType::String), Some(Format::DateTime), _) => check::<DateTime<Utc>>(node),
        (Some(JsonType::String), Some(Format::Byte), _) => check::<Base64>(node),
        (Some(JsonType::String), _, _) => check::<String>(node),
        (_, _, Node::Array(items)) => match schema.items {
            Some(rules) => items.iter().try_for_each(|item| decodes(rules, item)),
            None => check::<Vec<Value>>(node),
        },
        (_, _, Node::Object(_)) => {
            schema
                .properties
                .iter()
                .try_for_each(|property| match node.get(property.name) {
                    Some(value) => decodes(property.schema, value),
                    None => Ok(()),
                })
        }
        _ => Ok(()),
    }
}

proptest! {
    #![proptest_config(cases(600))]

    /// Values that were made for the schema, broken in one place, or anything at all.
    #[test]
    fn agrees_on_values_made_for_the_schema(schema in schemas::schema(), seed in any::<u64>()) {
        let ours = leak::schema(&schema);
        for direction in [Direction::Request, Direction::Response] {
            let oracle = oracle(&schema, direction);
            let mut random = Random(seed);
            for _ in 0..12 {
                let mut instance = derive::value(&schema, &mut random, 0);
                compare(&schema, ours, &oracle, direction, &instance)?;
                for _ in 0..3 {
                    derive::mutate(&mut instance, &mut random);
                    compare(&schema, ours, &oracle, direction, &instance)?;
                }
                compare(&schema, ours, &oracle, direction, &derive::anything(&mut random, 0))?;
            }
        }
    }

    /// A text is the scalar that its type says.
    #[test]
    fn a_text_is_as_valid_as_its_scalar(schema in schemas::scalar(), seed in any::<u64>()) {
        let ours = leak::schema(&schema);
        let mut random = Random(seed);
        for _ in 0..20 {
            let instance = derive::value(&schema, &mut random, 0);
            let text = match (&instance, schema["type"].as_str()) {
                (Value::String(text), Some("string")) => text.clone(),
                // Written otherwise than a text may be.
                (Value::Number(number), Some("integer")) if number.is_f64() => continue,
                (Value::Number(_), Some("integer" | "number"))
                | (Value::Bool(_), Some("boolean")) => instance.to_string(),
                _ => continue,
            };
            let node = Node::Text(text.as_str().into());
            let expected = ours.is_valid(&Node::from_value(&instance), Direction::Request);
            prop_assert_eq!(ours.is_valid(&node, Direction::Request), expected, "{} {}", schema, text);
            if expected {
                decodes(ours, &node)?;
            }
        }
    }
}

/// The oracle above would also be silent if nearly all values were refused by both.
#[test]
fn about_half_of_what_is_compared_is_valid() {
    use proptest::strategy::{Strategy, ValueTree};
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut valid, mut all) = (0, 0);
    for seed in 0..300 {
        let schema = schemas::schema().new_tree(&mut runner).unwrap().current();
        let ours = leak::schema(&schema);
        let mut random = Random(seed);
        for _ in 0..10 {
            let instance = derive::value(&schema, &mut random, 0);
            all += 1;
            valid += u32::from(ours.is_valid(&Node::from_value(&instance), Direction::Response));
        }
    }
    assert!(
        (all * 4 / 10..all * 9 / 10).contains(&valid),
        "{valid} of {all}"
    );
}

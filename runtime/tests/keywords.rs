//! Every keyword: what it takes, what it refuses, and what the violation says. Schemas are written as in a contract.
//!
//! Whether a value is valid is also held against another validator, in `oracle`. Here are the answers that people see.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what it expects by panicking"
)]

#[path = "oracle/leak.rs"]
#[allow(dead_code)]
mod leak;

use civicforge_runtime::json::Node;
use civicforge_runtime::schema::Direction;
use civicforge_runtime::violation::Violations;
use serde_json::{Value, json};

/// Each violation as "pointer rule: message".
fn violations(schema: &Value, text: &str, direction: Direction) -> Vec<String> {
    let schema = leak::schema(schema);
    let node = Node::parse(text.as_bytes()).unwrap();
    let mut violations = Violations::new();
    schema.validate(&node, direction, &mut violations);
    let has_duplicates = violations
        .as_slice()
        .iter()
        .any(|one| one.rule == "duplicate");
    assert_eq!(
        schema.is_valid(&node, direction),
        violations.is_empty() || has_duplicates && violations.len() == 1,
        "{text}"
    );
    violations
        .into_vec()
        .into_iter()
        .map(|one| format!("{} {}: {}", one.pointer.unwrap(), one.rule, one.message))
        .collect()
}

#[track_caller]
fn table(schema: Value, rows: &[(&str, &[&str])]) {
    for (text, expected) in rows {
        let found = violations(&schema, text, Direction::Request);
        assert_eq!(found, *expected, "{text} by {schema}");
    }
}

#[test]
fn types() {
    table(
        json!({"type": "integer"}),
        &[
            ("5", &[]),
            ("5.0", &[]),
            ("-0", &[]),
            ("1e2", &[]),
            ("5.5", &[" type: must be an integer"]),
            ("\"5\"", &[" type: must be an integer"]),
            ("null", &[" type: must be an integer"]),
            ("9223372036854775807", &[]),
            (
                "9223372036854775808",
                &[" format: must be an integer that fits 64 bits"],
            ),
            ("-1e300", &[" format: must be an integer that fits 64 bits"]),
        ],
    );
    table(
        json!({"type": "number"}),
        &[
            ("5", &[]),
            ("1e300", &[]),
            ("true", &[" type: must be a number"]),
        ],
    );
    table(
        json!({"type": "boolean"}),
        &[("true", &[]), ("0", &[" type: must be a boolean"])],
    );
    table(
        json!({"type": "string"}),
        &[("\"\"", &[]), ("{}", &[" type: must be a string"])],
    );
    table(
        json!({"type": "array"}),
        &[("[]", &[]), ("{}", &[" type: must be an array"])],
    );
    table(
        json!({"type": "object"}),
        &[("{}", &[]), ("[]", &[" type: must be an object"])],
    );
    table(json!({}), &[("null", &[]), ("[{\"a\": 1}]", &[])]);
}

#[test]
fn a_wrong_type_says_nothing_else() {
    table(
        json!({"type": "string", "enum": ["a"], "minLength": 3, "allOf": [{"type": "integer"}]}),
        &[
            ("5", &[" type: must be a string"]),
            (
                "\"b\"",
                &[
                    " enum: must be \"a\"",
                    " minLength: must have at least 3 characters",
                    " type: must be an integer",
                ],
            ),
        ],
    );
}

#[test]
fn nullable() {
    table(
        json!({"type": "string", "nullable": true, "enum": ["a", "b"], "not": {}}),
        &[("null", &[])],
    );
    table(
        json!({"type": "array", "items": {"type": "integer", "nullable": true}}),
        &[("[1, null]", &[])],
    );
}

#[test]
fn numbers() {
    table(
        json!({"type": "number", "minimum": 1, "maximum": 2.5}),
        &[
            ("1", &[]),
            ("2.5", &[]),
            ("0.999", &[" minimum: must be at least 1"]),
            ("3", &[" maximum: must be at most 2.5"]),
        ],
    );
    table(
        json!({"minimum": 1, "exclusiveMinimum": true, "maximum": 3, "exclusiveMaximum": true}),
        &[
            ("2", &[]),
            ("1.0", &[" minimum: must be greater than 1"]),
            ("3", &[" maximum: must be less than 3"]),
            ("\"x\"", &[]),
        ],
    );
    table(
        json!({"type": "integer", "maximum": 9007199254740992_i64}),
        &[
            ("9007199254740992", &[]),
            (
                "9007199254740993",
                &[" maximum: must be at most 9007199254740992"],
            ),
        ],
    );
    table(
        json!({"multipleOf": 0.1}),
        &[
            ("0.3", &[]),
            ("0.35", &[" multipleOf: must be a multiple of 0.1"]),
        ],
    );
    table(
        json!({"type": "integer", "format": "int32", "multipleOf": 2}),
        &[
            ("2147483646", &[]),
            (
                "2147483648",
                &[" format: must be an integer that fits 32 bits"],
            ),
            ("3", &[" multipleOf: must be a multiple of 2"]),
        ],
    );
    table(
        json!({"type": "number", "format": "float"}),
        &[
            ("3.4e38", &[]),
            (
                "3.5e38",
                &[" format: must be a number that fits a 32-bit float"],
            ),
        ],
    );
}

#[test]
fn strings() {
    table(
        json!({"type": "string", "minLength": 1, "maxLength": 2, "pattern": "^[^b]*$"}),
        &[
            ("\"a\"", &[]),
            ("\"😀é\"", &[]),
            ("\"\"", &[" minLength: must have at least 1 character"]),
            ("\"aé😀\"", &[" maxLength: must have at most 2 characters"]),
            ("\"b\"", &[" pattern: must match the pattern ^[^b]*$"]),
        ],
    );
    table(
        json!({"type": "string", "format": "uuid"}),
        &[("\"x\"", &[" format: must be a UUID with hyphens"])],
    );
    // A format of another type says nothing.
    table(
        json!({"format": "date"}),
        &[
            ("5", &[]),
            ("\"5\"", &[" format: must be a date (YYYY-MM-DD)"]),
        ],
    );
}

#[test]
fn patterns_see_code_points_and_look_around() {
    table(
        json!({"pattern": "^(?!admin).$"}),
        &[
            ("\"😀\"", &[]),
            (
                "\"admin\"",
                &[" pattern: must match the pattern ^(?!admin).$"],
            ),
        ],
    );
}

#[test]
fn enums() {
    table(
        json!({"enum": ["a", 1, null, [1], {"a": 1, "b": 2}]}),
        &[
            ("\"a\"", &[]),
            ("1.0", &[]),
            ("null", &[]),
            ("[1]", &[]),
            ("{\"b\": 2, \"a\": 1.0}", &[]),
            (
                "{\"a\": 1}",
                &[" enum: must be one of \"a\", 1, null, [1], {\"a\":1,\"b\":2}"],
            ),
        ],
    );
    let many: Vec<_> = (0..30).collect();
    let found = violations(&json!({"enum": many}), "-1", Direction::Request);
    assert!(found[0].ends_with("18, 19 and 10 more"), "{found:?}");
}

#[test]
fn arrays() {
    table(
        json!({
            "type": "array",
            "minItems": 1,
            "maxItems": 3,
            "uniqueItems": true,
            "items": {"type": "array", "items": {"type": "integer"}},
        }),
        &[
            ("[[1]]", &[]),
            ("[]", &[" minItems: must have at least 1 item"]),
            (
                "[[1], [2], [3], [4]]",
                &[" maxItems: must have at most 3 items"],
            ),
            (
                "[[1], [\"a\", true]]",
                &[
                    "/1/0 type: must be an integer",
                    "/1/1 type: must be an integer",
                ],
            ),
            (
                "[[1], [2], [1.0]]",
                &[" uniqueItems: must not repeat an item: those at 0 and 2 are equal"],
            ),
        ],
    );
}

#[test]
fn objects() {
    table(
        json!({
            "type": "object",
            "properties": {"a/b": {"type": "integer"}, "c~d": {"type": "string"}},
            "required": ["a/b", "e"],
            "additionalProperties": false,
            "minProperties": 1,
            "maxProperties": 2,
        }),
        &[
            (
                "{\"c~d\": 5}",
                &[
                    "/a~1b required: is required",
                    "/e required: is required",
                    "/c~0d type: must be a string",
                ],
            ),
            (
                "{\"a/b\": 1, \"e\": 1}",
                &["/e additionalProperties: is not a known property"],
            ),
            (
                "{\"a/b\": 1, \"c~d\": \"\", \"e\": 1}",
                &[
                    " maxProperties: must have at most 2 properties",
                    "/e additionalProperties: is not a known property",
                ],
            ),
        ],
    );
    table(
        json!({"additionalProperties": {"type": "integer"}, "minProperties": 1}),
        &[
            ("{\"x\": 1}", &[]),
            ("{}", &[" minProperties: must have at least 1 property"]),
            ("{\"x\": \"\", \"y\": 2}", &["/x type: must be an integer"]),
        ],
    );
}

#[test]
fn members_that_occur_twice() {
    let twice = "must not occur more than once";
    table(
        json!({}),
        &[
            ("{\"a\": 1, \"a\": 1}", &[&format!("/a duplicate: {twice}")]),
            (
                "{\"a\": 1, \"a\": 2, \"a\": 3}",
                &[&format!("/a duplicate: {twice}")],
            ),
            (
                "[{\"x\": {\"a\": 1, \"\\u0061\": 1}}]",
                &[&format!("/0/x/a duplicate: {twice}")],
            ),
        ],
    );
    let members: Vec<_> = (0..200).map(|n| format!("\"m{}\": {n}", n % 199)).collect();
    let text = format!("{{{}}}", members.join(","));
    let found = violations(&json!({}), &text, Direction::Request);
    assert_eq!(found, [format!("/m0 duplicate: {twice}")]);
}

#[test]
fn directions() {
    let schema = json!({
        "properties": {
            "id": {"type": "string", "readOnly": true},
            "password": {"type": "string", "writeOnly": true},
            "name": {"type": "string"},
        },
        "required": ["id", "password", "name"],
    });
    let all = "{\"id\": 5, \"password\": \"\", \"name\": \"\"}";
    for (text, direction, expected) in [
        (
            all,
            Direction::Request,
            vec!["/id readOnly: must not be sent: only answers have it"],
        ),
        (
            all,
            Direction::Response,
            vec![
                "/id type: must be a string",
                "/password writeOnly: must not be answered: only requests have it",
            ],
        ),
        (
            "{\"password\": \"\", \"name\": \"\"}",
            Direction::Request,
            vec![],
        ),
        (
            "{\"id\": \"\", \"name\": \"\"}",
            Direction::Response,
            vec![],
        ),
        (
            "{}",
            Direction::Request,
            vec![
                "/password required: is required",
                "/name required: is required",
            ],
        ),
    ] {
        assert_eq!(
            violations(&schema, text, direction),
            expected,
            "{text} {direction:?}"
        );
    }
    // One part of a schema requires what another part declares.
    let schema = json!({
        "allOf": [{"properties": {"id": {"readOnly": true}}}, {"required": ["id", "name"]}],
    });
    let found = violations(&schema, "{}", Direction::Request);
    assert_eq!(found, ["/name required: is required"]);
}

#[test]
fn combinations() {
    table(
        json!({"allOf": [{"minimum": 3}, {"multipleOf": 2, "allOf": [{"maximum": 9}]}]}),
        &[
            ("4", &[]),
            (
                "1",
                &[
                    " minimum: must be at least 3",
                    " multipleOf: must be a multiple of 2",
                ],
            ),
            (
                "11",
                &[
                    " multipleOf: must be a multiple of 2",
                    " maximum: must be at most 9",
                ],
            ),
        ],
    );
    // As JSON Schema has it: each part sees only its own properties.
    table(
        json!({"allOf": [
            {"properties": {"a": {}}, "additionalProperties": false},
            {"properties": {"b": {}}},
        ]}),
        &[
            ("{\"a\": 1}", &[]),
            (
                "{\"b\": 1}",
                &["/b additionalProperties: is not a known property"],
            ),
        ],
    );
    table(
        json!({"anyOf": [{"type": "integer"}, {"type": "number", "minimum": 5}]}),
        &[
            ("1", &[]),
            ("5.5", &[]),
            // Only the second takes a number with a fraction, so it was meant.
            ("1.5", &[" minimum: must be at least 5"]),
            (
                "\"\"",
                &[" anyOf: must match at least one of the alternatives"],
            ),
        ],
    );
    table(
        json!({"oneOf": [{"type": "integer", "minimum": 5}, {"type": "integer", "multipleOf": 2}]}),
        &[
            ("7", &[]),
            ("2", &[]),
            (
                "6",
                &[" oneOf: must match exactly one of the alternatives, and matches several"],
            ),
            (
                "3",
                &[" oneOf: must match exactly one of the alternatives, and matches none"],
            ),
        ],
    );
    table(
        json!({"not": {"type": "string"}}),
        &[
            ("1", &[]),
            ("\"\"", &[" not: is of a kind that is not allowed here"]),
        ],
    );
    table(
        json!({"oneOf": [
            {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}},
            {"type": "string"},
        ]}),
        &[
            ("{\"a\": \"\"}", &["/a type: must be an integer"]),
            ("{}", &["/a required: is required"]),
        ],
    );
}

#[test]
fn discriminators() {
    let schema = json!({
        "oneOf": [
            {"type": "object", "required": ["kind", "lives"], "properties": {"lives": {"type": "integer"}}},
            {"type": "object", "required": ["kind"], "properties": {"tricks": {"type": "array", "items": {"type": "string"}}}},
        ],
        "discriminator": {"propertyName": "kind", "mapping": {"cat": 0, "dog": 1}},
    });
    table(
        schema,
        &[
            ("{\"kind\": \"cat\", \"lives\": 9}", &[]),
            ("{\"kind\": \"dog\"}", &[]),
            (
                "{\"kind\": \"cat\", \"lives\": \"\"}",
                &["/lives type: must be an integer"],
            ),
            ("{\"kind\": \"cat\"}", &["/lives required: is required"]),
            (
                "{\"kind\": \"dog\", \"tricks\": [1, \"\", null]}",
                &[
                    "/tricks/0 type: must be a string",
                    "/tricks/2 type: must be a string",
                ],
            ),
            (
                "{\"lives\": 9}",
                &["/kind required: is required: it tells which kind of object this is"],
            ),
            (
                "{\"kind\": \"cow\"}",
                &["/kind discriminator: must be one of \"cat\", \"dog\""],
            ),
            (
                "{\"kind\": 5}",
                &["/kind discriminator: must be one of \"cat\", \"dog\""],
            ),
            ("[]", &[" type: must be an object"]),
        ],
    );
}

#[test]
fn texts_of_untyped_schemas() {
    for (schema, text, valid) in [
        (json!({"type": "integer"}), "5", true),
        (json!({"type": "integer"}), "5.0", false),
        (json!({"type": "integer"}), "99999999999999999999", false),
        (json!({"type": "number"}), "5.0", true),
        (json!({"type": "boolean"}), "true", true),
        (json!({"type": "boolean"}), "1", false),
        (json!({"type": "string", "maxLength": 1}), "5", true),
        (json!({"type": "array"}), "5", false),
        (
            json!({"allOf": [{"type": "integer"}], "minimum": 5}),
            "4",
            false,
        ),
        (
            json!({"allOf": [{"type": "integer"}], "minimum": 5}),
            "5",
            true,
        ),
        (json!({"minimum": 5}), "4", false),
        (json!({"minimum": 5}), "x", true),
        (json!({"enum": [1, true, "x"]}), "1", true),
        (json!({"enum": [1, true, "x"]}), "true", true),
        (json!({"enum": [1, true, "x"]}), "x", true),
        (json!({"enum": [1, true, "x"]}), "false", false),
        (json!({"enum": ["1"]}), "1", true),
        (json!({"type": "integer", "enum": [1, 2]}), "2", true),
        // Either alternative takes the text; it is the number, which only one of them takes.
        (
            json!({"oneOf": [{"type": "string"}, {"type": "integer"}]}),
            "5",
            true,
        ),
        (
            json!({"oneOf": [{"type": "string"}, {"type": "integer"}]}),
            "x",
            true,
        ),
        (
            json!({"anyOf": [{"type": "boolean"}, {"type": "integer"}]}),
            "x",
            false,
        ),
    ] {
        let found = leak::schema(&schema).is_valid(&Node::Text(text.into()), Direction::Request);
        assert_eq!(found, valid, "{text} by {schema}");
    }
}

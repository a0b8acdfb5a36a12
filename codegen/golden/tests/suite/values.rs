//! Types from JSON, and back.

use civicforge_codegen_golden::{
    discriminator, discriminator_holders, nullable, numbers, two_discriminator_values, unions,
};
use civicforge_runtime::values::Nullable;
use serde_json::{Value, from_value, json, to_value};

#[test]
fn absent_null_and_value_are_three_things() {
    let required = json!({
        "both": null, "neither": "n", "viaAllOf": {"a": "x"}, "viaOneOf": null, "viaComponent": "v", "viaEnum": "a",
    });
    let mut holder: nullable::types::Holder = from_value(required.clone()).unwrap();
    assert_eq!(holder.both, Nullable::Null);
    assert_eq!(holder.optional_nullable, None);
    assert_eq!(holder.with_default, Nullable::Null);
    holder.optional_nullable = Some(Nullable::Null);
    let written = to_value(&holder).unwrap();
    assert_eq!(written["optionalNullable"], Value::Null);
    assert_eq!(written.get("optional"), None);
    assert_eq!(
        from_value::<nullable::types::Holder>(written).unwrap(),
        holder
    );
    let mut null = required;
    null["neither"] = Value::Null;
    assert!(from_value::<nullable::types::Holder>(null).is_err());
}

#[test]
fn a_discriminator_decides() {
    use discriminator::types::Shape;
    for (kind, is_circle) in [
        ("circle", true),
        ("round", true),
        ("Square", false),
        ("Line", false),
    ] {
        let value = json!({"kind": kind, "radius": 1.0});
        let shape: Shape = from_value(value.clone()).unwrap();
        assert_eq!(matches!(shape, Shape::Circle(_)), is_circle, "{kind}");
        assert_eq!(to_value(&shape).unwrap()["kind"], kind);
    }
    assert!(from_value::<Shape>(json!({"kind": "Circle2"})).is_err());
}

#[test]
fn a_choice_without_a_discriminator_is_what_its_rules_say() {
    use unions::types::Pet;
    let pet: Pet = from_value(json!({"barks": true})).unwrap();
    assert!(matches!(pet, Pet::Dog(_)));
    assert_eq!(to_value(pet).unwrap(), json!({"barks": true}));
    assert!(from_value::<Pet>(json!({})).is_err());
}

#[test]
fn integers_are_held_to_the_edge_of_their_type() {
    use numbers::types::{Edges, Level};
    for (text, level) in [
        ("1", Level::Value1),
        ("2", Level::Value2),
        ("2.0", Level::Value2),
        ("3", Level::Value3),
    ] {
        assert_eq!(serde_json::from_str::<Level>(text).unwrap(), level);
    }
    let text = r#"{"signed":-9223372036854775808,"unsigned":18446744073709551615,"wide":18446744073709551615}"#;
    let edges: Edges = serde_json::from_str(text).unwrap();
    assert_eq!(
        (edges.signed, edges.unsigned),
        (Some(i64::MIN), Some(u64::MAX))
    );
    assert_eq!(edges.wide.as_deref(), Some(&u64::MAX));
    assert_eq!((edges.level, edges.float), (Level::Value2, 3.4e38));
    assert!(serde_json::from_str::<Edges>(r#"{"unsigned":-1}"#).is_err());
}

/// `two-discriminator-values`.
#[test]
fn a_discriminator_that_was_read_is_written() {
    use two_discriminator_values::types::{Round, Shape};
    for (kind, made) in [
        ("circle", Shape::Circle(Round { r: Some(1) })),
        ("disc", Shape::Disc(Round { r: Some(1) })),
    ] {
        let value = json!({"kind": kind, "r": 1});
        assert_eq!(from_value::<Shape>(value.clone()).unwrap(), made);
        assert_eq!(to_value(made).unwrap(), value);
    }
}

#[test]
fn whoever_holds_a_discriminator_it_is_written_once() {
    use discriminator_holders::types::{Beside, Mixed, Nested};
    fn back<T: serde::de::DeserializeOwned + serde::Serialize>(value: Value) {
        let held: T = from_value(value.clone()).unwrap_or_else(|error| panic!("{value}: {error}"));
        let text = serde_json::to_string(&held).unwrap();
        assert_eq!(text.matches("\"kind\"").count(), 1, "{text}");
        assert_eq!(to_value(held).unwrap(), value);
    }
    back::<Mixed>(json!({"kind": "With", "a": 1}));
    back::<Mixed>(json!({"kind": "Without", "b": 1}));
    back::<Mixed>(json!({"kind": "Open", "c": 1, "z": [2]}));
    back::<Nested>(json!({"kind": "Without", "b": 1}));
    back::<Nested>(json!({"kind": "With", "a": 1}));
    back::<Nested>(json!({"kind": "round", "r": 1}));
    back::<Beside>(json!({"kind": "b", "id": 1, "b": 2}));
    back::<Beside>(json!({"kind": "disc", "id": 1, "r": 2}));
    back::<Beside>(json!({"kind": "circle", "id": 1, "r": 2}));
}

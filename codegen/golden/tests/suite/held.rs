//! What the types of combined schemas hold: everything that the schema declares of a value.

use civicforge_codegen_golden::{any_of_several, combinations};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, from_value, json, to_value};

/// The value as its type holds it.
fn held<T: DeserializeOwned + Serialize>(value: Value) -> Value {
    let held: T = from_value(value.clone()).unwrap_or_else(|error| panic!("{value}: {error}"));
    to_value(held).unwrap()
}

macro_rules! hold {
    ($($ty:ident: $($value:tt => $left:tt),+;)+) => {$($(
        let value = json!($value);
        assert_eq!(held::<combinations::types::$ty>(value.clone()), json!($left), "{}: {value}", stringify!($ty));
    )+)+};
}

#[test]
fn what_is_declared_is_held() {
    hold! {
        MemberOfSeveralParts:
            {"at": {"width": 1, "height": 2, "x": 3}} => {"at": {"width": 1, "height": 2}};
        ItemsOfSeveralParts:
            [{"a": 1, "b": 2}, {"b": 3}] => [{"a": 1, "b": 2}, {"b": 3}];
        AdditionalAndProperty:
            {"own": {"a": 1, "b": 2}, "z": {"a": 3}} => {"own": {"a": 1, "b": 2}, "z": {"a": 3}};
        ChoiceAndProperties:
            {"name": "n", "meows": true} => {"name": "n", "meows": true},
            {"name": "n", "barks": true} => {"name": "n", "barks": true, "size": 3};
        ChoiceByDiscriminator:
            {"kind": "dog", "name": "n", "barks": true, "size": 1} => {"kind": "dog", "name": "n", "barks": true, "size": 1};
        ChoiceInAllOf:
            {"id": 1, "meows": false} => {"id": 1, "meows": false};
        SeveralHold:
            {"meows": true} => {"meows": true},
            {"meows": true, "barks": true} => {"meows": true, "barks": true, "size": 3},
            // Where it is no dog, it has no size.
            {"meows": true, "barks": "loudly", "size": "large"} => {"meows": true};
        SeveralHoldBeside:
            {"name": "n", "meows": true, "barks": false} => {"name": "n", "meows": true, "barks": false, "size": 3};
        SeveralDescribeOne:
            {"v": 1, "w": "a"} => {"v": 1.0, "w": "a"},
            {"v": 1, "w": "2024-01-01"} => {"v": 1.0, "w": "2024-01-01"},
            {"v": 2.5} => {"v": 2.5};
        SeveralChoices:
            {"meows": true, "x": 1} => {"meows": true, "x": 1};
        BothChoices:
            {"barks": true, "a": 1, "b": 2} => {"barks": true, "size": 3, "a": 1, "b": 2};
        ApartByValue:
            {"kind": "square", "side": 2} => {"kind": "square", "side": 2};
        ApartByRefusal:
            {"b": 1} => {"b": 1},
            {"a": 1} => {"a": 1};
        ObjectsAndText:
            {"meows": true, "barks": true} => {"meows": true, "barks": true, "size": 3},
            "text" => "text";
        OpenChoice:
            {"meows": true, "other": [1]} => {"meows": true, "other": [1]};
        Restated:
            {"kind": "b", "size": 1} => {"kind": "b", "size": 1};
        RecursiveParts:
            {"next": {"a": 1, "b": 2, "next": {"a": 3, "b": 4}}} => {"next": {"a": 1, "b": 2, "next": {"a": 3, "b": 4}}};
        ListsOfItself:
            [[[]], []] => [[[]], []];
        OverlappingLists:
            [{"x": 1, "at": {"width": 2}}] => [{"x": 1, "at": {"width": 2}}];
        AnnotatedParts:
            {} => {"level": "high"};
    }
}

/// `any-of-several`.
#[test]
fn members_of_all_alternatives_that_hold_reach_the_handler() {
    use any_of_several::types::Filter;
    let filter = |value: Value| -> Filter { from_value(value).unwrap() };
    assert_eq!(
        filter(json!({"until": 5})),
        Filter {
            since: None,
            until: Some(5)
        }
    );
    assert_eq!(
        filter(json!({"since": 1, "until": 5})),
        Filter {
            since: Some(1),
            until: Some(5)
        }
    );
}

//! Random OpenAPI 3.0 schemas, as JSON.

use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

/// Names of properties: few, so that parts of a schema speak of the same ones.
pub const NAMES: [&str; 5] = ["a", "b", "c", "kind", "é/~"];

/// Whether a part of a JSON value has some quality.
pub fn contains(value: &Value, test: &dyn Fn(&Value) -> bool) -> bool {
    test(value)
        || match value {
            Value::Array(items) => items.iter().any(|item| contains(item, test)),
            Value::Object(members) => members.values().any(|member| contains(member, test)),
            _ => false,
        }
}

/// Limits of numbers, also where floats run out of digits.
pub fn limit() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => (-10_i64..10).prop_map(Value::from),
        3 => select(vec![0.5, -0.5, 1.1, 2.25, 1e3, -1e-3, 3.0]).prop_map(Value::from),
        1 => select(vec![
            json!(9_007_199_254_740_993_i64),
            json!(9_007_199_254_740_992.0),
            json!(i64::MAX),
            json!(i64::MIN),
            json!(u64::MAX),
            json!(1e300),
            json!(-1e300),
        ]),
    ]
}

fn divisor() -> impl Strategy<Value = Value> {
    select(vec![
        json!(1),
        json!(2),
        json!(3),
        json!(0.1),
        json!(0.01),
        json!(0.5),
        json!(1.5),
        json!(2.0),
        json!(1e-8),
        json!(100),
    ])
}

/// Keywords that are there or not.
type Keywords = Vec<Option<(&'static str, Value)>>;

fn keyword(
    name: &'static str,
    chance: f64,
    value: impl Strategy<Value = Value> + 'static,
) -> BoxedStrategy<Option<(&'static str, Value)>> {
    weighted(chance, value.prop_map(move |value| (name, value))).boxed()
}

fn numeric() -> impl Strategy<Value = Keywords> {
    vec![
        keyword("minimum", 0.3, limit()),
        keyword("maximum", 0.3, limit()),
        keyword("exclusiveMinimum", 0.3, any::<bool>().prop_map(Value::from)),
        keyword("exclusiveMaximum", 0.3, any::<bool>().prop_map(Value::from)),
        keyword("multipleOf", 0.2, divisor()),
    ]
}

fn textual() -> impl Strategy<Value = Keywords> {
    let patterns = vec![
        "^a",
        "b+$",
        "^[a-z]{2,4}$",
        "\\d",
        "^(?:ab|é)*$",
        "^.{0,3}$",
        "^(?!a)",
    ];
    vec![
        keyword("minLength", 0.2, (0_u64..4).prop_map(Value::from)),
        keyword("maxLength", 0.2, (0_u64..8).prop_map(Value::from)),
        keyword("pattern", 0.15, select(patterns).prop_map(Value::from)),
    ]
}

fn any_keyword_enum() -> impl Strategy<Value = Value> {
    let values = vec![
        json!(null),
        json!(true),
        json!(1),
        json!(1.5),
        json!(0),
        json!("a"),
        json!("ab"),
        json!([]),
        json!([1, "a"]),
        json!({}),
        json!({"a": 1, "b": [null]}),
    ];
    subsequence(values, 1..6).prop_map(Value::Array)
}

fn assemble(keywords: Vec<Keywords>) -> Value {
    Value::Object(
        keywords
            .into_iter()
            .flatten()
            .flatten()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

fn typed(name: &'static str) -> impl Strategy<Value = Keywords> {
    Just(vec![Some(("type", Value::from(name)))])
}

fn nullable() -> impl Strategy<Value = Keywords> {
    vec![keyword("nullable", 0.15, Just(json!(true)))]
}

fn format(chance: f64, formats: &'static [&'static str]) -> impl Strategy<Value = Keywords> {
    vec![keyword(
        "format",
        chance,
        select(formats).prop_map(Value::from),
    )]
}

/// A schema of one scalar type.
pub fn scalar() -> BoxedStrategy<Value> {
    prop_oneof![
        (
            typed("integer"),
            format(0.4, &["int32", "int64"]),
            numeric(),
            nullable()
        )
            .prop_map(|(a, b, c, d)| assemble(vec![a, b, c, d])),
        (
            typed("number"),
            format(0.4, &["float", "double"]),
            numeric(),
            nullable()
        )
            .prop_map(|(a, b, c, d)| assemble(vec![a, b, c, d])),
        (
            typed("string"),
            format(0.4, super::formats::NAMES),
            textual(),
            nullable()
        )
            .prop_map(|(a, b, c, d)| assemble(vec![a, b, c, d])),
        (typed("boolean"), nullable()).prop_map(|(a, b)| assemble(vec![a, b])),
    ]
    .boxed()
}

fn leaf() -> BoxedStrategy<Value> {
    prop_oneof![
        6 => scalar(),
        1 => any_keyword_enum().prop_map(|values| json!({"enum": values})),
        1 => Just(json!({})),
        1 => (numeric(), textual(), nullable()).prop_map(|(a, b, c)| assemble(vec![a, b, c])),
        1 => Just(json!({"$ref": "#/$defs/Tree"})),
        1 => select(&["integer", "string", "array", "object"][..])
            .prop_flat_map(|name| any_keyword_enum().prop_map(move |values| {
                json!({"type": name, "enum": values})
            })),
    ]
    .boxed()
}

fn array(items: BoxedStrategy<Value>) -> impl Strategy<Value = Keywords> {
    vec![
        keyword("items", 0.9, items),
        keyword("minItems", 0.2, (0_u64..3).prop_map(Value::from)),
        keyword("maxItems", 0.2, (0_u64..5).prop_map(Value::from)),
        keyword("uniqueItems", 0.3, any::<bool>().prop_map(Value::from)),
    ]
}

fn object(member: BoxedStrategy<Value>) -> impl Strategy<Value = Keywords> {
    let property = (member.clone(), 0..10_u8).prop_map(|(mut schema, mark)| {
        let members = schema
            .as_object_mut()
            .filter(|members| !members.contains_key("$ref"));
        if let (Some(members), Some(mark)) =
            (members, ["readOnly", "writeOnly"].get(usize::from(mark)))
        {
            members.insert((*mark).to_owned(), json!(true));
        }
        schema
    });
    let properties = (
        subsequence(&NAMES[..], 0..4),
        prop::collection::vec(property, 4),
    )
        .prop_map(|(names, schemas)| {
            let members: Map<_, _> = names.into_iter().map(str::to_owned).zip(schemas).collect();
            Value::Object(members)
        });
    let required = subsequence(&NAMES[..], 1..3).prop_map(|names| json!(names));
    let additional = prop_oneof![any::<bool>().prop_map(Value::from), member];
    vec![
        keyword("properties", 0.9, properties),
        keyword("required", 0.4, required),
        keyword("additionalProperties", 0.4, additional),
        keyword("minProperties", 0.15, (0_u64..3).prop_map(Value::from)),
        keyword("maxProperties", 0.15, (1_u64..5).prop_map(Value::from)),
    ]
}

fn combined(part: BoxedStrategy<Value>) -> impl Strategy<Value = Keywords> {
    let list = prop::collection::vec(part.clone(), 1..4)
        .prop_map(Value::Array)
        .boxed();
    vec![
        keyword("allOf", 0.3, list.clone()),
        keyword("anyOf", 0.25, list.clone()),
        keyword("oneOf", 0.25, list),
        keyword("not", 0.1, part),
    ]
}

/// Alternatives that are told apart by `kind`.
fn discriminated(part: BoxedStrategy<Value>) -> impl Strategy<Value = Value> {
    let any_or_one = prop_oneof![Just("oneOf"), Just("anyOf")];
    (any_or_one, prop::collection::vec(object(part), 1..4)).prop_map(|(keyword, alternatives)| {
        let tags = ["cat", "dog", "a/b"];
        let mut mapping = Map::new();
        let alternatives: Vec<_> = alternatives
            .into_iter()
            .zip(tags)
            .enumerate()
            .map(|(index, (keywords, tag))| {
                let mut schema = assemble(vec![keywords]);
                schema["type"] = json!("object");
                let properties = &mut schema["properties"];
                if properties.is_null() {
                    *properties = json!({});
                }
                properties["kind"] = json!({"type": "string", "enum": [tag]});
                schema["required"] = json!(["kind"]);
                mapping.insert(tag.to_owned(), json!(index));
                schema
            })
            .collect();
        let discriminator = json!({"propertyName": "kind", "mapping": mapping});
        json!({keyword: alternatives, "discriminator": discriminator})
    })
}

/// Any schema. The mapping of a discriminator holds indices instead of references.
pub fn schema() -> BoxedStrategy<Value> {
    leaf()
        .prop_recursive(3, 24, 4, |inner| {
            let inner = inner.boxed();
            prop_oneof![
                3 => (typed("object"), object(inner.clone()), nullable())
                    .prop_map(|(a, b, c)| assemble(vec![a, b, c])),
                3 => (typed("array"), array(inner.clone()), nullable())
                    .prop_map(|(a, b, c)| assemble(vec![a, b, c])),
                2 => (combined(inner.clone()), nullable())
                    .prop_map(|(a, b)| assemble(vec![a, b])),
                2 => (object(inner.clone()), combined(inner.clone()))
                    .prop_map(|(a, b)| assemble(vec![a, b])),
                1 => (numeric(), textual(), array(inner.clone()), object(inner.clone()), combined(inner.clone()))
                    .prop_map(|(a, b, c, d, e)| assemble(vec![a, b, c, d, e])),
                1 => discriminated(inner),
            ]
        })
        .boxed()
}

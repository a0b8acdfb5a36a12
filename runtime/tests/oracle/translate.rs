//! From a schema of OpenAPI 3.0 to one of JSON Schema 2020-12 that means the same.

use civicforge_runtime::schema::Direction;
use serde_json::{Map, Value, json};

/// The whole schema, with what it refers to.
pub fn document(schema: &Value, direction: Direction) -> Value {
    let mut document = json!({"$schema": "https://json-schema.org/draft/2020-12/schema"});
    document["allOf"] = json!([translate(schema, direction, &[])]);
    document["$defs"] = json!({"Tree": {"anyOf": [
        whole_number(i64::MIN, i64::MAX),
        {
            "type": "object",
            "properties": {"a": {"$ref": "#/$defs/Tree"}, "b": {"$ref": "#/$defs/Tree"}},
            "additionalProperties": false,
        },
    ]}});
    document
}

fn whole_number(minimum: i64, maximum: i64) -> Value {
    json!({"type": "integer", "minimum": minimum, "maximum": maximum})
}

/// A rule for numbers alone.
fn if_number(rule: Value) -> Value {
    json!({"anyOf": [{"not": {"type": "number"}}, rule]})
}

/// `outer`: the schemas that are applied to the same value.
fn translate(schema: &Value, direction: Direction, outer: &[&Value]) -> Value {
    if schema.get("$ref").is_some() {
        return schema.clone();
    }
    let same: Vec<_> = outer.iter().copied().chain([schema]).collect();
    let mut rules = Map::new();
    let mut also = Vec::new();
    let empty = Map::new();
    for (keyword, value) in schema.as_object().unwrap_or(&empty) {
        let list = || {
            let parts = value.as_array().into_iter().flatten();
            let parts = parts.map(|part| translate(part, direction, &same));
            Value::Array(parts.collect())
        };
        let (keyword, value) = match (keyword.as_str(), value) {
            ("minimum", limit) if schema.get("exclusiveMinimum") == Some(&json!(true)) => {
                ("exclusiveMinimum", limit.clone())
            }
            ("maximum", limit) if schema.get("exclusiveMaximum") == Some(&json!(true)) => {
                ("exclusiveMaximum", limit.clone())
            }
            ("format", Value::String(format)) => match format.as_str() {
                "int32" => {
                    also.push(if_number(whole_number(i32::MIN.into(), i32::MAX.into())));
                    continue;
                }
                "int64" => {
                    also.push(if_number(whole_number(i64::MIN, i64::MAX)));
                    continue;
                }
                "float" => {
                    // Half a step above the largest: from there on, the nearest one is infinite.
                    let limit = 340_282_356_779_733_661_637_539_395_458_142_568_448.0_f64;
                    also.push(json!({"exclusiveMinimum": -limit, "exclusiveMaximum": limit}));
                    continue;
                }
                _ => ("format", value.clone()),
            },
            ("type", Value::String(name)) => {
                if name == "integer" {
                    also.push(if_number(whole_number(i64::MIN, i64::MAX)));
                }
                ("type", value.clone())
            }
            ("properties", Value::Object(properties)) => {
                let properties = properties.iter().map(|(name, property)| {
                    let rules = match is_refused(property, direction) {
                        true => json!(false),
                        false => translate(property, direction, &[]),
                    };
                    (name.clone(), rules)
                });
                ("properties", Value::Object(properties.collect()))
            }
            ("required", Value::Array(names)) => {
                let names = names.iter().filter(|name| {
                    !same
                        .iter()
                        .any(|schema| declares_refused(schema, name, direction))
                });
                ("required", Value::Array(names.cloned().collect()))
            }
            ("items" | "additionalProperties", rules @ Value::Object(_)) => {
                (keyword.as_str(), translate(rules, direction, &[]))
            }
            ("not", rules) => ("not", translate(rules, direction, &same)),
            ("allOf", _) => ("allOf", list()),
            ("anyOf", _) => ("anyOf", list()),
            ("oneOf", _) => ("oneOf", list()),
            (
                "nullable" | "readOnly" | "writeOnly" | "exclusiveMinimum" | "exclusiveMaximum"
                | "discriminator",
                _,
            ) => continue,
            (keyword, value) => (keyword, value.clone()),
        };
        rules.insert(keyword.to_owned(), value);
    }
    also.push(Value::Object(rules));
    let rules = json!({"allOf": also});
    match schema.get("nullable") {
        Some(Value::Bool(true)) => json!({"anyOf": [{"type": "null"}, rules]}),
        _ => rules,
    }
}

fn is_refused(property: &Value, direction: Direction) -> bool {
    let keyword = match direction {
        Direction::Request => "readOnly",
        Direction::Response => "writeOnly",
    };
    property.get(keyword).is_some()
}

/// Whether a schema, or a part of its `allOf`, has the property and refuses it.
fn declares_refused(schema: &Value, name: &Value, direction: Direction) -> bool {
    let own = name
        .as_str()
        .and_then(|name| schema.get("properties")?.get(name))
        .is_some_and(|property| is_refused(property, direction));
    let mut parts = schema
        .get("allOf")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    own || parts.any(|part| declares_refused(part, name, direction))
}

//! From a schema in JSON to one as generated code has it. Static data is for ever, so this leaks.

use civicforge_runtime::schema::{
    Additional, Bound, Discriminator, Format, JsonType, Literal, Number, Pattern, Property, Schema,
};
use serde_json::Value;

/// What `#/$defs/Tree` in [`super::translate`] is: a schema that contains itself, through two alternatives.
static TREE: Schema = Schema {
    any_of: &[&LEAF, &BRANCH],
    ..Schema::ANY
};
static LEAF: Schema = Schema {
    json_type: Some(JsonType::Integer),
    ..Schema::ANY
};
static BRANCH: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[Property::new("a", &TREE), Property::new("b", &TREE)],
    additional: Additional::Denied,
    ..Schema::ANY
};

fn keep<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn keep_list<T>(items: impl Iterator<Item = T>) -> &'static [T] {
    Box::leak(items.collect::<Vec<_>>().into_boxed_slice())
}

fn text(value: &Value) -> &'static str {
    keep(value.as_str().unwrap_or_default().to_owned())
}

fn number(value: &Value) -> Number {
    match (value.as_i64(), value.as_u64()) {
        (Some(value), _) => Number::Integer(value.into()),
        (_, Some(value)) => Number::Integer(value.into()),
        _ => Number::Float(value.as_f64().unwrap()),
    }
}

fn literal(value: &Value) -> Literal {
    match value {
        Value::Null => Literal::Null,
        Value::Bool(value) => Literal::Boolean(*value),
        Value::Number(_) => Literal::Number(number(value)),
        Value::String(_) => Literal::String(text(value)),
        Value::Array(items) => Literal::Array(keep_list(items.iter().map(literal))),
        Value::Object(members) => Literal::Object(keep_list(
            members
                .iter()
                .map(|(name, value)| (&**keep(name.clone()), literal(value))),
        )),
    }
}

fn list(value: Option<&Value>) -> &'static [&'static Schema] {
    keep_list(
        value
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .map(schema),
    )
}

/// The schema, for ever.
pub fn schema(json: &Value) -> &'static Schema {
    if json.get("$ref").is_some() {
        return &TREE;
    }
    let count = |name: &str| json.get(name).and_then(Value::as_u64);
    let flag = |name: &str| json.get(name) == Some(&Value::Bool(true));
    let bound = |limit: &str, exclusive: &str| {
        json.get(limit).map(|limit| Bound {
            limit: number(limit),
            exclusive: flag(exclusive),
        })
    };
    keep(Schema {
        json_type: json
            .get("type")
            .and_then(Value::as_str)
            .map(|name| match name {
                "boolean" => JsonType::Boolean,
                "integer" => JsonType::Integer,
                "number" => JsonType::Number,
                "string" => JsonType::String,
                "array" => JsonType::Array,
                _ => JsonType::Object,
            }),
        nullable: flag("nullable"),
        format: json.get("format").and_then(Value::as_str).map(format),
        enumeration: json
            .get("enum")
            .and_then(Value::as_array)
            .map(|values| keep_list(values.iter().map(literal))),
        minimum: bound("minimum", "exclusiveMinimum"),
        maximum: bound("maximum", "exclusiveMaximum"),
        multiple_of: json.get("multipleOf").map(number),
        min_length: count("minLength"),
        max_length: count("maxLength"),
        pattern: json
            .get("pattern")
            .map(|source| keep(Pattern::new(text(source)))),
        items: json.get("items").map(schema),
        min_items: count("minItems"),
        max_items: count("maxItems"),
        unique_items: flag("uniqueItems"),
        properties: keep_list(
            json.get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
                .map(|(name, property)| Property {
                    name: keep(name.clone()),
                    schema: schema(property),
                    read_only: property.get("readOnly").is_some(),
                    write_only: property.get("writeOnly").is_some(),
                }),
        ),
        required: keep_list(
            json.get("required")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .map(text),
        ),
        additional: match json.get("additionalProperties") {
            None | Some(Value::Bool(true)) => Additional::Allowed,
            Some(Value::Bool(false)) => Additional::Denied,
            Some(rules) => Additional::Schema(schema(rules)),
        },
        min_properties: count("minProperties"),
        max_properties: count("maxProperties"),
        all_of: list(json.get("allOf")),
        any_of: list(json.get("anyOf")),
        one_of: list(json.get("oneOf")),
        not: json.get("not").map(schema),
        discriminator: json
            .get("discriminator")
            .map(|discriminator| Discriminator {
                property: text(&discriminator["propertyName"]),
                mapping: keep_list(
                    discriminator["mapping"]
                        .as_object()
                        .into_iter()
                        .flatten()
                        .map(|(tag, index)| {
                            (&**keep(tag.clone()), index.as_u64().unwrap() as usize)
                        }),
                ),
            }),
    })
}

/// A format by its name.
pub fn format(name: &str) -> Format {
    match name {
        "int32" => Format::Int32,
        "int64" => Format::Int64,
        "uint64" => Format::Uint64,
        "float" => Format::Float,
        "double" => Format::Double,
        "uuid" => Format::Uuid,
        "date" => Format::Date,
        "date-time" => Format::DateTime,
        "email" => Format::Email,
        "uri" => Format::Uri,
        "uri-reference" => Format::UriReference,
        "ipv4" => Format::Ipv4,
        "ipv6" => Format::Ipv6,
        "hostname" => Format::Hostname,
        "byte" => Format::Byte,
        other => panic!("no format {other}"),
    }
}

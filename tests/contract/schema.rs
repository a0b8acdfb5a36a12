//! From a schema of OpenAPI 3.0 to JSON Schema 2020-12, for an implementation that is not ours.

use std::collections::HashMap;
use std::sync::Arc;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

/// Makes validators of the schemas of one document.
pub struct Schemas {
    /// `components.schemas`, translated; references keep their pointers.
    components: Value,
    made: HashMap<String, Arc<Validator>>,
}

impl Schemas {
    /// For this document.
    pub fn of(document: &Value) -> Self {
        let schemas = document["components"]["schemas"].as_object();
        let schemas = schemas.expect("schemas").iter();
        let schemas: Map<_, _> = schemas
            .map(|(name, schema)| (name.clone(), translate(schema)))
            .collect();
        Self {
            components: json!({ "schemas": schemas }),
            made: HashMap::new(),
        }
    }

    /// What holds a value of an answer against a schema.
    pub fn validator(&mut self, schema: &Value) -> Arc<Validator> {
        let text = schema.to_string();
        if let Some(made) = self.made.get(&text) {
            return made.clone();
        }
        let root = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "allOf": [translate(schema)],
            "components": self.components,
        });
        let options = jsonschema::options().should_validate_formats(true);
        let validator = options.build(&root).expect("a schema that makes sense");
        let validator = Arc::new(validator);
        self.made.insert(text, validator.clone());
        validator
    }
}

/// Everything that a validator has to say of a value, if anything.
pub fn complaints(validator: &Validator, value: &Value) -> Option<String> {
    let all: Vec<_> = validator
        .iter_errors(value)
        .map(|error| format!("at `{}`: {error}", error.instance_path()))
        .collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// What an answer must satisfy: a `writeOnly` property may not be in one.
fn translate(schema: &Value) -> Value {
    let Some(members) = schema.as_object() else {
        return schema.clone();
    };
    if let Some(reference) = members.get("$ref") {
        return json!({ "$ref": reference });
    }
    let is_set = |name: &str| members.get(name) == Some(&Value::Bool(true));
    let mut rules = Map::new();
    let mut also = Vec::new();
    for (keyword, value) in members {
        let (keyword, value) = match (keyword.as_str(), value) {
            ("minimum", limit) if is_set("exclusiveMinimum") => ("exclusiveMinimum", limit.clone()),
            ("maximum", limit) if is_set("exclusiveMaximum") => ("exclusiveMaximum", limit.clone()),
            ("format", Value::String(format)) if format == "int32" => {
                also.push(json!({"minimum": i32::MIN, "maximum": i32::MAX}));
                continue;
            }
            ("format", Value::String(format)) if format == "int64" => {
                also.push(json!({"minimum": i64::MIN, "maximum": i64::MAX}));
                continue;
            }
            ("properties", Value::Object(properties)) => {
                let properties = properties.iter().map(|(name, property)| {
                    let rules = match property.get("writeOnly") {
                        Some(Value::Bool(true)) => Value::Bool(false),
                        _ => translate(property),
                    };
                    (name.clone(), rules)
                });
                ("properties", Value::Object(properties.collect()))
            }
            ("items" | "additionalProperties" | "not", part) => (keyword.as_str(), translate(part)),
            ("allOf" | "anyOf" | "oneOf", Value::Array(parts)) => {
                let parts = parts.iter().map(translate);
                (keyword.as_str(), Value::Array(parts.collect()))
            }
            (
                "nullable" | "readOnly" | "writeOnly" | "exclusiveMinimum" | "exclusiveMaximum"
                | "discriminator" | "default" | "example" | "description" | "deprecated" | "title"
                | "xml" | "externalDocs",
                _,
            ) => continue,
            (keyword, value) => (keyword, value.clone()),
        };
        rules.insert(keyword.to_owned(), value);
    }
    also.push(Value::Object(rules));
    let rules = json!({ "allOf": also });
    match is_set("nullable") {
        true => json!({"anyOf": [{"type": "null"}, rules]}),
        false => rules,
    }
}

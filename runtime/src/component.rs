//! A contract's component schemas, for [`schemars`].

use std::collections::BTreeSet;

use schemars::{Schema, SchemaGenerator};
use serde_json::Value;

/// The component schema of this name, word for word. The components that it refers to, and those that they refer to, become
/// definitions of the generator.
pub fn schema(contract: &Value, name: &str, generator: &mut SchemaGenerator) -> Schema {
    let components = &contract["components"]["schemas"];
    let mut seen = BTreeSet::new();
    let mut waiting = vec![name.to_owned()];
    while let Some(next) = waiting.pop() {
        let component = &components[next.as_str()];
        references(component, &mut waiting, 0);
        waiting.retain(|name| !seen.contains(name));
        if next != name && !component.is_null() {
            generator
                .definitions_mut()
                .insert(next.clone(), component.clone());
        }
        seen.insert(next);
    }
    Schema::try_from(components[name].clone()).unwrap_or_default()
}

fn references(value: &Value, found: &mut Vec<String>, depth: usize) {
    // Deeper than any document that the generator takes.
    if depth > 512 {
        return;
    }
    match value {
        Value::Object(members) => {
            let target = members.get("$ref").and_then(Value::as_str);
            found.extend(
                target
                    .and_then(|target| target.strip_prefix("#/components/schemas/"))
                    .map(str::to_owned),
            );
            members
                .values()
                .for_each(|value| references(value, found, depth + 1));
        }
        Value::Array(items) => items
            .iter()
            .for_each(|value| references(value, found, depth + 1)),
        _ => {}
    }
}

/// Implements `schemars::JsonSchema` for types that are component schemas of a contract.
#[macro_export]
macro_rules! component_schemas {
    ($contract:expr; $($ty:ty => $name:literal),* $(,)?) => {
        fn contract() -> &'static $crate::values::Value {
            static PARSED: std::sync::OnceLock<$crate::values::Value> = std::sync::OnceLock::new();
            // The generator wrote the text from a value.
            PARSED.get_or_init(|| $contract.parse().unwrap_or_default())
        }
        $(impl $crate::schemars::JsonSchema for $ty {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed($name)
            }

            fn json_schema(generator: &mut $crate::schemars::SchemaGenerator) -> $crate::schemars::Schema {
                $crate::component::schema(contract(), $name, generator)
            }
        })*
    };
}

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Format, JsonType, Property, Schema};

/// `/components/schemas/Hook`
pub static HOOK: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "url",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Uri),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

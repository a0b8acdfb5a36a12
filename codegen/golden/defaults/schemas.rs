// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Format, JsonType, Literal, Property, Schema};

/// `/components/schemas/Defaults`
pub static DEFAULTS: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "certain",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "text",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "whole",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int32),
                ..Schema::ANY
            },
        ),
        Property::new(
            "real",
            &Schema {
                json_type: Some(JsonType::Number),
                ..Schema::ANY
            },
        ),
        Property::new(
            "truth",
            &Schema {
                json_type: Some(JsonType::Boolean),
                ..Schema::ANY
            },
        ),
        Property::new(
            "list",
            &Schema {
                json_type: Some(JsonType::Array),
                items: Some(
                    &Schema {
                        json_type: Some(JsonType::String),
                        ..Schema::ANY
                    },
                ),
                ..Schema::ANY
            },
        ),
        Property::new("object", &DEFAULTS_OBJECT),
        Property::new("level", &LEVEL),
        Property::new(
            "wrapped",
            &Schema {
                all_of: &[&LEVEL],
                ..Schema::ANY
            },
        ),
        Property::new(
            "inherited",
            &Schema {
                all_of: &[&LEVEL],
                ..Schema::ANY
            },
        ),
        Property::new(
            "when",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::DateTime),
                ..Schema::ANY
            },
        ),
        Property::new(
            "id",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Uuid),
                ..Schema::ANY
            },
        ),
    ],
    required: &["certain"],
    ..Schema::ANY
};

/// `/components/schemas/Defaults/properties/object`
pub static DEFAULTS_OBJECT: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "a",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

/// `/components/schemas/Level`
pub static LEVEL: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(&[Literal::String("low"), Literal::String("high")]),
    ..Schema::ANY
};

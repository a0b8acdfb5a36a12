// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{JsonType, Literal, Property, Schema};

/// `/components/schemas/Merged`
pub static MERGED: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new("on", &MERGED_ON),
        Property::new(
            "time",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "date",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "hex",
            &Schema {
                json_type: Some(JsonType::Integer),
                ..Schema::ANY
            },
        ),
        Property::new(
            "octal",
            &Schema {
                json_type: Some(JsonType::Integer),
                ..Schema::ANY
            },
        ),
        Property::new(
            "leading",
            &Schema {
                json_type: Some(JsonType::Integer),
                ..Schema::ANY
            },
        ),
        Property::new(
            "tagged",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    required: &["on"],
    ..Schema::ANY
};

/// `/components/schemas/Merged/properties/on`
pub static MERGED_ON: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(
        &[
            Literal::String("yes"),
            Literal::String("no"),
            Literal::String("on"),
            Literal::String("off"),
            Literal::String("y"),
            Literal::String("n"),
        ],
    ),
    ..Schema::ANY
};

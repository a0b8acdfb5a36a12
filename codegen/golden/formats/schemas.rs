// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Format, JsonType, Property, Schema};

/// `/components/schemas/Formats`
pub static FORMATS: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "int32",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int32),
                ..Schema::ANY
            },
        ),
        Property::new(
            "int64",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int64),
                ..Schema::ANY
            },
        ),
        Property::new(
            "integer",
            &Schema {
                json_type: Some(JsonType::Integer),
                ..Schema::ANY
            },
        ),
        Property::new(
            "float",
            &Schema {
                json_type: Some(JsonType::Number),
                format: Some(Format::Float),
                ..Schema::ANY
            },
        ),
        Property::new(
            "double",
            &Schema {
                json_type: Some(JsonType::Number),
                format: Some(Format::Double),
                ..Schema::ANY
            },
        ),
        Property::new(
            "number",
            &Schema {
                json_type: Some(JsonType::Number),
                ..Schema::ANY
            },
        ),
        Property::new(
            "uuid",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Uuid),
                ..Schema::ANY
            },
        ),
        Property::new(
            "date",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Date),
                ..Schema::ANY
            },
        ),
        Property::new(
            "dateTime",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::DateTime),
                ..Schema::ANY
            },
        ),
        Property::new(
            "email",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Email),
                ..Schema::ANY
            },
        ),
        Property::new(
            "uri",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Uri),
                ..Schema::ANY
            },
        ),
        Property::new(
            "uriReference",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::UriReference),
                ..Schema::ANY
            },
        ),
        Property::new(
            "ipv4",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Ipv4),
                ..Schema::ANY
            },
        ),
        Property::new(
            "ipv6",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Ipv6),
                ..Schema::ANY
            },
        ),
        Property::new(
            "hostname",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Hostname),
                ..Schema::ANY
            },
        ),
        Property::new(
            "byte",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Byte),
                ..Schema::ANY
            },
        ),
        Property::new(
            "binary",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "password",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Password),
                ..Schema::ANY
            },
        ),
        Property::new(
            "unknown",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "mismatched",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "untyped",
            &Schema {
                format: Some(Format::Uuid),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

/// `/components/schemas/Identifier`
pub static IDENTIFIER: Schema = Schema {
    json_type: Some(JsonType::String),
    format: Some(Format::Uuid),
    ..Schema::ANY
};

/// `/components/schemas/Secret`
pub static SECRET: Schema = Schema {
    json_type: Some(JsonType::String),
    format: Some(Format::Password),
    min_length: Some(8),
    ..Schema::ANY
};

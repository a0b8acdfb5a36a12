// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{JsonType, Property, Schema};

/// `/paths/~1content/get/parameters/0/content/application~1json/schema`
pub static CONTENT_PARAMETER_FILTER: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "terms",
            &Schema {
                json_type: Some(JsonType::Array),
                items: Some(
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
                ..Schema::ANY
            },
        ),
    ],
    required: &["terms"],
    ..Schema::ANY
};

/// `/components/schemas/Numbers`
pub static NUMBERS: Schema = Schema {
    json_type: Some(JsonType::Array),
    items: Some(
        &Schema {
            json_type: Some(JsonType::Integer),
            ..Schema::ANY
        },
    ),
    min_items: Some(1),
    ..Schema::ANY
};

/// `/components/schemas/Point`
pub static POINT: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "x",
            &Schema {
                json_type: Some(JsonType::Number),
                ..Schema::ANY
            },
        ),
        Property::new(
            "y",
            &Schema {
                json_type: Some(JsonType::Number),
                ..Schema::ANY
            },
        ),
    ],
    required: &["x", "y"],
    ..Schema::ANY
};

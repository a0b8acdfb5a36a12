// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{JsonType, Property, Schema};

/// `/components/schemas/Certain`
pub static CERTAIN: Schema = Schema {
    json_type: Some(JsonType::Object),
    all_of: &[
        &Schema {
            properties: &[
                Property::new(
                    "d",
                    &Schema {
                        json_type: Some(JsonType::String),
                        ..Schema::ANY
                    },
                ),
            ],
            ..Schema::ANY
        },
    ],
    ..Schema::ANY
};

/// `/components/schemas/Holder`
pub static HOLDER: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new("implied", &IMPLIED),
        Property::new("merged", &MERGED),
        Property::new("anything", &RULES),
    ],
    ..Schema::ANY
};

/// `/components/schemas/Implied`
pub static IMPLIED: Schema = Schema {
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
    required: &["a"],
    ..Schema::ANY
};

/// `/components/schemas/ListOfAnything`
pub static LIST_OF_ANYTHING: Schema = Schema {
    json_type: Some(JsonType::Array),
    ..Schema::ANY
};

/// `/components/schemas/Merged`
pub static MERGED: Schema = Schema {
    json_type: Some(JsonType::Object),
    all_of: &[
        &Schema {
            properties: &[
                Property::new(
                    "b",
                    &Schema {
                        json_type: Some(JsonType::String),
                        ..Schema::ANY
                    },
                ),
            ],
            ..Schema::ANY
        },
        &Schema {
            properties: &[
                Property::new(
                    "c",
                    &Schema {
                        json_type: Some(JsonType::String),
                        ..Schema::ANY
                    },
                ),
            ],
            ..Schema::ANY
        },
    ],
    ..Schema::ANY
};

/// `/components/schemas/Rules`
pub static RULES: Schema = Schema {
    required: &["a"],
    min_properties: Some(1),
    ..Schema::ANY
};

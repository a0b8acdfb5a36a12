// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Format, JsonType, Literal, Property, Schema};

/// `/paths/~1all/get/responses/200/content/application~1json/schema`
pub static GET_ALL_OK_BODY_JSON: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "inline",
            &Schema {
                json_type: Some(JsonType::Array),
                items: Some(&GET_ALL_OK_BODY_JSON_INLINE_ITEM),
                ..Schema::ANY
            },
        ),
    ],
    required: &["inline"],
    ..Schema::ANY
};

/// `/paths/~1all/get/responses/200/content/application~1json/schema/properties/inline/items`
pub static GET_ALL_OK_BODY_JSON_INLINE_ITEM: Schema = Schema {
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

/// `/paths/~1all/get/responses/200/headers/X-Point/schema`
pub static GET_ALL_X_POINT: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "x",
            &Schema {
                json_type: Some(JsonType::Integer),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

/// `/components/schemas/OtherProblem`
pub static OTHER_PROBLEM: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "reason",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    required: &["reason"],
    ..Schema::ANY
};

/// `/components/schemas/Problem`
pub static PROBLEM: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "type",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::UriReference),
                ..Schema::ANY
            },
        ),
        Property::new(
            "title",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "status",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int32),
                ..Schema::ANY
            },
        ),
        Property::new(
            "detail",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "instance",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new("code", &PROBLEM_CODE),
        Property::new(
            "violations",
            &Schema {
                json_type: Some(JsonType::Array),
                items: Some(&PROBLEM_VIOLATIONS_ITEM),
                ..Schema::ANY
            },
        ),
        Property::new(
            "requestId",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "extra",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    required: &["type", "title", "status", "code"],
    ..Schema::ANY
};

/// `/components/schemas/Problem/properties/code`
pub static PROBLEM_CODE: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(&[Literal::String("not_found"), Literal::String("broken")]),
    ..Schema::ANY
};

/// `/components/schemas/Problem/properties/violations/items`
pub static PROBLEM_VIOLATIONS_ITEM: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "pointer",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

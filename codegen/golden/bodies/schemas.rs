// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{JsonType, Property, Schema};

/// `/components/schemas/Note`
pub static NOTE: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "text",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    required: &["text"],
    ..Schema::ANY
};

/// `/paths/~1form/post/requestBody/content/application~1x-www-form-urlencoded/schema`
pub static POST_FORM_BODY: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "name",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "tags",
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
        Property::new(
            "codes",
            &Schema {
                json_type: Some(JsonType::Array),
                items: Some(
                    &Schema {
                        json_type: Some(JsonType::Integer),
                        ..Schema::ANY
                    },
                ),
                ..Schema::ANY
            },
        ),
        Property::new("address", &POST_FORM_BODY_ADDRESS),
        Property::new("spread", &POST_FORM_BODY_SPREAD),
    ],
    required: &["name"],
    ..Schema::ANY
};

/// `/paths/~1form/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties/address`
pub static POST_FORM_BODY_ADDRESS: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "city",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

/// `/paths/~1form/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties/spread`
pub static POST_FORM_BODY_SPREAD: Schema = Schema {
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

/// `/paths/~1several/post/responses/200/content/application~1json/schema`
pub static POST_SEVERAL_OK_BODY_JSON: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "text",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Discriminator, JsonType, Property, Schema};

/// `/components/schemas/Escaped`
pub static ESCAPED: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new("a/b~c d", &ESCAPED_A1B0C_D),
        Property::new("again", &ESCAPED_A1B0C_D),
    ],
    ..Schema::ANY
};

/// `/components/schemas/Escaped/properties/a~1b~0c d`
pub static ESCAPED_A1B0C_D: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "x",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

/// `/components/schemas/Failure`
pub static FAILURE: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[Property::new("label", &LABEL), Property::new("cause", &FAILURE)],
    ..Schema::ANY
};

/// `/components/schemas/Label`
pub static LABEL: Schema = Schema {
    json_type: Some(JsonType::String),
    max_length: Some(20),
    ..Schema::ANY
};

/// `/components/schemas/Tag`
pub static TAG: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "name",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

/// `/components/schemas/Tag2`
pub static TAG2: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "kind",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    required: &["kind"],
    ..Schema::ANY
};

/// `/components/schemas/thing`
pub static THING: Schema = Schema {
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
                items: Some(&TAG2),
                ..Schema::ANY
            },
        ),
    ],
    required: &["name"],
    ..Schema::ANY
};

/// `/components/schemas/Union`
pub static UNION: Schema = Schema {
    one_of: &[&TAG2, &TAG],
    discriminator: Some(Discriminator {
        property: "kind",
        mapping: &[("theirs", 0), ("ours", 1)],
    }),
    ..Schema::ANY
};

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Discriminator, JsonType, Property, Schema};

/// `/components/schemas/Circle`
pub static CIRCLE: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "kind",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "radius",
            &Schema {
                json_type: Some(JsonType::Number),
                ..Schema::ANY
            },
        ),
    ],
    required: &["kind"],
    ..Schema::ANY
};

/// `/components/schemas/Figure`
pub static FIGURE: Schema = Schema {
    any_of: &[&CIRCLE, &SQUARE],
    discriminator: Some(Discriminator {
        property: "kind",
        mapping: &[("Circle", 0), ("Square", 1)],
    }),
    ..Schema::ANY
};

/// `/components/schemas/Line`
pub static LINE: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "kind",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "length",
            &Schema {
                json_type: Some(JsonType::Number),
                ..Schema::ANY
            },
        ),
    ],
    required: &["kind"],
    ..Schema::ANY
};

/// `/components/schemas/Shape`
pub static SHAPE: Schema = Schema {
    one_of: &[&CIRCLE, &SQUARE, &LINE],
    discriminator: Some(Discriminator {
        property: "kind",
        mapping: &[("circle", 0), ("round", 0), ("Square", 1), ("Line", 2)],
    }),
    ..Schema::ANY
};

/// `/components/schemas/Square`
pub static SQUARE: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "kind",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "side",
            &Schema {
                json_type: Some(JsonType::Number),
                ..Schema::ANY
            },
        ),
    ],
    required: &["kind"],
    ..Schema::ANY
};

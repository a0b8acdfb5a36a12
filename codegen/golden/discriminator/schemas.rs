// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Property, Schema};

/// `/components/schemas/Circle`
pub static CIRCLE: Schema = Schema::object()
    .properties(
        &[
            Property::new("kind", &Schema::string()),
            Property::new("radius", &Schema::number()),
        ],
    )
    .required(&["kind"]);

/// `/components/schemas/Line`
pub static LINE: Schema = Schema::object()
    .properties(
        &[
            Property::new("kind", &Schema::string()),
            Property::new("length", &Schema::number()),
        ],
    )
    .required(&["kind"]);

/// `/components/schemas/Square`
pub static SQUARE: Schema = Schema::object()
    .properties(
        &[
            Property::new("kind", &Schema::string()),
            Property::new("side", &Schema::number()),
        ],
    )
    .required(&["kind"]);

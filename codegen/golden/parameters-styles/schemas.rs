// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Property, Schema};

/// `/paths/~1content/get/parameters/0/content/application~1json/schema`
pub static CONTENT_PARAMETER_FILTER: Schema = Schema::object()
    .properties(
        &[
            Property::new(
                "terms",
                &Schema::array().items(&Schema::array().items(&Schema::string())),
            ),
        ],
    )
    .required(&["terms"]);

/// `/components/schemas/Numbers`
pub static NUMBERS: Schema = Schema::array().items(&Schema::integer()).min_items(1);

/// `/components/schemas/Point`
pub static POINT: Schema = Schema::object()
    .properties(
        &[Property::new("x", &Schema::number()), Property::new("y", &Schema::number())],
    )
    .required(&["x", "y"]);

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Property, Schema};

/// `/components/schemas/Label`
pub static LABEL: Schema = Schema::string().max_length(20);

/// `/components/schemas/Tag`
pub static TAG: Schema = Schema::object()
    .properties(&[Property::new("name", &Schema::string())]);

/// `/components/schemas/Tag2`
pub static TAG2: Schema = Schema::object()
    .properties(&[Property::new("kind", &Schema::string())])
    .required(&["kind"]);

/// `/components/schemas/thing`
pub static THING: Schema = Schema::object()
    .properties(
        &[
            Property::new("name", &Schema::string()),
            Property::new("tags", &Schema::array().items(&TAG2)),
        ],
    )
    .required(&["name"]);

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Format, Property, Schema};

/// `/components/schemas/Base`
pub static BASE: Schema = Schema::object()
    .properties(
        &[
            Property::new("id", &Schema::string().format(Format::Uuid)),
            Property::new("note", &Schema::string()),
        ],
    )
    .required(&["id"]);

/// `/components/schemas/Contradiction`
pub static CONTRADICTION: Schema = Schema::ANY
    .all_of(&[&Schema::string(), &Schema::integer()]);

/// `/components/schemas/Named`
pub static NAMED: Schema = Schema::object()
    .properties(&[Property::new("name", &Schema::string().min_length(1))]);

/// `/components/schemas/Narrow`
pub static NARROW: Schema = Schema::ANY
    .all_of(&[&Schema::string(), &Schema::string().format(Format::Uuid)]);

/// `/components/schemas/ShortText`
pub static SHORT_TEXT: Schema = Schema::ANY
    .all_of(&[&Schema::string().max_length(9), &Schema::ANY.min_length(2)]);

/// `/components/schemas/WithChoice`
pub static WITH_CHOICE: Schema = Schema::ANY
    .all_of(
        &[
            &BASE,
            &Schema::ANY
                .one_of(
                    &[
                        &NAMED,
                        &Schema::object()
                            .properties(&[Property::new("other", &Schema::string())]),
                    ],
                ),
        ],
    );

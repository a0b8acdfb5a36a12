// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Property, Schema};

/// `/components/schemas/Bush`
pub static BUSH: Schema = Schema::object().additional(&BUSH);

/// `/components/schemas/Expression`
pub static EXPRESSION: Schema = Schema::ANY.one_of(&[&Schema::integer(), &NEGATION]);

/// `/components/schemas/Json`
pub static JSON: Schema = Schema::ANY
    .nullable()
    .one_of(
        &[
            &Schema::boolean(),
            &Schema::number(),
            &Schema::string(),
            &Schema::array().items(&JSON),
            &Schema::object().additional(&JSON),
        ],
    );

/// `/components/schemas/Lists`
pub static LISTS: Schema = Schema::array().items(&LISTS);

/// `/components/schemas/Negation`
pub static NEGATION: Schema = Schema::object()
    .properties(&[Property::new("of", &EXPRESSION)])
    .required(&["of"]);

pub(crate) static EXPRESSION__INT64: Schema = Schema::integer();

pub(crate) static JSON__BOOLEAN: Schema = Schema::boolean();

pub(crate) static JSON__DOUBLE: Schema = Schema::number();

pub(crate) static JSON__STRING: Schema = Schema::string();

pub(crate) static JSON__ARRAY: Schema = Schema::array().items(&JSON);

pub(crate) static JSON__MAP: Schema = Schema::object().additional(&JSON);

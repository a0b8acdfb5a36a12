// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Format, Literal, Property, Schema};

/// `/components/schemas/Cat`
pub static CAT: Schema = Schema::object()
    .properties(&[Property::new("meows", &Schema::boolean())])
    .required(&["meows"]);

/// `/components/schemas/Dog`
pub static DOG: Schema = Schema::object()
    .properties(&[Property::new("barks", &Schema::boolean())])
    .required(&["barks"]);

/// `/components/schemas/Loose/anyOf/4`
pub static LOOSE_INNER_THING: Schema = Schema::object()
    .properties(&[Property::new("a", &Schema::string())]);

/// `/components/schemas/Loose/anyOf/7`
pub static LOOSE_TEXT: Schema = Schema::string()
    .values(&[Literal::String("x"), Literal::String("y")]);

/// `/components/schemas/Loose/anyOf/5`
pub static LOOSE_VARIANT6: Schema = Schema::object()
    .properties(&[Property::new("b", &Schema::string())]);

/// `/components/schemas/Mixed`
pub static MIXED: Schema = Schema::object()
    .properties(&[Property::new("id", &Schema::string())])
    .one_of(&[&CAT, &DOG]);

/// `/components/schemas/Pet`
pub static PET: Schema = Schema::ANY.one_of(&[&CAT, &DOG]);

/// `/components/schemas/Texts`
pub static TEXTS: Schema = Schema::string()
    .any_of(&[&Schema::ANY.format(Format::Ipv4), &Schema::ANY.format(Format::Ipv6)]);

pub(crate) static LOOSE__DATE_TIME: Schema = Schema::string().format(Format::DateTime);

pub(crate) static LOOSE__STRING: Schema = Schema::string();

pub(crate) static LOOSE__INT64: Schema = Schema::integer();

pub(crate) static LOOSE__ARRAY: Schema = Schema::array().items(&PET);

pub(crate) static LOOSE__MAP: Schema = Schema::object().additional(&Schema::string());

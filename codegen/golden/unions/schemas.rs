// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{
    Additional, Format, JsonType, Literal, Property, Schema,
};

/// `/components/schemas/Ambient`
pub static AMBIENT: Schema = Schema {
    json_type: Some(JsonType::Object),
    one_of: &[&CAT, &DOG],
    ..Schema::ANY
};

/// `/components/schemas/Cat`
pub static CAT: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "meows",
            &Schema {
                json_type: Some(JsonType::Boolean),
                ..Schema::ANY
            },
        ),
    ],
    required: &["meows"],
    ..Schema::ANY
};

/// `/components/schemas/Conditions`
pub static CONDITIONS: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "email",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "phone",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    one_of: &[
        &Schema {
            required: &["email"],
            ..Schema::ANY
        },
        &Schema {
            required: &["phone"],
            ..Schema::ANY
        },
    ],
    ..Schema::ANY
};

/// `/components/schemas/Dog`
pub static DOG: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "barks",
            &Schema {
                json_type: Some(JsonType::Boolean),
                ..Schema::ANY
            },
        ),
    ],
    required: &["barks"],
    ..Schema::ANY
};

/// `/components/schemas/Loose`
pub static LOOSE: Schema = Schema {
    any_of: &[
        &Schema {
            json_type: Some(JsonType::String),
            format: Some(Format::DateTime),
            ..Schema::ANY
        },
        &Schema {
            json_type: Some(JsonType::String),
            ..Schema::ANY
        },
        &Schema {
            json_type: Some(JsonType::Integer),
            ..Schema::ANY
        },
        &Schema {
            json_type: Some(JsonType::Array),
            items: Some(&PET),
            ..Schema::ANY
        },
        &LOOSE_INNER_THING,
        &LOOSE_VARIANT6,
        &Schema {
            json_type: Some(JsonType::Object),
            additional: Additional::Schema(
                &Schema {
                    json_type: Some(JsonType::String),
                    ..Schema::ANY
                },
            ),
            ..Schema::ANY
        },
        &LOOSE_TEXT,
    ],
    ..Schema::ANY
};

/// `/components/schemas/Loose/anyOf/4`
pub static LOOSE_INNER_THING: Schema = Schema {
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

/// `/components/schemas/Loose/anyOf/7`
pub static LOOSE_TEXT: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(&[Literal::String("x"), Literal::String("y")]),
    ..Schema::ANY
};

/// `/components/schemas/Loose/anyOf/5`
pub static LOOSE_VARIANT6: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "b",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

/// `/components/schemas/Mixed`
pub static MIXED: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "id",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    one_of: &[&CAT, &DOG],
    ..Schema::ANY
};

/// `/components/schemas/Pet`
pub static PET: Schema = Schema {
    one_of: &[&CAT, &DOG],
    ..Schema::ANY
};

/// `/components/schemas/Texts`
pub static TEXTS: Schema = Schema {
    json_type: Some(JsonType::String),
    any_of: &[
        &Schema {
            format: Some(Format::Ipv4),
            ..Schema::ANY
        },
        &Schema {
            format: Some(Format::Ipv6),
            ..Schema::ANY
        },
    ],
    ..Schema::ANY
};

pub(crate) static LOOSE__DATE_TIME: Schema = Schema {
    json_type: Some(JsonType::String),
    format: Some(Format::DateTime),
    ..Schema::ANY
};

pub(crate) static LOOSE__STRING: Schema = Schema {
    json_type: Some(JsonType::String),
    ..Schema::ANY
};

pub(crate) static LOOSE__INT64: Schema = Schema {
    json_type: Some(JsonType::Integer),
    ..Schema::ANY
};

pub(crate) static LOOSE__ARRAY: Schema = Schema {
    json_type: Some(JsonType::Array),
    items: Some(&PET),
    ..Schema::ANY
};

pub(crate) static LOOSE__MAP: Schema = Schema {
    json_type: Some(JsonType::Object),
    additional: Additional::Schema(
        &Schema {
            json_type: Some(JsonType::String),
            ..Schema::ANY
        },
    ),
    ..Schema::ANY
};

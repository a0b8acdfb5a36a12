// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{
    Additional, Bound, Format, JsonType, Literal, Number, Pattern, Property, Schema,
};

pub(crate) static PATTERN_1: Pattern = Pattern::new("^[a-z\\-]+@$");

/// `/components/schemas/Level`
pub static LEVEL: Schema = Schema {
    json_type: Some(JsonType::Integer),
    format: Some(Format::Int32),
    enumeration: Some(
        &[
            Literal::Number(Number::Integer(1)),
            Literal::Number(Number::Integer(2)),
            Literal::Number(Number::Integer(-1)),
        ],
    ),
    ..Schema::ANY
};

/// `/components/schemas/Rules`
pub static RULES: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "text",
            &Schema {
                json_type: Some(JsonType::String),
                min_length: Some(2),
                max_length: Some(5),
                pattern: Some(&PATTERN_1),
                ..Schema::ANY
            },
        ),
        Property::new(
            "whole",
            &Schema {
                json_type: Some(JsonType::Integer),
                minimum: Some(Bound {
                    limit: Number::Integer(-5),
                    exclusive: true,
                }),
                maximum: Some(Bound {
                    limit: Number::Integer(9223372036854775807),
                    exclusive: false,
                }),
                multiple_of: Some(Number::Integer(5)),
                ..Schema::ANY
            },
        ),
        Property::new(
            "real",
            &Schema {
                json_type: Some(JsonType::Number),
                maximum: Some(Bound {
                    limit: Number::Float(1.5),
                    exclusive: true,
                }),
                multiple_of: Some(Number::Float(0.25)),
                ..Schema::ANY
            },
        ),
        Property::new(
            "list",
            &Schema {
                json_type: Some(JsonType::Array),
                items: Some(
                    &Schema {
                        json_type: Some(JsonType::String),
                        ..Schema::ANY
                    },
                ),
                min_items: Some(1),
                max_items: Some(3),
                unique_items: true,
                ..Schema::ANY
            },
        ),
        Property::new("anything", &Schema::ANY),
        Property::new(
            "not",
            &Schema {
                not: Some(
                    &Schema {
                        json_type: Some(JsonType::String),
                        ..Schema::ANY
                    },
                ),
                ..Schema::ANY
            },
        ),
        Property::new(
            "mixed",
            &Schema {
                enumeration: Some(
                    &[
                        Literal::Number(Number::Integer(1)),
                        Literal::String("one"),
                        Literal::Null,
                        Literal::Array(&[Literal::Number(Number::Integer(1))]),
                        Literal::Object(&[("a", Literal::Number(Number::Integer(1)))]),
                    ],
                ),
                ..Schema::ANY
            },
        ),
        Property::new(
            "few",
            &Schema {
                json_type: Some(JsonType::Number),
                enumeration: Some(
                    &[
                        Literal::Number(Number::Float(0.5)),
                        Literal::Number(Number::Float(1.5)),
                    ],
                ),
                ..Schema::ANY
            },
        ),
        Property::new(
            "truth",
            &Schema {
                json_type: Some(JsonType::Boolean),
                enumeration: Some(&[Literal::Boolean(true)]),
                ..Schema::ANY
            },
        ),
        Property::new("closed", &RULES_CLOSED),
        Property::new("nothing", &RULES_NOTHING),
        Property::new("open", &RULES_OPEN),
        Property::new("typed", &RULES_TYPED),
        Property::new(
            "map",
            &Schema {
                json_type: Some(JsonType::Object),
                additional: Additional::Schema(&LEVEL),
                min_properties: Some(1),
                ..Schema::ANY
            },
        ),
        Property::new(
            "free",
            &Schema {
                json_type: Some(JsonType::Object),
                ..Schema::ANY
            },
        ),
        Property::new("demanding", &RULES_DEMANDING),
        Property::new(
            "untyped",
            &Schema {
                minimum: Some(Bound {
                    limit: Number::Integer(5),
                    exclusive: false,
                }),
                min_length: Some(3),
                ..Schema::ANY
            },
        ),
    ],
    required: &["text", "whole"],
    min_properties: Some(1),
    max_properties: Some(30),
    ..Schema::ANY
};

/// `/components/schemas/Rules/properties/closed`
pub static RULES_CLOSED: Schema = Schema {
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
    additional: Additional::Denied,
    ..Schema::ANY
};

/// `/components/schemas/Rules/properties/demanding`
pub static RULES_DEMANDING: Schema = Schema {
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
    required: &["a", "b"],
    ..Schema::ANY
};

/// `/components/schemas/Rules/properties/nothing`
pub static RULES_NOTHING: Schema = Schema {
    json_type: Some(JsonType::Object),
    additional: Additional::Denied,
    ..Schema::ANY
};

/// `/components/schemas/Rules/properties/open`
pub static RULES_OPEN: Schema = Schema {
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

/// `/components/schemas/Rules/properties/typed`
pub static RULES_TYPED: Schema = Schema {
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
    additional: Additional::Schema(
        &Schema {
            json_type: Some(JsonType::Integer),
            ..Schema::ANY
        },
    ),
    ..Schema::ANY
};

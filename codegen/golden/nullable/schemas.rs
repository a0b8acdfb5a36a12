// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{JsonType, Literal, Property, Schema};

/// `/components/schemas/Holder`
pub static HOLDER: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "both",
            &Schema {
                json_type: Some(JsonType::String),
                nullable: true,
                ..Schema::ANY
            },
        ),
        Property::new(
            "neither",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "optional",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "optionalNullable",
            &Schema {
                json_type: Some(JsonType::String),
                nullable: true,
                ..Schema::ANY
            },
        ),
        Property::new(
            "viaAllOf",
            &Schema {
                nullable: true,
                all_of: &[&PLAIN],
                ..Schema::ANY
            },
        ),
        Property::new(
            "viaOneOf",
            &Schema {
                one_of: &[
                    &PLAIN,
                    &Schema {
                        enumeration: Some(&[Literal::Null]),
                        ..Schema::ANY
                    },
                ],
                ..Schema::ANY
            },
        ),
        Property::new(
            "viaAnyOf",
            &Schema {
                any_of: &[
                    &PLAIN,
                    &Schema {
                        nullable: true,
                        enumeration: Some(&[Literal::Null]),
                        ..Schema::ANY
                    },
                ],
                ..Schema::ANY
            },
        ),
        Property::new("viaComponent", &NULLABLE_TEXT),
        Property::new(
            "viaComponents",
            &Schema {
                json_type: Some(JsonType::Array),
                items: Some(&NULLABLE_STRUCT),
                ..Schema::ANY
            },
        ),
        Property::new("viaEnum", &HOLDER_VIA_ENUM),
        Property::new("viaUntypedEnum", &HOLDER_VIA_UNTYPED_ENUM),
        Property::new("choice", &HOLDER_CHOICE),
        Property::new(
            "withDefault",
            &Schema {
                json_type: Some(JsonType::String),
                nullable: true,
                ..Schema::ANY
            },
        ),
        Property::new(
            "notNullable",
            &Schema {
                all_of: &[
                    &NULLABLE_TEXT,
                    &Schema {
                        json_type: Some(JsonType::String),
                        ..Schema::ANY
                    },
                ],
                ..Schema::ANY
            },
        ),
    ],
    required: &["both", "neither", "viaAllOf", "viaOneOf", "viaComponent", "viaEnum"],
    ..Schema::ANY
};

/// `/components/schemas/Holder/properties/choice`
pub static HOLDER_CHOICE: Schema = Schema {
    nullable: true,
    one_of: &[
        &PLAIN,
        &Schema {
            json_type: Some(JsonType::Integer),
            ..Schema::ANY
        },
    ],
    ..Schema::ANY
};

/// `/components/schemas/Holder/properties/viaEnum`
pub static HOLDER_VIA_ENUM: Schema = Schema {
    json_type: Some(JsonType::String),
    nullable: true,
    enumeration: Some(&[Literal::String("a"), Literal::String("b"), Literal::Null]),
    ..Schema::ANY
};

/// `/components/schemas/Holder/properties/viaUntypedEnum`
pub static HOLDER_VIA_UNTYPED_ENUM: Schema = Schema {
    enumeration: Some(&[Literal::String("a"), Literal::Null]),
    ..Schema::ANY
};

/// `/components/schemas/NullableStruct`
pub static NULLABLE_STRUCT: Schema = Schema {
    json_type: Some(JsonType::Object),
    nullable: true,
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

/// `/components/schemas/NullableText`
pub static NULLABLE_TEXT: Schema = Schema {
    json_type: Some(JsonType::String),
    nullable: true,
    max_length: Some(5),
    ..Schema::ANY
};

/// `/components/schemas/Plain`
pub static PLAIN: Schema = Schema {
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

pub(crate) static HOLDER_CHOICE__INT64: Schema = Schema {
    json_type: Some(JsonType::Integer),
    ..Schema::ANY
};

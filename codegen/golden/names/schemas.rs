// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{
    Additional, JsonType, Literal, Number, Property, Schema,
};

/// `/components/schemas/additional`
pub static ADDITIONAL: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "additionalProperties",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "additional_properties",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    additional: Additional::Schema(
        &Schema {
            json_type: Some(JsonType::String),
            ..Schema::ANY
        },
    ),
    ..Schema::ANY
};

/// `/components/schemas/MakeThingRequest`
pub static MAKE_THING_REQUEST: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[Property::new("inline", &MAKE_THING_REQUEST_INLINE2)],
    ..Schema::ANY
};

/// `/components/schemas/MakeThingRequestInline`
pub static MAKE_THING_REQUEST_INLINE: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "taken",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

/// `/components/schemas/MakeThingRequest/properties/inline`
pub static MAKE_THING_REQUEST_INLINE2: Schema = Schema {
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

/// `/components/schemas/2ndThing`
pub static N2ND_THING: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "1st",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "+1",
            &Schema {
                json_type: Some(JsonType::Integer),
                ..Schema::ANY
            },
        ),
        Property::new(
            "-1",
            &Schema {
                json_type: Some(JsonType::Integer),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

/// `/components/schemas/Option`
pub static OPTION_TYPE: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "self",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "Self",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "crate",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "_",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

/// `/components/schemas/Pet`
pub static PET: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "type",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "match",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "async",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "gen",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

/// `/components/schemas/pet`
pub static PET2: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "petName",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "pet_name",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "pet-name",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "PetName",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

/// `/components/schemas/PET`
pub static PET3: Schema = Schema {
    json_type: Some(JsonType::String),
    ..Schema::ANY
};

/// `/components/schemas/Straße`
pub static STRASSE: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(
        &[
            Literal::String(""),
            Literal::String(" "),
            Literal::String("-"),
            Literal::String("_"),
            Literal::String("Self"),
            Literal::String("self"),
            Literal::String("a"),
            Literal::String("A"),
            Literal::String("á"),
            Literal::String("ä"),
            Literal::String("1"),
            Literal::String("+1"),
            Literal::String("-1"),
            Literal::String(">="),
            Literal::String("<="),
            Literal::String("日本"),
            Literal::String("🎉"),
        ],
    ),
    ..Schema::ANY
};

/// `/components/schemas/String`
pub static STRING_TYPE: Schema = Schema {
    json_type: Some(JsonType::String),
    ..Schema::ANY
};

/// `/components/schemas/Value`
pub static VALUE_TYPE: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(&[Literal::String("Uuid"), Literal::String("Value")]),
    ..Schema::ANY
};

/// `/components/schemas/Versions`
pub static VERSIONS: Schema = Schema {
    json_type: Some(JsonType::Integer),
    enumeration: Some(
        &[
            Literal::Number(Number::Integer(1)),
            Literal::Number(Number::Integer(-1)),
            Literal::Number(Number::Integer(0)),
        ],
    ),
    ..Schema::ANY
};

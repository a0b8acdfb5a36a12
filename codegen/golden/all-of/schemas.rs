// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{
    Additional, Format, JsonType, Literal, Property, Schema,
};

/// `/components/schemas/Alias`
pub static ALIAS: Schema = Schema {
    all_of: &[&BASE],
    ..Schema::ANY
};

/// `/components/schemas/Base`
pub static BASE: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "id",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Uuid),
                ..Schema::ANY
            },
        ),
        Property::new(
            "note",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    required: &["id"],
    ..Schema::ANY
};

/// `/components/schemas/Contradiction`
pub static CONTRADICTION: Schema = Schema {
    all_of: &[
        &Schema {
            json_type: Some(JsonType::String),
            ..Schema::ANY
        },
        &Schema {
            json_type: Some(JsonType::Integer),
            ..Schema::ANY
        },
    ],
    ..Schema::ANY
};

/// `/components/schemas/Deeper`
pub static DEEPER: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "extra",
            &Schema {
                json_type: Some(JsonType::Boolean),
                ..Schema::ANY
            },
        ),
    ],
    all_of: &[&DERIVED],
    ..Schema::ANY
};

/// `/components/schemas/Derived`
pub static DERIVED: Schema = Schema {
    all_of: &[
        &BASE,
        &NAMED,
        &Schema {
            json_type: Some(JsonType::Object),
            properties: &[
                Property::new(
                    "age",
                    &Schema {
                        json_type: Some(JsonType::Integer),
                        format: Some(Format::Int32),
                        ..Schema::ANY
                    },
                ),
            ],
            required: &["age"],
            ..Schema::ANY
        },
    ],
    ..Schema::ANY
};

/// `/components/schemas/Diamond`
pub static DIAMOND: Schema = Schema {
    all_of: &[&DERIVED, &BASE],
    ..Schema::ANY
};

/// `/components/schemas/Holder`
pub static HOLDER: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "described",
            &Schema {
                all_of: &[&BASE],
                ..Schema::ANY
            },
        ),
        Property::new("alias", &ALIAS),
        Property::new("reference", &BASE),
    ],
    ..Schema::ANY
};

/// `/components/schemas/Named`
pub static NAMED: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "name",
            &Schema {
                json_type: Some(JsonType::String),
                min_length: Some(1),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

/// `/components/schemas/Narrow`
pub static NARROW: Schema = Schema {
    all_of: &[
        &Schema {
            json_type: Some(JsonType::String),
            ..Schema::ANY
        },
        &Schema {
            json_type: Some(JsonType::String),
            format: Some(Format::Uuid),
            ..Schema::ANY
        },
    ],
    ..Schema::ANY
};

/// `/components/schemas/Override`
pub static OVERRIDE: Schema = Schema {
    all_of: &[
        &NAMED,
        &Schema {
            json_type: Some(JsonType::Object),
            properties: &[Property::new("name", &OVERRIDE_NAME)],
            ..Schema::ANY
        },
    ],
    ..Schema::ANY
};

/// `/components/schemas/Override/allOf/1/properties/name`
pub static OVERRIDE_NAME: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(&[Literal::String("ada"), Literal::String("grace")]),
    ..Schema::ANY
};

/// `/components/schemas/ShortText`
pub static SHORT_TEXT: Schema = Schema {
    all_of: &[
        &Schema {
            json_type: Some(JsonType::String),
            max_length: Some(9),
            ..Schema::ANY
        },
        &Schema {
            min_length: Some(2),
            ..Schema::ANY
        },
    ],
    ..Schema::ANY
};

/// `/components/schemas/Stricter`
pub static STRICTER: Schema = Schema {
    all_of: &[
        &NAMED,
        &Schema {
            required: &["name"],
            ..Schema::ANY
        },
    ],
    ..Schema::ANY
};

/// `/components/schemas/WithChoice`
pub static WITH_CHOICE: Schema = Schema {
    all_of: &[
        &BASE,
        &Schema {
            one_of: &[
                &NAMED,
                &Schema {
                    json_type: Some(JsonType::Object),
                    properties: &[
                        Property::new(
                            "other",
                            &Schema {
                                json_type: Some(JsonType::String),
                                ..Schema::ANY
                            },
                        ),
                    ],
                    ..Schema::ANY
                },
            ],
            ..Schema::ANY
        },
    ],
    ..Schema::ANY
};

/// `/components/schemas/WithMap`
pub static WITH_MAP: Schema = Schema {
    all_of: &[
        &NAMED,
        &Schema {
            json_type: Some(JsonType::Object),
            additional: Additional::Schema(
                &Schema {
                    json_type: Some(JsonType::Integer),
                    ..Schema::ANY
                },
            ),
            ..Schema::ANY
        },
    ],
    ..Schema::ANY
};

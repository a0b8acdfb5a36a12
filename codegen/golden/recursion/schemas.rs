// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Additional, JsonType, Property, Schema};

/// `/components/schemas/Bush`
pub static BUSH: Schema = Schema {
    json_type: Some(JsonType::Object),
    additional: Additional::Schema(&BUSH),
    ..Schema::ANY
};

/// `/components/schemas/Expression`
pub static EXPRESSION: Schema = Schema {
    one_of: &[
        &Schema {
            json_type: Some(JsonType::Integer),
            ..Schema::ANY
        },
        &NEGATION,
    ],
    ..Schema::ANY
};

/// `/components/schemas/Json`
pub static JSON: Schema = Schema {
    nullable: true,
    one_of: &[
        &Schema {
            json_type: Some(JsonType::Boolean),
            ..Schema::ANY
        },
        &Schema {
            json_type: Some(JsonType::Number),
            ..Schema::ANY
        },
        &Schema {
            json_type: Some(JsonType::String),
            ..Schema::ANY
        },
        &Schema {
            json_type: Some(JsonType::Array),
            items: Some(&JSON),
            ..Schema::ANY
        },
        &Schema {
            json_type: Some(JsonType::Object),
            additional: Additional::Schema(&JSON),
            ..Schema::ANY
        },
    ],
    ..Schema::ANY
};

/// `/components/schemas/List`
pub static LIST: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[Property::new("next", &LIST)],
    ..Schema::ANY
};

/// `/components/schemas/Lists`
pub static LISTS: Schema = Schema {
    json_type: Some(JsonType::Array),
    items: Some(&LISTS),
    ..Schema::ANY
};

/// `/components/schemas/Maybe`
pub static MAYBE: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "next",
            &Schema {
                nullable: true,
                all_of: &[&MAYBE],
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

/// `/components/schemas/Negation`
pub static NEGATION: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[Property::new("of", &EXPRESSION)],
    required: &["of"],
    ..Schema::ANY
};

/// `/components/schemas/Ping`
pub static PING: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[Property::new("pong", &PONG)],
    ..Schema::ANY
};

/// `/components/schemas/Pong`
pub static PONG: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[Property::new("ping", &PING), Property::new("list", &LIST)],
    ..Schema::ANY
};

/// `/components/schemas/Tree`
pub static TREE: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "children",
            &Schema {
                json_type: Some(JsonType::Array),
                items: Some(&TREE),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

pub(crate) static EXPRESSION__INT64: Schema = Schema {
    json_type: Some(JsonType::Integer),
    ..Schema::ANY
};

pub(crate) static JSON__BOOLEAN: Schema = Schema {
    json_type: Some(JsonType::Boolean),
    ..Schema::ANY
};

pub(crate) static JSON__DOUBLE: Schema = Schema {
    json_type: Some(JsonType::Number),
    ..Schema::ANY
};

pub(crate) static JSON__STRING: Schema = Schema {
    json_type: Some(JsonType::String),
    ..Schema::ANY
};

pub(crate) static JSON__ARRAY: Schema = Schema {
    json_type: Some(JsonType::Array),
    items: Some(&JSON),
    ..Schema::ANY
};

pub(crate) static JSON__MAP: Schema = Schema {
    json_type: Some(JsonType::Object),
    additional: Additional::Schema(&JSON),
    ..Schema::ANY
};

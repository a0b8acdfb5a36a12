// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Format, JsonType, Property, Schema};

/// `/components/schemas/Login`
pub static LOGIN: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "name",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property {
            name: "secret",
            schema: &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
            read_only: false,
            write_only: true,
        },
        Property {
            name: "token",
            schema: &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
            read_only: true,
            write_only: false,
        },
    ],
    ..Schema::ANY
};

/// `/components/schemas/Role`
pub static ROLE: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "name",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

/// `/components/schemas/Team`
pub static TEAM: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "members",
            &Schema {
                json_type: Some(JsonType::Array),
                items: Some(&USER),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

/// `/components/schemas/Unused`
pub static UNUSED: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property {
            name: "made",
            schema: &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
            read_only: true,
            write_only: false,
        },
        Property {
            name: "secret",
            schema: &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
            read_only: false,
            write_only: true,
        },
    ],
    ..Schema::ANY
};

/// `/components/schemas/User`
pub static USER: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property {
            name: "id",
            schema: &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Uuid),
                ..Schema::ANY
            },
            read_only: true,
            write_only: false,
        },
        Property::new(
            "name",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property {
            name: "password",
            schema: &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Password),
                ..Schema::ANY
            },
            read_only: false,
            write_only: true,
        },
        Property::new("role", &ROLE),
    ],
    required: &["id", "name", "password"],
    ..Schema::ANY
};

/// `/components/schemas/UserPage`
pub static USER_PAGE: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "items",
            &Schema {
                json_type: Some(JsonType::Array),
                items: Some(&USER),
                ..Schema::ANY
            },
        ),
    ],
    required: &["items"],
    ..Schema::ANY
};

/// `/components/schemas/UserRequest`
pub static USER_REQUEST: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "takesTheName",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Additional, JsonType, Property, Schema};

/// `/components/schemas/Ages`
pub static AGES: Schema = Schema {
    json_type: Some(JsonType::Object),
    additional: Additional::Schema(
        &Schema {
            json_type: Some(JsonType::Integer),
            ..Schema::ANY
        },
    ),
    ..Schema::ANY
};

/// `/components/schemas/Anything`
pub static ANYTHING: Schema = Schema::ANY;

/// `/components/schemas/AnyList`
pub static ANY_LIST: Schema = Schema {
    json_type: Some(JsonType::Array),
    items: Some(&Schema::ANY),
    ..Schema::ANY
};

/// `/components/schemas/AnyObject`
pub static ANY_OBJECT: Schema = Schema {
    json_type: Some(JsonType::Object),
    ..Schema::ANY
};

/// `/components/schemas/Borrower`
pub static BORROWER: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new("address", &OWNER_ADDRESS),
        Property::new("city", &OWNER_ADDRESS_CITY),
    ],
    ..Schema::ANY
};

/// `/components/schemas/Names`
pub static NAMES: Schema = Schema {
    json_type: Some(JsonType::Array),
    items: Some(&TEXT),
    ..Schema::ANY
};

/// `/components/schemas/Owner`
pub static OWNER: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new("address", &OWNER_ADDRESS),
        Property::new(
            "list",
            &Schema {
                json_type: Some(JsonType::Array),
                items: Some(&OWNER_LIST_ITEM),
                ..Schema::ANY
            },
        ),
        Property::new(
            "map",
            &Schema {
                json_type: Some(JsonType::Object),
                additional: Additional::Schema(&OWNER_MAP_VALUE),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

/// `/components/schemas/Owner/properties/address`
pub static OWNER_ADDRESS: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[Property::new("city", &OWNER_ADDRESS_CITY)],
    ..Schema::ANY
};

/// `/components/schemas/Owner/properties/address/properties/city`
pub static OWNER_ADDRESS_CITY: Schema = Schema {
    json_type: Some(JsonType::String),
    min_length: Some(1),
    ..Schema::ANY
};

/// `/components/schemas/Owner/properties/list/items`
pub static OWNER_LIST_ITEM: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "inList",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

/// `/components/schemas/Owner/properties/map/additionalProperties`
pub static OWNER_MAP_VALUE: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "inMap",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

/// `/components/schemas/Pair`
pub static PAIR: Schema = Schema {
    json_type: Some(JsonType::Array),
    items: Some(
        &Schema {
            json_type: Some(JsonType::Array),
            items: Some(&PAIR_ITEM_ITEM),
            ..Schema::ANY
        },
    ),
    ..Schema::ANY
};

/// `/components/schemas/Pair/items/items`
pub static PAIR_ITEM_ITEM: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "inner",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    ..Schema::ANY
};

/// `/components/schemas/Text`
pub static TEXT: Schema = Schema {
    json_type: Some(JsonType::String),
    max_length: Some(3),
    ..Schema::ANY
};

/// `/components/schemas/Truth`
pub static TRUTH: Schema = Schema {
    json_type: Some(JsonType::Boolean),
    ..Schema::ANY
};

/// `/components/schemas/Whole`
pub static WHOLE: Schema = Schema {
    json_type: Some(JsonType::Integer),
    ..Schema::ANY
};

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Property, Schema};

/// `/components/schemas/Ages`
pub static AGES: Schema = Schema::object().additional(&Schema::integer());

/// `/components/schemas/AnyList`
pub static ANY_LIST: Schema = Schema::array().items(&Schema::ANY);

/// `/components/schemas/Names`
pub static NAMES: Schema = Schema::array().items(&TEXT);

/// `/components/schemas/Owner/properties/address/properties/city`
pub static OWNER_ADDRESS_CITY: Schema = Schema::string().min_length(1);

/// `/components/schemas/Pair`
pub static PAIR: Schema = Schema::array().items(&Schema::array().items(&PAIR_ITEM_ITEM));

/// `/components/schemas/Pair/items/items`
pub static PAIR_ITEM_ITEM: Schema = Schema::object()
    .properties(&[Property::new("inner", &Schema::string())]);

/// `/components/schemas/Text`
pub static TEXT: Schema = Schema::string().max_length(3);

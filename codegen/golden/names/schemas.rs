// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Property, Schema};

/// `/components/schemas/MakeThingRequest`
pub static MAKE_THING_REQUEST: Schema = Schema::object()
    .properties(&[Property::new("inline", &MAKE_THING_REQUEST_INLINE2)]);

/// `/components/schemas/MakeThingRequest/properties/inline`
pub static MAKE_THING_REQUEST_INLINE2: Schema = Schema::object()
    .properties(&[Property::new("a", &Schema::string())]);

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Format, Property, Schema};

/// `/components/schemas/Hook`
pub static HOOK: Schema = Schema::object()
    .properties(&[Property::new("url", &Schema::string().format(Format::Uri))]);

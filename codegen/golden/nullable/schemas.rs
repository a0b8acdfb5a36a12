// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Property, Schema};

/// `/components/schemas/NullableText`
pub static NULLABLE_TEXT: Schema = Schema::string().nullable().max_length(5);

/// `/components/schemas/Plain`
pub static PLAIN: Schema = Schema::object()
    .properties(&[Property::new("a", &Schema::string())]);

pub(crate) static HOLDER_CHOICE__INT64: Schema = Schema::integer();

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Literal, Schema};

/// `/components/schemas/Level`
pub static LEVEL: Schema = Schema::string()
    .values(&[Literal::String("low"), Literal::String("high")]);

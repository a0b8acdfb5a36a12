// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Literal, Schema};

/// `/paths/~1me/get/parameters/0/schema`
pub static GET_ME_THEME: Schema = Schema::string()
    .values(&[Literal::String("light"), Literal::String("dark")]);

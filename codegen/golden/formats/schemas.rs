// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Format, Schema};

/// `/components/schemas/Secret`
pub static SECRET: Schema = Schema::string().format(Format::Password).min_length(8);

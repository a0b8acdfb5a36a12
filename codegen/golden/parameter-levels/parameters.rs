// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! Parameters that several operations take.

use civicforge_runtime::schema::{Format, Schema};
use civicforge_runtime::parameter::Parameter;

pub(crate) static ID: Parameter = Parameter::path(
    "id",
    &Schema::string().format(Format::Uuid),
);

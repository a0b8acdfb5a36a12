// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! Parameters that several operations take.

use civicforge_runtime::schema::Schema;
use civicforge_runtime::parameter::Parameter;

pub(crate) static FN: Parameter = Parameter::path("fn", &Schema::string());

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! Parameters that several operations take.

use civicforge_runtime::schema::{Format, Schema};
use civicforge_runtime::parameter::Parameter;

pub(crate) static GUILD_ID: Parameter = Parameter::path(
    "guildId",
    &Schema::string().format(Format::Uuid),
);

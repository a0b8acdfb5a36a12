// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! Parameters that several operations take.

use civicforge_runtime::schema::{Format, Schema};
use civicforge_runtime::parameter::Parameter;
use super::schemas;

pub(crate) static IDEMPOTENCY_KEY: Parameter = Parameter::header(
    "Idempotency-Key",
    &Schema::string().min_length(1).max_length(255).pattern(&schemas::PATTERN_7),
);

pub(crate) static IF_MATCH: Parameter = Parameter::header(
    "If-Match",
    &Schema::string().min_length(1).max_length(1024),
);

pub(crate) static IF_NONE_MATCH: Parameter = Parameter::header(
    "If-None-Match",
    &Schema::string().min_length(1).max_length(1024),
);

pub(crate) static LIMIT: Parameter = Parameter::query(
    "limit",
    &Schema::integer().format(Format::Int32).at_least(1).at_most(100),
);

pub(crate) static PAGE_TOKEN: Parameter = Parameter::query(
    "pageToken",
    &Schema::string().min_length(1).max_length(1024),
);

pub(crate) static QUEST_ID: Parameter = Parameter::path("questId", &schemas::QUEST_ID);

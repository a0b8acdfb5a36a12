// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! Parameters that several operations take.

use super::{rt, schemas};

pub(crate) static IDEMPOTENCY_KEY: rt::Parameter = rt::Parameter::header(
    "Idempotency-Key",
    &rt::Schema::string().min_length(1).max_length(255).pattern(&schemas::PATTERN_7),
);

pub(crate) static IF_MATCH: rt::Parameter = rt::Parameter::header(
    "If-Match",
    &rt::Schema::string().min_length(1).max_length(1024),
);

pub(crate) static IF_NONE_MATCH: rt::Parameter = rt::Parameter::header(
    "If-None-Match",
    &rt::Schema::string().min_length(1).max_length(1024),
);

pub(crate) static LIMIT: rt::Parameter = rt::Parameter::query(
    "limit",
    &rt::Schema::integer().format(rt::Format::Int32).at_least(1).at_most(100),
);

pub(crate) static PAGE_TOKEN: rt::Parameter = rt::Parameter::query(
    "pageToken",
    &rt::Schema::string().min_length(1).max_length(1024),
);

pub(crate) static QUEST_ID: rt::Parameter = rt::Parameter::path(
    "questId",
    &schemas::QUEST_ID,
);

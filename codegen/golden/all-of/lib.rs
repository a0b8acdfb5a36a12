// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! allOf 1.0.0

//!

//! One trait for each tag, whose methods have typed requests and closed responses; [`routes`]

//! makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod json_schema;
#[rustfmt::skip]
pub mod schemas;
#[rustfmt::skip]
pub mod security;
#[rustfmt::skip]
pub mod types;

use civicforge_runtime::operation::Route;

/// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
pub const CONTRACT: &str = include_str!("contract.json");

/// All of the contract's traits.
pub trait Api: security::Authenticate {}

impl<T: security::Authenticate> Api for T {}

/// Every operation of the contract.
pub fn routes<S: Api>() -> Vec<Route<S>> {
    Vec::from([])
}

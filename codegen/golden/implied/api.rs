// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The contract as a whole.

use civicforge_runtime::operation::Route;
use super::security;

/// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
pub const CONTRACT: &str = include_str!("contract.json");

/// All of the contract's traits.
pub trait Api: security::Authenticate {}

impl<T: security::Authenticate> Api for T {}

/// Every operation of the contract.
pub fn routes<S: Api>() -> Vec<Route<S>> {
    Vec::from([])
}

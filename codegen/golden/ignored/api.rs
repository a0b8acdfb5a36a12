// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The contract as a whole.

use std::sync::Arc;
use civicforge_runtime::operation::{Descriptor, Route};
use super::default;

/// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
pub const CONTRACT: &str = include_str!("contract.json");

/// All of the contract's traits.
pub trait Api: default::DefaultApi {}

impl<T: default::DefaultApi> Api for T {}

/// Every operation of the contract.
pub static OPERATIONS: &[&Descriptor] = &[&default::post_hook::DESCRIPTOR];

/// Every operation of the contract, all carried out by one server. The modules of tags have `routes` too, for servers
/// that carry out one tag each.
pub fn routes<S: Api>(server: &Arc<S>) -> Vec<Route> {
    [default::routes(server)].concat()
}

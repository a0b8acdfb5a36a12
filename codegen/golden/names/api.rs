// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The contract as a whole.

use std::sync::Arc;
use civicforge_runtime::operation::{Descriptor, Route};
use super::naive_tag;
use super::empty;
use super::self_;
use super::types_2;

/// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
pub const CONTRACT: &str = include_str!("contract.json");

/// All of the contract's traits.
pub trait Api: naive_tag::NaiveTagApi + empty::Api + self_::SelfApi + types_2::TypesApi {}

impl<T: naive_tag::NaiveTagApi + empty::Api + self_::SelfApi + types_2::TypesApi> Api
for T {}

/// Every operation of the contract.
pub static OPERATIONS: &[&Descriptor] = &[
    &naive_tag::r#type::DESCRIPTOR,
    &empty::r#type::DESCRIPTOR,
    &self_::make_thing::DESCRIPTOR,
    &types_2::mod_2::DESCRIPTOR,
    &types_2::context::DESCRIPTOR,
];

/// Every operation of the contract, all carried out by one server. The modules of tags have `routes` too, for servers
/// that carry out one tag each.
pub fn routes<S: Api>(server: &Arc<S>) -> Vec<Route> {
    [
        naive_tag::routes(server),
        empty::routes(server),
        self_::routes(server),
        types_2::routes(server),
    ]
        .concat()
}

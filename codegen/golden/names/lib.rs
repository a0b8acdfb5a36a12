// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! Names 1.0.0

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
#[rustfmt::skip]
pub mod naive_tag;
#[rustfmt::skip]
pub mod empty;
#[rustfmt::skip]
pub mod self_;

use civicforge_runtime::operation::Route;

/// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
pub const CONTRACT: &str = include_str!("contract.json");

/// All of the contract's traits.
pub trait Api: naive_tag::NaiveTagApi + empty::Api + self_::SelfApi {}

impl<T: naive_tag::NaiveTagApi + empty::Api + self_::SelfApi> Api for T {}

/// Every operation of the contract.
pub fn routes<S: Api>() -> Vec<Route<S>> {
    Vec::from([
        Route::of::<naive_tag::r#type::Type>(),
        Route::of::<empty::r#type::TypeOperation>(),
        Route::of::<self_::make_thing::MakeThingOperation>(),
    ])
}

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! Tags 1.0.0

//!

//! With prose.

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
pub mod zebras;
#[rustfmt::skip]
pub mod apes;
#[rustfmt::skip]
pub mod other_things;
#[rustfmt::skip]
pub mod default;

use civicforge_runtime::operation::Route;

/// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
pub const CONTRACT: &str = include_str!("contract.json");

/// All of the contract's traits.
pub trait Api: zebras::ZebrasApi + apes::ApesApi + other_things::OtherThingsApi + default::DefaultApi {}

impl<
    T: zebras::ZebrasApi + apes::ApesApi + other_things::OtherThingsApi
        + default::DefaultApi,
> Api for T {}

/// Every operation of the contract.
pub fn routes<S: Api>() -> Vec<Route<S>> {
    Vec::from([
        Route::of::<zebras::b::B>(),
        Route::of::<apes::a::A>(),
        Route::of::<other_things::d::D>(),
        Route::of::<default::c::C>(),
    ])
}

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The contract as a whole.

use civicforge_runtime::operation::Route;
use super::zebras;
use super::apes;
use super::other_things;
use super::default;

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

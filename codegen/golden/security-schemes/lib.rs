// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! Security 1.0.0

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
pub mod default;

use civicforge_runtime::operation::Route;

/// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
pub const CONTRACT: &str = include_str!("contract.json");

/// All of the contract's traits.
pub trait Api: default::DefaultApi {}

impl<T: default::DefaultApi> Api for T {}

/// Every operation of the contract.
pub fn routes<S: Api>() -> Vec<Route<S>> {
    Vec::from([
        Route::of::<default::inherited::Inherited>(),
        Route::of::<default::public::Public>(),
        Route::of::<default::nobody::Nobody>(),
        Route::of::<default::optional::Optional>(),
        Route::of::<default::or::Or>(),
        Route::of::<default::or_again::OrAgain>(),
        Route::of::<default::and::And>(),
        Route::of::<default::both::Both>(),
        Route::of::<default::scopes::Scopes>(),
        Route::of::<default::openid::Openid>(),
    ])
}

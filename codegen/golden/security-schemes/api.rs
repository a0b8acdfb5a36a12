// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The contract as a whole.

use civicforge_runtime::operation::Route;
use super::default;

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
        Route::of::<default::either_scope::EitherScope>(),
        Route::of::<default::openid::Openid>(),
    ])
}

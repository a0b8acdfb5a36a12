// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The contract as a whole.

use civicforge_runtime::operation::Route;
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
pub fn routes<S: Api>() -> Vec<Route<S>> {
    Vec::from([
        Route::of::<naive_tag::r#type::Type>(),
        Route::of::<empty::r#type::TypeOperation>(),
        Route::of::<self_::make_thing::MakeThingOperation>(),
        Route::of::<types_2::mod_2::Mod>(),
        Route::of::<types_2::context::ContextOperation>(),
    ])
}

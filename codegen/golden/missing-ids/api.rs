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
        Route::of::<default::get_v1::GetV1>(),
        Route::of::<default::get_v2_pets_by_pet_id_toys::GetV2PetsByPetIdToys>(),
        Route::of::<default::patch_pets_by_pet_id_toys::PatchPetsByPetIdToys>(),
        Route::of::<default::get_v1_ab2::GetV1Ab2>(),
        Route::of::<default::get_v1_ab3::GetV1Ab3>(),
        Route::of::<default::get_v1_ab::GetV1Ab>(),
        Route::of::<default::head_v1_c::HeadV1C>(),
        Route::of::<default::options_v1_c::OptionsV1C>(),
        Route::of::<default::trace_v1_c::TraceV1C>(),
    ])
}

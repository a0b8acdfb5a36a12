// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The contract as a whole.

use civicforge_runtime::operation::Route;
use super::quests;

/// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
pub const CONTRACT: &str = include_str!("contract.json");

/// All of the contract's traits.
pub trait Api: quests::QuestsApi {}

impl<T: quests::QuestsApi> Api for T {}

/// Every operation of the contract.
pub fn routes<S: Api>() -> Vec<Route<S>> {
    Vec::from([
        Route::of::<quests::create_quest::CreateQuest>(),
        Route::of::<quests::read_ranking::ReadRanking>(),
    ])
}

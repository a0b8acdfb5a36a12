// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The contract as a whole.

use civicforge_runtime::operation::Route;
use super::health;
use super::auth;
use super::users;
use super::quests;

/// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
pub const CONTRACT: &str = include_str!("contract.json");

/// All of the contract's traits.
pub trait Api: health::HealthApi + auth::AuthApi + users::UsersApi + quests::QuestsApi {}

impl<T: health::HealthApi + auth::AuthApi + users::UsersApi + quests::QuestsApi> Api
for T {}

/// Every operation of the contract.
pub fn routes<S: Api>() -> Vec<Route<S>> {
    Vec::from([
        Route::of::<health::get_health::GetHealth>(),
        Route::of::<health::get_readiness::GetReadiness>(),
        Route::of::<auth::get_jwks::GetJwks>(),
        Route::of::<auth::register_user::RegisterUser>(),
        Route::of::<auth::login_user::LoginUser>(),
        Route::of::<auth::refresh_token::RefreshToken>(),
        Route::of::<auth::logout_user::LogoutUser>(),
        Route::of::<users::get_current_user::GetCurrentUser>(),
        Route::of::<users::update_current_user::UpdateCurrentUser>(),
        Route::of::<users::update_wallet::UpdateWallet>(),
        Route::of::<users::get_user_profile::GetUserProfile>(),
        Route::of::<quests::list_my_quests::ListMyQuests>(),
        Route::of::<quests::list_quests::ListQuests>(),
        Route::of::<quests::create_quest::CreateQuest>(),
        Route::of::<quests::get_quest::GetQuest>(),
        Route::of::<quests::delete_quest::DeleteQuest>(),
        Route::of::<quests::claim_quest::ClaimQuest>(),
        Route::of::<quests::unclaim_quest::UnclaimQuest>(),
        Route::of::<quests::submit_quest::SubmitQuest>(),
        Route::of::<quests::attest_quest::AttestQuest>(),
        Route::of::<quests::dispute_quest::DisputeQuest>(),
        Route::of::<quests::resolve_quest::ResolveQuest>(),
    ])
}

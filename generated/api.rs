// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The contract as a whole.

use std::sync::Arc;
use civicforge_runtime::operation::{Descriptor, Route};
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
pub static OPERATIONS: &[&Descriptor] = &[
    &health::get_health::DESCRIPTOR,
    &health::get_readiness::DESCRIPTOR,
    &auth::get_jwks::DESCRIPTOR,
    &auth::register_user::DESCRIPTOR,
    &auth::login_user::DESCRIPTOR,
    &auth::refresh_token::DESCRIPTOR,
    &auth::logout_user::DESCRIPTOR,
    &users::get_current_user::DESCRIPTOR,
    &users::update_current_user::DESCRIPTOR,
    &users::update_wallet::DESCRIPTOR,
    &users::get_user_profile::DESCRIPTOR,
    &quests::list_my_quests::DESCRIPTOR,
    &quests::list_quests::DESCRIPTOR,
    &quests::create_quest::DESCRIPTOR,
    &quests::get_quest::DESCRIPTOR,
    &quests::delete_quest::DESCRIPTOR,
    &quests::claim_quest::DESCRIPTOR,
    &quests::unclaim_quest::DESCRIPTOR,
    &quests::submit_quest::DESCRIPTOR,
    &quests::attest_quest::DESCRIPTOR,
    &quests::dispute_quest::DESCRIPTOR,
    &quests::resolve_quest::DESCRIPTOR,
];

/// Every operation of the contract, all carried out by one server. The modules of tags have `routes` too, for servers
/// that carry out one tag each.
pub fn routes<S: Api>(server: &Arc<S>) -> Vec<Route> {
    [
        health::routes(server),
        auth::routes(server),
        users::routes(server),
        quests::routes(server),
    ]
        .concat()
}

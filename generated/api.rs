// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The contract as a whole.

use super::rt;

/// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
pub const CONTRACT: &str = include_str!("contract.json");

/// All of the contract's traits.
pub trait Api: super::health::HealthApi + super::auth::AuthApi + super::users::UsersApi + super::quests::QuestsApi {}

impl<
    T: super::health::HealthApi + super::auth::AuthApi + super::users::UsersApi
        + super::quests::QuestsApi,
> Api for T {}

/// Every operation of the contract.
pub static OPERATIONS: &[&rt::Descriptor] = &[
    &super::health::get_health::DESCRIPTOR,
    &super::health::get_readiness::DESCRIPTOR,
    &super::auth::get_jwks::DESCRIPTOR,
    &super::auth::register_user::DESCRIPTOR,
    &super::auth::login_user::DESCRIPTOR,
    &super::auth::refresh_token::DESCRIPTOR,
    &super::auth::logout_user::DESCRIPTOR,
    &super::users::get_current_user::DESCRIPTOR,
    &super::users::update_current_user::DESCRIPTOR,
    &super::users::update_wallet::DESCRIPTOR,
    &super::users::get_user_profile::DESCRIPTOR,
    &super::quests::list_my_quests::DESCRIPTOR,
    &super::quests::list_quests::DESCRIPTOR,
    &super::quests::create_quest::DESCRIPTOR,
    &super::quests::get_quest::DESCRIPTOR,
    &super::quests::delete_quest::DESCRIPTOR,
    &super::quests::claim_quest::DESCRIPTOR,
    &super::quests::unclaim_quest::DESCRIPTOR,
    &super::quests::submit_quest::DESCRIPTOR,
    &super::quests::attest_quest::DESCRIPTOR,
    &super::quests::dispute_quest::DESCRIPTOR,
    &super::quests::resolve_quest::DESCRIPTOR,
];

/// Every operation of the contract, all carried out by one server. The modules of tags have `routes` too, for servers
/// that carry out one tag each.
pub fn routes<S: Api>(server: &rt::Arc<S>) -> Vec<rt::Route> {
    [
        super::health::routes(server),
        super::auth::routes(server),
        super::users::routes(server),
        super::quests::routes(server),
    ]
        .concat()
}

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "Users".

pub mod get_current_user;
pub mod update_current_user;
pub mod update_wallet;
pub mod get_user_profile;

use super::{rt, security};
pub use self::get_current_user::{
    GetCurrentUserError, GetCurrentUserRequest, GetCurrentUserResponse,
};
pub use self::update_current_user::{
    UpdateCurrentUserError, UpdateCurrentUserRequest, UpdateCurrentUserResponse,
};
pub use self::update_wallet::{
    UpdateWalletError, UpdateWalletRequest, UpdateWalletResponse,
};
pub use self::get_user_profile::{
    GetUserProfileError, GetUserProfileRequest, GetUserProfileResponse,
};

/// A member's own account, and the public profiles of others.
pub trait UsersApi: security::Authenticate {
    /// Read one's own account.
    ///
    /// For members. Everything that is known about the caller, also what others do not see. Codes:
    /// 400 `invalid_request`, 401 `unauthenticated`, 406 `not_acceptable`.
    ///
    /// `GET /api/v1/users/me`
    fn get_current_user(
        &self,
        context: &rt::Context,
        principal: Self::BearerAuth,
        request: GetCurrentUserRequest,
    ) -> impl Future<
        Output = Result<GetCurrentUserResponse, GetCurrentUserError>,
    > + Send;

    /// Replace the editable fields of one's own account.
    ///
    /// For members. Replaces `name`, `username`, `phoneNumber` and `userType` as a whole.
    /// `username` and `phoneNumber` are cleared by `null` and also by leaving them out, so a client
    /// sends all that it wants to keep. Everything else in the account changes only through the
    /// operations made for it.
    ///
    /// Codes: 400 `invalid_request`, 401 `unauthenticated`, 406 `not_acceptable`, 408
    /// `request_timeout`, 412 `precondition_failed`, 413 `payload_too_large`, 415
    /// `unsupported_media_type`.
    ///
    /// `PUT /api/v1/users/me`
    fn update_current_user(
        &self,
        context: &rt::Context,
        principal: Self::BearerAuth,
        request: UpdateCurrentUserRequest,
    ) -> impl Future<
        Output = Result<UpdateCurrentUserResponse, UpdateCurrentUserError>,
    > + Send;

    /// Set or remove one's wallet address.
    ///
    /// For members. Sets the Ethereum address against which the member's attestation signatures are
    /// checked, or removes it with `null`. Attestations made before keep their signature.
    ///
    /// Codes: 400 `invalid_request` (a wrong EIP-55 checksum is a violation of the rule `eip55`),
    /// 401 `unauthenticated`, 406 `not_acceptable`, 408 `request_timeout`, 412
    /// `precondition_failed`, 413 `payload_too_large`, 415 `unsupported_media_type`.
    ///
    /// `PUT /api/v1/users/me/wallet`
    fn update_wallet(
        &self,
        context: &rt::Context,
        principal: Self::BearerAuth,
        request: UpdateWalletRequest,
    ) -> impl Future<Output = Result<UpdateWalletResponse, UpdateWalletError>> + Send;

    /// Read a member's public profile.
    ///
    /// For members. What every member may know about another, with counts of their quests. It never
    /// has the e-mail address, telephone number, wallet address or quest-creation points, not even
    /// for the caller's own profile. Codes: 400 `invalid_request`, 401 `unauthenticated`, 404
    /// `not_found`, 406 `not_acceptable`.
    ///
    /// `GET /api/v1/users/{userId}`
    fn get_user_profile(
        &self,
        context: &rt::Context,
        principal: Self::BearerAuth,
        request: GetUserProfileRequest,
    ) -> impl Future<
        Output = Result<GetUserProfileResponse, GetUserProfileError>,
    > + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: UsersApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
    Vec::from([
        rt::Route::of::<get_current_user::GetCurrentUser, S>(server),
        rt::Route::of::<update_current_user::UpdateCurrentUser, S>(server),
        rt::Route::of::<update_wallet::UpdateWallet, S>(server),
        rt::Route::of::<get_user_profile::GetUserProfile, S>(server),
    ])
}

//! The operations of the tag Users.

use civicforge_api::types::UserUpdate;
use civicforge_api::users::{
    GetCurrentUserError, GetCurrentUserRequest, GetCurrentUserResponse, GetUserProfileError,
    GetUserProfileRequest, GetUserProfileResponse, ListUsersError, ListUsersRequest,
    ListUsersResponse, UpdateCurrentUserError, UpdateCurrentUserRequest, UpdateCurrentUserResponse,
    UpdateWalletError, UpdateWalletRequest, UpdateWalletResponse, UsersApi,
};
use civicforge_kernel::lists::PageRequest;
use civicforge_kernel::refusal::refused;
use civicforge_kernel::table::Write;
use civicforge_kernel::text::Texts;
use civicforge_runtime::context::Context;
use civicforge_runtime::status::{BadRequest, NotFound};
use civicforge_runtime::values::Nullable;

use super::Users;
use super::admin::{NotAdmin, is_admin};
use super::item::profile_etag;
use super::store;
use super::text;
use crate::members::no_account;
use crate::members::{Authenticated, Member};
use crate::users::wallet::Address;

impl UsersApi for Authenticated<Users> {
    async fn get_current_user(
        &self,
        _context: &Context,
        member: Member,
        request: GetCurrentUserRequest,
    ) -> Result<GetCurrentUserResponse, GetCurrentUserError> {
        let account = store::find(&self.table, member.user_id).await?;
        let account = account.ok_or_else(no_account)?;
        let etag = account.etag();
        let known = request.if_none_match.is_some_and(|h| etag.is_known_to(&h));
        let etag = etag.to_string();
        if known {
            return Ok(GetCurrentUserResponse::NotModified { etag });
        }
        let body = account.shown_to_owner()?;
        Ok(GetCurrentUserResponse::Ok { etag, body })
    }

    async fn update_current_user(
        &self,
        _context: &Context,
        member: Member,
        request: UpdateCurrentUserRequest,
    ) -> Result<UpdateCurrentUserResponse, UpdateCurrentUserError> {
        let UserUpdate {
            name,
            username,
            phone_number,
            user_type,
        } = request.body;
        let mut texts = Texts::default();
        let name = texts.apply(text::NAME, &name);
        let name = texts.finish(name)?;
        // Absent and null are alike: the fields are replaced as a whole.
        let username = username.and_then(Nullable::into_option);
        let phone_number = phone_number.and_then(Nullable::into_option);
        let changes = |write: Write| {
            let write = write.set("userType", user_type.as_str());
            let write = set_or_remove(write, "username", username.as_ref());
            set_or_remove(write, "phoneNumber", phone_number.as_ref())
        };
        let if_match = request.if_match.as_deref();
        let account = store::rename(&self.table, member.user_id, if_match, &name, changes).await?;
        let etag = account.etag().to_string();
        let body = account.shown_to_owner()?;
        Ok(UpdateCurrentUserResponse { etag, body })
    }

    async fn update_wallet(
        &self,
        _context: &Context,
        member: Member,
        request: UpdateWalletRequest,
    ) -> Result<UpdateWalletResponse, UpdateWalletError> {
        let sent = request.body.wallet_address.into_option();
        let address = sent.as_deref().map(checked_address).transpose()?;
        let changes = |write| set_or_remove(write, "walletAddress", address.as_ref());
        let if_match = request.if_match.as_deref();
        let account = store::change(&self.table, member.user_id, if_match, changes);
        let account = account.await?;
        let etag = account.etag().to_string();
        let body = account.shown_to_owner()?;
        Ok(UpdateWalletResponse { etag, body })
    }

    async fn list_users(
        &self,
        _context: &Context,
        member: Member,
        request: ListUsersRequest,
    ) -> Result<ListUsersResponse, ListUsersError> {
        if !is_admin(&self.table, member.user_id).await? {
            return Err(refused(&NotAdmin));
        }
        let page = PageRequest {
            limit: request.limit,
            token: request.page_token.as_deref(),
        };
        let search = request.search.as_deref().unwrap_or_default();
        let body = self.listed(&member, search, page).await?;
        Ok(ListUsersResponse { body })
    }

    async fn get_user_profile(
        &self,
        _context: &Context,
        _member: Member,
        request: GetUserProfileRequest,
    ) -> Result<GetUserProfileResponse, GetUserProfileError> {
        let account = store::find(&self.table, *request.user_id).await?;
        let account =
            account.ok_or_else(|| NotFound::default().detail("There is no such member."))?;
        let body = account.shown_to_all();
        let etag = profile_etag(&body)?;
        let known = request.if_none_match.is_some_and(|h| etag.is_known_to(&h));
        let etag = etag.to_string();
        Ok(if known {
            GetUserProfileResponse::NotModified { etag }
        } else {
            GetUserProfileResponse::Ok { etag, body }
        })
    }
}

fn set_or_remove(write: Write, name: &'static str, value: Option<&String>) -> Write {
    match value {
        Some(value) => write.set(name, value),
        None => write.remove(name),
    }
}

/// The address with its checksum. The contract's pattern has been checked, so only the checksum can be wrong.
fn checked_address(sent: &str) -> Result<String, BadRequest> {
    let mut texts = Texts::default();
    let address = Address::parse(sent).map(|address| address.to_string());
    let address = address.unwrap_or_else(|error| {
        texts.refuse("walletAddress", "eip55", error.to_string());
        String::new()
    });
    texts.finish(address)
}

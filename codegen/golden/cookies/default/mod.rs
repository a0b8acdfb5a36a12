// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "default".

pub mod get_me;

use civicforge_runtime::context::Context;
use std::sync::Arc;
use civicforge_runtime::operation::Route;
use super::security::Authenticate;
pub use self::get_me::{GetMeError, GetMeRequest, GetMeResponse};

/// The operations of the tag "default".
pub trait DefaultApi: Authenticate {
    /// `GET /me`
    fn get_me(
        &self,
        context: &Context,
        principal: Self::Session,
        request: GetMeRequest,
    ) -> impl Future<Output = Result<GetMeResponse, GetMeError>> + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: DefaultApi>(server: &Arc<S>) -> Vec<Route> {
    Vec::from([Route::of::<get_me::GetMe, S>(server)])
}

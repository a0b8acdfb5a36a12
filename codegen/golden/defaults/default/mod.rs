// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "default".

pub mod get_defaults;

use civicforge_runtime::context::Context;
use std::sync::Arc;
use civicforge_runtime::operation::Route;
pub use self::get_defaults::{GetDefaultsError, GetDefaultsRequest, GetDefaultsResponse};

/// The operations of the tag "default".
pub trait DefaultApi: Sized + Send + Sync + 'static {
    /// `GET /defaults`
    fn get_defaults(
        &self,
        context: &Context,
        request: GetDefaultsRequest,
    ) -> impl Future<Output = Result<GetDefaultsResponse, GetDefaultsError>> + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: DefaultApi>(server: &Arc<S>) -> Vec<Route> {
    Vec::from([Route::of::<get_defaults::GetDefaults, S>(server)])
}

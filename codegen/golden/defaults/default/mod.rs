// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "default".

pub mod get_defaults;

use civicforge_runtime::context::Context;
use super::security::Authenticate;
pub use self::get_defaults::{GetDefaultsError, GetDefaultsRequest, GetDefaultsResponse};

/// The operations of the tag "default".
pub trait DefaultApi: Authenticate {
    /// `GET /defaults`
    fn get_defaults(
        &self,
        context: &Context,
        request: GetDefaultsRequest,
    ) -> impl Future<Output = Result<GetDefaultsResponse, GetDefaultsError>> + Send;
}

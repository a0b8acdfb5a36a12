// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "default".

pub mod post_hook;

use civicforge_runtime::context::Context;
use super::security::Authenticate;
pub use self::post_hook::{PostHookError, PostHookRequest, PostHookResponse};

/// The operations of the tag "default".
pub trait DefaultApi: Authenticate {
    /// `POST /hooks`
    fn post_hook(
        &self,
        context: &Context,
        request: PostHookRequest,
    ) -> impl Future<Output = Result<PostHookResponse, PostHookError>> + Send;
}

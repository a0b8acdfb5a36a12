// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "default".

pub mod post_hook;

use civicforge_runtime::context::Context;
use std::sync::Arc;
use civicforge_runtime::operation::Route;
pub use self::post_hook::{PostHookError, PostHookRequest, PostHookResponse};

/// The operations of the tag "default".
pub trait DefaultApi: Sized + Send + Sync + 'static {
    /// `POST /hooks`
    fn post_hook(
        &self,
        context: &Context,
        request: PostHookRequest,
    ) -> impl Future<Output = Result<PostHookResponse, PostHookError>> + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: DefaultApi>(server: &Arc<S>) -> Vec<Route> {
    Vec::from([Route::of::<post_hook::PostHook, S>(server)])
}

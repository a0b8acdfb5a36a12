// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "default".

pub mod post_thing;
pub mod get_local;

use civicforge_runtime::context::Context;
use std::sync::Arc;
use civicforge_runtime::operation::Route;
pub use self::post_thing::{PostThingError, PostThingRequest, PostThingResponse};
pub use self::get_local::{GetLocalError, GetLocalRequest, GetLocalResponse};

/// The operations of the tag "default".
pub trait DefaultApi: Sized + Send + Sync + 'static {
    /// `POST /things`
    fn post_thing(
        &self,
        context: &Context,
        request: PostThingRequest,
    ) -> impl Future<Output = Result<PostThingResponse, PostThingError>> + Send;

    /// `GET /local`
    fn get_local(
        &self,
        context: &Context,
        request: GetLocalRequest,
    ) -> impl Future<Output = Result<GetLocalResponse, GetLocalError>> + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: DefaultApi>(server: &Arc<S>) -> Vec<Route> {
    Vec::from([
        Route::of::<post_thing::PostThing, S>(server),
        Route::of::<get_local::GetLocal, S>(server),
    ])
}

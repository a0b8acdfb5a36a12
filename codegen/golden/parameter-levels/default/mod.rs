// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "default".

pub mod get_thing;
pub mod delete_thing;

use civicforge_runtime::context::Context;
use std::sync::Arc;
use civicforge_runtime::operation::Route;
pub use self::get_thing::{GetThingError, GetThingRequest, GetThingResponse};
pub use self::delete_thing::{DeleteThingError, DeleteThingRequest, DeleteThingResponse};

/// The operations of the tag "default".
pub trait DefaultApi: Sized + Send + Sync + 'static {
    /// `GET /things/{id}`
    fn get_thing(
        &self,
        context: &Context,
        request: GetThingRequest,
    ) -> impl Future<Output = Result<GetThingResponse, GetThingError>> + Send;

    /// `DELETE /things/{id}`
    fn delete_thing(
        &self,
        context: &Context,
        request: DeleteThingRequest,
    ) -> impl Future<Output = Result<DeleteThingResponse, DeleteThingError>> + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: DefaultApi>(server: &Arc<S>) -> Vec<Route> {
    Vec::from([
        Route::of::<get_thing::GetThing, S>(server),
        Route::of::<delete_thing::DeleteThing, S>(server),
    ])
}

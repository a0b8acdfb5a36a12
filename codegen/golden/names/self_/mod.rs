// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "Self".

pub mod make_thing;

use civicforge_runtime::context::Context;
use std::sync::Arc;
use civicforge_runtime::operation::Route;
pub use self::make_thing::{
    MakeThingOperationError, MakeThingOperationRequest, MakeThingOperationResponse,
};

/// The operations of the tag "Self".
pub trait SelfApi: Sized + Send + Sync + 'static {
    /// `POST /type/{fn}`
    fn make_thing(
        &self,
        context: &Context,
        request: MakeThingOperationRequest,
    ) -> impl Future<
        Output = Result<MakeThingOperationResponse, MakeThingOperationError>,
    > + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: SelfApi>(server: &Arc<S>) -> Vec<Route> {
    Vec::from([Route::of::<make_thing::MakeThingOperation, S>(server)])
}

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "".

pub mod r#type;

use civicforge_runtime::context::Context;
use std::sync::Arc;
use civicforge_runtime::operation::Route;
pub use self::r#type::{TypeOperationError, TypeOperationRequest, TypeOperationResponse};

/// The operations of the tag "".
pub trait Api: Sized + Send + Sync + 'static {
    /// `PUT /type/{fn}`
    fn r#type(
        &self,
        context: &Context,
        request: TypeOperationRequest,
    ) -> impl Future<Output = Result<TypeOperationResponse, TypeOperationError>> + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: Api>(server: &Arc<S>) -> Vec<Route> {
    Vec::from([Route::of::<r#type::TypeOperation, S>(server)])
}

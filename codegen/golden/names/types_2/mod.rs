// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "types".

pub mod mod_2;
pub mod context;

use civicforge_runtime::context::Context;
use super::security::Authenticate;
pub use self::mod_2::{ModError, ModResponse};
pub use self::context::{ContextOperationError, ContextOperationResponse};

/// The operations of the tag "types".
pub trait TypesApi: Authenticate {
    /// `GET /mod`
    fn mod_2(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<ModResponse, ModError>> + Send;

    /// `PUT /mod`
    fn context(
        &self,
        context: &Context,
    ) -> impl Future<
        Output = Result<ContextOperationResponse, ContextOperationError>,
    > + Send;
}

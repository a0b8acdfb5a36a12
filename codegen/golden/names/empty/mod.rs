// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "".

pub mod r#type;

use civicforge_runtime::context::Context;
use super::security::Authenticate;
pub use self::r#type::{TypeOperationError, TypeOperationRequest, TypeOperationResponse};

/// The operations of the tag "".
pub trait Api: Authenticate {
    /// `PUT /type/{fn}`
    fn r#type(
        &self,
        context: &Context,
        request: TypeOperationRequest,
    ) -> impl Future<Output = Result<TypeOperationResponse, TypeOperationError>> + Send;
}

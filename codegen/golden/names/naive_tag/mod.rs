// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "naïve tag".

pub mod r#type;

use civicforge_runtime::context::Context;
use super::security::Authenticate;
pub use self::r#type::{TypeError, TypeRequest, TypeResponse};

/// The operations of the tag "naïve tag".
pub trait NaiveTagApi: Authenticate {
    /// `GET /type/{fn}`
    fn r#type(
        &self,
        context: &Context,
        request: TypeRequest,
    ) -> impl Future<Output = Result<TypeResponse, TypeError>> + Send;
}

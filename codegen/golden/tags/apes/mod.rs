// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "apes".

pub mod a;

use civicforge_runtime::context::Context;
use super::security::Authenticate;
pub use self::a::{AError, AResponse};

/// The operations of the tag "apes".
pub trait ApesApi: Authenticate {
    /// `GET /a`
    fn a(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<AResponse, AError>> + Send;
}

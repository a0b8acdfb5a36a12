// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "zebras".

pub mod b;

use civicforge_runtime::context::Context;
use super::security::Authenticate;
pub use self::b::{BError, BResponse};

/// Striped.
pub trait ZebrasApi: Authenticate {
    /// `GET /b`
    fn b(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<BResponse, BError>> + Send;
}

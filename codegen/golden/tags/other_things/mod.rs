// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "Other things".

pub mod d;

use civicforge_runtime::context::Context;
use super::security::Authenticate;
pub use self::d::{DError, DResponse};

/// The operations of the tag "Other things".
pub trait OtherThingsApi: Authenticate {
    /// `GET /d`
    fn d(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<DResponse, DError>> + Send;
}

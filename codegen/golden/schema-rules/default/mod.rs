// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "default".

pub mod put_rules;

use civicforge_runtime::context::Context;
use std::sync::Arc;
use civicforge_runtime::operation::Route;
pub use self::put_rules::{PutRulesError, PutRulesRequest, PutRulesResponse};

/// The operations of the tag "default".
pub trait DefaultApi: Sized + Send + Sync + 'static {
    /// `PUT /rules`
    fn put_rules(
        &self,
        context: &Context,
        request: PutRulesRequest,
    ) -> impl Future<Output = Result<PutRulesResponse, PutRulesError>> + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: DefaultApi>(server: &Arc<S>) -> Vec<Route> {
    Vec::from([Route::of::<put_rules::PutRules, S>(server)])
}

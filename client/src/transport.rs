//! What all operations of a client share.

use std::fmt;
use std::sync::Arc;

use crate::Error;
use crate::retry::{Budget, RetryPolicy};
use crate::session::Session;
use crate::tokens::{OnTokens, Tokens};

/// What the contract says about an operation that its request does not show.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operation {
    /// Whether it takes an access token.
    pub(crate) authorized: bool,
    /// Whether it takes an `Idempotency-Key`.
    pub(crate) idempotency_key: bool,
}

/// What all operations of a client share, and all clones of the client.
#[derive(Clone)]
pub struct Transport {
    pub(crate) session: Arc<Session>,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Arc<Budget>,
}

impl Transport {
    pub(crate) fn new(
        retry: RetryPolicy,
        tokens: Option<Tokens>,
        on_tokens: Option<OnTokens>,
    ) -> Result<Self, Error> {
        let budget = Arc::new(Budget::new(&retry));
        Ok(Self {
            session: Arc::new(Session::new(tokens, on_tokens)?),
            retry,
            budget,
        })
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

//! What deliveries of webhooks have in common.

use std::time::Duration;

use reqwest::{Client, redirect};

/// How deliveries are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivering {
    /// Each of them once, in order.
    Once,
    /// Each of them twice.
    Twice,
    /// Not at all: they are only kept in the state.
    Held,
}

impl Delivering {
    /// How often something is kept.
    pub(crate) fn times(self) -> usize {
        match self {
            Self::Once | Self::Held => 1,
            Self::Twice => 2,
        }
    }
}

/// What delivers, to endpoints that answer in time. None where there can be none on this machine.
pub(crate) fn client(answer: Duration) -> Option<Client> {
    let client = Client::builder()
        .timeout(answer)
        .redirect(redirect::Policy::none())
        .no_proxy()
        .build();
    if let Err(error) = &client {
        tracing::error!(%error, "there is no client that could deliver webhooks");
    }
    client.ok()
}

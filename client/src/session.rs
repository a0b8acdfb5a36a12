//! A session: its tokens at the moment, and their renewal.
//!
//! A refresh token can be used once; a second use ends the session. Hence two rules. However many calls meet an
//! access token that has expired, one of them starts the renewal and all wait for it. And the renewal is a task of its
//! own: a caller that loses patience and drops its call does not drop the answer that has the only valid refresh token.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::FutureExt;
use futures::future::{BoxFuture, Shared};
use reqwest::StatusCode;
use reqwest::header::HeaderValue;

use crate::Error;
use crate::tokens::{OnTokens, Tokens};

/// How a renewal ended.
pub(crate) enum Renewal {
    /// There are other tokens than before.
    Renewed,
    /// There is nothing to renew with.
    Impossible,
    /// The server did not renew them.
    Failed(Arc<Error>),
}

/// A renewal that is under way.
type Pending = Shared<BoxFuture<'static, Result<(), Arc<Error>>>>;

pub(crate) struct Session {
    state: Mutex<State>,
    on_tokens: Option<OnTokens>,
}

#[derive(Default)]
struct State {
    current: Option<Current>,
    /// Counts the changes of `current`.
    generation: u64,
    pending: Option<Pending>,
}

struct Current {
    tokens: Tokens,
    /// The header with the access token.
    authorization: HeaderValue,
}

impl Current {
    fn new(tokens: Tokens) -> Result<Self, Error> {
        let mut authorization = HeaderValue::try_from(format!("Bearer {}", tokens.access_token))
            .map_err(|_| {
                Error::Configuration(
                    "The access token has characters that cannot be sent.".to_owned(),
                )
            })?;
        authorization.set_sensitive(true);
        Ok(Self {
            tokens,
            authorization,
        })
    }
}

impl Session {
    pub(crate) fn new(tokens: Option<Tokens>, on_tokens: Option<OnTokens>) -> Result<Self, Error> {
        let state = State {
            current: tokens.map(Current::new).transpose()?,
            ..State::default()
        };
        Ok(Self {
            state: Mutex::new(state),
            on_tokens,
        })
    }

    pub(crate) fn tokens(&self) -> Option<Tokens> {
        let state = self.state();
        state.current.as_ref().map(|current| current.tokens.clone())
    }

    /// The header to send, and the generation of the tokens that it is from.
    pub(crate) fn authorization(&self) -> Option<(HeaderValue, u64)> {
        let state = self.state();
        let current = state.current.as_ref()?;
        Some((current.authorization.clone(), state.generation))
    }

    /// Takes other tokens, or none.
    pub(crate) fn replace(&self, tokens: Option<Tokens>) -> Result<(), Error> {
        let current = tokens.map(Current::new).transpose()?;
        {
            let mut state = self.state();
            if current.is_none() && state.current.is_none() {
                return Ok(());
            }
            state.set(current);
        }
        self.tell();
        Ok(())
    }

    /// Renews the tokens of a generation, unless that has been done. `refresh` asks the server for new tokens.
    pub(crate) async fn renew(
        self: &Arc<Self>,
        generation: u64,
        refresh: impl FnOnce(String) -> BoxFuture<'static, Result<Tokens, Error>>,
    ) -> Renewal {
        let pending = {
            let mut state = self.state();
            if state.generation != generation {
                return match state.current {
                    Some(_) => Renewal::Renewed,
                    None => Renewal::Impossible,
                };
            }
            let under_way = state
                .pending
                .clone()
                .filter(|pending| pending.peek().is_none());
            match under_way {
                Some(pending) => pending,
                None => {
                    let refresh_token = state
                        .current
                        .as_ref()
                        .and_then(|current| current.tokens.refresh_token.clone());
                    let Some(refresh_token) = refresh_token else {
                        return Renewal::Impossible;
                    };
                    let pending = begin(self.clone(), refresh(refresh_token), generation);
                    state.pending = Some(pending.clone());
                    pending
                }
            }
        };
        match pending.await {
            Ok(()) => Renewal::Renewed,
            Err(error) => Renewal::Failed(error),
        }
    }

    /// Takes what a renewal brought, unless the tokens were replaced in the meantime.
    fn settle(&self, generation: u64, outcome: Result<Current, Error>) -> Result<(), Arc<Error>> {
        {
            let mut state = self.state();
            if state.generation != generation {
                return Ok(());
            }
            match outcome {
                Ok(current) => state.set(Some(current)),
                Err(error) if is_final(&error) => {
                    state.set(None);
                    drop(state);
                    self.tell();
                    return Err(Arc::new(error));
                }
                Err(error) => {
                    state.pending = None;
                    return Err(Arc::new(error));
                }
            }
        }
        self.tell();
        Ok(())
    }

    fn tell(&self) {
        if let Some(told) = &self.on_tokens {
            told(self.tokens().as_ref());
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing that is done under the lock leaves the state half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn set(&mut self, current: Option<Current>) {
        self.current = current;
        self.generation = self.generation.wrapping_add(1);
        self.pending = None;
    }
}

/// Starts a renewal.
fn begin(
    session: Arc<Session>,
    refresh: BoxFuture<'static, Result<Tokens, Error>>,
    generation: u64,
) -> Pending {
    let renewal: BoxFuture<'static, Result<(), Arc<Error>>> = Box::pin(async move {
        let outcome = refresh.await.and_then(Current::new);
        session.settle(generation, outcome)
    });
    let task = tokio::spawn(renewal);
    let joined: BoxFuture<'static, Result<(), Arc<Error>>> = Box::pin(async move {
        task.await
            .unwrap_or_else(|error| Err(Arc::new(Error::Configuration(error.to_string()))))
    });
    joined.shared()
}

/// Whether the server will never renew these tokens.
fn is_final(error: &Error) -> bool {
    error.status().is_some_and(|status| {
        status.is_client_error()
            && status != StatusCode::REQUEST_TIMEOUT
            && status != StatusCode::TOO_MANY_REQUESTS
    })
}

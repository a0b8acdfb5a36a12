//! The connections of what listens beside the API: so many, and none for long.

use std::io;
use std::time::Duration;

use http::{Request, Response};
use hyper::body::{Body, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinSet;

use crate::wire::BoxError;

/// What connections are bounded by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bounds {
    /// The most at once.
    pub(crate) most: usize,
    /// How long one may last.
    pub(crate) within: Duration,
    /// Whether it may have a second request.
    pub(crate) keep_alive: bool,
}

impl Bounds {
    /// Few, with one request each: a scraper needs one, and a command one for each call.
    pub(crate) const fn few(within: Duration) -> Self {
        Self {
            most: 16,
            within,
            keep_alive: false,
        }
    }
}

/// How long nothing is accepted after an error, which is about the process as a whole: too many open files.
const PAUSE: Duration = Duration::from_millis(100);

/// Connections that are open. They are closed when it is dropped.
#[derive(Debug)]
pub(crate) struct Connections {
    open: JoinSet<()>,
    bounds: Bounds,
}

impl Connections {
    /// None yet.
    pub(crate) fn new(bounds: Bounds) -> Self {
        Self {
            open: JoinSet::new(),
            bounds,
        }
    }

    /// The next connection for which there is room. Others are closed at once.
    pub(crate) async fn next<S, A, F>(&mut self, accept: impl Fn() -> F) -> S
    where
        F: Future<Output = io::Result<(S, A)>>,
    {
        loop {
            match accept().await {
                Ok((stream, _)) if self.has_room() => return stream,
                Ok(_) => {}
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    /// Whether there may be another one.
    fn has_room(&mut self) -> bool {
        while self.open.try_join_next().is_some() {}
        self.open.len() < self.bounds.most
    }

    /// Answers the requests of a connection.
    pub(crate) fn serve<I, F, B, E>(
        &mut self,
        stream: I,
        answer: impl Fn(Request<Incoming>) -> F + Send + 'static,
    ) where
        I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
        F: Future<Output = Result<Response<B>, E>> + Send + 'static,
        B: Body<Data: Send, Error: Into<BoxError>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .keep_alive(self.bounds.keep_alive)
            .serve_connection(TokioIo::new(stream), service_fn(answer));
        let within = self.bounds.within;
        self.open.spawn(async move {
            // A caller who breaks off is not waited for.
            let _ = tokio::time::timeout(within, connection).await;
        });
    }
}

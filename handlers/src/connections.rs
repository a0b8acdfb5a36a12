//! The connections of what listens beside the API: few, with one request each, and none for long.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinSet;

use crate::wire::BoxError;

/// The most connections at once. A scraper needs one, and a command one for each call.
const MOST: usize = 16;
/// How long nothing is accepted after an error, which is about the process as a whole: too many open files.
pub(crate) const PAUSE: Duration = Duration::from_millis(100);

/// Connections that are open. They are closed when it is dropped.
#[derive(Debug, Default)]
pub(crate) struct Connections(JoinSet<()>);

impl Connections {
    /// Whether there may be another one.
    pub(crate) fn has_room(&mut self) -> bool {
        while self.0.try_join_next().is_some() {}
        self.0.len() < MOST
    }

    /// Answers the request of a connection, which may last this long.
    pub(crate) fn serve<I, F, E>(
        &mut self,
        stream: I,
        within: Duration,
        answer: impl Fn(Request<Incoming>) -> F + Send + 'static,
    ) where
        I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
        F: Future<Output = Result<Response<Full<Bytes>>, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .keep_alive(false)
            .serve_connection(TokioIo::new(stream), service_fn(answer));
        self.0.spawn(async move {
            // A caller who breaks off is not waited for.
            let _ = tokio::time::timeout(within, connection).await;
        });
    }
}

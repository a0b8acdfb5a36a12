//! A service as [`tower_service::Service`], so that hosts which are not ours take it as it is: axum, hyper, `lambda_http`,
//! and any tower middleware around it.
//!
//! It is the same service as in every other host. A body is read up to the limit and within its time
//! ([`Limits`](crate::limits::Limits)), every request gets an answer, and the error is [`Infallible`]. What a host knows of
//! a request beside its head and body is not looked for: the id of a request is made here, and its deadline is the time-out. A host
//! that puts a [`Peer`](crate::source::Peer) into the extensions of a request says who sent it.
//!
//! # Cancellation
//!
//! A host that drops the future ends the handler at the point where it waits. hyper and axum do that when a caller
//! disconnects; [`host::dropshot`](crate::host) lets the handler finish.
//!
//! # axum
//!
//! As the fallback of a router. With `nest_service` a service is at a prefix, which axum takes off before the service sees the
//! path.
//!
//! ```
//! # use std::sync::Arc;
//! use axum::Router;
//! use civicforge_runtime::static_file::StaticFile;
//! use civicforge_runtime::service::Service;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // The routes of a generated service come from `Builder::routes`; a file is enough to show that it answers.
//! let service = Service::builder()
//!     .static_file("/hello", StaticFile::new("text/plain", "Hello."))
//!     .build()
//!     .map_err(|error| error.to_string())?;
//! let router: Router = Router::new()
//!     .nest_service("/v1", service.clone())
//!     .fallback_service(service);
//!
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
//! let address = listener.local_addr()?;
//! tokio::spawn(async move { axum::serve(listener, router).await });
//! # use tokio::io::{AsyncReadExt, AsyncWriteExt};
//! # for path in ["/hello", "/v1/hello"] {
//! #     let mut stream = tokio::net::TcpStream::connect(address).await?;
//! #     let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
//! #     stream.write_all(request.as_bytes()).await?;
//! #     let mut response = String::new();
//! #     stream.read_to_string(&mut response).await?;
//! #     assert!(response.starts_with("HTTP/1.1 200 OK") && response.ends_with("Hello."), "{response}");
//! # }
//! # Ok(())
//! # }
//! ```
//!
//! # hyper
//!
//! ```
//! # use std::sync::Arc;
//! use civicforge_runtime::static_file::StaticFile;
//! use civicforge_runtime::service::Service;
//! use hyper_util::rt::{TokioIo, TokioTimer};
//! use hyper_util::service::TowerToHyperService;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let service = Service::builder()
//!     .static_file("/hello", StaticFile::new("text/plain", "Hello."))
//!     .build()
//!     .map_err(|error| error.to_string())?;
//! let service = TowerToHyperService::new(service);
//!
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
//! let address = listener.local_addr()?;
//! tokio::spawn(async move {
//!     while let Ok((stream, _)) = listener.accept().await {
//!         let connection = hyper::server::conn::http1::Builder::new()
//!             // Without a timer hyper waits for the head of a request without an end.
//!             .timer(TokioTimer::new())
//!             .serve_connection(TokioIo::new(stream), service.clone());
//!         tokio::spawn(connection);
//!     }
//! });
//! # use tokio::io::{AsyncReadExt, AsyncWriteExt};
//! # let mut stream = tokio::net::TcpStream::connect(address).await?;
//! # stream.write_all(b"GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await?;
//! # let mut response = String::new();
//! # stream.read_to_string(&mut response).await?;
//! # assert!(response.starts_with("HTTP/1.1 200 OK") && response.ends_with("Hello."), "{response}");
//! # Ok(())
//! # }
//! ```
//!
//! # `lambda_http`
//!
//! `AWS_LAMBDA_HTTP_IGNORE_STAGE_IN_PATH=1` belongs into the environment of the function: without it `lambda_http` puts the
//! stage before every path of an event of API Gateway. What the host adapter of this crate does beside it is in
//! `docs/decisions/0003-reading-lambda-events.md`.
//!
//! ```no_run
//! # use std::sync::Arc;
//! use civicforge_runtime::static_file::StaticFile;
//! use civicforge_runtime::service::Service;
//!
//! #[tokio::main(flavor = "current_thread")]
//! async fn main() -> Result<(), lambda_http::Error> {
//!     let service = Service::builder()
//!         .static_file("/hello", StaticFile::new("text/plain", "Hello."))
//!         .build()
//!         .map_err(|error| error.to_string())?;
//!     lambda_http::run(service).await
//! }
//! ```

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;

use crate::body::{Body, BodyError};
use crate::service::Service;

/// The answer to one request, while it is being made.
pub type Answering =
    Pin<Box<dyn Future<Output = Result<Response<Full<Bytes>>, Infallible>> + Send>>;

impl<B> tower_service::Service<Request<B>> for Service
where
    B: http_body::Body + Send + 'static,
    B::Error: Into<BodyError>,
{
    type Response = Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = Answering;

    /// It is always ready: what limits the work is behind it.
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Answering {
        let service = self.clone();
        let request = request.map(Body::streaming);
        Box::pin(async move { Ok(Self::call(&service, request).await.map(Full::new)) })
    }
}

//! The port on which Prometheus scrapes: `GET /metrics`, and nothing else. It is apart from the API's port, so that a load
//! balancer cannot show it to the world by accident.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use civicforge_kernel::telemetry::prometheus::{MEDIA_TYPE, Prometheus};
use http::header::{ALLOW, CONTENT_TYPE, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::connections::{Bounds, Connections};

/// How long one connection may last: one request, and its response.
const CONNECTION: Duration = Duration::from_secs(10);

/// A port that is scraped, until it is dropped. A scrape that is under way then is cut off.
#[derive(Debug)]
pub struct Listener {
    /// Where it listens.
    pub address: SocketAddr,
    task: JoinHandle<()>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Starts to listen. Port 0 takes a free one.
///
/// # Errors
///
/// Where the address cannot be bound.
pub async fn start(address: SocketAddr, prometheus: Prometheus) -> io::Result<Listener> {
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    let task = tokio::spawn(accept(listener, prometheus));
    Ok(Listener { address, task })
}

async fn accept(listener: TcpListener, prometheus: Prometheus) {
    let mut connections = Connections::new(Bounds::few(CONNECTION));
    loop {
        let stream = connections.next(|| listener.accept()).await;
        let prometheus = prometheus.clone();
        connections.serve(stream, move |request: Request<Incoming>| {
            let response = answer(request.method(), request.uri().path(), &prometheus);
            async move { Ok::<_, Infallible>(response) }
        });
    }
}

fn answer(method: &Method, path: &str, prometheus: &Prometheus) -> Response<Full<Bytes>> {
    let mut response = Response::default();
    if path != "/metrics" {
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    }
    if method != Method::GET && method != Method::HEAD {
        *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
        let allow = HeaderValue::from_static("GET, HEAD");
        response.headers_mut().insert(ALLOW, allow);
        return response;
    }
    *response.body_mut() = Full::from(prometheus.scrape());
    let media_type = HeaderValue::from_static(MEDIA_TYPE);
    response.headers_mut().insert(CONTENT_TYPE, media_type);
    response
}

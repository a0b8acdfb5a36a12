//! The server on a port, on each of the hosts that take a service as it is.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use civicforge_runtime::host::dropshot;
use civicforge_runtime::service::Service;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A port, and a client that knows no other way.
pub struct Socket {
    /// Where it listens.
    pub address: SocketAddr,
    /// The client.
    pub client: reqwest::Client,
    _server: Server,
}

/// What listens there, until it is dropped.
pub enum Server {
    /// The host of the server that we ship.
    Dropshot(#[allow(dead_code, reason = "it is kept, and dropped")] dropshot::Server),
    /// A loop that accepts connections.
    Task(JoinHandle<()>),
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Self::Task(task) = self {
            task.abort();
        }
    }
}

impl Socket {
    /// The socket of this server.
    pub fn new(address: SocketAddr, server: Server) -> Self {
        let client = reqwest::Client::builder()
            .no_proxy()
            // Cases ask for codings themselves.
            .no_gzip()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(20));
        Self {
            address,
            client: client.build().expect("a client"),
            _server: server,
        }
    }

    /// On axum, as the fallback of a router that has nothing else.
    pub fn axum(service: Service) -> Self {
        let (address, listener) = listen();
        let router = Router::new().fallback_service(service);
        let task = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("a server");
        });
        Self::new(address, Server::Task(task))
    }

    /// On hyper, with nothing in between.
    pub fn hyper(service: Service) -> Self {
        let (address, listener) = listen();
        let service = TowerToHyperService::new(service);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let connection = http1::Builder::new()
                    .timer(TokioTimer::new())
                    .serve_connection(TokioIo::new(stream), service.clone());
                tokio::spawn(connection);
            }
        });
        Self::new(address, Server::Task(task))
    }
}

fn listen() -> (SocketAddr, TcpListener) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a socket");
    let listener = TcpListener::from_std(listener).expect("a listener");
    (listener.local_addr().expect("an address"), listener)
}

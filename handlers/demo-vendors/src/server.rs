//! A server on a port of this machine, with what it was asked and how it misbehaves.

use std::future::pending;
use std::io;
use std::net::Ipv4Addr;

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use futures::{StreamExt, stream};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderMap, Request, Response};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};
use tower::ServiceExt;

use crate::fault::{Fault, Faults};
use crate::watched::Watched;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// No request of ours is larger.
const LARGEST: usize = 16 * 1024 * 1024;

/// A request that came.
#[derive(Debug, Clone)]
pub struct Received {
    /// Its method.
    pub method: String,
    /// Its path.
    pub path: String,
    /// Its query, as it came.
    pub query: String,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
    /// The status that was answered; none while it is not, and where the connection was closed instead.
    pub status: Option<u16>,
}

impl Received {
    /// The body as JSON; null where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// What a server was asked, in the order in which it came.
pub type Traffic = Watched<Vec<Received>>;

/// A server that listens. It stops when it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) faults: Faults,
    pub(crate) traffic: Traffic,
    accepting: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Server {
    /// Listens on this port of the loopback address, or on a free one where somebody else has it.
    pub(crate) async fn start(router: Router, port: u16) -> io::Result<Self> {
        let at = async |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
        let listener = match at(port).await {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => at(0).await?,
            other => other?,
        };
        let url = format!("http://{}", listener.local_addr()?);
        let (faults, traffic) = (Faults::default(), Traffic::default());
        let host = Host {
            router,
            faults: faults.clone(),
            traffic: traffic.clone(),
        };
        let accepting = tokio::spawn(async move {
            // They end with the server.
            let mut connections = JoinSet::new();
            loop {
                tokio::select! {
                    Some(_) = connections.join_next() => {}
                    accepted = listener.accept() => {
                        let Ok((stream, _)) = accepted else { continue };
                        let host = host.clone();
                        let service = service_fn(move |request| host.clone().serve(request));
                        let connection =
                            http1::Builder::new().serve_connection(TokioIo::new(stream), service);
                        connections.spawn(async move {
                            // How it ends is the other side's affair, or a fault.
                            drop(connection.await);
                        });
                    }
                }
            }
        });
        Ok(Self {
            url,
            faults,
            traffic,
            accepting,
        })
    }
}

#[derive(Debug, Clone)]
struct Host {
    router: Router,
    faults: Faults,
    traffic: Traffic,
}

impl Host {
    /// An error is the end of the connection, without an answer.
    async fn serve(self, request: Request<Incoming>) -> Result<Response<Body>, BoxError> {
        let (parts, body) = request.into_parts();
        let body = Limited::new(body, LARGEST).collect().await?.to_bytes();
        let received = Received {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            headers: parts.headers.clone(),
            body: body.clone(),
            status: None,
        };
        let fault = self.faults.take(&received.method, &received.path);
        let index = self.traffic.change(|all| {
            all.push(received);
            all.len() - 1
        });
        let response = self.answer(fault, parts, body).await?;
        let status = response.status().as_u16();
        self.traffic.change(|all| {
            if let Some(received) = all.get_mut(index) {
                received.status = Some(status);
            }
        });
        Ok(response)
    }

    async fn answer(
        &self,
        fault: Option<Fault>,
        parts: Parts,
        body: Bytes,
    ) -> Result<Response<Body>, BoxError> {
        let work = || self.work(&parts, &body);
        match fault {
            None => Ok(work().await),
            Some(Fault::Slow(by)) => {
                tokio::time::sleep(by).await;
                Ok(work().await)
            }
            Some(Fault::Hang) => pending().await,
            Some(Fault::CutBefore) => Err("cut".into()),
            Some(Fault::CutAfter) => {
                work().await;
                Err("cut".into())
            }
            Some(Fault::Twice) => {
                work().await;
                Ok(work().await)
            }
            Some(Fault::Answer {
                status,
                headers,
                body,
            }) => {
                let mut response = Response::builder().status(status);
                for (name, value) in headers {
                    response = response.header(name, value);
                }
                Ok(response.body(Body::from(body))?)
            }
            Some(Fault::Endless) => {
                let chunk = || Ok::<_, BoxError>(Bytes::from(vec![b'a'; 64 * 1024]));
                let start = stream::once(async { Ok(Bytes::from_static(b"{\"a\":\"")) });
                let body = start.chain(stream::repeat_with(chunk));
                json_response(Body::from_stream(body))
            }
            Some(Fault::Stalled) => {
                let start = stream::once(async { Ok::<_, BoxError>(Bytes::from_static(b"{")) });
                json_response(Body::from_stream(start.chain(stream::pending())))
            }
            Some(Fault::Lie(change)) => {
                let (mut parts, body) = work().await.into_parts();
                let body = body.collect().await?.to_bytes();
                let mut json = serde_json::from_slice(&body)?;
                change(&mut json);
                parts.headers.remove(CONTENT_LENGTH);
                Ok(Response::from_parts(parts, Body::from(json.to_string())))
            }
        }
    }

    async fn work(&self, parts: &Parts, body: &Bytes) -> Response<Body> {
        let request = Request::from_parts(parts.clone(), Body::from(body.clone()));
        let Ok(response) = self.router.clone().oneshot(request).await;
        response
    }
}

fn json_response(body: Body) -> Result<Response<Body>, BoxError> {
    let response = Response::builder().header(CONTENT_TYPE, "application/json");
    Ok(response.body(body)?)
}

//! A service on a socket, hosted by dropshot: listener, HTTP/1.1 framing, keep-alive, graceful shutdown.
//!
//! dropshot's router cannot hold every contract, and its error bodies are fixed, so it gets one wildcard endpoint for each
//! method and the service does the rest. Three kinds of request never reach a handler of dropshot's, and are answered by
//! dropshot itself, with a 4xx of its own form: a method that is not in IANA's registry (405), a path with a `.` or `..`
//! segment, and a path whose percent-escapes are not UTF-8 (400 both).

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use dropshot::{
    ApiDescription, ApiEndpoint, ApiEndpointVersions, ConfigDropshot, HandlerTaskMode, HttpError,
    HttpServer, Path, RawRequest, RequestContext, ServerBuilder,
};
use http::{Method, Response};

use crate::body::Body;
use crate::request_id::RequestId;
use crate::service::Service;
use crate::source::Peer;

/// The methods of IANA's HTTP Method Registry. The service answers those that a path does not have with 405; dropshot would
/// not ask it about methods that it was not told of.
const METHODS: [&str; 39] = [
    "ACL",
    "BASELINE-CONTROL",
    "BIND",
    "CHECKIN",
    "CHECKOUT",
    "CONNECT",
    "COPY",
    "DELETE",
    "GET",
    "HEAD",
    "LABEL",
    "LINK",
    "LOCK",
    "MERGE",
    "MKACTIVITY",
    "MKCALENDAR",
    "MKCOL",
    "MKREDIRECTREF",
    "MKWORKSPACE",
    "MOVE",
    "OPTIONS",
    "ORDERPATCH",
    "PATCH",
    "POST",
    "PROPFIND",
    "PROPPATCH",
    "PUT",
    "QUERY",
    "REBIND",
    "REPORT",
    "SEARCH",
    "TRACE",
    "UNBIND",
    "UNCHECKOUT",
    "UNLINK",
    "UNLOCK",
    "UPDATE",
    "UPDATEREDIRECTREF",
    "VERSION-CONTROL",
];

/// A server that could not start.
#[derive(Debug)]
pub struct StartError {
    address: SocketAddr,
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl StartError {
    /// What is behind it all: dropshot says only that it could not bind.
    fn root(&self) -> &(dyn std::error::Error + 'static) {
        let mut root: &(dyn std::error::Error + 'static) = &*self.source;
        while let Some(source) = root.source() {
            root = source;
        }
        root
    }

    /// Whether somebody else listens there.
    pub fn is_address_in_use(&self) -> bool {
        self.root()
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::AddrInUse)
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot listen on {}: {}", self.address, self.root())
    }
}

impl std::error::Error for StartError {}

/// A service that listens.
pub struct Server {
    inner: HttpServer<Service>,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("address", &self.address())
            .finish()
    }
}

/// Starts to listen. Port 0 takes a free one.
///
/// # Errors
///
/// The address cannot be listened on.
pub fn start(service: Service, address: SocketAddr) -> Result<Server, StartError> {
    let fail = |source: Box<dyn std::error::Error + Send + Sync>| StartError { address, source };
    let mut api = ApiDescription::new();
    for name in METHODS {
        let method = Method::from_bytes(name.as_bytes()).map_err(|error| fail(error.into()))?;
        let id = name.to_lowercase();
        let endpoint = ApiEndpoint::new(
            id,
            handle,
            method,
            "application/octet-stream",
            "/{path:.*}",
            ApiEndpointVersions::All,
        );
        api.register(endpoint.visible(false))
            .map_err(|error| fail(error.to_string().into()))?;
    }
    let config = ConfigDropshot {
        bind_address: address,
        // A caller that goes away does not stop what it has asked for in the middle.
        default_handler_task_mode: HandlerTaskMode::Detached,
        ..ConfigDropshot::default()
    };
    // The service writes the access log; dropshot's own costs half of the throughput.
    let log = slog::Logger::root(slog::Discard, slog::o!());
    let inner = ServerBuilder::new(api, service, log)
        .config(config)
        .start()
        .map_err(|error| fail(Box::new(error)))?;
    Ok(Server { inner })
}

impl Server {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.inner.local_addr()
    }

    /// Waits until it stops by itself, which it does only when it fails.
    ///
    /// # Errors
    ///
    /// Why it failed.
    pub async fn wait(&self) -> io::Result<()> {
        self.inner
            .wait_for_shutdown()
            .await
            .map_err(io::Error::other)
    }

    /// Takes no more connections, and waits for the requests that are being answered, but not longer than this.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::TimedOut`] if requests were still being answered after `grace`; they are dropped with the server.
    pub async fn stop(self, grace: Duration) -> io::Result<()> {
        match tokio::time::timeout(grace, self.inner.close()).await {
            Ok(stopped) => stopped.map_err(io::Error::other),
            Err(_) => Err(io::Error::new(
                io::ErrorKind::TimedOut,
                "some requests were still being answered when the time for them was over",
            )),
        }
    }
}

/// dropshot wants to see that somebody reads the wildcard.
#[derive(serde::Deserialize, schemars08::JsonSchema)]
#[schemars(crate = "schemars08")]
struct Wildcard {
    #[serde(rename = "path")]
    _path: Vec<String>,
}

async fn handle(
    context: RequestContext<Service>,
    _path: Path<Wildcard>,
    request: RawRequest,
) -> Result<Response<dropshot::Body>, HttpError> {
    let mut request = request.into_inner().map(Body::streaming);
    // dropshot writes its own id over whatever an answer has, so that id is the request's.
    request
        .extensions_mut()
        .insert(RequestId(context.request_id.clone()));
    let peer = Peer(context.request.remote_addr());
    request.extensions_mut().insert(peer);
    Ok(context
        .context()
        .call(request)
        .await
        .map(dropshot::Body::from))
}

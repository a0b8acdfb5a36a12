//! Requests to other services, over HTTP/1.1: nobody here sends a second one over a connection before the first is answered.
//!
//! The connector that comes with the SDK speaks HTTP/2 too, and no feature leaves that out. Each function would pay for it in its size
//! and in its start.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};
use std::vec;

use aws_smithy_runtime_api::client::connection::{CaptureSmithyConnection, ConnectionMetadata};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::ErrorKind;
use futures::future::BoxFuture;
use http::Uri;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{self, CaptureConnection, capture_connection};
use hyper_util::client::legacy::{self, Client};
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tower_service::Service;

use super::{AMAZON_ROOTS, Trust};
use crate::destinations::address::public_addresses;

type BoxError = Box<dyn Error + Send + Sync>;

/// How old a connection may be that was made ahead. A service closes what is idle, and a host that had stopped the process has
/// not told it.
const FRESH: Duration = Duration::from_secs(20);

/// How connections are made.
#[derive(Debug, Clone)]
pub(super) struct Connections {
    /// Whose certificates are believed.
    pub trust: Trust,
    /// How long one may take to come about.
    pub within: Duration,
    /// Which proxies they go through.
    pub proxies: Option<Arc<Matcher>>,
    /// Whether they go to public addresses alone.
    pub only_public: bool,
    /// Where the first one goes. It is begun now, and nobody waits for it before it is needed.
    pub ahead: Option<Uri>,
    /// Whether each has one request and no more.
    pub once: bool,
}

impl Connections {
    /// Straight, to whatever address, and none ahead.
    pub(super) fn new(trust: Trust, within: Duration) -> Self {
        Self {
            trust,
            within,
            proxies: None,
            only_public: false,
            ahead: None,
            once: false,
        }
    }

    /// The same through the proxy that the environment names.
    pub(super) fn by_proxy(mut self) -> Self {
        self.proxies = Some(Arc::new(Matcher::from_env()));
        self
    }

    /// What sends requests over them. It follows no redirect. Where a connection is to be made ahead, call it in a runtime.
    pub(super) fn connector(self) -> SharedHttpConnector {
        let (ahead, once) = (self.ahead.clone(), self.once);
        let connect = self.connecting();
        if let Some(to) = ahead {
            connect.begin(to);
        }
        let mut client = Client::builder(TokioExecutor::new());
        if once {
            client.pool_max_idle_per_host(0);
        }
        let client = client.pool_timer(TokioTimer::new()).build(connect);
        SharedHttpConnector::new(Sender(client))
    }

    fn connecting(self) -> Connecting {
        let mut tcp = Tcp::new_with_resolver(Names {
            only_public: self.only_public,
        });
        // What is above it knows of TLS.
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let tunneled = Tunneled {
            tcp,
            proxies: self.proxies,
        };
        let tls = match self.trust {
            Trust::System => tls(system_roots()),
            Trust::Amazon => AMAZON.clone(),
        };
        Connecting {
            inner: HttpsConnector::from((tunneled, tls)),
            within: self.within,
            ahead: Arc::default(),
        }
    }
}

type Tcp = connect::HttpConnector<Names>;

/// Making the configuration takes a part of a function's start, and it is the same for every service.
static AMAZON: LazyLock<Arc<ClientConfig>> = LazyLock::new(|| tls(amazon_roots()));

fn tls(roots: RootCertStore) -> Arc<ClientConfig> {
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
    #[expect(clippy::expect_used, reason = "a test makes it")]
    let config = config
        .with_safe_default_protocol_versions()
        .expect("cipher suites for each version of TLS");
    Arc::new(config.with_root_certificates(roots).with_no_client_auth())
}

fn amazon_roots() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(CertificateDer::pem_slice_iter(AMAZON_ROOTS).flatten());
    roots
}

/// Without any, no certificate is believed, and each connection says so.
fn system_roots() -> RootCertStore {
    let found = rustls_native_certs::load_native_certs();
    for error in &found.errors {
        tracing::warn!(%error, "authorities that the system trusts cannot be read");
    }
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(found.certs);
    roots
}

/// Looks up the addresses of names.
#[derive(Debug, Clone)]
struct Names {
    only_public: bool,
}

impl Service<Name> for Names {
    type Response = vec::IntoIter<SocketAddr>;
    type Error = std::io::Error;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let only_public = self.only_public;
        Box::pin(async move {
            let found: Vec<_> = match only_public {
                true => public_addresses(name.as_str()).await?,
                false => tokio::net::lookup_host((name.as_str(), 0)).await?.collect(),
            };
            Ok(found.into_iter())
        })
    }
}

/// Connects straight, or through a proxy where there is one for the place.
#[derive(Debug, Clone)]
struct Tunneled {
    tcp: Tcp,
    proxies: Option<Arc<Matcher>>,
}

impl Service<Uri> for Tunneled {
    type Response = TokioIo<TcpStream>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.tcp.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let proxies = self.proxies.as_ref();
        match proxies.and_then(|proxies| proxies.intercept(&to)) {
            None => {
                let connecting = self.tcp.call(to);
                Box::pin(async move { Ok(connecting.await?) })
            }
            Some(proxy) => {
                let mut tunnel = Tunnel::new(proxy.uri().clone(), self.tcp.clone());
                if let Some(authorization) = proxy.basic_auth() {
                    tunnel = tunnel.with_auth(authorization.clone());
                }
                Box::pin(async move { Ok(tunnel.call(to).await?) })
            }
        }
    }
}

type Stream = MaybeHttpsStream<TokioIo<TcpStream>>;

/// Connects in time, or takes the connection that was made ahead.
#[derive(Clone)]
struct Connecting {
    inner: HttpsConnector<Tunneled>,
    within: Duration,
    ahead: Arc<Mutex<Option<Ahead>>>,
}

struct Ahead {
    to: Uri,
    /// By the clock on the wall, which goes on while the process is stopped.
    since: SystemTime,
    connecting: JoinHandle<Result<Stream, BoxError>>,
}

/// A connection has not come about in time.
#[derive(Debug, thiserror::Error)]
#[error("no connection within {} ms", .0.as_millis())]
struct TooSlow(Duration);

impl Connecting {
    fn connect(&mut self, to: Uri) -> BoxFuture<'static, Result<Stream, BoxError>> {
        let (within, connecting) = (self.within, self.inner.call(to));
        Box::pin(async move {
            let connected = tokio::time::timeout(within, connecting).await;
            connected.map_err(|_| TooSlow(within))?
        })
    }

    fn begin(&self, to: Uri) {
        let connecting = self.clone().connect(to.clone());
        let begun = Ahead {
            to,
            since: SystemTime::now(),
            connecting: tokio::spawn(connecting),
        };
        *self.ahead.lock().unwrap_or_else(PoisonError::into_inner) = Some(begun);
    }

    /// The one that was made ahead, if it goes there and is not too old.
    fn begun(&self, to: &Uri) -> Option<JoinHandle<Result<Stream, BoxError>>> {
        let mut begun = self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same = |ahead: &mut Ahead| {
            (ahead.to.scheme(), ahead.to.authority()) == (to.scheme(), to.authority())
        };
        let begun = begun.take_if(is_same)?;
        let age = begun.since.elapsed().unwrap_or_default();
        (age < FRESH).then_some(begun.connecting)
    }
}

impl Service<Uri> for Connecting {
    type Response = Stream;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Stream, BoxError>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let Some(begun) = self.begun(&to) else {
            return self.connect(to);
        };
        let mut anew = self.clone();
        Box::pin(async move {
            match begun.await {
                Ok(Ok(stream)) => Ok(stream),
                _ => anew.connect(to).await,
            }
        })
    }
}

/// Sends requests as the SDK hands them over.
#[derive(Debug)]
struct Sender(Client<Connecting, SdkBody>);

impl HttpConnector for Sender {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut request = match request.try_into_http1x() {
            Ok(request) => request,
            Err(error) => {
                return HttpConnectorFuture::ready(Err(ConnectorError::user(error.into())));
            }
        };
        // By this the SDK has a connection closed that has served it ill.
        let captured = capture_connection(&mut request);
        if let Some(capture) = request.extensions().get::<CaptureSmithyConnection>() {
            capture.set_connection_retriever(move || metadata(&captured));
        }
        let sending = self.0.request(request);
        HttpConnectorFuture::new(async move {
            let response = sending.await.map_err(failed)?;
            let response = response.map(SdkBody::from_body_1_x);
            HttpResponse::try_from(response)
                .map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}

fn metadata(captured: &CaptureConnection) -> Option<ConnectionMetadata> {
    let is_proxied = captured.connection_metadata().as_ref()?.is_proxied();
    let captured = captured.clone();
    let poison = move || {
        if let Some(connection) = captured.connection_metadata().as_ref() {
            connection.poison();
        }
    };
    let metadata = ConnectionMetadata::builder().proxied(is_proxied);
    Some(metadata.poison_fn(poison).build())
}

/// What a failure is to the SDK, which tries again where that may help.
fn failed(error: legacy::Error) -> ConnectorError {
    if find::<TooSlow>(&error).is_some() {
        return ConnectorError::timeout(error.into());
    }
    match find::<hyper::Error>(&error) {
        Some(inner) if inner.is_timeout() => ConnectorError::timeout(error.into()),
        Some(inner) if inner.is_user() => ConnectorError::user(error.into()),
        Some(inner) if inner.is_incomplete_message() => {
            ConnectorError::other(error.into(), Some(ErrorKind::TransientError))
        }
        Some(inner) if inner.is_closed() || inner.is_canceled() => ConnectorError::io(error.into()),
        _ if error.is_connect() || find::<std::io::Error>(&error).is_some() => {
            ConnectorError::io(error.into())
        }
        _ => ConnectorError::other(error.into(), None),
    }
}

/// Whether it is certain that nothing of the request was sent: there was no connection to send it over.
pub fn was_not_sent(error: &ConnectorError) -> bool {
    find::<legacy::Error>(error).is_some_and(legacy::Error::is_connect)
}

/// The error of this type among an error and what is behind it.
fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        next = error.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::Router;
    use axum::routing::get;
    use axum::serve::ListenerExt;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    /// A server, and how many connections it has accepted.
    async fn server(listener: TcpListener) -> Arc<AtomicUsize> {
        let accepted = Arc::new(AtomicUsize::new(0));
        let counter = accepted.clone();
        let listener = listener.tap_io(move |_| {
            counter.fetch_add(1, Ordering::SeqCst);
        });
        let router = Router::new().route("/", get(async || "here"));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        accepted
    }

    async fn listener() -> (TcpListener, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        (listener, format!("http://{address}/"))
    }

    fn connections() -> Connections {
        Connections::new(Trust::Amazon, Duration::from_secs(5))
    }

    async fn ask(connector: &SharedHttpConnector, url: &str) -> Result<String, ConnectorError> {
        let mut request = HttpRequest::empty();
        request.set_uri(url).unwrap();
        let response = connector.call(request).await?;
        let body = aws_smithy_types::byte_stream::ByteStream::new(response.into_body());
        Ok(String::from_utf8(body.collect().await.unwrap().to_vec()).unwrap())
    }

    #[test]
    fn amazons_roots_are_five_certificates() {
        assert_eq!(amazon_roots().len(), 5);
        // It would panic on what is no configuration.
        LazyLock::force(&AMAZON);
    }

    #[tokio::test]
    async fn the_connection_that_was_made_ahead_is_the_one_that_is_used() {
        let (listener, url) = listener().await;
        let accepted = server(listener).await;
        let connections = Connections {
            ahead: Some(url.parse().unwrap()),
            ..connections()
        };
        let connector = connections.connector();
        let is_there = async {
            while accepted.load(Ordering::SeqCst) == 0 {
                tokio::task::yield_now().await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(10), is_there).await;
        waited.expect("a connection without a request");
        for _ in 0..3 {
            assert_eq!(ask(&connector, &url).await.unwrap(), "here");
        }
        assert_eq!(accepted.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn nobody_learns_that_the_connection_that_was_made_ahead_has_failed() {
        let (first, url) = listener().await;
        let address = first.local_addr().unwrap();
        drop(first);
        let connect = connections().connecting();
        connect.begin(url.parse().unwrap());
        let failed = async {
            let is_finished = || {
                let ahead = connect.ahead.lock().unwrap();
                ahead.as_ref().unwrap().connecting.is_finished()
            };
            while !is_finished() {
                tokio::task::yield_now().await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(10), failed);
        waited.await.expect("a failure");
        let accepted = server(TcpListener::bind(address).await.unwrap()).await;
        connect.clone().call(url.parse().unwrap()).await.unwrap();
        assert!(connect.ahead.lock().unwrap().is_none());
        // To another place it would not have gone.
        connect.begin(url.parse().unwrap());
        assert!(
            connect
                .begun(&"http://other.example/".parse().unwrap())
                .is_none()
        );
        assert!(connect.begun(&url.parse().unwrap()).is_some());
        assert!(accepted.load(Ordering::SeqCst) <= 2);
    }

    #[tokio::test]
    async fn a_handshake_that_does_not_end_is_a_time_out() {
        // It accepts and says nothing.
        let (_listener, url) = listener().await;
        let connections = Connections {
            within: Duration::from_millis(50),
            ..connections()
        };
        let url = url.replace("http:", "https:");
        let error = ask(&connections.connector(), &url).await.unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        assert!(crate::aws::reasons(&error).contains("no connection within 50 ms"));
    }

    #[tokio::test]
    async fn what_is_not_there_may_be_tried_again() {
        let (listener, url) = listener().await;
        drop(listener);
        let error = ask(&connections().connector(), &url).await.unwrap_err();
        assert!(error.is_io(), "{error:?}");
    }

    #[tokio::test]
    async fn a_proxy_is_asked_for_a_tunnel() {
        let (listener, url) = listener().await;
        server(listener).await;
        let (proxy, at) = self::listener().await;
        let asked = tokio::spawn(async move {
            let (mut near, _) = proxy.accept().await.unwrap();
            let mut head = vec![0; 1000];
            let length = near.read(&mut head).await.unwrap();
            let head = String::from_utf8_lossy(&head[..length]).into_owned();
            let to = head.split(' ').nth(1).unwrap().to_owned();
            let mut far = TcpStream::connect(to).await.unwrap();
            near.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
            tokio::spawn(async move { tokio::io::copy_bidirectional(&mut near, &mut far).await });
            head
        });
        let at = at.replace("http://", "http://user:secret@");
        let connections = Connections {
            proxies: Some(Arc::new(Matcher::builder().all(at).build())),
            ..connections()
        };
        assert_eq!(ask(&connections.connector(), &url).await.unwrap(), "here");
        let asked = asked.await.unwrap().to_ascii_lowercase();
        assert!(asked.starts_with("connect 127.0.0.1:"), "{asked}");
        assert!(
            asked.contains("proxy-authorization: basic dxnlcjpzzwnyzxq="),
            "{asked}"
        );
    }
}

//! How a request gets to the server, and what comes back.
//!
//! Cases are written against a [`Host`], which has the same server behind any [`Transport`]. Another transport is another
//! variant of the two enums here, and nothing else.

use std::io::Read;
use std::net::SocketAddr;

use bytes::Bytes;
use chrono::TimeDelta;
use civicforge_lambda_emulator::Gateway;
use civicforge_runtime::body::Body;
use civicforge_runtime::host::dropshot;
use civicforge_testing::{PASSWORD, Reply, TestApp, TestMember, shares_a_table};
use flate2::read::GzDecoder;
use futures::stream::{self, StreamExt};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request};
use http_body::Frame;
use http_body_util::StreamBody;
use serde_json::{Value, json};

use crate::contract::{CONTRACT, Exchange};
use crate::lambda::Functions;
use crate::socket::{Server, Socket};
use crate::{coverage, secrets};

/// A way to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Transport {
    /// A call in the same process.
    Dispatch,
    /// HTTP/1.1 on a port.
    Dropshot,
    /// Lambda functions behind a REST API.
    LambdaRest,
    /// Lambda functions behind an HTTP API, with payloads of format 2.0.
    LambdaHttp,
    /// Lambda functions that `lambda_http` hosts, behind a REST API.
    LambdaHttpCrate,
    /// HTTP/1.1 on a port of axum's.
    Axum,
    /// HTTP/1.1 on a port of plain hyper.
    Hyper,
}

impl Transport {
    /// Those that every case runs over.
    pub const ALL: [Self; 5] = [
        Self::Dispatch,
        Self::Dropshot,
        Self::LambdaRest,
        Self::LambdaHttp,
        Self::LambdaHttpCrate,
    ];

    /// Those that the cases of [`OTHER_SOCKETS`](crate::harness) run over too.
    pub const OTHER_SOCKETS: [Self; 2] = [Self::Axum, Self::Hyper];

    /// As it is written after the name of a case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dispatch => "dispatch",
            Self::Dropshot => "dropshot",
            Self::LambdaRest => "lambda-rest",
            Self::LambdaHttp => "lambda-http",
            Self::LambdaHttpCrate => "lambda_http",
            Self::Axum => "axum",
            Self::Hyper => "hyper",
        }
    }

    /// Whether the server is Lambda functions.
    pub fn is_lambda(self) -> bool {
        matches!(
            self,
            Self::LambdaRest | Self::LambdaHttp | Self::LambdaHttpCrate
        )
    }

    /// A new server that is reached this way.
    pub async fn host(self) -> Host {
        let host = match self {
            // In this process the calls of the table can be told apart by what they are made for.
            Self::Dispatch if !shares_a_table() => {
                let table = crate::iam::recorded().await;
                self.of(crate::iam::app(table).await)
            }
            _ => self.of(TestApp::new().await),
        };
        host.app.know_webhook().await;
        host
    }

    /// This server, reached this way.
    pub fn of(self, app: TestApp) -> Host {
        let way = match self {
            Self::Dispatch => Way::Dispatch,
            Self::Dropshot => {
                let address = SocketAddr::from(([127, 0, 0, 1], 0));
                let server = dropshot::start(app.service.clone(), address).expect("a port");
                Way::Socket(Socket::new(server.address(), Server::Dropshot(server)))
            }
            Self::Axum => Way::Socket(Socket::axum(app.service.clone())),
            Self::Hyper => Way::Socket(Socket::hyper(app.service.clone())),
            Self::LambdaRest => Way::Lambda(Functions::of(&app, Gateway::RestApi, false)),
            Self::LambdaHttp => Way::Lambda(Functions::of(&app, Gateway::HttpApi, false)),
            Self::LambdaHttpCrate => Way::Lambda(Functions::of(&app, Gateway::RestApi, true)),
        };
        Host {
            app,
            transport: self,
            way,
        }
    }
}

/// A server, and the way to it.
pub struct Host {
    /// The server.
    pub app: TestApp,
    transport: Transport,
    way: Way,
}

enum Way {
    Dispatch,
    Socket(Socket),
    Lambda(Functions),
}

impl Host {
    /// By which way.
    pub fn transport(&self) -> Transport {
        self.transport
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        match &self.way {
            Way::Socket(socket) => socket.address,
            Way::Dispatch | Way::Lambda(..) => panic!("it listens nowhere"),
        }
    }

    /// Moves the server's clock.
    pub fn advance(&self, by: TimeDelta) {
        self.app.advance(by);
    }

    /// A request to be sent.
    pub fn call(&self, method: Method, path: impl Into<String>) -> Call<'_> {
        Call {
            host: self,
            method,
            path: path.into(),
            headers: HeaderMap::new(),
            payload: Payload::Whole(Bytes::new()),
            as_stranger: false,
            signed: false,
        }
    }

    /// A GET to be sent.
    pub fn get(&self, path: impl Into<String>) -> Call<'_> {
        self.call(Method::GET, path)
    }

    /// A POST to be sent.
    pub fn post(&self, path: impl Into<String>) -> Call<'_> {
        self.call(Method::POST, path)
    }

    /// A PUT to be sent.
    pub fn put(&self, path: impl Into<String>) -> Call<'_> {
        self.call(Method::PUT, path)
    }

    /// A DELETE to be sent.
    pub fn delete(&self, path: impl Into<String>) -> Call<'_> {
        self.call(Method::DELETE, path)
    }

    /// Opens an account for `<name>@example.org`.
    pub async fn member(&self, name: &str) -> TestMember {
        let email = format!("{name}@example.org");
        let body = json!({"email": email, "password": PASSWORD, "name": name});
        let reply = self.post("/api/v1/auth/register").json(&body).send().await;
        assert_eq!(reply.status, 201, "{reply:?}");
        TestMember::of(&email, &reply.json())
    }

    async fn send(&self, call: &Call<'_>) -> Reply {
        match &self.way {
            Way::Dispatch => {
                let body = match &call.payload {
                    Payload::Whole(bytes) => Body::Complete(bytes.clone()),
                    Payload::Stalled(bytes) => {
                        Body::streaming(StreamBody::new(stalled(bytes).map(|b| b.map(Frame::data))))
                    }
                };
                let mut request = Request::new(body);
                *request.method_mut() = call.method.clone();
                *request.uri_mut() = call.path.parse().expect("a path");
                *request.headers_mut() = call.headers.clone();
                let response = self.app.call(request).await;
                Reply {
                    status: response.status().as_u16(),
                    headers: response.headers().clone(),
                    body: response.into_body(),
                }
            }
            Way::Socket(socket) => {
                let url = format!("http://{}{}", socket.address, call.path);
                let request = socket
                    .client
                    .request(call.method.clone(), url)
                    .headers(call.headers.clone());
                let request = match &call.payload {
                    Payload::Whole(bytes) if bytes.is_empty() => request,
                    Payload::Whole(bytes) => request.body(bytes.clone()),
                    Payload::Stalled(bytes) => {
                        request.body(reqwest::Body::wrap_stream(stalled(bytes)))
                    }
                };
                let response = request.send().await.expect("an answer");
                Reply {
                    status: response.status().as_u16(),
                    headers: response.headers().clone(),
                    body: response.bytes().await.expect("all of the answer"),
                }
            }
            Way::Lambda(functions) => {
                let Payload::Whole(body) = &call.payload else {
                    panic!("an event has all of a body");
                };
                functions
                    .send(&call.method, &call.path, &call.headers, body.clone())
                    .await
            }
        }
    }
}

/// The beginning of a body, and never its end.
fn stalled(bytes: &Bytes) -> impl stream::Stream<Item = std::io::Result<Bytes>> + use<> {
    let first = bytes.clone();
    stream::once(async move { Ok(first) }).chain(stream::pending())
}

#[derive(Clone)]
enum Payload {
    Whole(Bytes),
    Stalled(Bytes),
}

/// A request to be sent.
#[derive(Clone)]
#[must_use = "nothing happens before it is sent"]
pub struct Call<'a> {
    host: &'a Host,
    method: Method,
    path: String,
    headers: HeaderMap,
    payload: Payload,
    as_stranger: bool,
    signed: bool,
}

impl Call<'_> {
    /// With the signature of its body, as the webhook of every host makes it.
    pub fn signed(mut self) -> Self {
        self.signed = true;
        self
    }

    /// The same body as another media type.
    pub fn typed(mut self, media_type: &'static str) -> Self {
        self.headers
            .insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        self
    }

    /// For another path.
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// As this member.
    pub fn member(self, member: &TestMember) -> Self {
        self.bearer(&member.access_token)
    }

    /// As a member who must not get what the operation has for its owner.
    pub fn stranger(mut self, member: &TestMember) -> Self {
        self.as_stranger = true;
        self.member(member)
    }

    /// With this access token.
    pub fn bearer(self, token: &str) -> Self {
        self.header(AUTHORIZATION.as_str(), &format!("Bearer {token}"))
    }

    /// With this header, beside those that are there.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().expect("the name of a header");
        let value = HeaderValue::from_str(value).expect("the value of a header");
        self.headers.append(name, value);
        self
    }

    /// With this `Idempotency-Key`.
    pub fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// With a body in JSON.
    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    /// With any body.
    pub fn body(mut self, media_type: &'static str, body: impl Into<Bytes>) -> Self {
        self.headers
            .insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        self.payload = Payload::Whole(body.into());
        self
    }

    /// With a body that begins so, and never ends.
    pub fn stalled(mut self, beginning: &'static str) -> Self {
        self.headers
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        self.payload = Payload::Stalled(Bytes::from_static(beginning.as_bytes()));
        self
    }

    /// Sends it, and holds the answer against the contract.
    pub async fn send(mut self) -> Reply {
        if self.signed
            && let Payload::Whole(body) = &self.payload
        {
            let signature = civicforge_testing::signature(body);
            self = self.header("x-signature", &signature);
        }
        let reply = self.host.send(&self).await;
        match &self.payload {
            Payload::Whole(body) | Payload::Stalled(body) => secrets::note(&self.headers, body),
        }
        let path = self.path.split('?').next().unwrap_or_default();
        record(
            &self.method,
            path,
            &reply,
            self.host.transport(),
            self.as_stranger,
        );
        reply
    }
}

/// The answer as it was before it was compressed.
pub fn unzipped(reply: &Reply) -> Reply {
    let mut reply = reply.clone();
    if reply.header("content-encoding") == Some("gzip") && !reply.body.is_empty() {
        let mut body = Vec::new();
        GzDecoder::new(&*reply.body)
            .read_to_end(&mut body)
            .expect("gzip");
        reply.body = body.into();
    }
    reply
}

/// Holds an answer against the contract, and notes what was reached.
pub fn record(method: &Method, path: &str, reply: &Reply, over: Transport, as_stranger: bool) {
    let reply = &unzipped(reply);
    secrets::note(&reply.headers, &reply.body);
    let exchange = Exchange {
        method,
        path,
        status: reply.status,
        headers: &reply.headers,
        body: &reply.body,
    };
    match CONTRACT.check(&exchange) {
        Ok(Some((operation, covered))) => {
            coverage::reached(&covered, over);
            if as_stranger {
                coverage::tried_as_stranger(operation, over);
            }
        }
        Ok(None) => {}
        Err(complaint) => {
            panic!("{method} {path} was answered against the contract: {complaint}\n{reply:?}")
        }
    }
}

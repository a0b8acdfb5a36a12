//! A service: requests in, responses out, and everything that is the same for every operation.
//!
//! Whatever hosts it (a socket, a Lambda function, a test) hands it an `http::Request` and sends the `http::Response` that it
//! gets. Every answer leaves through here, so each has its request id, its CORS headers and its line in the access log.

use std::collections::BTreeSet;
use std::fmt;
use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Instant;

use bytes::Bytes;
use futures::FutureExt;
use futures::future::BoxFuture;
use http::header::{ALLOW, CONTENT_LENGTH, HeaderName, HeaderValue};
use http::request::Parts;
use http::{HeaderMap, Method, Request, Response, StatusCode};
use tracing::{Instrument, Span};

use crate::body::Body;
use crate::compression;
use crate::context::Context;
use crate::cors::Cors;
use crate::descriptor::{Descriptor, Selector};
use crate::invocation::Invocation;
use crate::limits::Limits;
use crate::negotiate;
use crate::operation::{PendingRequest, Route};
use crate::parameter::Location;
use crate::path_form;
use crate::problem::{self, Problem};
use crate::request_id::REQUEST_ID;
use crate::response::HandlerResponse;
use crate::router::{RouteConflict, RouteMatch, Router};
use crate::scope::{self, RequestScope, Segment};
use crate::shown_path;
use crate::source::{Peer, Proxies};
use crate::span;
use crate::static_file::StaticFile;
use crate::status::{
    Forbidden, GatewayTimeout, InternalServerError, MethodNotAllowed, NotFound, ServiceUnavailable,
};

enum Target {
    Operation(Route),
    /// An operation that another service carries out.
    Unserved,
    StaticFile(StaticFile),
    Redirect(&'static str),
}

/// What is at a path for a method, where a request has all that selects it.
struct Choice {
    selectors: &'static [Selector],
    target: Target,
}

impl Choice {
    /// Adds choices to others, those with more selectors first. `false`: two have the same ones.
    fn join(there: &mut Vec<Self>, more: Vec<Self>) -> bool {
        for choice in more {
            if there
                .iter()
                .any(|other| other.selectors == choice.selectors)
            {
                return false;
            }
            let at = there.partition_point(|other| other.selectors.len() >= choice.selectors.len());
            there.insert(at, choice);
        }
        true
    }
}

/// How a service is put together.
pub struct Builder {
    routes: Vec<Route>,
    unserved: Vec<&'static Descriptor>,
    /// What is at paths that no operation has.
    beside: Vec<(&'static str, Target)>,
    limits: Limits,
    cors: Cors,
    traces: Traces,
    proxies: Proxies,
    admission: Option<Admission>,
}

impl Builder {
    /// Serves these operations.
    pub fn routes(mut self, routes: impl IntoIterator<Item = Route>) -> Self {
        self.routes.extend(routes);
        self
    }

    /// Knows that other services serve these operations of the same contract. They are not found here, also where a path of
    /// this service's would fit theirs; and what a path has, and what a browser may send and read, is said of all of them.
    pub fn unserved(mut self, operations: impl IntoIterator<Item = &'static Descriptor>) -> Self {
        self.unserved.extend(operations);
        self
    }

    /// Serves a file at this path.
    pub fn static_file(mut self, path: &'static str, static_file: StaticFile) -> Self {
        self.beside.push((path, Target::StaticFile(static_file)));
        self
    }

    /// Sends who asks for this path to the other one (`302 RouteMatch`).
    pub fn redirect(mut self, path: &'static str, to: &'static str) -> Self {
        self.beside.push((path, Target::Redirect(to)));
        self
    }

    /// How much, and how long.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Who may call from a browser.
    pub fn cors(mut self, cors: Cors) -> Self {
        self.cors = cors;
        self
    }

    /// Answers only requests with this header, once, and a value that the predicate takes: what stands in front of the service
    /// puts it there, so that nobody goes around that. All others get a 403, and no handler sees the header. Where the predicate
    /// cannot say at the moment, the request gets its 503.
    pub fn admit<F>(
        mut self,
        header: HeaderName,
        takes: impl Fn(HeaderValue) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<bool, ServiceUnavailable>> + Send + 'static,
    {
        self.admission = Some(Admission {
            header,
            takes: Box::new(move |value| Box::pin(takes(value))),
        });
        self
    }

    /// Whose traces are continued: by default nobody's, because whoever can name a trace can write into it. The predicate gets the
    /// address of the peer, where the host knows it ([`Peer`]). A function's traces are its host's, whatever is said here.
    pub fn trust_traces(
        mut self,
        trusted: impl Fn(Option<IpAddr>) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.traces.trusted = Arc::new(trusted);
        self
    }

    /// Which addresses are those of proxies, whose `X-Forwarded-For` says where a request comes from
    /// ([`Context::source`]): by default none, because everybody can send that header. A peer that [`admit`](Self::admit) takes is
    /// one, whatever its address.
    pub fn trust_proxies(
        mut self,
        proxies: impl Fn(IpAddr) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.proxies = Proxies(Arc::new(proxies));
        self
    }

    /// How the span of a request is given the parent that the headers of the request name. It is called for trusted peers, before
    /// the span is entered.
    pub fn adopt_traces(mut self, adopt: fn(&Span, &HeaderMap)) -> Self {
        self.traces.adopt = adopt;
        self
    }

    /// How the id of the trace that the span of a request belongs to is learned, where the span is recorded. Log lines have it.
    /// It is called when the span has its name.
    pub fn trace_ids(mut self, id: fn(&Span) -> Option<String>) -> Self {
        self.traces.id = id;
        self
    }

    /// The service.
    ///
    /// # Errors
    ///
    /// Two routes that no request can tell apart.
    pub fn build(self) -> Result<Service, RouteConflict> {
        let mut router = Router::new();
        let mut sent =
            BTreeSet::from(["authorization", "content-type", "x-request-id"].map(str::to_owned));
        let mut exposed = BTreeSet::from(["x-request-id".to_owned()]);
        let here = self.routes.into_iter();
        let here = here.map(|route| (route.descriptor, Target::Operation(route)));
        let unserved = self.unserved.into_iter();
        let unserved = unserved.map(|descriptor| (descriptor, Target::Unserved));
        for (descriptor, target) in here.chain(unserved) {
            let headers = descriptor
                .parameters
                .iter()
                .filter(|p| p.location == Location::Header);
            sent.extend(headers.map(|parameter| parameter.name.to_ascii_lowercase()));
            exposed.extend(
                descriptor
                    .response_headers
                    .iter()
                    .map(|name| name.to_ascii_lowercase()),
            );
            let choice = Choice {
                selectors: descriptor.selectors,
                target,
            };
            let (path, method) = (descriptor.path, descriptor.method.clone());
            router.insert_or_join(path, method, Vec::from([choice]), Choice::join)?;
        }
        for (path, target) in self.beside {
            let choice = Choice {
                selectors: &[],
                target,
            };
            router.insert(path, Method::GET, Vec::from([choice]))?;
        }
        Ok(Service(Arc::new(Inner {
            router,
            limits: self.limits,
            cors: self.cors,
            traces: self.traces,
            proxies: self.proxies,
            admission: self.admission,
            sent: list(sent.iter().map(String::as_str)),
            exposed: list(exposed.iter().map(String::as_str)),
        })))
    }
}

/// Operations, the servers that carry them out, and all that is the same for every one of them. Clones are the same service.
///
/// With the feature `tower` it is a `tower::Service` too, which axum, hyper and `lambda_http` host: see
/// [`host::tower`](crate::host).
#[derive(Clone)]
pub struct Service(Arc<Inner>);

struct Inner {
    router: Router<Vec<Choice>>,
    limits: Limits,
    cors: Cors,
    traces: Traces,
    proxies: Proxies,
    admission: Option<Admission>,
    sent: HeaderValue,
    exposed: HeaderValue,
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service")
            .field("limits", &self.0.limits)
            .finish_non_exhaustive()
    }
}

/// What is said of a request in the access log.
#[derive(Default)]
struct Record<'r> {
    /// The operation that was found, and the circumstances of its call.
    call: Option<(&'r Route, Arc<Context>)>,
}

impl Record<'_> {
    fn descriptor(&self) -> Option<&'static Descriptor> {
        self.call.as_ref().map(|(route, _)| route.descriptor)
    }

    fn context(&self) -> Option<&Context> {
        self.call.as_ref().map(|(_, context)| &**context)
    }

    /// A failure of the service, in the shape that the operation declares.
    fn failure(&self, problem: impl Into<Problem>, request_id: &str) -> Response<Bytes> {
        let failure = HandlerResponse::problem(problem);
        match &self.call {
            Some((route, context)) => route.respond(context, failure),
            None => failure.into_response(request_id, ""),
        }
    }
}

impl Service {
    /// A service of nothing yet.
    pub fn builder() -> Builder {
        Builder {
            routes: Vec::new(),
            unserved: Vec::new(),
            beside: Vec::new(),
            limits: Limits::default(),
            cors: Cors::default(),
            traces: Traces::default(),
            proxies: Proxies::default(),
            admission: None,
        }
    }

    /// Answers a request. It always answers, and it never panics.
    ///
    /// # Cancellation
    ///
    /// Dropping the future, which a host does where the caller has gone away, and the request's time-out, which is answered with
    /// 504, both drop the handler at the `await` that it is at: what it has begun, such as a write to a table, may or may not
    /// happen. A handler that must finish something does it in a task of its own.
    pub async fn call(&self, request: Request<Body>) -> Response<Bytes> {
        let peer = request.extensions().get::<Peer>();
        let trusted = (self.0.traces.trusted)(peer.map(|Peer(address)| address.ip()));
        let (scope, segment) = RequestScope::of(&request, trusted);
        let span = span::request(request.method(), &scope.request_id);
        if trusted && !span.is_disabled() {
            (self.0.traces.adopt)(&span, request.headers());
        }
        let scope = Arc::new(scope);
        let answering = self.0.answer(request, &scope, segment).instrument(span);
        scope::within(scope.clone(), answering).await
    }
}

impl Inner {
    async fn answer(
        &self,
        request: Request<Body>,
        scope: &RequestScope,
        segment: Option<Segment>,
    ) -> Response<Bytes> {
        let started = Instant::now();
        let (mut parts, body) = request.into_parts();
        let refusal = match &self.admission {
            None => None,
            Some(admission) => admission.refusal(&mut parts.headers).await,
        };
        let request_id = scope.request_id.clone();
        let method = parts.method.clone();
        let uri = parts.uri.clone();
        // Only a caller from another origin needs its headers again.
        let origin = parts
            .headers
            .contains_key(http::header::ORIGIN)
            .then(|| parts.headers.clone());
        let takes_gzip = negotiate::takes_gzip(&parts.headers);
        let check = parts.extensions.get::<ResponseCheck>().copied();
        let mut record = Record::default();
        let mut response = match refusal {
            None => {
                self.route(parts, body, &request_id, started, &mut record)
                    .await
            }
            Some(refusal) => refusal.into_response(&request_id, parts.uri.path()),
        };
        compression::apply(&method, takes_gzip, &mut response).await;
        if let Some(Err(why)) = check.map(|ResponseCheck(measure)| measure(&response)) {
            tracing::error!(
                requestId = &*request_id,
                operationId = record.descriptor().map(|operation| operation.id),
                why,
                "an answer cannot be sent"
            );
            response = record.failure(InternalServerError::default(), &request_id);
        }

        let headers = response.headers_mut();
        if let Some(request) = &origin {
            self.cors.expose(request, &self.exposed, headers);
        }
        if let Ok(id) = HeaderValue::from_str(&request_id) {
            headers.insert(REQUEST_ID, id);
        }
        // Of a request that has found no operation.
        self.traces.learn_id();
        span::answered(response.status());
        let bytes = response.body().len();
        let (operation, context) = (record.descriptor(), record.context());
        if method == Method::HEAD {
            let length = HeaderValue::from(bytes);
            response.headers_mut().insert(CONTENT_LENGTH, length);
            *response.body_mut() = Bytes::new();
        }
        tracing::info!(
            target: "access",
            requestId = &*request_id,
            correlationId = scope.correlation_id,
            method = %method,
            operationId = operation.map_or("", |operation| operation.id),
            route = operation.map_or("", |operation| operation.path),
            path = operation.is_none().then(|| shown_path::shown(uri.path())),
            status = response.status().as_u16(),
            latencyUs = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
            bytes,
            code = response.extensions().get::<problem::Code>().map(|problem::Code(code)| &**code),
            principal = context.and_then(|context| context.principal.get()).map(String::as_str),
            ids = context.and_then(Context::touched),
            traceId = segment.as_ref().map(|segment| &*segment.trace.root),
            segmentId = segment.as_ref().map(|segment| &*segment.id),
            parentId = segment.as_ref().and_then(|segment| segment.trace.parent.as_deref()),
        );
        response
    }

    async fn route<'r>(
        &'r self,
        mut parts: Parts,
        body: Body,
        request_id: &Arc<str>,
        started: Instant,
        record: &mut Record<'r>,
    ) -> Response<Bytes> {
        path_form::normalize(&mut parts.uri);
        let path = parts.uri.path();
        let nothing = || {
            let problem = NotFound::default().detail("There is nothing at this path.");
            HandlerResponse::problem(problem).into_response(request_id, path)
        };
        let Some(found) = self.router.at(path) else {
            return nothing();
        };
        let target = match find(&found, &parts.method) {
            Some(choices) => {
                let mut choices = choices.iter();
                let chosen = choices.find(|choice| {
                    let mut selectors = choice.selectors.iter();
                    selectors.all(|selector| selector.selects(&parts))
                });
                match chosen {
                    Some(choice) => &choice.target,
                    None => return nothing(),
                }
            }
            None if parts.method == Method::OPTIONS => return self.options(&found, &parts.headers),
            None => {
                let problem = MethodNotAllowed::default().detail("The path has no such method.");
                let mut response =
                    HandlerResponse::problem(problem).into_response(request_id, path);
                response.headers_mut().insert(ALLOW, allow(&found));
                return response;
            }
        };
        let route = match target {
            Target::Operation(route) => route,
            Target::Unserved => return nothing(),
            Target::StaticFile(static_file) => return static_file.answer(&parts.headers),
            Target::Redirect(to) => {
                let answer = HandlerResponse::empty(StatusCode::FOUND).header("location", to);
                return answer.into_response(request_id, parts.uri.path());
            }
        };
        span::found(&parts.method, route.descriptor);
        self.traces.learn_id();
        scope::current(|scope| scope.operation.set(route.descriptor.id));
        let context = Arc::new(Context {
            operation: route.descriptor,
            request_id: request_id.clone(),
            deadline: deadline(&parts, started + self.limits.request_timeout),
            captures: found.captures,
            source: self.proxies.source(
                parts.extensions.get::<Peer>(),
                self.admission.is_some(),
                &parts.headers,
            ),
            parts,
            body: OnceLock::new(),
            principal: OnceLock::new(),
            touched: Mutex::default(),
        });
        record.call = Some((route, context.clone()));
        let exchange = PendingRequest {
            context: context.clone(),
            body,
            limits: self.limits,
        };
        let running = AssertUnwindSafe((route.run)(exchange)).catch_unwind();
        let answer = match tokio::time::timeout_at(context.deadline.into(), running).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => {
                // The panic hook has written where it happened. Its text may hold what was sent, and stays out of the answer.
                tracing::error!(
                    requestId = &**request_id,
                    operationId = route.descriptor.id,
                    "a handler panicked"
                );
                HandlerResponse::problem(InternalServerError::default())
            }
            Err(_) => HandlerResponse::problem(
                GatewayTimeout::default()
                    .detail("The operation did not finish in time; it may still take effect."),
            ),
        };
        route.respond(&context, answer)
    }

    /// What a path can do: for a browser's preflight, and for anybody who asks.
    fn options(&self, found: &RouteMatch<'_, Vec<Choice>>, request: &HeaderMap) -> Response<Bytes> {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = StatusCode::NO_CONTENT;
        let methods = allow(found);
        if Cors::is_preflight(request) {
            self.cors
                .answer_preflight(request, &methods, &self.sent, response.headers_mut());
        }
        response.headers_mut().insert(ALLOW, methods);
        response
    }
}

/// When the caller must have an answer: at the latest when the host stops waiting.
fn deadline(parts: &Parts, limit: Instant) -> Instant {
    let invocation = parts.extensions.get::<Invocation>();
    invocation.map_or(limit, |invocation| invocation.deadline.min(limit))
}

/// HEAD is GET without the body (RFC 9110 §9.3.2).
fn find<'r>(found: &RouteMatch<'r, Vec<Choice>>, method: &Method) -> Option<&'r [Choice]> {
    let at = |wanted: &Method| {
        found
            .methods
            .iter()
            .find(|(method, _)| method == wanted)
            .map(|(_, choices)| choices.as_slice())
    };
    at(method).or_else(|| {
        if method == Method::HEAD {
            at(&Method::GET)
        } else {
            None
        }
    })
}

fn allow(found: &RouteMatch<'_, Vec<Choice>>) -> HeaderValue {
    let mut methods: BTreeSet<&str> = found
        .methods
        .iter()
        .map(|(method, _)| method.as_str())
        .collect();
    if methods.contains("GET") {
        methods.insert("HEAD");
    }
    methods.insert("OPTIONS");
    list(methods)
}

fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> HeaderValue {
    let text = names.into_iter().collect::<Vec<_>>().join(", ");
    // Names of methods and headers are tokens, and a token is a header value.
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

/// Which requests are answered.
struct Admission {
    header: HeaderName,
    takes: Box<dyn Fn(HeaderValue) -> BoxFuture<'static, Admitted> + Send + Sync>,
}

type Admitted = Result<bool, ServiceUnavailable>;

impl Admission {
    /// The answer to a request with these headers, if it is not one of those. The header is taken out of them.
    async fn refusal(&self, headers: &mut HeaderMap) -> Option<HandlerResponse> {
        let mut values = headers.get_all(&self.header).iter();
        let value = match (values.next(), values.next()) {
            (Some(value), None) => Some(value.clone()),
            _ => None,
        };
        headers.remove(&self.header);
        let admitted = match value {
            Some(value) => (self.takes)(value).await,
            None => Ok(false),
        };
        match admitted {
            Ok(true) => None,
            Ok(false) => {
                let problem = Forbidden::default().detail("Call the API by its public address.");
                Some(HandlerResponse::problem(problem))
            }
            Err(unavailable) => Some(HandlerResponse::problem(unavailable)),
        }
    }
}

/// Whose traces are continued, and how.
struct Traces {
    trusted: Arc<dyn Fn(Option<IpAddr>) -> bool + Send + Sync>,
    adopt: fn(&Span, &HeaderMap),
    id: fn(&Span) -> Option<String>,
}

impl Traces {
    /// Has log lines lead to the trace of the current request from now on.
    fn learn_id(&self) {
        let span = Span::current();
        if span.is_disabled() {
            return;
        }
        scope::current(|scope| {
            if scope.recorded_as.get().is_none()
                && let Some(id) = (self.id)(&span)
            {
                // It is set once.
                let _ = scope.recorded_as.set(id);
            }
        });
    }
}

impl Default for Traces {
    fn default() -> Self {
        Self {
            trusted: Arc::new(|_| false),
            adopt: |_, _| {},
            id: |_| None,
        }
    }
}

/// A host adapter's check of a response: whether the host can carry it to the caller, and why not. Without one every response is sent.
#[derive(Debug, Clone, Copy)]
pub struct ResponseCheck(pub fn(&Response<Bytes>) -> Result<(), String>);

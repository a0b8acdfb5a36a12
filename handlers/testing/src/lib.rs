//! A whole server in a test's own process: real rules, real table (in memory), real tokens; no socket.
//!
//! What differs from `civicforge serve`: passwords cost almost nothing to hash, and the clock stands still until it is
//! moved. Nothing is replaced by a mock.
//!
//! ```
//! # use civicforge_testing::TestApp;
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
//! let app = TestApp::new().await;
//! let reply = app.get("/health").send().await;
//! assert_eq!((reply.status, reply.json()["status"].as_str()), (200, Some("ok")));
//! # });
//! ```

mod elsewhere;
pub mod fault;
pub mod images;
pub mod objects;
pub mod record;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use aws_sdk_dynamodb::types::{PutRequest, WriteRequest};
use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use civicforge_kernel::aws::queue::Queue;
use civicforge_kernel::clock::Clock;
use civicforge_kernel::destinations::event_bus::EventBus;
use civicforge_kernel::keys::secret::Secret;
use civicforge_kernel::keys::signing::{SigningKeys, generate_pem};
use civicforge_kernel::keys::source::SecretSource;
use civicforge_kernel::keys::{CurrentKeys, Keys};
use civicforge_kernel::secret_text::SecretText;
use civicforge_kernel::table::Freshness;
use civicforge_kernel::table::embedded::Embedded;
use civicforge_kernel::table::item::to_value;
use civicforge_kernel::table::shards;
use civicforge_kernel::table::{
    Condition, CurrentShards, Item, ShardCounts, Shards, StoreError, Table, Write,
};
use civicforge_runtime::body::Body;
use civicforge_runtime::cors::Cors;
use civicforge_runtime::limits::Limits;
use civicforge_runtime::service::Service;
use civicforge_runtime::source::Peer;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use civicforge_handlers::app::{CivicForge, Parts};
use civicforge_handlers::auth::access_token::TokenNames;
use civicforge_handlers::auth::issuers::TrustedIssuer;
use civicforge_handlers::auth::jwks_cache::JwksPolicy;
use civicforge_handlers::auth::lifetimes::TokenLifetimes;
use civicforge_handlers::auth::password::{PasswordCost, Passwords};
use civicforge_handlers::health::{ExpectedKeys, ReadinessChecks};
use civicforge_handlers::serve::media;
use civicforge_handlers::sync::vendors::Vendors;
use civicforge_handlers::users;
use civicforge_handlers::vendors::mail::{Folder, Mailer};

pub use elsewhere::shares_a_table;
use images::storage;
use objects::Objects;

/// Longer than any test.
const NEVER: Duration = Duration::from_secs(24 * 60 * 60);

/// A password that the rule lets pass.
pub const PASSWORD: &str = "4-Quiet-Gardens";

/// The `iss` of the tokens of a [`TestApp`].
pub const ISSUER: &str = "https://civicforge.test";

mod function;
mod loopback;
mod mails;
pub mod properties;
pub mod quests;
pub mod tasks;

pub use function::{EVERYTHING, edge_keys};
pub use loopback::Loopback;
pub use mails::{Mail, sender};
pub use tasks::signature;

/// Making an RSA key takes a while, and one will do for all tests of a process.
static KEY: LazyLock<String> = LazyLock::new(|| generate_pem().expect("a key").to_string());

static KEYS: LazyLock<Arc<SigningKeys>> =
    LazyLock::new(|| Arc::new(SigningKeys::from_pem(&KEY).expect("a key")));

/// The secret of every app, so that a test can start a second one on the same table.
const SECRET: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// What the distribution in front of functions shows where they ask for it. Another key is good too.
pub const EDGE_KEY: &str = "edge-key-of-tests-0123456789-0123456789";

/// A clock that stands still until it is moved.
#[derive(Debug, Clone)]
pub struct TestClock {
    now: Arc<Mutex<DateTime<Utc>>>,
    broken: Arc<std::sync::OnceLock<&'static str>>,
}

impl TestClock {
    fn new() -> Self {
        let start = DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
        Self {
            now: Arc::new(Mutex::new(start)),
            broken: Arc::default(),
        }
    }

    /// What time it is.
    pub fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves it, also backwards.
    pub fn advance(&self, by: TimeDelta) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }

    /// From now on the server panics, with this text, when it looks at the clock.
    pub fn break_down(&self, text: &'static str) {
        let _ = self.broken.set(text);
    }

    /// The text, if it is broken.
    pub fn broken(&self) -> Option<&'static str> {
        self.broken.get().copied()
    }

    /// What the server reads from it.
    fn read(&self) -> DateTime<Utc> {
        let broken = self.broken();
        assert!(broken.is_none(), "{}", broken.unwrap_or_default());
        self.now()
    }
}

/// The clock as the server has it.
fn clock_of(clock: &TestClock) -> Clock {
    let clock = clock.clone();
    Clock::new(move || clock.read())
}

/// How a [`TestApp`] is put together.
#[derive(Debug, Clone)]
pub struct Setup {
    table: Option<Table>,
    issuers: Vec<TrustedIssuer>,
    shards: Option<Shards>,
    freshness: Freshness,
    readiness: ReadinessChecks,
    limits: Limits,
    cors: Cors,
    failed_sign_ups: Option<Queue>,
    event_bus: Option<EventBus>,
    vendors: Option<String>,
    mailer: Option<Mailer>,
    objects: Option<Objects>,
}

impl Setup {
    /// On this table, which exists: one behind faults, or one that outlives the server.
    pub fn table(mut self, table: Table) -> Self {
        self.table = Some(table);
        self
    }

    /// Trusting this issuer too. Its keys are fetched as often as asked for.
    pub fn issuer(mut self, issuer: TrustedIssuer) -> Self {
        self.issuers.push(issuer);
        self
    }

    /// With feeds spread over so many partitions: the table, which says nothing of it yet, is told so.
    pub fn shards(mut self, count: u16) -> Self {
        self.shards = Some(Shards::new(count));
        self
    }

    /// With another age of what it knows of the number of shards.
    pub fn freshness(mut self, freshness: Freshness) -> Self {
        self.freshness = freshness;
        self
    }

    /// With other checks of its readiness; without, an outcome is not kept.
    pub fn readiness(mut self, checks: ReadinessChecks) -> Self {
        self.readiness = checks;
        self
    }

    /// With other limits on requests.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// With these web pages that may call it; without, none may.
    pub fn cors(mut self, cors: Cors) -> Self {
        self.cors = cors;
        self
    }

    /// With this queue for sign-ups that could not be made members of; without, there is none.
    pub fn failed_sign_ups(mut self, queue: Queue) -> Self {
        self.failed_sign_ups = Some(queue);
        self
    }

    /// With this bus for events; without, the log has a line for each.
    pub fn event_bus(mut self, bus: EventBus) -> Self {
        self.event_bus = Some(bus);
        self
    }

    /// With these settings of other systems, in JSON; without, there are none.
    pub fn vendors(mut self, settings: &Value) -> Self {
        self.vendors = Some(settings.to_string());
        self
    }

    /// With another way for mails than into a folder.
    pub fn mailer(mut self, mailer: Mailer) -> Self {
        self.mailer = Some(mailer);
        self
    }

    /// With every call of a bucket noted here.
    pub fn objects(mut self, recorder: Objects) -> Self {
        self.objects = Some(recorder);
        self
    }

    /// The server, with every operation.
    pub async fn start(self) -> TestApp {
        let table = match self.table.clone() {
            Some(table) => table,
            None => empty_table().await,
        };
        if let Some(count) = self.shards {
            let counts = ShardCounts {
                readers: count,
                writers: count,
            };
            let written = shards::begin_with(&table, counts).await;
            written.expect("a table that says nothing of shards");
        }
        let current = CurrentShards::new(table.clone(), self.freshness);
        // Read now, so that what a test injects or counts later is met by what it is about.
        if !self.freshness.bound.is_zero() {
            let _ = current.now().await;
        }
        let clock = TestClock::new();
        let token_names = TokenNames {
            issuer: ISSUER.to_owned(),
            audience: "civicforge".to_owned(),
        };
        let policy = JwksPolicy {
            min_interval: Duration::ZERO,
            ..JwksPolicy::default()
        };
        let keys = Arc::clone(&KEYS);
        let secrets = Secret::from_lines(SECRET).expect("32 bytes");
        let storage = storage().await;
        let media = match &self.objects {
            Some(recorder) => recorder.between(storage.media()),
            None => storage.media(),
        };
        let mails = Folder::temporary().expect("a folder");
        let mail_folder = mails.path().to_owned();
        let app = CivicForge::new(Parts {
            table,
            shards: current,
            keys: CurrentKeys::new(Keys::new(
                Some(keys.clone()),
                keys.public().clone(),
                &secrets,
            )),
            token_names,
            trusted_issuers: self.issuers.clone(),
            jwks: policy,
            passwords: Passwords::new(PasswordCost::FOR_TESTS, 4).expect("a cost"),
            token_lifetimes: TokenLifetimes::default(),
            failed_sign_ups: self.failed_sign_ups.clone(),
            event_bus: self.event_bus.clone(),
            vendors: Vendors::new(
                self.vendors
                    .clone()
                    .map(SecretText::new)
                    .map(SecretSource::Given),
                None,
                clock_of(&clock),
            ),
            mail: mails::settings(self.mailer.clone(), mails),
            media,
            readiness: self.readiness.clone(),
            clock: clock_of(&clock),
        });
        if !self.freshness.bound.is_zero() {
            let _ = app.auth.refused.now().await;
        }
        let app = Arc::new(app);
        let service = Service::builder()
            .routes(app.routes())
            .limits(self.limits)
            .cors(self.cors.clone())
            // Whoever calls it is in its process.
            .trust_traces(|peer| peer.is_none());
        TestApp {
            setup: Arc::new(self),
            app,
            service: service.build().expect("routes that do not collide"),
            clock,
            mail_folder,
            storage: Arc::new(storage),
        }
    }
}

/// Put items into a table as they are, many at a time: no call is made for each.
pub async fn put_items(table: &Table, items: impl Iterator<Item = Result<Item, StoreError>>) {
    let puts = items.map(|item| {
        let put = PutRequest::builder().set_item(Some(item.expect("an item")));
        let put = put.build().expect("a request");
        WriteRequest::builder().put_request(put).build()
    });
    // DynamoDB takes no more items in one call.
    for batch in puts.collect::<Vec<_>>().chunks(25) {
        let call = table.client().batch_write_item();
        let call = call.request_items(table.name(), batch.to_vec());
        let left = call.send().await.expect("a batch").unprocessed_items;
        assert!(left.is_none_or(|left| left.is_empty()), "it is throttled");
    }
}

/// An empty table: in memory, or elsewhere if the environment says where.
pub async fn empty_table() -> Table {
    match elsewhere::table().await {
        Some(table) => table,
        None => memory().await,
    }
}

/// A new table in memory.
pub async fn memory() -> Table {
    let embedded = Embedded::in_memory().expect("a database");
    embedded.table("test").await.expect("a table")
}

/// A server without a socket. Clones are the same server.
#[derive(Debug, Clone)]
pub struct TestApp {
    /// How it was put together.
    setup: Arc<Setup>,
    /// What handlers work with.
    pub app: Arc<CivicForge>,
    /// What answers requests.
    pub service: Service,
    /// What time the server thinks it is.
    pub clock: TestClock,
    mail_folder: PathBuf,
    /// Where files are.
    pub storage: Arc<media::Listener>,
}

/// Has a subscriber of one thread get the events of code that another thread came by first.
///
/// While there is one subscriber, `tracing` asks the thread that comes by a place in the code first whether anybody listens there, and
/// keeps that thread's answer; with two it asks all.
pub fn hear_every_place() {
    static SECOND: LazyLock<tracing::Dispatch> =
        LazyLock::new(|| tracing::Dispatch::new(tracing::subscriber::NoSubscriber::new()));
    LazyLock::force(&SECOND);
}

impl TestApp {
    /// A server with an empty table.
    pub async fn new() -> Self {
        Self::setup().start().await
    }

    /// A server of another kind.
    pub fn setup() -> Setup {
        Setup {
            table: None,
            issuers: Vec::new(),
            shards: None,
            // Read at the start and then never by itself: calls are counted, and meet faults.
            freshness: Freshness {
                bound: NEVER,
                refresh_after: NEVER,
            },
            readiness: ReadinessChecks {
                max_age: Duration::ZERO,
                ..ReadinessChecks::of(ExpectedKeys::ALL)
            },
            limits: Limits::default(),
            cors: Cors::default(),
            failed_sign_ups: None,
            event_bus: None,
            vendors: None,
            mailer: None,
            objects: None,
        }
    }

    /// Moves the server's clock.
    pub fn advance(&self, by: TimeDelta) {
        self.clock.advance(by);
    }

    /// Answers a request as it is.
    pub async fn call(&self, request: Request<Body>) -> Response<Bytes> {
        self.service.call(request).await
    }

    /// A request to be sent.
    pub fn request(&self, method: Method, path: &str) -> Call<'_> {
        Call {
            app: self,
            method,
            path: path.to_owned(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            peer: None,
        }
    }

    /// A GET to be sent.
    pub fn get(&self, path: &str) -> Call<'_> {
        self.request(Method::GET, path)
    }

    /// A POST to be sent.
    pub fn post(&self, path: &str) -> Call<'_> {
        self.request(Method::POST, path)
    }

    /// A PUT to be sent.
    pub fn put(&self, path: &str) -> Call<'_> {
        self.request(Method::PUT, path)
    }

    /// A DELETE to be sent.
    pub fn delete(&self, path: &str) -> Call<'_> {
        self.request(Method::DELETE, path)
    }

    /// Opens an account for `<name>@example.org`, through the API.
    pub async fn register(&self, name: &str) -> TestMember {
        let email = format!("{name}@example.org");
        let body = json!({"email": email, "password": PASSWORD, "name": name});
        let reply = self.post("/api/v1/auth/register").json(&body).send().await;
        assert_eq!(reply.status, 201, "{reply:?}");
        TestMember::of(&email, &reply.json())
    }

    /// Opens another session of a member, through the API.
    pub async fn login(&self, email: &str) -> TestMember {
        let body = json!({"email": email, "password": PASSWORD});
        let reply = self.post("/api/v1/auth/login").json(&body).send().await;
        assert_eq!(reply.status, 200, "{reply:?}");
        TestMember::of(email, &reply.json())
    }

    /// Opens an account for somebody who decides disputes.
    pub async fn register_arbiter(&self, name: &str) -> TestMember {
        self.register_with(name, "arbiter").await
    }

    /// Opens an account for somebody who operates the installation.
    pub async fn register_admin(&self, name: &str) -> TestMember {
        self.register_with(name, "admin").await
    }

    async fn register_with(&self, name: &str, role: &str) -> TestMember {
        let member = self.register(name).await;
        let roles = to_value(&["member", role]).expect("a list");
        let write = Write::update(users::keys::key(member.id)).when(Condition::exists());
        let write = self.app.table.write(write.set("roles", roles)).await;
        write.expect("a change of roles");
        self.login(&member.email).await
    }
}

/// A member with a session.
#[derive(Debug, Clone)]
pub struct TestMember {
    /// The user id.
    pub id: Uuid,
    /// The e-mail address.
    pub email: String,
    /// For `Authorization: Bearer`.
    pub access_token: String,
    /// For `refreshToken`.
    pub refresh_token: String,
}

impl TestMember {
    /// The member of an answer with tokens.
    pub fn of(email: &str, tokens: &Value) -> Self {
        let text = |name: &str| tokens[name].as_str().expect("a text").to_owned();
        let id = tokens["user"]["userId"].as_str().expect("an id");
        Self {
            id: id.parse().expect("a UUID"),
            email: email.to_owned(),
            access_token: text("accessToken"),
            refresh_token: text("refreshToken"),
        }
    }
}

/// A request to be sent.
#[derive(Debug, Clone)]
#[must_use = "nothing happens before it is sent"]
pub struct Call<'a> {
    app: &'a TestApp,
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Bytes,
    peer: Option<Peer>,
}

impl Call<'_> {
    /// From this address.
    pub fn from(mut self, address: &str) -> Self {
        let address = address.parse().expect("an address");
        self.peer = Some(Peer(SocketAddr::new(address, 0)));
        self
    }

    /// As this member.
    pub fn member(self, member: &TestMember) -> Self {
        self.bearer(&member.access_token)
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
    pub fn json(self, body: &impl Serialize) -> Self {
        let body = serde_json::to_vec(body).expect("JSON");
        self.body("application/json", body)
    }

    /// With any body.
    pub fn body(mut self, media_type: &'static str, body: impl Into<Bytes>) -> Self {
        let media_type = HeaderValue::from_static(media_type);
        self.headers.insert(CONTENT_TYPE, media_type);
        self.body = body.into();
        self
    }

    /// Sends it.
    pub async fn send(self) -> Reply {
        let mut request = Request::new(Body::Complete(self.body));
        *request.method_mut() = self.method;
        *request.uri_mut() = self.path.parse().expect("a path");
        *request.headers_mut() = self.headers;
        if let Some(peer) = self.peer {
            request.extensions_mut().insert(peer);
        }
        let response = self.app.call(request).await;
        Reply {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.into_body(),
        }
    }
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Reply {
    /// The body as JSON; null where there is none.
    pub fn json(&self) -> Value {
        if self.body.is_empty() {
            return Value::Null;
        }
        serde_json::from_slice(&self.body).expect("a body of JSON")
    }

    /// The stable code of a problem; empty where it is none.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    /// Status and code: what most tests ask.
    pub fn problem(&self) -> (u16, String) {
        (self.status, self.code())
    }

    /// A header, if it is there.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

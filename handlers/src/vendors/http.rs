//! Calls over HTTP, as all vendors need them: JSON in and out, bounded in time and in size, tried again where that is safe.
//!
//! No redirect is followed. A vendor that keeps failing is left alone for a while, by the breaker that destinations of the outbox
//! have. What the secrets are is in no error and in no log.

mod answer;
mod ask;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use civicforge_kernel::aws::{self, Trust};
use civicforge_kernel::clock::Clock;
use civicforge_kernel::secret_text::SecretText;
use civicforge_kernel::table::backoff::Backoff;
use civicforge_kernel::table::outbox::breaker::Breakers;
use civicforge_runtime::call::Call;
use http::HeaderMap;
use http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT,
};
use serde::de::DeserializeOwned;
use tokio::time::Instant;
use url::Url;

use super::{Said, VendorError};
use ask::Again;

pub(super) use answer::{Answer, Judge, Verdict, in_general, misfit};
pub(super) use ask::Ask;

const AGENT: &str = concat!("civicforge/", env!("CARGO_PKG_VERSION"));

/// How long a call may take, and how large its answer may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For all attempts of a call and the waits between them.
    pub call: Duration,
    /// The waits. One that a vendor asks for counts too; where there is no time left for it, the call is over.
    pub backoff: Backoff,
    /// The largest body of an answer, in bytes. A page of a hundred tasks, each with all of its fields' options, has megabytes.
    pub largest: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            call: Duration::from_secs(10),
            backoff: Backoff {
                base: Duration::from_millis(200),
                cap: Duration::from_secs(2),
                retries: 3,
                budget: Duration::from_secs(5),
            },
            largest: 16 * 1024 * 1024,
        }
    }
}

/// What all clients of a process have in common. Clones are the same.
#[derive(Debug, Clone)]
pub struct Shared {
    /// What carries requests.
    pub connector: SharedHttpConnector,
    /// What carries those that must not be sent twice, each over a connection of its own.
    pub for_each: SharedHttpConnector,
    /// Which vendors are left alone, by their names.
    pub breakers: Arc<Breakers>,
    /// Tells how far away a moment is that a vendor names.
    pub clock: Clock,
    /// For each call.
    pub limits: Limits,
}

impl Shared {
    /// The usual: over the network, with the system's authorities, through the proxy that the environment names. A vendor's address
    /// is the operator's word, so it may be a private one.
    pub fn new(clock: Clock) -> Self {
        Self {
            connector: aws::connector(Trust::System),
            for_each: aws::connector_for_each(Trust::System),
            breakers: Arc::default(),
            clock,
            limits: Limits::default(),
        }
    }
}

/// The way to one vendor.
#[derive(Clone)]
pub(super) struct Way {
    vendor: &'static str,
    base: Url,
    headers: HeaderMap,
    /// What must not get into an error, even where the vendor repeats it.
    secret: SecretText,
    judge: Judge,
    shared: Shared,
}

impl fmt::Debug for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Way")
            .field("vendor", &self.vendor)
            .field("base", &self.base.as_str())
            .finish_non_exhaustive()
    }
}

/// How one attempt ended.
enum Attempt {
    /// There was no connection.
    NotSent(String),
    /// It was sent, and no whole answer came.
    Lost(String),
    /// The answer is too large to be read.
    TooLarge(String),
    Answered(Answer),
}

/// What trouble the vendor had with an attempt that is made again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trouble {
    /// None: it asks to wait.
    None,
    /// It has done nothing.
    NotDone,
    /// Nobody knows what it has done.
    Doubtful,
}

impl Way {
    /// To the vendor at this address.
    pub(super) fn new(
        vendor: &'static str,
        base: Url,
        secret: SecretText,
        judge: Judge,
        shared: Shared,
    ) -> Self {
        Self {
            vendor,
            base,
            headers: HeaderMap::new(),
            secret,
            judge,
            shared,
        }
    }

    /// The same with this in the header `Authorization`.
    pub(super) fn authorized(mut self, authorization: &str) -> Result<Self, VendorError> {
        self.insert(AUTHORIZATION, authorization)?;
        Ok(self)
    }

    /// Where the vendor is.
    pub(super) fn base(&self) -> &Url {
        &self.base
    }

    /// Has a header sent with each request.
    pub(super) fn insert(&mut self, name: HeaderName, value: &str) -> Result<(), VendorError> {
        let mut value = HeaderValue::from_str(value).map_err(|_| {
            let what = format!("no value of the header {name} can be like the one configured");
            VendorError::Credentials(Said::new(0, None, &what))
        })?;
        value.set_sensitive(true);
        self.headers.insert(name, value);
        Ok(())
    }

    /// Whether the vendor is left alone now, because of its failures.
    pub(super) fn is_left_alone(&self) -> bool {
        self.shared.breakers.is_open(self.vendor)
    }

    /// Does what is asked, and reads the answer.
    pub(super) async fn ask<T: DeserializeOwned>(&self, ask: &Ask) -> Result<T, VendorError> {
        self.send(ask).await?.read()
    }

    /// Does what is asked.
    pub(super) async fn send(&self, ask: &Ask) -> Result<Answer, VendorError> {
        let url = ask.url(&self.base)?;
        self.send_to(ask, &url).await
    }

    /// The same at this address, which has the origin of the vendor's.
    pub(super) async fn send_to(&self, ask: &Ask, url: &Url) -> Result<Answer, VendorError> {
        let limits = &self.shared.limits;
        let deadline = Instant::now() + limits.call;
        let breakers = &self.shared.breakers;
        let mut spent = Duration::ZERO;
        for failures in 0.. {
            if !breakers.lets(self.vendor) {
                return Err(VendorError::later(format!(
                    "{} is left alone for a while after its failures",
                    self.vendor
                )));
            }
            let attempt = self.attempt(ask, url, deadline).await;
            let (why, after, trouble) = match attempt {
                Attempt::NotSent(why) => (why, None, Trouble::NotDone),
                Attempt::Lost(why) => (why, None, Trouble::Doubtful),
                Attempt::TooLarge(why) => {
                    breakers.succeeded(self.vendor);
                    return Err(match ask.again {
                        Again::Safe => VendorError::Unreadable(why),
                        Again::Creates => VendorError::Doubtful(why),
                    });
                }
                Attempt::Answered(answer) => match (self.judge)(&answer) {
                    Verdict::Done => {
                        breakers.succeeded(self.vendor);
                        return Ok(answer);
                    }
                    Verdict::Failed(error) => {
                        breakers.succeeded(self.vendor);
                        return Err(self.without_secret(error));
                    }
                    Verdict::Wait(after) => {
                        breakers.succeeded(self.vendor);
                        let why = format!("{} asks to wait", self.vendor);
                        (why, after, Trouble::None)
                    }
                    Verdict::Trouble(after) => {
                        let why = format!("it answered {}", answer.status);
                        (why, after, Trouble::Doubtful)
                    }
                },
            };
            if trouble != Trouble::None && breakers.failed(self.vendor) {
                tracing::error!(vendor = self.vendor, why, "a vendor keeps failing");
            }
            if trouble == Trouble::Doubtful && ask.again == Again::Creates {
                return Err(VendorError::Doubtful(why));
            }
            let wait = after.unwrap_or_default() + limits.backoff.wait(failures);
            if !may_wait(limits, failures, spent, wait, deadline) {
                return Err(VendorError::Later { why, after });
            }
            tracing::debug!(
                vendor = self.vendor,
                operation = ask.operation,
                why,
                "trying again"
            );
            spent += wait;
            tokio::time::sleep(wait).await;
        }
        // The loop has more turns than there are retries.
        Err(VendorError::later("too many tries"))
    }

    async fn attempt(&self, ask: &Ask, url: &Url, deadline: Instant) -> Attempt {
        let request = match self.request(ask, url) {
            Ok(request) => request,
            Err(why) => return Attempt::NotSent(why),
        };
        let call = Call::begin(self.vendor, ask.operation).remote();
        let connector = match ask.again {
            Again::Safe => &self.shared.connector,
            Again::Creates => &self.shared.for_each,
        };
        let sent = connector.call(request);
        match tokio::time::timeout_at(deadline, sent).await {
            Err(_) => {
                call.end(Err("no answer in time"));
                Attempt::Lost("no answer in time".to_owned())
            }
            Ok(Err(error)) => {
                call.end(Err("no answer"));
                let why = aws::reasons(&error);
                match aws::was_not_sent(&error) {
                    true => Attempt::NotSent(why),
                    false => Attempt::Lost(why),
                }
            }
            Ok(Ok(response)) => {
                let status = response.status().as_u16();
                let read = self.read(ask.again, response);
                let attempt = tokio::time::timeout_at(deadline, read).await;
                call.end(Ok(status));
                attempt.unwrap_or_else(|_| {
                    Attempt::Lost(format!("the body of a {status} did not end in time"))
                })
            }
        }
    }

    fn request(&self, ask: &Ask, url: &Url) -> Result<HttpRequest, String> {
        let mut request = http::Request::builder()
            .method(ask.method)
            .uri(url.as_str());
        if let Some(headers) = request.headers_mut() {
            headers.extend(self.headers.clone());
            headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
            headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
            if let Some(body) = &ask.body {
                let json = "application/json; charset=utf-8";
                headers.insert(CONTENT_TYPE, HeaderValue::from_static(json));
                headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
            }
        }
        let body = ask.body.clone().map_or_else(SdkBody::empty, SdkBody::from);
        let request = request.body(body).map_err(|error| error.to_string())?;
        HttpRequest::try_from(request).map_err(|error| error.to_string())
    }

    async fn read(&self, again: Again, response: HttpResponse) -> Attempt {
        let response = match response.try_into_http1x() {
            Ok(response) => response,
            Err(error) => return Attempt::Lost(error.to_string()),
        };
        let (parts, body) = response.into_parts();
        let status = parts.status.as_u16();
        let largest = self.shared.limits.largest;
        let mut chunks = ByteStream::new(body);
        let mut body = Vec::new();
        while let Some(chunk) = chunks.next().await {
            let Ok(chunk) = chunk else {
                return Attempt::Lost(format!("the body of a {status} was cut off"));
            };
            if body.len() + chunk.len() > largest {
                return Attempt::TooLarge(format!("a {status} of more than {largest} bytes"));
            }
            body.extend_from_slice(&chunk);
        }
        Attempt::Answered(Answer {
            status,
            headers: parts.headers,
            body,
            again,
            at: self.shared.clock.now(),
        })
    }

    fn without_secret(&self, error: VendorError) -> VendorError {
        let secret = self.secret.expose();
        match error {
            VendorError::Gone(said) => VendorError::Gone(said.without(secret)),
            VendorError::Refused(said) => VendorError::Refused(said.without(secret)),
            VendorError::Credentials(said) => VendorError::Credentials(said.without(secret)),
            other => other,
        }
    }
}

/// Whether there is an attempt left, and time for it after the wait.
fn may_wait(
    limits: &Limits,
    failures: u32,
    spent: Duration,
    wait: Duration,
    deadline: Instant,
) -> bool {
    failures < limits.backoff.retries
        && spent + wait <= limits.backoff.budget
        && Instant::now() + wait < deadline
}

//! Calls over HTTP, as all vendors need them: JSON in and out, bounded in time and in size, tried again where that is safe.
//!
//! No redirect is followed. A vendor that keeps failing is left alone for a while, by the breaker that destinations of the outbox
//! have. What the secrets are is in no error and in no log.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use chrono::{DateTime, Utc};
use civicforge_kernel::aws::{self, Trust};
use civicforge_kernel::clock::Clock;
use civicforge_kernel::secret_text::SecretText;
use civicforge_kernel::table::backoff::Backoff;
use civicforge_kernel::table::outbox::breaker::Breakers;
use civicforge_runtime::call::Call;
use http::HeaderMap;
use http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER,
    USER_AGENT,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::Instant;
use url::Url;

use super::{Said, VendorError};

const AGENT: &str = concat!("civicforge/", env!("CARGO_PKG_VERSION"));

/// No vendor is taken to ask for more than this.
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

/// How long a call may take, and how large its answer may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For all attempts of a call and the waits between them.
    pub call: Duration,
    /// The waits. One that a vendor asks for counts too; where there is no time left for it, the call is over.
    pub backoff: Backoff,
    /// The largest body of an answer, in bytes.
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
            largest: 4 * 1024 * 1024,
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

/// Whether a call may be made again without knowing what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// It has the same effect.
    Safe,
    /// It would make a second one of what it makes.
    Creates,
}

/// A request to a vendor.
#[derive(Debug)]
pub(super) struct Ask {
    /// The name of the operation, for telemetry.
    pub operation: &'static str,
    method: &'static str,
    again: Again,
    segments: Vec<String>,
    query: Vec<(&'static str, String)>,
    body: Option<Vec<u8>>,
}

impl Ask {
    pub(super) fn new(operation: &'static str, method: &'static str, path: &[&str]) -> Self {
        Self {
            operation,
            method,
            again: Again::Safe,
            segments: path.iter().map(|&segment| segment.to_owned()).collect(),
            query: Vec::new(),
            body: None,
        }
    }

    pub(super) fn get(operation: &'static str, path: &[&str]) -> Self {
        Self::new(operation, "GET", path)
    }

    /// It makes something, each time that it is sent.
    pub(super) fn creates(mut self) -> Self {
        self.again = Again::Creates;
        self
    }

    pub(super) fn query(mut self, name: &'static str, value: impl ToString) -> Self {
        self.query.push((name, value.to_string()));
        self
    }

    pub(super) fn json(mut self, body: &impl Serialize) -> Result<Self, VendorError> {
        // A map with keys that are no texts, which none of ours has.
        let body = serde_json::to_vec(body)
            .map_err(|error| VendorError::Refused(Said::new(0, None, &error.to_string())))?;
        self.body = Some(body);
        Ok(self)
    }

    /// Below this address. An id that would lead elsewhere is no id.
    pub(super) fn url(&self, base: &Url) -> Result<Url, VendorError> {
        let no_id = || VendorError::Refused(Said::new(0, None, "an id that no path can have"));
        let mut url = base.clone();
        {
            let mut path = url.path_segments_mut().map_err(|()| no_id())?;
            path.pop_if_empty();
            for segment in &self.segments {
                if matches!(segment.as_str(), "" | "." | "..") {
                    return Err(no_id());
                }
                path.push(segment);
            }
        }
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        Ok(url)
    }
}

/// What a vendor has answered, whole.
#[derive(Debug)]
pub(super) struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    again: Again,
    /// When it came, by the clock.
    pub at: DateTime<Utc>,
}

impl Answer {
    /// A header's text.
    pub(super) fn header(&self, name: impl http::header::AsHeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What `Retry-After` says: seconds, or a date.
    pub(super) fn retry_after(&self) -> Option<Duration> {
        let text = self.header(RETRY_AFTER)?.trim();
        let wait = match text.parse::<u64>() {
            Ok(seconds) => Duration::from_secs(seconds),
            Err(_) => {
                let date = DateTime::parse_from_rfc2822(text).ok()?;
                let wait = date.with_timezone(&Utc).signed_duration_since(self.at);
                wait.to_std().unwrap_or_default()
            }
        };
        Some(wait.min(LONGEST_WAIT))
    }

    pub(super) fn is_json(&self) -> bool {
        let Some(kind) = self.header(CONTENT_TYPE) else {
            return true;
        };
        let kind = kind.split(';').next().unwrap_or_default();
        let kind = kind.trim().to_ascii_lowercase();
        kind == "application/json" || kind.ends_with("+json")
    }

    /// What kind of answer it is, where it is not JSON.
    pub(super) fn kind(&self) -> &str {
        match self.header(CONTENT_TYPE) {
            Some(kind) if kind.to_ascii_lowercase().contains("html") => "HTML",
            Some(_) | None => "a body that is not JSON",
        }
    }

    /// The body as this type. After a call that makes something, what cannot be read leaves in doubt what was made.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, VendorError> {
        if !self.is_json() {
            return Err(self.unreadable(format!("{} with {}", self.status, self.kind())));
        }
        let mut json = serde_json::Deserializer::from_slice(&self.body);
        serde_path_to_error::deserialize(&mut json).map_err(|error| {
            let path = error.path().to_string();
            self.unreadable(misfit(&path, error.inner()))
        })
    }

    pub(super) fn unreadable(&self, why: String) -> VendorError {
        match self.again {
            Again::Safe => VendorError::Unreadable(why),
            Again::Creates => VendorError::Doubtful(why),
        }
    }
}

/// Where JSON is not as documented, without the values that it has, because they may be about people.
pub(super) fn misfit(path: &str, error: &serde_json::Error) -> String {
    use serde_json::error::Category;
    let what = match error.classify() {
        Category::Data => "a value of another kind, or a key that is missing",
        Category::Eof => "it ends too early",
        Category::Syntax | Category::Io => "it is not JSON",
    };
    format!(
        "at `{path}` (line {}, column {}): {what}",
        error.line(),
        error.column()
    )
}

/// What a vendor's answer means.
#[derive(Debug)]
pub(super) enum Verdict {
    /// It was done.
    Done,
    /// It was certainly not done, and may be asked for again after this.
    Wait(Option<Duration>),
    /// The vendor has trouble, and nobody knows what it has done. It may ask to be left alone for this long.
    Trouble(Option<Duration>),
    /// It was not done, and asking again would change nothing.
    Failed(VendorError),
}

/// What is the same for all of them: that there is trouble, that they are asked too often, and that they are somewhere else.
pub(super) fn in_general(answer: &Answer) -> Option<Verdict> {
    match answer.status {
        300..400 => Some(Verdict::Failed(VendorError::Unreadable(format!(
            "{}: it says that it is somewhere else",
            answer.status
        )))),
        429 => Some(Verdict::Wait(answer.retry_after())),
        408 | 500.. => Some(Verdict::Trouble(answer.retry_after())),
        _ => None,
    }
}

/// How a vendor's answers are judged.
pub(super) type Judge = fn(&Answer) -> Verdict;

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
            let (why, after, is_doubtful) = match attempt {
                Attempt::NotSent(why) => (why, None, false),
                Attempt::Lost(why) => (why, None, true),
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
                        let wait = after.unwrap_or_default() + limits.backoff.wait(failures);
                        if !may_wait(limits, failures, spent, wait, deadline) {
                            return Err(VendorError::Later { why, after });
                        }
                        spent += wait;
                        tokio::time::sleep(wait).await;
                        continue;
                    }
                    Verdict::Trouble(after) => {
                        (format!("it answered {}", answer.status), after, true)
                    }
                },
            };
            if breakers.failed(self.vendor) {
                tracing::error!(vendor = self.vendor, why, "a vendor keeps failing");
            }
            if is_doubtful && ask.again == Again::Creates {
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

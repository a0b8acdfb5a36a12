//! What a handler may know about the request, beside its typed parts.

use std::fmt;
use std::net::IpAddr;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::request::Parts;
use sha2::{Digest, Sha256};

use crate::credentials::AuthenticationError;
use crate::descriptor::Descriptor;
use crate::parameter::Location;

/// The circumstances of one request.
#[derive(Debug)]
pub struct Context {
    pub(crate) operation: &'static Descriptor,
    pub(crate) request_id: Arc<str>,
    pub(crate) deadline: Instant,
    pub(crate) parts: Parts,
    pub(crate) captures: Vec<Range<usize>>,
    pub(crate) source: Option<IpAddr>,
    pub(crate) body: OnceLock<Bytes>,
    pub(crate) principal: OnceLock<String>,
    pub(crate) touched: Mutex<Vec<(&'static str, String)>>,
}

/// The longest id that a log has. One that is longer is none.
const LONGEST_ID: usize = 64;

impl Context {
    /// The operation that is called.
    pub fn operation(&self) -> &'static Descriptor {
        self.operation
    }

    /// The id of the request, as in `X-Request-Id`.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// When the caller is answered with 504, whatever the handler does.
    pub fn deadline(&self) -> Instant {
        self.deadline
    }

    /// How long until then.
    pub fn remaining(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    /// SHA-256 of method, path, query and body: tells whether two requests with one idempotency key are the same request.
    pub fn fingerprint(&self) -> [u8; 32] {
        let mut digest = Sha256::new();
        digest.update(self.parts.method.as_str());
        digest.update([0]);
        digest.update(self.parts.uri.path());
        digest.update([0]);
        digest.update(self.parts.uri.query().unwrap_or_default());
        digest.update([0]);
        digest.update(self.body());
        digest.finalize().into()
    }

    /// The body's bytes, as they came. There are none yet while the caller is authenticated, except where a credential signs the
    /// body.
    pub fn body(&self) -> &[u8] {
        self.body.get().map_or(&[], |body| body)
    }

    /// The address that the request comes from: that of the peer, or what a [trusted
    /// proxy](crate::service::Builder::trust_proxies) says. Nothing where the host does not know.
    pub fn source(&self) -> Option<IpAddr> {
        self.source
    }

    /// The request's headers.
    pub fn headers(&self) -> &http::HeaderMap {
        &self.parts.headers
    }

    /// The texts of the path's parameters, still percent-encoded, in the order of the template.
    pub(crate) fn captures(&self) -> impl Iterator<Item = &str> {
        let path = self.parts.uri.path();
        self.captures
            .iter()
            .map(|range| path.get(range.clone()).unwrap_or_default())
    }

    /// Notes the id of something that the request reads, changes or creates, for the access log: `questId` and the id. What a
    /// path names is noted without being asked for.
    ///
    /// An id has 1 to 64 letters, digits, `-` and `_`. Anything else is not noted, because it may be something that must not be
    /// in a log, such as an e-mail address.
    pub fn touch(&self, name: &'static str, id: impl fmt::Display) {
        let id = id.to_string();
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if !(1..=LONGEST_ID).contains(&id.len()) || !id.bytes().all(allowed) {
            return;
        }
        let mut touched = self.touched.lock().unwrap_or_else(PoisonError::into_inner);
        if !touched.iter().any(|(known, _)| *known == name) {
            touched.push((name, id));
        }
    }

    /// Notes what the path names, once the request has turned out to be valid.
    pub(crate) fn touch_path(&self) {
        let parameters = self.operation.parameters.iter();
        let parameters = parameters.filter(|parameter| parameter.location == Location::Path);
        for (parameter, value) in parameters.zip(self.captures()) {
            self.touch(parameter.name, value);
        }
    }

    /// `questId=… userId=…`, where anything was touched.
    pub(crate) fn touched(&self) -> Option<String> {
        let touched = self.touched.lock().unwrap_or_else(PoisonError::into_inner);
        let pairs: Vec<_> = touched
            .iter()
            .map(|(name, id)| format!("{name}={id}"))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join(" "))
    }

    /// The principal of an operation that nobody may call without one, and notes who it is.
    ///
    /// # Errors
    ///
    /// The rejection of a request without a credential.
    #[doc(hidden)]
    pub fn require<P: Principal>(&self, principal: Option<P>) -> Result<P, AuthenticationError> {
        let principal = principal.ok_or_else(AuthenticationError::absent)?;
        self.record_principal(&principal);
        Ok(principal)
    }

    /// Notes who calls, for the access log.
    pub fn record_principal(&self, principal: &dyn Principal) {
        let _ = self.principal.set(principal.id().into_owned());
    }
}

/// Somebody whose credential was accepted.
pub trait Principal: Send + Sync + 'static {
    /// A stable id that is fit for logs: no e-mail address, no token.
    fn id(&self) -> std::borrow::Cow<'_, str>;
}

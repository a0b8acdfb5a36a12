//! The headers of answers that mean something to callers.

use progenitor_client::ResponseValue;

/// What an answer says beside its value.
pub trait Headers {
    /// A header whose value is text.
    fn header(&self, name: &str) -> Option<&str>;

    /// The version of what was read, for `if_none_match` and `if_match`.
    fn etag(&self) -> Option<&str> {
        self.header("etag")
    }

    /// The path of what was created.
    fn location(&self) -> Option<&str> {
        self.header("location")
    }

    /// The request's id, for questions to the operator.
    fn request_id(&self) -> Option<&str> {
        self.header("x-request-id")
    }

    /// Whether this is the answer to an earlier request with the same idempotency key.
    fn is_replay(&self) -> bool {
        self.header("idempotency-replayed") == Some("true")
    }
}

impl<T> Headers for ResponseValue<T> {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers().get(name)?.to_str().ok()
    }
}

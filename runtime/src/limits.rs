//! How much a request may bring, and how long it may take.

use std::time::Duration;

/// Limits of every request.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The largest request body, in bytes.
    pub body_bytes: usize,
    /// The longest time from a request's head to the end of its body.
    pub body_timeout: Duration,
    /// The longest time from a request's head to its answer.
    pub request_timeout: Duration,
}

impl Default for Limits {
    /// 1 MiB, 10 s, 25 s: inside API Gateway's 29 s.
    fn default() -> Self {
        Limits {
            body_bytes: 1024 * 1024,
            body_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(25),
        }
    }
}

//! What the host of a function says of one invocation of it.

use std::time::Instant;

/// One invocation. A host adapter puts it into a request's extensions, and gives it to the handlers of other events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invocation {
    /// The host's id of the invocation, by which its own log lines about it are found.
    pub request_id: String,
    /// When everything must be over: before the host stops the function, with time left to answer.
    pub deadline: Instant,
    /// The X-Ray trace that it belongs to: the value of an `X-Amzn-Trace-Id` header.
    pub trace_id: Option<String>,
    /// Whether it is the first in this process.
    pub cold_start: bool,
    /// What was invoked: a function, one of its versions, or an alias.
    pub function_arn: String,
}

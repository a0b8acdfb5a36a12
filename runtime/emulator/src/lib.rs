//! Lambda on this machine: real function processes behind the real Runtime API.
//!
//! A [`Function`] starts its program as Lambda does (its variables and nothing else), one process for each event that is
//! handled at once, and keeps it for the next event. It is killed when it is late. [`Gateway`] makes events of HTTP requests,
//! and responses of what comes back, in the forms of API Gateway, of function URLs and of load balancers.
//!
//! What is not here: the sandbox, its memory limit and its slow processor, freezing between events, the extensions API,
//! streamed answers, SnapStart. Of the gateways it has what a function sees, and not authorizers, validators, throttling or
//! caches.

mod environment;
mod function;
mod gateway;
mod http_api;
mod load_balancer;
mod rest_api;
mod runtime_api;

pub use environment::{Clock, Launch};
pub use function::Function;
pub use gateway::{BadGateway, Gateway};

/// Why an invocation has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvokeError {
    /// The function said that it failed.
    #[error("the invocation failed: {error_type}: {message}")]
    Failed {
        /// What it calls the failure.
        error_type: String,
        /// What it says of it.
        message: String,
    },
    /// The function said that it cannot start.
    #[error("the function cannot start: {error_type}: {message}")]
    Init {
        /// What it calls the failure.
        error_type: String,
        /// What it says of it.
        message: String,
    },
    /// It was not done in time, and was killed.
    #[error("the invocation timed out")]
    TimedOut,
    /// The process ended.
    #[error("the process ended: {0}")]
    Exited(String),
    /// The program cannot be run.
    #[error("the program cannot be run: {0}")]
    Program(String),
}

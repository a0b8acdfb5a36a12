//! A service, or the handler of other events, as a Lambda function.
//!
//! The loop around it is `lambda_runtime`'s: it asks the Runtime API for an event, and gives it what came of it. What an
//! event means is read here and not by `lambda_http`, which changes what the contract depends on; see
//! `docs/decisions/0003-reading-lambda-events.md`.
//!
//! Nothing that an event can hold ends the process. An event that is no request, and a handler of events that fails or
//! panics, are told to the Runtime API as a failed invocation, with a type and a message that an operator can act on.

mod event;
mod failure;
mod init;
mod request;
mod response;
mod target;

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use futures::FutureExt;
use http::Response;
use lambda_runtime::{Context, LambdaEvent, Runtime, service_fn};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::invocation::Invocation;
use crate::request_id::RequestId;
use crate::scope::{self, RequestScope};
use crate::service::Service;
use response::ResponseEvent;

pub use failure::Failure;
pub use init::{missing_variables, report_init_failure};

/// How much of an invocation's time is kept for the answer. Lambda kills a function that is late, and its next call pays for a
/// cold start.
const MARGIN: Duration = Duration::from_millis(250);

/// Why a function stopped: the Runtime API could not be used.
pub type StopError = lambda_runtime::Error;

/// Answers requests, until the host stops the process.
///
/// # Errors
///
/// The Runtime API cannot be used.
pub async fn serve(service: Service) -> Result<(), StopError> {
    let cold = AtomicBool::new(true);
    let service = &service;
    let handler = |event: LambdaEvent<Box<RawValue>>| {
        let invocation = invocation(&event.context, &cold);
        async move { answer(service, event.payload, invocation).await }
    };
    Runtime::new(service_fn(handler)).run().await
}

async fn answer(
    service: &Service,
    event: Box<RawValue>,
    invocation: Invocation,
) -> Result<ResponseEvent<Response<Bytes>>, Failure> {
    let (mut request, source) = request::request(event.get())?;
    drop(event);
    let extensions = request.extensions_mut();
    extensions.get_or_insert_with(|| RequestId(invocation.request_id.clone()));
    extensions.insert(response::response_check(source));
    extensions.insert(invocation);
    let response = service.call(request).await;
    Ok(ResponseEvent { source, response })
}

/// Hands events of other kinds to a handler, until the host stops the process. A handler that is not done when the
/// invocation's deadline has come is dropped, which ends the calls that it waits for.
///
/// # Errors
///
/// The Runtime API cannot be used.
pub async fn serve_events<F, R>(handler: F) -> Result<(), StopError>
where
    F: Fn(Value, Invocation) -> R,
    R: Future<Output = Result<Value, Failure>>,
{
    let cold = AtomicBool::new(true);
    let handle = |event: LambdaEvent<Value>| {
        let invocation = invocation(&event.context, &cold);
        let deadline = invocation.deadline;
        let scope = Arc::new(RequestScope::invoked(&invocation));
        let running = scope::within(scope, handler(event.payload, invocation));
        let running = AssertUnwindSafe(running).catch_unwind();
        async move {
            match tokio::time::timeout_at(deadline.into(), running).await {
                Ok(Ok(outcome)) => outcome,
                Ok(Err(_)) => Err(Failure::panicked()),
                Err(_) => Err(Failure::timed_out()),
            }
        }
    };
    Runtime::new(service_fn(handle)).run().await
}

fn invocation(context: &Context, cold: &AtomicBool) -> Invocation {
    let left = context.deadline().duration_since(SystemTime::now());
    let left = left.unwrap_or_default().saturating_sub(MARGIN);
    Invocation {
        request_id: context.request_id.clone(),
        deadline: Instant::now() + left,
        trace_id: context.xray_trace_id.clone(),
        cold_start: cold.swap(false, Ordering::Relaxed),
        function_arn: context.invoked_function_arn.clone(),
    }
}

#[cfg(test)]
mod tests;

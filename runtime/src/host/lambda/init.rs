//! What can be wrong before the first event.

use std::time::Duration;

use http::{Method, Uri};
use lambda_runtime::Diagnostic;
use lambda_runtime_api_client::body::Body;
use lambda_runtime_api_client::{Client, build_request};

use super::{Failure, StopError};

/// What Lambda sets for every function, and `lambda_runtime` does not start without.
const VARIABLES: [&str; 4] = [
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_VERSION",
];

/// How long the Runtime API has to take the report. It is on the same machine.
const PATIENCE: Duration = Duration::from_secs(2);

/// The variables of a Lambda function that this process does not have, or not in a form that can be used.
pub fn missing_variables() -> Vec<&'static str> {
    let is_missing = |name: &&str| match std::env::var(name) {
        Ok(value) if *name == "AWS_LAMBDA_FUNCTION_MEMORY_SIZE" => value.parse::<i32>().is_err(),
        Ok(value) => value.is_empty(),
        Err(_) => true,
    };
    VARIABLES.into_iter().filter(is_missing).collect()
}

/// Tells the Runtime API, if there is one, why this function cannot take events. The process should end then.
///
/// # Errors
///
/// The Runtime API cannot be used.
pub async fn report_init_failure(failure: &Failure) -> Result<(), StopError> {
    let Ok(api) = std::env::var(VARIABLES[0]) else {
        return Ok(());
    };
    let diagnostic = Diagnostic::from(failure.clone());
    let request = build_request()
        .method(Method::POST)
        .uri(Uri::from_static("/2018-06-01/runtime/init/error"))
        .header("lambda-runtime-function-error-type", &diagnostic.error_type)
        .header("content-type", "application/json")
        .body(Body::from(serde_json::to_vec(&diagnostic)?))?;
    let client = Client::builder().with_endpoint(api.parse()?).build()?;
    let answer = tokio::time::timeout(PATIENCE, client.call(request)).await??;
    match answer.status().is_success() {
        true => Ok(()),
        false => Err(format!("the Runtime API answered {}", answer.status()).into()),
    }
}

//! The loop around a handler of events, as a process behind the Runtime API. This program is both: started with the Runtime
//! API's address it is the function.

#![allow(clippy::panic, reason = "a test fails by a panic")]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use civicforge_lambda_emulator::{Function, InvokeError, Launch};
use civicforge_runtime::host::lambda::{self, Failure};
use civicforge_runtime::invocation::Invocation;
use serde_json::{Value, json};

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.expect("a runtime");
    if std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_none() {
        runtime.block_on(all());
        return ExitCode::SUCCESS;
    }
    match runtime.block_on(lambda::serve_events(handle)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Says on standard error when it goes.
struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        eprintln!("dropped");
    }
}

async fn handle(event: Value, invocation: Invocation) -> Result<Value, Failure> {
    match event["do"].as_str() {
        Some("panic") => panic!("a secret"),
        Some("wait") => {
            let _guard = Guard;
            std::future::pending().await
        }
        Some("fail") => Err(Failure::new("Test.Failed", "as it was told")),
        _ => {
            let left = invocation
                .deadline
                .saturating_duration_since(Instant::now());
            Ok(json!({
                "id": invocation.request_id,
                "cold": invocation.cold_start,
                "arn": invocation.function_arn,
                "trace": invocation.trace_id,
                "left": left.as_millis() as u64,
            }))
        }
    }
}

async fn all() {
    let mut launch = Launch::new("test", std::env::current_exe().expect("this program"));
    launch.timeout = Duration::from_secs(2);
    let function = Function::new(launch, 1);
    let tell = async |what: &str| function.invoke(json!({"do": what}).to_string()).await;

    let first: Value =
        serde_json::from_slice(&tell("look").await.expect("an answer")).expect("JSON");
    let again: Value =
        serde_json::from_slice(&tell("look").await.expect("an answer")).expect("JSON");
    let process = function.processes();
    assert_eq!(
        (&first["cold"], &again["cold"]),
        (&json!(true), &json!(false))
    );
    assert_ne!(first["id"], again["id"]);
    assert!(
        first["arn"]
            .as_str()
            .is_some_and(|arn| arn.contains(":function:test"))
    );
    assert!(
        first["trace"]
            .as_str()
            .is_some_and(|trace| trace.starts_with("Root=1-"))
    );
    // Some of the time is kept for the answer.
    let left = first["left"].as_u64().expect("a number");
    assert!((500..=1750).contains(&left), "{left} ms are left");

    assert_failed(tell("fail").await, "Test.Failed", "as it was told");
    assert_failed(
        tell("panic").await,
        "Handler.Panicked",
        "the handler panicked; the log says where",
    );
    let started = Instant::now();
    let what = "the handler was not done when its time was over";
    assert_failed(tell("wait").await, "Handler.TimedOut", what);
    assert!(
        started.elapsed() < Duration::from_secs(2),
        "Lambda would have killed it"
    );
    let output = function.output();
    assert!(output.iter().any(|line| line == "dropped"), "{output:#?}");
    assert_failed(function.invoke("{").await, "", "");
    assert!(tell("look").await.is_ok());
    assert_eq!(function.processes(), process, "it is the same process");
    println!("test result: ok");
}

#[track_caller]
fn assert_failed(outcome: Result<bytes::Bytes, InvokeError>, error_type: &str, message: &str) {
    match outcome {
        // What the library says of what is no JSON is the library's.
        Err(InvokeError::Failed { message: said, .. }) if error_type.is_empty() => {
            assert!(!said.is_empty())
        }
        Err(InvokeError::Failed {
            error_type: told,
            message: said,
        }) => {
            assert_eq!((told.as_str(), said.as_str()), (error_type, message));
        }
        other => panic!("not a failed invocation: {other:?}"),
    }
}

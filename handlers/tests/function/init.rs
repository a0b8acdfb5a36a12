//! Functions that cannot start.

use std::process::Command;

use civicforge_lambda_emulator::{Function, InvokeError, Launch};
use serde_json::Value;

use super::support::{World, program_of};

/// What the Runtime API is told, and the lines of the log.
async fn refusal(launch: Launch) -> (String, String, Vec<Value>) {
    let function = Function::new(launch, 1);
    let told = match function.invoke("{}").await {
        Err(InvokeError::Init {
            error_type,
            message,
        }) => (error_type, message),
        other => panic!("it started: {other:?}, {:#?}", function.output()),
    };
    let lines = function.output();
    let lines = lines
        .iter()
        .map(|line| serde_json::from_str(line).expect("JSON"));
    (told.0, told.1, lines.collect())
}

#[tokio::test]
async fn everything_that_is_missing_is_told_at_once() {
    let launch = Launch::new("api", program_of("api")).variable("CIVICFORGE_FUNCTION", "api");
    let (error_type, message, lines) = refusal(launch).await;
    assert_eq!(error_type, "Init.Configuration");
    for name in [
        "CIVICFORGE_STAGE",
        "CIVICFORGE_TABLE",
        "CIVICFORGE_PUBLIC_URL",
        "CIVICFORGE_PUBLIC_KEYS",
        "CIVICFORGE_SECRET",
    ] {
        assert!(message.contains(name), "{name} is not in {message}");
    }
    let [line] = lines.as_slice() else {
        panic!("not one line: {lines:#?}");
    };
    assert_eq!(line["level"], "ERROR");
    assert_eq!(
        (&line["errorType"], &line["errorMessage"]),
        (&error_type.into(), &message.into())
    );
    assert_eq!(line["function"], "api");
}

#[tokio::test]
async fn what_can_not_be_used_is_told_without_secrets() {
    let world = World::new().await;
    let launch = world
        .launch("auth")
        .variable("CIVICFORGE_SIGNING_KEYS", "-----BEGIN NOTHING-----c2VjcmV0")
        .variable("CIVICFORGE_EDGE_KEYS", r#"{"a": "c2VjcmV0"}"#)
        .variable("CIVICFORGE_LOG_FILTER", "info=loud")
        .variable("CIVICFORGE_REQUEST_TIMEOUT", "soon");
    let (error_type, message, lines) = refusal(launch).await;
    assert_eq!(error_type, "Init.Configuration");
    for name in [
        "CIVICFORGE_SIGNING_KEYS: ",
        "CIVICFORGE_EDGE_KEYS: a key has at least 32 characters",
        "CIVICFORGE_LOG_FILTER: ",
        "CIVICFORGE_REQUEST_TIMEOUT: \"soon\"",
    ] {
        assert!(message.contains(name), "{name} is not in {message}");
    }
    let all = format!("{message} {lines:?}");
    assert!(!all.contains("c2VjcmV0"), "{all}");
}

#[tokio::test]
async fn an_unknown_function_is_told_which_there_are() {
    let world = World::new().await;
    let launch = world.launch("apo").variable("CIVICFORGE_FUNCTION", "apo");
    let (_, message, _) = refusal(launch).await;
    let expected = "CIVICFORGE_FUNCTION: \"apo\" is none of api, users, userAdmin, auth";
    assert!(message.contains(expected), "{message}");
}

#[tokio::test]
async fn a_function_of_another_program_is_told_which_it_is() {
    let world = World::new().await;
    for (function, other, right) in [
        ("api", "auth", "reads"),
        ("auth", "expireQuests", "accounts"),
        ("expireQuests", "users", "jobs"),
    ] {
        let mut launch = Launch::new(function, program_of(other));
        launch.variables = world.launch(function).variables;
        let (error_type, message, _) = refusal(launch).await;
        assert_eq!(error_type, "Init.Configuration");
        let expected = format!("this program is not the function {function}: {right} is");
        assert_eq!(message, expected);
    }
}

#[test]
fn elsewhere_than_on_lambda_it_says_what_is_missing() {
    let output = Command::new(program_of("api"))
        .env_clear()
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stderr).unwrap();
    let line: Value = serde_json::from_str(text.trim()).unwrap();
    let message = line["errorMessage"].as_str().unwrap();
    for name in [
        "AWS_LAMBDA_RUNTIME_API",
        "AWS_LAMBDA_FUNCTION_NAME",
        "CIVICFORGE_FUNCTION",
        "AWS_REGION",
    ] {
        assert!(message.contains(name), "{name} is not in {message}");
    }
}

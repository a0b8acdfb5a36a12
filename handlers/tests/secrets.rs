//! Secrets that are kept elsewhere, read from a server that speaks the protocol of AWS Secrets Manager.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use civicforge_kernel::aws::secrets::{LIMITS, Secrets, SecretsError};
use civicforge_kernel::aws::{self, Credentials, Limits};
use serde_json::{Value, json};

async fn keeper(headers: HeaderMap, request: String) -> (StatusCode, Json<Value>) {
    let request: Value = serde_json::from_str(&request).unwrap();
    assert_eq!(headers["x-amz-target"], "secretsmanager.GetSecretValue");
    let failed = |code: &str, message: &str| {
        let body = json!({"__type": code, "message": message});
        (StatusCode::BAD_REQUEST, Json(body))
    };
    match request["SecretId"].as_str().unwrap() {
        "arn:keys" => answer(json!({"VersionId": "v1", "SecretString": "-----BEGIN"})),
        "arn:page" => answer(json!({"VersionId": "v7", "SecretString": "AAAA"})),
        "arn:bytes" => answer(json!({"VersionId": "v1", "SecretBinary": "AAAA"})),
        "arn:stale" => failed("ExpiredTokenException", "The security token has expired"),
        _ => failed("ResourceNotFoundException", "Secrets Manager can't find it"),
    }
}

fn answer(secret: Value) -> (StatusCode, Json<Value>) {
    (StatusCode::OK, Json(secret))
}

fn secrets_at(endpoint: &str, limits: Limits) -> Secrets {
    let http = aws::http_client(aws::Trust::Amazon);
    let credentials = Credentials::new("test", "test", None, None, "test");
    let region = "eu-central-1".to_owned();
    let config = aws::config(
        http,
        region,
        credentials,
        Some(&endpoint.parse().unwrap()),
        &limits,
    );
    Secrets::new(&config)
}

async fn secrets() -> Secrets {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().route("/", post(keeper));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    secrets_at(&endpoint, LIMITS)
}

#[tokio::test]
async fn a_secret_is_read_and_never_printed() {
    let secrets = secrets().await;
    for (arn, text) in [("arn:page", "AAAA"), ("arn:keys", "-----BEGIN")] {
        let secret = secrets.read(arn).await.unwrap();
        assert_eq!(secret.expose(), text);
        assert!(!format!("{secret:?}").contains(text));
    }
}

#[tokio::test]
async fn what_can_not_be_read_is_named_with_the_reason() {
    let secrets = secrets().await;
    for (arn, reason) in [
        (
            "arn:gone",
            "ResourceNotFoundException: Secrets Manager can't find it",
        ),
        (
            "arn:stale",
            "ExpiredTokenException: The security token has expired",
        ),
    ] {
        let error = secrets.read(arn).await.unwrap_err();
        assert!(matches!(error, SecretsError::Refused { .. }), "{error:?}");
        let expected = format!("the secret {arn} cannot be read: {reason}");
        assert_eq!(error.to_string(), expected);
    }
    let error = secrets.read("arn:bytes").await.unwrap_err();
    assert_eq!(error.to_string(), "the secret arn:bytes is not a text");
}

#[tokio::test]
async fn a_service_that_is_not_there_is_given_up_in_time() {
    // Bound and dropped: nobody listens.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let limits = Limits {
        operation: std::time::Duration::from_secs(1),
        ..LIMITS
    };
    let error = secrets_at(&endpoint, limits)
        .read("arn:page")
        .await
        .unwrap_err();
    assert!(
        matches!(error, SecretsError::Unreachable { .. }),
        "{error:?}"
    );
}

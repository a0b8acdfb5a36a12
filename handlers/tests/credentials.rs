//! Credentials that have expired: the table is not to be had for now, which is nobody's mistake.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use civicforge_kernel::aws::{self, Credentials, Limits};
use civicforge_kernel::table::Table;
use civicforge_testing::TestApp;
use serde_json::json;

#[tokio::test]
async fn an_expired_credential_is_a_503_that_says_when_to_ask_again() {
    let expired = || async {
        let kind = "com.amazon.coral.service#ExpiredTokenException";
        let message = "The security token included in the request is expired";
        let body = json!({"__type": kind, "message": message});
        (StatusCode::BAD_REQUEST, Json(body))
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().route("/", post(expired));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let way = aws::config(
        aws::http_client(aws::Trust::Amazon),
        "eu-central-1".to_owned(),
        Credentials::new("test", "test", None, None, "test"),
        Some(&endpoint.parse().unwrap()),
        &Limits::default(),
    );
    let app = TestApp::setup()
        .table(Table::new(&way, "test"))
        .start()
        .await;
    let body = json!({"email": "ada@example.org", "password": "4-Quiet-Gardens", "name": "Ada"});
    let reply = app.post("/api/v1/auth/register").json(&body).send().await;
    assert_eq!(reply.status, 503, "{reply:?}");
    assert!(reply.headers.contains_key("retry-after"), "{reply:?}");
}

//! Requests, from whatever sends them.

use civicforge_lambda_emulator::Gateway;
use http::Method;
use serde_json::json;

use super::support::{World, failed, get, get_as, json, logged, send};

const GATEWAYS: [Gateway; 5] = [
    Gateway::RestApi,
    Gateway::HttpApi,
    Gateway::FunctionUrl,
    Gateway::LoadBalancer { multi_value: true },
    Gateway::LoadBalancer { multi_value: false },
];

#[tokio::test]
async fn every_gateway_gets_its_answer() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let api = world.function("api");
    for gateway in GATEWAYS {
        let request = get_as(&ada, "/api/v1/quests?limit=7&search=a%20b%2Bc");
        let answer = send(&api, gateway, &request, "/api/v1/quests").await;
        assert_eq!(answer.status(), 200, "{gateway:?}: {answer:?}");
        assert_eq!(json(&answer), json!({"items": []}));
        let request = get_as(&ada, "/api/v1/quests?limit=0&limit=x");
        let answer = send(&api, gateway, &request, "/api/v1/quests").await;
        assert_eq!(answer.status(), 400, "{gateway:?}: {answer:?}");
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        assert_eq!(
            json(&answer)["requestId"],
            answer.headers()["x-request-id"].to_str().unwrap()
        );
    }
    assert_eq!(api.processes().len(), 1);
    let access = logged(&api, "INFO");
    assert!(
        access.iter().any(|line| line["coldStart"] == true),
        "{access:#?}"
    );
}

#[tokio::test]
async fn a_function_serves_its_own_operations_alone() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let api = world.function("api");
    for (method, path) in [
        (Method::GET, "/api/v1/users/me"),
        (Method::POST, "/api/v1/auth/login"),
        (Method::POST, "/api/v1/quests"),
        (
            Method::DELETE,
            "/api/v1/quests/019cadd4-5620-7ac1-a1c7-143cb2199eb4",
        ),
        (Method::GET, "/nothing"),
    ] {
        let mut request = get_as(&ada, path);
        *request.method_mut() = method;
        let answer = send(&api, Gateway::HttpApi, &request, path).await;
        assert_eq!(answer.status(), 404, "{path}: {answer:?}");
        assert_eq!(json(&answer)["code"], "not_found");
    }
    // But it knows what else there is.
    let mut request = get("/api/v1/quests");
    *request.method_mut() = Method::OPTIONS;
    let answer = send(&api, Gateway::HttpApi, &request, "/api/v1/quests").await;
    assert_eq!(answer.headers()["allow"], "GET, HEAD, OPTIONS, POST");
    let users = world.function("users");
    let answer = send(
        &users,
        Gateway::HttpApi,
        &get_as(&ada, "/api/v1/users/me"),
        "/api/v1/users/me",
    )
    .await;
    assert_eq!(json(&answer)["email"], "ada@example.org");
}

#[tokio::test]
async fn what_is_no_request_fails_and_the_process_lives_on() {
    let world = World::new().await;
    let api = world.function("api");
    let health = get("/health");
    let health = async || send(&api, Gateway::RestApi, &health, "/health").await;
    assert_eq!(health().await.status(), 200);
    let process = api.processes();
    let mut broken = Gateway::RestApi.event(&get("/health"), "/health");
    broken["multiValueHeaders"] = json!({"a": [7]});
    for (event, expected) in [
        ("not JSON".to_owned(), ""),
        ("[]".to_owned(), "Event.Foreign"),
        (
            json!({"Records": [{"eventSource": "aws:sqs", "body": "private"}]}).to_string(),
            "Event.Foreign",
        ),
        (
            json!({"triggerSource": "PostConfirmation_ConfirmSignUp"}).to_string(),
            "Event.Foreign",
        ),
        (broken.to_string(), "Event.Malformed"),
    ] {
        let (error_type, message) = failed(api.invoke(event.clone()).await);
        if !expected.is_empty() {
            assert_eq!(error_type, expected, "{event}: {message}");
        }
        assert!(
            !message.is_empty() && !message.contains("private"),
            "{event}: {message}"
        );
    }
    assert_eq!(health().await.status(), 200);
    assert_eq!(api.processes(), process);
}

//! Answers that cannot be sent, and tables that do not answer.

use std::time::{Duration, Instant};

use civicforge_kernel::aws::Limits;
use civicforge_kernel::table::Write;
use civicforge_kernel::table::item::to_value;
use civicforge_lambda_emulator::{Function, Gateway};
use serde_json::json;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use super::support::{World, get, get_as, json, logged, send};
use civicforge_handlers::quests;

/// No quest may be so long. But whatever is in the table, a function must say that it cannot tell, and live on.
#[tokio::test]
async fn an_answer_that_is_too_large_is_a_500_whose_reason_is_logged() {
    let world = World::new().await;
    let text = to_value(&"\u{1}".repeat(120_000)).unwrap();
    for name in ["ada", "bob"] {
        let member = world.member(name).await;
        for _ in 0..10 {
            let draft = json!({"title": "Chairs to the garden", "description": "Carry the chairs from the cellar."});
            let posted = world
                .app
                .post("/api/v1/quests")
                .member(&member)
                .json(&draft)
                .send()
                .await;
            let id = posted.json()["questId"].as_str().unwrap().parse().unwrap();
            let write = Write::update(quests::keys::key(id)).set("description", text.clone());
            world.app.app.table.write(write).await.unwrap();
        }
    }
    let eve = world.member("eve").await;
    let api = world.function("api");
    let path = "/api/v1/quests";
    let all = get_as(&eve, "/api/v1/quests?limit=100");
    for gateway in [Gateway::RestApi, Gateway::HttpApi] {
        let answer = send(&api, gateway, &all, path).await;
        assert_eq!(
            (answer.status().as_u16(), &json(&answer)["code"]),
            (500, &json!("internal_error"))
        );
    }
    let reasons = logged(&api, "ERROR");
    assert_eq!(reasons.len(), 2, "{reasons:#?}");
    assert!(reasons.iter().all(|line| {
        let why = line["why"].as_str().unwrap_or_default();
        line["operationId"] == "listQuests" && why.contains("bytes as an event")
    }));
    // A load balancer takes less.
    let some = get_as(&eve, "/api/v1/quests?limit=2");
    let balancer = Gateway::LoadBalancer { multi_value: true };
    assert_eq!(
        send(&api, Gateway::RestApi, &some, path).await.status(),
        200
    );
    assert_eq!(send(&api, balancer, &some, path).await.status(), 500);
    assert_eq!(api.processes().len(), 1);
}

/// Everything that a request waits for ends with its invocation's time: the caller gets an answer, and the call is dropped.
#[tokio::test]
async fn a_silent_table_is_given_up_before_lambda_gives_up_the_function() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    let mut launch = world
        .launch("api")
        .variable("CIVICFORGE_DYNAMODB_ENDPOINT", endpoint);
    launch.timeout = Duration::from_millis(1250);
    let api = Function::new(launch, 1);
    let request = get_as(&ada, "/api/v1/quests");
    let answer = send(&api, Gateway::HttpApi, &request, "/api/v1/quests");
    let caller = async {
        let (mut stream, _) = silent.accept().await.unwrap();
        let asked = Instant::now();
        let mut bytes = Vec::new();
        // Reads until the function closes the connection.
        let _ = stream.read_to_end(&mut bytes).await;
        (bytes, asked.elapsed())
    };
    let (answer, (asked, closed)) = tokio::join!(answer, caller);
    assert_eq!(
        (answer.status().as_u16(), &json(&answer)["code"]),
        (504, &json!("timed_out"))
    );
    assert!(
        String::from_utf8_lossy(&asked).contains("DynamoDB_20120810"),
        "the table was not asked"
    );
    // Sooner than the client of the table gives up an attempt: the end of the invocation has closed it.
    assert!(
        closed < Limits::default().attempt,
        "the call went on for {closed:?}"
    );
    // It is of use still.
    assert_eq!(
        send(&api, Gateway::HttpApi, &get("/health"), "/health")
            .await
            .status(),
        200
    );
    assert_eq!(api.processes().len(), 1);
}

//! Functions that handle other events than requests.

use serde_json::{Value, json};

use super::support::{World, failed, logged};

#[tokio::test]
async fn a_schedule_runs_its_job() {
    let world = World::new().await;
    for name in ["expireQuests", "reprocessFailedRewards"] {
        let function = world.function(name);
        let answer = function.invoke(json!({"limit": 5}).to_string()).await;
        let answer = answer.unwrap_or_else(|error| panic!("{error}: {:#?}", function.output()));
        let round: Value = serde_json::from_slice(&answer).unwrap();
        assert!(round.is_object(), "{round}");
    }
}

#[tokio::test]
async fn an_event_of_another_kind_fails_and_the_process_lives_on() {
    let world = World::new().await;
    let function = world.function("expireQuests");
    assert!(function.invoke("{}").await.is_ok());
    let process = function.processes();
    let (error_type, message) = failed(function.invoke(json!({"limit": "many"}).to_string()).await);
    assert_eq!(error_type, "Event.Malformed", "{message}");
    assert!(message.contains("limit"), "{message}");
    let (error_type, message) = failed(function.invoke("[]").await);
    assert_eq!(error_type, "Event.Malformed", "{message}");
    assert!(function.invoke("{}").await.is_ok());
    assert_eq!(function.processes(), process);
    assert_eq!(logged(&function, "ERROR").len(), 2);
}

#[tokio::test]
async fn a_batch_says_which_of_its_messages_failed() {
    let world = World::new().await;
    let function = world.function("deliverOutbox");
    let batch = json!({"Records": [{"messageId": "m-1", "body": "poison"}]});
    let answer = function.invoke(batch.to_string()).await.unwrap();
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!(
        answer,
        json!({"batchItemFailures": [{"itemIdentifier": "m-1"}]})
    );
}

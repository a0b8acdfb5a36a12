//! Errors by their codes, reads that cost nothing while nothing has changed, and settings of retries.
//!
//! Start a server with `cargo run`, then: `cargo run -p civicforge-client --example errors_and_retries`.

mod common;

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use civicforge_client::types::{ProblemCode, QuestDraft};
use civicforge_client::{Client, Headers, RetryPolicy};

#[tokio::main]
async fn main() -> ExitCode {
    common::finish(errors().await)
}

async fn errors() -> Result<(), Box<dyn Error>> {
    // All of these have defaults.
    let retry = RetryPolicy::default()
        .max_retries(5)
        .delays(Duration::from_millis(50), Duration::from_secs(2))
        .max_retry_after(Duration::from_secs(10))
        .total(Duration::from_secs(30));
    let member = Client::builder(&common::address())
        .connect_timeout(Duration::from_secs(2))
        .timeout(Duration::from_secs(10))
        .retry(retry)
        .build()?;
    member
        .register(common::registration("Quest creator"))
        .await?;

    println!("A request with two mistakes:");
    let draft = QuestDraft::builder().title("Weed").description("Soon.");
    match member.create_quest().body(draft).send().await {
        Ok(_) => return Err("the server took a title that is too short".into()),
        Err(error) if error.code() == Some(&ProblemCode::InvalidRequest) => {
            for violation in error.violations() {
                let place = violation.pointer.as_deref().unwrap_or_default();
                println!("  {place} {} (rule {})", violation.message, violation.rule);
            }
        }
        Err(error) => return Err(error.into()),
    }

    println!("A key of one's own makes two requests one, even after a restart of the program:");
    let draft = || {
        QuestDraft::builder()
            .title("Weed the community garden")
            .description("The six beds behind the hall need weeding before planting.")
    };
    let key = uuid::Uuid::now_v7().to_string();
    let send = || {
        member
            .create_quest()
            .idempotency_key(&key)
            .body(draft())
            .send()
    };
    let (first, second) = (send().await?, send().await?);
    println!("  {} and {}", first.quest_id, second.quest_id);
    println!("  the second answer is a replay: {}", second.is_replay());

    println!("Claiming one's own quest:");
    match member.claim_quest().quest_id(first.quest_id).send().await {
        Ok(_) => return Err("the server let somebody claim their own quest".into()),
        Err(error) => println!("  {error}"),
    }

    println!("Reading it again, if it has changed:");
    let read = member.get_quest().quest_id(first.quest_id).send().await?;
    let tag = read.etag().ok_or("the server sent no ETag")?;
    let again = member
        .get_quest()
        .quest_id(first.quest_id)
        .if_none_match(tag)
        .send()
        .await;
    match again {
        Ok(quest) => println!("  it has: version {}", quest.version),
        Err(civicforge_client::Error::NotModified) => println!("  it has not"),
        Err(error) => return Err(error.into()),
    }

    println!("A server that is not there, without retries:");
    let nowhere = Client::builder("http://127.0.0.1:9")
        .retry(RetryPolicy::none())
        .build()?;
    match nowhere.get_health().send().await {
        Ok(_) => println!("  there is one after all"),
        Err(error) => println!("  {error}"),
    }
    Ok(())
}

//! One stream over the items of all pages.
//!
//! Start a server with `cargo run`, then: `cargo run -p civicforge-client --example list_quests_stream`.

mod common;

use std::error::Error;
use std::process::ExitCode;

use civicforge_client::types::{QuestDraft, QuestRole, QuestStatus};
use futures::{StreamExt, TryStreamExt};

#[tokio::main]
async fn main() -> ExitCode {
    common::finish(lists().await)
}

async fn lists() -> Result<(), Box<dyn Error>> {
    let (member, _) = common::member("Quest creator").await?;
    for bed in 1..=5 {
        member
            .create_quest()
            .body(
                QuestDraft::builder()
                    .title(format!("Weed bed {bed}"))
                    .description("It is behind the hall. Tools are in the shed."),
            )
            .send()
            .await?;
    }

    println!("The creator's quests, two to a page:");
    let mut mine = member
        .list_my_quests()
        .role(QuestRole::Creator)
        .limit(2)
        .stream();
    while let Some(quest) = mine.try_next().await? {
        println!("  {} ({})", quest.title, quest.status);
    }

    // A page is asked for when it is needed, so a stream that is dropped early costs no more than what was read.
    println!("The three newest open quests of everyone:");
    let newest: Vec<_> = member
        .list_quests()
        .status(QuestStatus::Open)
        .limit(2)
        .stream()
        .take(3)
        .try_collect()
        .await?;
    for quest in newest {
        println!("  {}", quest.title);
    }
    Ok(())
}

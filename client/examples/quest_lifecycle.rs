//! A quest from posting to reward.
//!
//! Two members open accounts. One posts a quest, the other claims it, does it and hands it in, both attest, and the
//! one who did it is rewarded.
//!
//! Start a server with `cargo run`, then: `cargo run -p civicforge-client --example quest_lifecycle`.

mod common;

use std::error::Error;
use std::process::ExitCode;

use civicforge_client::types;

#[tokio::main]
async fn main() -> ExitCode {
    common::finish(lifecycle().await)
}

async fn lifecycle() -> Result<(), Box<dyn Error>> {
    println!("Server: {}", common::address());
    let (creator, _) = common::member("Quest creator").await?;
    let (performer, before) = common::member("Quest performer").await?;

    let posted = creator
        .create_quest()
        .body(
            types::QuestDraft::builder()
                .title("Weed the community garden")
                .description(
                    "The six beds behind the hall need weeding. Tools are in the <em>shed</em>.",
                )
                .reward_xp(150)
                .reward_reputation(15),
        )
        .send()
        .await?;
    show("The creator posts a quest", &posted);
    let id = posted.quest_id;

    let claimed = performer.claim_quest().quest_id(id).send().await?;
    show("The performer claims it", &claimed);

    let submitted = performer
        .submit_quest()
        .quest_id(id)
        .body(
            types::QuestSubmission::builder()
                .submission_text("All six beds are weeded and the tools are back."),
        )
        .send()
        .await?;
    show("The performer hands the work in", &submitted);

    let attested = creator
        .attest_quest()
        .quest_id(id)
        .body(types::NewAttestation::builder().notes("Well done, the beds look great.".to_owned()))
        .send()
        .await?;
    show("The creator attests", &attested);

    let complete = performer.attest_quest().quest_id(id).send().await?;
    show("The performer attests", &complete);
    if complete.status != types::QuestStatus::Complete {
        return Err(format!("the quest is {}, not COMPLETE", complete.status).into());
    }

    let after = performer.get_current_user().send().await?;
    println!("The performer's rewards:");
    for (what, before, after) in [
        ("experience", before.experience, after.experience),
        ("reputation", before.reputation, after.reputation),
        (
            "quest-creation points",
            i64::from(before.quest_creation_points),
            i64::from(after.quest_creation_points),
        ),
    ] {
        println!("  {what}: {before} → {after} (+{})", after - before);
    }

    creator.logout().await?;
    performer.logout().await?;
    Ok(())
}

fn show(what: &str, quest: &types::Quest) {
    println!("{what}: quest {} is {}", quest.quest_id, quest.status);
}

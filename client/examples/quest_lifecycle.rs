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
    let (gardener, _) = common::member("Ada").await?;
    let (helper, before) = common::member("Ben").await?;

    let posted = gardener
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
    show("Ada posts a quest", &posted);
    let id = posted.quest_id;

    let claimed = helper.claim_quest().quest_id(id).send().await?;
    show("Ben claims it", &claimed);

    let submitted = helper
        .submit_quest()
        .quest_id(id)
        .body(
            types::QuestSubmission::builder()
                .submission_text("All six beds are weeded and the tools are back."),
        )
        .send()
        .await?;
    show("Ben hands the work in", &submitted);

    let attested = gardener
        .attest_quest()
        .quest_id(id)
        .body(types::NewAttestation::builder().notes("Well done, the beds look great.".to_owned()))
        .send()
        .await?;
    show("Ada attests", &attested);

    let complete = helper.attest_quest().quest_id(id).send().await?;
    show("Ben attests", &complete);
    if complete.status != types::QuestStatus::Complete {
        return Err(format!("the quest is {}, not COMPLETE", complete.status).into());
    }

    let after = helper.get_current_user().send().await?;
    println!("Ben's rewards:");
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

    gardener.logout().await?;
    helper.logout().await?;
    Ok(())
}

fn show(what: &str, quest: &types::Quest) {
    println!("{what}: quest {} is {}", quest.quest_id, quest.status);
}

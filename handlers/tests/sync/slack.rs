//! Slack: what people are told in the shops' channels.

use chrono::TimeDelta;
use civicforge_demo_vendors::clickup::{Act, SKY};
use civicforge_demo_vendors::slack::{CHANNEL, Channel, Message, Setup, Slack, TOKEN};
use civicforge_demo_vendors::{Fault, discourse};
use civicforge_kernel::table::outbox::operate::{self, Which};
use serde_json::{Value, json};

use super::support::{World, mapping};

/// The fields of addresses in the list of problems.
const SLACK_FIELD: &str = "6d0f3a52-0000-4000-8000-00000000a007";
const DISCOURSE_FIELD: &str = "6d0f3a52-0000-4000-8000-00000000a00b";
/// The channel of the lasers.
const LASERS: &str = "C0EXAMPLE2";

fn mapped() -> Value {
    let mut mapping = mapping();
    mapping["slackChannel"] = json!(CHANNEL);
    mapping["shops"]["lasers"]["slackChannel"] = json!(LASERS);
    mapping
}

async fn world() -> (World, Slack) {
    let mut setup = Setup::default();
    let channel = Channel::named("lasers");
    setup.channels.insert(LASERS.to_owned(), channel);
    let slack = Slack::start(setup).await.unwrap();
    let settings = json!({"slack": {"token": TOKEN, "address": slack.url()}});
    (World::with(settings, mapped()).await, slack)
}

fn messages(slack: &Slack) -> Vec<Message> {
    slack.state().look(|state| state.messages.clone())
}

/// What the last message says, of all of them.
fn last(slack: &Slack, count: usize) -> String {
    let messages = messages(slack);
    assert_eq!(messages.len(), count, "{messages:?}");
    format!(
        "{} {}",
        messages[count - 1].text,
        messages[count - 1].blocks
    )
}

fn puts(world: &World) -> usize {
    let is_put = |method: &str, path: &str| method == "PUT" && path.contains("/task/");
    world.click_up.traffic().look(|all| {
        all.iter()
            .filter(|one| is_put(&one.method, &one.path))
            .count()
    })
}

#[tokio::test]
async fn the_channel_is_told_once_of_each_thing_that_happens_and_of_no_echo() {
    let (world, slack) = world().await;
    let vera = world.app.register_volunteer("vera").await;
    let id = world.created("The band saw does not start");
    world.settle().await;
    let said = last(&slack, 1);
    let url = format!("https://app.clickup.com/t/{id}");
    for part in [
        "There is a new task.",
        "The band saw does not start",
        "Woodshop",
        "urgency medium",
        &url,
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let first = messages(&slack).remove(0);
    assert_eq!(first.channel, CHANNEL);
    assert!(
        first.metadata["event_payload"]["id"].is_string(),
        "{first:?}"
    );

    // The message is where the task says, and ClickUp is told nothing of that.
    let task = world.task().await;
    let permalink = format!(
        "https://slack.com/archives/{CHANNEL}/p{}",
        first.ts.replace('.', "")
    );
    assert_eq!(
        (&task["slackUrl"], &task["version"]),
        (&json!(permalink), &json!(2))
    );
    assert_eq!(puts(&world), 0);

    let claimed = world.act(&vera, &task, "claim").await;
    world.settle().await;
    assert_eq!(world.status_there(&id), "in progress");
    let said = last(&slack, 2);
    assert!(
        said.contains("A volunteer has taken the task.") && said.contains("in progress"),
        "{said}"
    );
    assert!(!said.contains("vera"), "{said}");
    // ClickUp's event of that change has come back, and the first address stays.
    assert_eq!(world.task().await, claimed);
    for (verb, says) in [
        ("release", "given the task back"),
        ("claim", "taken"),
        ("complete", "done the task"),
    ] {
        world.act(&vera, &task, verb).await;
        world.settle().await;
        let said = messages(&slack).pop().unwrap().text;
        assert!(said.contains(says), "{verb}: {said}");
    }
    assert_eq!((messages(&slack).len(), puts(&world)), (5, 4));
}

#[tokio::test]
async fn a_claim_that_is_on_its_way_gets_there_though_an_address_is_noted_first() {
    let (world, slack) = world().await;
    let vera = world.app.register_volunteer("vera").await;
    slack.faults().always(Fault::status(503));
    let id = world.created("The band saw does not start");
    world.click_up.delivered().await;
    for _ in 0..4 {
        world.app.app.relay().round().await.unwrap();
    }
    let task = world.task().await;
    world.click_up.faults().always(Fault::status(503));
    world.act(&vera, &task, "claim").await;
    world.app.app.relay().round().await.unwrap();
    slack.faults().clear();
    world.mended("to:slack", "Slack");
    for _ in 0..4 {
        world.app.app.relay().round().await.unwrap();
    }
    assert!(world.task().await["slackUrl"].is_string());
    assert_eq!(world.status_there(&id), "to do");
    world.click_up.faults().clear();
    world.mended("to:clickup", "ClickUp");
    world.settle().await;
    assert_eq!(world.status_there(&id), "in progress");
}

#[tokio::test]
async fn a_reported_problem_goes_to_its_shop_s_own_channel_and_names_nobody() {
    let (world, slack) = world().await;
    let grace = world.app.register("grace").await;
    let problem = json!({"title": "The laser burns", "shop": "lasers", "urgency": "critical", "majorRepair": true});
    world.report(&grace, &problem).await;
    world.settle().await;
    let said = last(&slack, 1);
    assert_eq!(messages(&slack)[0].channel, LASERS);
    for part in [
        "A member has reported a problem.",
        "The laser burns",
        "urgency critical",
        "major repair",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(
        !said.contains("grace") && !said.contains("example.com"),
        "{said}"
    );
}

#[tokio::test]
async fn what_people_write_calls_nobody_and_is_no_link() {
    let (world, slack) = world().await;
    world.created("<!channel> & <https://evil.example|here> @here *bold* <@U1>");
    world.settle().await;
    let said = last(&slack, 1);
    assert!(
        !said.contains("<!") && !said.contains("<@") && !said.contains("<http"),
        "{said}"
    );
    assert!(said.contains("&lt;!channel&gt; &amp; "), "{said}");
    assert_eq!(messages(&slack)[0].blocks[0]["text"]["type"], "plain_text");
}

#[tokio::test]
async fn the_channel_is_told_that_clickup_s_change_counts() {
    let (world, slack) = world().await;
    let vera = world.app.register_volunteer("vera").await;
    let id = world.created("The band saw does not start");
    world.settle().await;
    let task = world.task().await;
    world.act(&vera, &task, "claim").await;
    world
        .click_up
        .act(SKY, &id, Act::Status("complete"))
        .unwrap();
    world.settle().await;
    let texts: Vec<_> = messages(&slack).into_iter().map(|one| one.text).collect();
    let told = texts
        .iter()
        .filter(|text| text.contains("ClickUp's change counts"));
    assert_eq!(told.count(), 1, "{texts:?}");
}

#[tokio::test]
async fn a_task_that_is_old_or_done_when_it_first_comes_is_no_news() {
    let (world, slack) = world().await;
    let done = world.created("The band saw does not start");
    world
        .click_up
        .act(SKY, &done, Act::Status("complete"))
        .unwrap();
    world.settle().await;
    world.created("The drill is loose");
    world.click_up.delivered().await;
    world.app.clock.advance(TimeDelta::days(2));
    world.settle().await;
    assert_eq!(world.tasks().await.len(), 2);
    assert_eq!(messages(&slack), []);
}

#[tokio::test]
async fn an_hour_without_slack_loses_nothing_and_holds_nothing_up() {
    let (world, slack) = world().await;
    let vera = world.app.register_volunteer("vera").await;
    let id = world.created("The band saw does not start");
    world.settle().await;
    slack
        .faults()
        .always(Slack::rate_limited(std::time::Duration::from_secs(30)));
    let task = world.task().await;
    world.act(&vera, &task, "claim").await;
    world.hour().await;
    assert_eq!(world.status_there(&id), "in progress");
    assert_eq!(messages(&slack).len(), 1);
    slack.faults().clear();
    world.mended("to:slack", "Slack");
    world.settle().await;
    assert!(last(&slack, 2).contains("A volunteer has taken the task."));
    let dead = operate::list(&world.app.app.table, Which::Dead, 10).await;
    assert!(dead.unwrap().is_empty());
}

#[tokio::test]
async fn a_post_of_which_nobody_knows_what_became_is_made_again() {
    let (world, slack) = world().await;
    slack.faults().times(1, "POST", Fault::CutAfter);
    world.created("The band saw does not start");
    world.click_up.delivered().await;
    for _ in 0..4 {
        world.app.app.relay().round().await.unwrap();
    }
    world.mended("to:slack", "Slack");
    world.settle().await;
    // Their id tells that they are one.
    let ids: Vec<_> = messages(&slack)
        .into_iter()
        .map(|one| one.metadata)
        .collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
    assert!(world.task().await["slackUrl"].is_string());
}

#[tokio::test]
async fn a_channel_that_is_gone_is_a_dead_letter() {
    let (world, slack) = world().await;
    slack.set_channel(CHANNEL, None);
    world.created("The band saw does not start");
    world.click_up.delivered().await;
    for _ in 0..4 {
        world.app.app.relay().round().await.unwrap();
    }
    let dead = operate::list(&world.app.app.table, Which::Dead, 10)
        .await
        .unwrap();
    let message = dead[0].message.as_ref().unwrap();
    assert_eq!(
        (dead.len(), message.destination.as_deref()),
        (1, Some("to:slack"))
    );
    assert_eq!(world.task().await.get("slackUrl"), None);
}

#[tokio::test]
async fn without_a_channel_or_settings_there_is_nothing_to_do() {
    let unset = World::with(json!({}), mapped()).await;
    let (world, slack) = world().await;
    world.map(mapping()).await;
    for world in [&unset, &world] {
        world.created("The band saw does not start");
        world.settle().await;
        assert_eq!(world.task().await.get("slackUrl"), None);
    }
    assert_eq!(messages(&slack), []);
}

#[tokio::test]
async fn clickup_has_the_addresses_of_both_where_it_has_fields_for_them() {
    let slack = Slack::start(Setup::default()).await.unwrap();
    let forum = discourse::Discourse::start(discourse::Setup::default());
    let forum = forum.await.unwrap();
    let settings = json!({
        "slack": {"token": TOKEN, "address": slack.url()},
        "discourse": {"address": forum.url(), "key": discourse::KEY, "user": discourse::USER},
    });
    let mut mapping = mapped();
    mapping["discourseCategory"] = json!(discourse::CATEGORY);
    mapping["clickUp"]["fields"]["slackUrl"] = json!(SLACK_FIELD);
    mapping["clickUp"]["fields"]["discourseUrl"] = json!(DISCOURSE_FIELD);
    let world = World::with(settings, mapping).await;
    let ada = world.app.register("ada").await;
    // While ClickUp is down there is no task there that could have them.
    world.click_up.faults().always(Fault::status(503));
    let problem = json!({"title": "The band saw", "shop": "woodshop", "majorRepair": true});
    world.report(&ada, &problem).await;
    world.hour().await;
    world.click_up.faults().clear();
    // The task is created first, and what waits for it comes some time later.
    for _ in 0..2 {
        world.mended("to:clickup", "ClickUp");
        world.settle().await;
    }
    let task = world.task().await;
    let id = task["clickUpUrl"].as_str().unwrap().rsplit('/').next();
    let there = world.click_up.task(id.unwrap()).unwrap();
    let fields = there["custom_fields"].as_array().unwrap();
    for (field, address) in [(SLACK_FIELD, "slackUrl"), (DISCOURSE_FIELD, "discourseUrl")] {
        let field = fields.iter().find(|one| one["id"] == field).unwrap();
        assert!(task[address].is_string(), "{task}");
        assert_eq!(field["value"], task[address], "{address}");
    }
    // The echoes change nothing, and nothing goes round.
    let writes = || {
        let traffic = world.click_up.traffic();
        traffic.look(|all| all.iter().filter(|one| one.method != "GET").count())
    };
    let before = writes();
    world.hour().await;
    world.settle().await;
    assert_eq!((world.task().await, writes()), (task, before));
}

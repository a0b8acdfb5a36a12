//! Discourse: a topic for each major repair, and no second one.

use chrono::TimeDelta;
use civicforge_demo_vendors::Fault;
use civicforge_demo_vendors::clickup::{Act, RIVER, SKY};
use civicforge_demo_vendors::discourse::{CATEGORY, Discourse, KEY, Setup, Topic, USER};
use civicforge_kernel::table::outbox::operate::{self, Which};
use serde_json::{Value, json};

use super::support::{MAJOR_FIELD, World, mapping};

/// The category of the lasers.
const LASERS: u64 = 6;

fn mapped() -> Value {
    let mut mapping = mapping();
    mapping["discourseCategory"] = json!(CATEGORY);
    mapping["shops"]["lasers"]["discourseCategory"] = json!(LASERS);
    mapping
}

async fn world() -> (World, Discourse) {
    let setup = Setup {
        categories: vec![CATEGORY, LASERS],
        ..Setup::default()
    };
    let forum = Discourse::start(setup).await.unwrap();
    let settings = json!({"discourse": {"address": forum.url(), "key": KEY, "user": USER}});
    (World::with(settings, mapped()).await, forum)
}

fn topics(forum: &Discourse) -> Vec<Topic> {
    forum.state().look(|state| state.topics.clone())
}

fn asked(forum: &Discourse) -> usize {
    forum.traffic().look(|all| all.len())
}

fn major() -> Value {
    json!({
        "title": "Laser", "description": "@here it <b>burns</b>\n# twice", "shop": "lasers", "urgency": "high",
        "majorRepair": true,
    })
}

#[tokio::test]
async fn a_major_repair_gets_one_topic_and_the_task_says_where_it_is() {
    let (world, forum) = world().await;
    let grace = world.app.register("grace").await;
    world.report(&grace, &major()).await;
    world.settle().await;
    let task = world.task().await;
    let topic = topics(&forum).remove(0);
    assert_eq!(
        (topic.category, topic.external_id.as_deref()),
        (LASERS, task["taskId"].as_str())
    );
    let url = format!("{}/t/{}/{}", forum.url(), topic.slug, topic.id);
    assert_eq!(task["discourseUrl"], json!(url));
    for part in [
        "Lasers",
        "> @\u{200b}here it &lt;b&gt;burns&lt;/b&gt;\n> \\# twice",
    ] {
        assert!(topic.raw.contains(part), "{part}: {}", topic.raw);
    }
    assert!(
        !topic.raw.contains("grace") && topic.title.starts_with("Laser ("),
        "{topic:?}"
    );

    // Whatever happens later, it has its topic, and nothing is asked there.
    let before = asked(&forum);
    let id = task["clickUpUrl"]
        .as_str()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap();
    world
        .click_up
        .act(SKY, id, Act::Rename("The laser is hot"))
        .unwrap();
    world.settle().await;
    assert_eq!(world.task().await["discourseUrl"], json!(url));
    assert_eq!((topics(&forum).len(), asked(&forum)), (1, before));
}

#[tokio::test]
async fn a_repair_that_becomes_a_major_one_gets_its_topic_then() {
    let (world, forum) = world().await;
    let id = world.created("The band saw does not start");
    world.settle().await;
    assert_eq!(asked(&forum), 0);
    world
        .click_up
        .act(RIVER, &id, Act::Field(MAJOR_FIELD, json!(true)))
        .unwrap();
    world.settle().await;
    let topic = topics(&forum).remove(0);
    assert_eq!(topic.category, CATEGORY);
    let link = format!("<https://app.clickup.com/t/{id}>");
    assert!(topic.raw.contains(&link), "{}", topic.raw);
    let task = world.task().await;
    assert!(task["discourseUrl"].is_string(), "{task}");
    // It is what ClickUp says it is, so ClickUp is told nothing.
    let written = world.click_up.traffic().look(|all| {
        all.iter()
            .filter(|one| one.method == "PUT" && one.path.contains("/task/"))
            .count()
    });
    assert_eq!(written, 0);
}

#[tokio::test]
async fn a_topic_whose_creation_was_not_answered_is_found() {
    let (world, forum) = world().await;
    let ada = world.app.register("ada").await;
    forum.faults().times(1, "POST", Fault::CutAfter);
    world.report(&ada, &major()).await;
    world.app.app.relay().round().await.unwrap();
    world.mended("to:discourse", "Discourse");
    world.settle().await;
    assert_eq!(topics(&forum).len(), 1);
    assert!(world.task().await["discourseUrl"].is_string());
}

#[tokio::test]
async fn a_topic_that_waits_for_approval_is_not_created_again_and_is_found_later() {
    let (world, forum) = world().await;
    forum.hold(true);
    let id = world.created("The band saw does not start");
    world
        .click_up
        .act(RIVER, &id, Act::Field(MAJOR_FIELD, json!(true)))
        .unwrap();
    world.settle().await;
    world
        .click_up
        .act(SKY, &id, Act::Rename("The band saw hums"))
        .unwrap();
    world.settle().await;
    let held = || forum.state().look(|state| state.held.len());
    assert_eq!((held(), topics(&forum).len()), (1, 0));
    let task = world.task().await;
    assert_eq!(task.get("discourseUrl"), None);

    forum.approve();
    world
        .click_up
        .act(SKY, &id, Act::Rename("The band saw hums loudly"))
        .unwrap();
    world.settle().await;
    let topic = topics(&forum).remove(0);
    let url = format!("{}/t/{}/{}", forum.url(), topic.slug, topic.id);
    assert_eq!(world.task().await["discourseUrl"], json!(url));
    assert_eq!((held(), topics(&forum).len()), (0, 1));
}

#[tokio::test]
async fn an_hour_without_discourse_loses_nothing_and_holds_nothing_up() {
    let (world, forum) = world().await;
    let ada = world.app.register("ada").await;
    forum.faults().always(Fault::status(503));
    world.report(&ada, &major()).await;
    world.hour().await;
    assert!(world.task().await["clickUpUrl"].is_string());
    forum.faults().clear();
    world.mended("to:discourse", "Discourse");
    world.settle().await;
    assert_eq!(topics(&forum).len(), 1);
    assert!(world.task().await["discourseUrl"].is_string());
    let dead = operate::list(&world.app.app.table, Which::Dead, 10).await;
    assert!(dead.unwrap().is_empty());
}

#[tokio::test]
async fn a_small_or_done_repair_and_one_without_category_or_settings_get_no_topic() {
    let (world, forum) = world().await;
    let done = world.created("The band saw does not start");
    world
        .click_up
        .act(RIVER, &done, Act::Field(MAJOR_FIELD, json!(true)))
        .unwrap();
    world
        .click_up
        .act(RIVER, &done, Act::Status("complete"))
        .unwrap();
    world.created("The drill is loose");
    world.settle().await;
    assert_eq!((world.tasks().await.len(), asked(&forum)), (2, 0));

    let settings = json!({"discourse": {"address": forum.url(), "key": KEY, "user": USER}});
    let uncategorized = World::with(settings, mapping()).await;
    let unset = World::with(json!({}), mapped()).await;
    for world in [&uncategorized, &unset] {
        let ada = world.app.register("ada").await;
        world.report(&ada, &major()).await;
        world.settle().await;
        assert_eq!(world.task().await.get("discourseUrl"), None);
    }
    assert_eq!(asked(&forum), 0);
}

#[tokio::test]
async fn the_address_of_a_topic_that_was_approved_is_noted_by_the_job() {
    let (world, forum) = world().await;
    forum.hold(true);
    let ada = world.app.register("ada").await;
    let problem = json!({"title": "The band saw", "shop": "woodshop", "majorRepair": true});
    world.report(&ada, &problem).await;
    world.settle().await;
    assert_eq!(world.task().await.get("discourseUrl"), None);
    let soon = || std::time::Instant::now() + std::time::Duration::from_secs(60);
    let round = async || {
        world.app.clock.advance(TimeDelta::hours(24));
        world
            .app
            .app
            .run("reconcile", json!({}), soon())
            .await
            .unwrap();
    };
    round().await;
    assert_eq!(world.task().await.get("discourseUrl"), None, "it waits");
    forum.approve();
    round().await;
    assert!(world.task().await["discourseUrl"].is_string());
}

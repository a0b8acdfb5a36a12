//! Many events in any order, and workers that die.

use std::future::pending;
use std::sync::Arc;

use chrono::TimeDelta;
use civicforge_demo_vendors::clickup::{Act, Delivering, RIVER, State, TOKEN};
use civicforge_handlers::sync::clickup::FromClickUp;
use civicforge_handlers::sync::intake::{self, Received};
use civicforge_handlers::sync::pull::Pull;
use civicforge_handlers::sync::push::ToClickUp;
use civicforge_kernel::destinations::Destination;
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::outbox::{Delivery, DeliveryError, Message, Relay, RelayLimits};
use civicforge_testing::TestApp;
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::support::{SHOP_FIELD, WOODSHOP, World};

/// How many events there are, each of them twice.
const EVENTS: usize = 1_000;
const LASERS: &str = "0b7e1c00-0000-4000-8000-000000000003";

/// A thousand changes of forty tasks, and what ClickUp sends of them.
fn changes(world: &World, rng: &mut StdRng) -> Vec<Vec<u8>> {
    let ids: Vec<_> = (0..40)
        .map(|n| world.created(&format!("Task {n}")))
        .collect();
    let sent = || world.click_up.state().look(|state| state.deliveries.len());
    while sent() < EVENTS {
        let id = ids.choose(rng).unwrap();
        let title = format!("Title {}", rng.random_range(0..1_000));
        let shop = *[WOODSHOP, LASERS].choose(rng).unwrap();
        let status = *["to do", "in progress", "complete"].choose(rng).unwrap();
        let act = match rng.random_range(0..100) {
            0 => Act::Delete,
            1..10 => Act::Archive(rng.random_bool(0.2)),
            10..30 => Act::Field(SHOP_FIELD, json!(shop)),
            30..50 => Act::Rename(&title),
            _ => Act::Status(status),
        };
        // A task that is gone cannot be changed any more.
        let _ = world.click_up.act(RIVER, id, act);
    }
    let bodies = |state: &State| {
        let deliveries = state.deliveries.iter();
        deliveries.map(|one| one.body.to_vec()).collect()
    };
    world.click_up.state().look(bodies)
}

async fn receive(world: &World, body: &[u8]) {
    // One that cannot be read would be missing at the end.
    if let Received::Work(message) = intake::click_up(body, world.app.clock.now()) {
        let table = &world.app.app.table;
        let write = message.send(table.outbox()).unwrap();
        table.write_if(write).await.unwrap();
    }
}

/// The tasks without what depends on how often something was seen, and the shops.
async fn seen(app: &TestApp) -> (Vec<Value>, Value) {
    let tasks = app.get("/api/v1/tasks?status=ALL&limit=100").send().await;
    let mut tasks = tasks.json()["items"].as_array().unwrap().clone();
    for task in &mut tasks {
        for name in ["taskId", "version", "updatedAt", "createdAt"] {
            task.as_object_mut().unwrap().remove(name);
        }
    }
    tasks.sort_by_key(|task| task["clickUpUrl"].to_string());
    (tasks, app.get("/api/v1/shops").send().await.json())
}

#[tokio::test]
async fn a_thousand_events_that_are_shuffled_and_repeated_end_as_those_in_order() {
    let mut rng = StdRng::seed_from_u64(11);
    let world = World::new().await;
    world.click_up.deliver(Delivering::Held);
    let mut bodies = changes(&world, &mut rng);
    assert!(bodies.len() >= EVENTS);
    bodies.extend(bodies.clone());
    bodies.shuffle(&mut rng);
    let relay = world.app.app.relay();
    // Some are worked on while others come.
    for some in bodies.chunks(97) {
        for body in some {
            receive(&world, body).await;
        }
        relay.round().await.unwrap();
    }
    loop {
        let round = relay.round().await.unwrap();
        assert_eq!((round.failed, round.later, round.dead), (0, 0, 0));
        if round.delivered == 0 {
            break;
        }
    }
    // What is there, read once into a table that has seen nothing before.
    let settings = json!({"clickUp": {"token": TOKEN, "address": world.click_up.url()}});
    let other = TestApp::setup().vendors(&settings).start().await;
    world.mapping.save(&other.app.table).await.unwrap();
    for shop in world.mapping.shops.keys() {
        other.open_shop(shop).await;
    }
    let from = FromClickUp::new(other.app.tasks.feature().clone(), other.app.vendors.clone());
    let pull = Pull {
        from: &from,
        click_up: &world.client,
        by: world.mapping.click_up.as_ref().unwrap(),
        until: None,
    };
    let pulled = pull.all(|_, _| {}).await.unwrap();
    assert!(pulled.created > 20, "{pulled:?}");
    assert_eq!(seen(&world.app).await, seen(&other).await);
}

/// Delivers as a worker does, and dies before it can say so.
struct Dying<D> {
    destination: D,
    done: Arc<Notify>,
}

impl<D: Destination> Delivery for Dying<D> {
    async fn destinations(&self, kind: &str) -> Result<Vec<String>, StoreError> {
        let takes = self.destination.takes(kind).await?;
        Ok(Vec::from_iter(
            takes.then(|| self.destination.name().to_owned()),
        ))
    }

    async fn deliver(&self, _destination: &str, message: &Message) -> Result<(), DeliveryError> {
        self.destination.deliver(message).await?;
        self.done.notify_one();
        pending().await
    }
}

/// Has a worker that has only this destination deliver one message, and die then. Its lease ends.
async fn die(world: &World, destination: impl Destination) {
    let app = &world.app.app;
    let done = Arc::new(Notify::new());
    let dying = Dying {
        destination,
        done: done.clone(),
    };
    let relay = Relay::new(app.table.clone(), dying, RelayLimits::default());
    let relay = relay.with_clock(app.clock.clone());
    let working = async {
        loop {
            // A message for whoever takes its kind becomes one for this destination first.
            let round = relay.round().await.unwrap();
            assert_ne!(round.delivered, 0, "there is nothing to do");
        }
    };
    tokio::select! {
        () = working => {}
        () = done.notified() => {}
    }
    world.app.clock.advance(TimeDelta::minutes(2));
}

fn from(world: &World) -> FromClickUp {
    let app = &world.app.app;
    FromClickUp::new(app.tasks.feature().clone(), app.vendors.clone())
}

#[tokio::test]
async fn an_event_whose_worker_died_is_worked_on_again_and_changes_nothing() {
    let world = World::new().await;
    world.created("The band saw");
    world.click_up.delivered().await;
    die(&world, from(&world)).await;
    let task = world.task().await;
    world.settle().await;
    assert_eq!(world.task().await, task);
    let shops = world.app.get("/api/v1/shops").send().await.json();
    assert_eq!(shops["items"][1]["openTasks"], 1);
}

#[tokio::test]
async fn what_a_worker_has_told_clickup_before_it_died_is_not_told_again() {
    let world = World::new().await;
    let ada = world.app.register("ada").await;
    let problem = json!({"title": "The band saw", "shop": "woodshop"});
    world.report(&ada, &problem).await;
    let writes = || {
        let traffic = world.click_up.traffic();
        traffic.look(|all| all.iter().filter(|one| one.method != "GET").count())
    };
    let before = writes();
    die(&world, ToClickUp::new(from(&world))).await;
    assert_eq!(writes(), before + 1);
    world.settle().await;
    assert_eq!(writes(), before + 1);
    let tasks = world.click_up.state().look(|state| state.tasks.len());
    assert_eq!(tasks, 1);
    assert!(world.task().await["clickUpUrl"].is_string());
}

//! Reading all lists: what was there before any webhook, and what webhooks have missed.

use std::sync::Arc;

use civicforge_demo_vendors::Fault;
use civicforge_demo_vendors::clickup::{Act, Delivering, RIVER};
use civicforge_handlers::sync::clickup::FromClickUp;
use civicforge_handlers::sync::pull::{Pull, PullError, Pulled};
use civicforge_handlers::vendors::VendorError;

use super::support::World;

async fn all(world: &World) -> Result<Pulled, PullError> {
    let tasks = Arc::clone(world.app.app.tasks.feature());
    let from = FromClickUp::new(tasks, world.app.app.vendors.clone());
    let by = world.mapping.click_up.as_ref().unwrap();
    let mut pages = 0;
    let pull = Pull {
        from: &from,
        click_up: &world.client,
        by,
        until: None,
    };
    let pulled = pull.all(|_, _| pages += 1).await;
    if let Ok(pulled) = &pulled {
        assert_eq!(pages, pulled.read.div_ceil(100).max(1));
    }
    pulled
}

#[tokio::test]
async fn everything_is_read_once_and_what_is_gone_is_found() {
    let world = World::new().await;
    world.click_up.deliver(Delivering::Held);
    let ids: Vec<_> = (0..120)
        .map(|n| world.created(&format!("Task {n}")))
        .collect();
    world
        .click_up
        .act(RIVER, &ids[0], Act::Status("complete"))
        .unwrap();
    let first = all(&world).await.unwrap();
    assert_eq!((first.read, first.created, first.gone), (120, 120, 0));
    let again = all(&world).await.unwrap();
    assert_eq!((again.read, again.created, again.changed), (120, 0, 0));
    world
        .click_up
        .act(RIVER, &ids[1], Act::Rename("Another title"))
        .unwrap();
    world
        .click_up
        .act(RIVER, &ids[2], Act::Archive(true))
        .unwrap();
    world.click_up.act(RIVER, &ids[3], Act::Delete).unwrap();
    let third = all(&world).await.unwrap();
    assert_eq!((third.created, third.changed), (0, 1), "{third:?}");
    let shops = world.app.get("/api/v1/shops").send().await.json();
    assert_eq!(shops["items"][1]["openTasks"], 117);
}

#[tokio::test]
async fn it_goes_on_where_it_was_stopped() {
    let world = World::new().await;
    world.click_up.deliver(Delivering::Held);
    for n in 0..120 {
        world.created(&format!("Task {n}"));
    }
    // The first page comes, and ClickUp is down then.
    world
        .click_up
        .faults()
        .always_at("GET /api/v2/list/", Fault::status(503));
    let stopped = all(&world).await.unwrap_err();
    assert!(
        matches!(stopped, PullError::Vendor(VendorError::Later { .. })),
        "{stopped}"
    );
    world.click_up.faults().clear();
    let gone_on = all(&world).await.unwrap();
    assert_eq!(gone_on.read, 120);
    assert_eq!(world.tasks().await.len(), 100);
}

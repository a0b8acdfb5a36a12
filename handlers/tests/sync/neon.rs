//! Neon CRM: who is a volunteer.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use civicforge_demo_vendors::Fault;
use civicforge_demo_vendors::neon::{Account, KEY, Neon, ORGANIZATION, Setup};
use civicforge_handlers::sync::clickup::FromClickUp;
use civicforge_handlers::sync::neon::{RefreshError, refresh};
use civicforge_handlers::vendors::VendorError;
use serde_json::{Value, json};

use super::support::{World, mapping};

fn mapped() -> Value {
    let mut mapping = mapping();
    mapping["neon"] = json!({"individualTypes": ["Volunteer"]});
    mapping
}

async fn world() -> (World, Neon, FromClickUp) {
    let neon = Neon::start(Setup::default()).await.unwrap();
    let settings =
        json!({"neon": {"address": neon.url(), "organization": ORGANIZATION, "key": KEY}});
    let world = World::with(settings, mapped()).await;
    let app = &world.app.app;
    let from = FromClickUp::new(Arc::clone(app.tasks.feature()), app.vendors.clone());
    (world, neon, from)
}

fn today(world: &World) -> NaiveDate {
    world.app.clock.now().date_naive()
}

#[tokio::test]
async fn a_paid_term_lets_the_member_claim_until_its_last_day_has_passed() {
    let (world, neon, from) = world().await;
    let vera = world.app.register("vera").await;
    world.app.verify_email(&vera).await;
    let email = vera.email.to_uppercase();
    let account = neon.create_account(Account::volunteer("Vera", "Example", &email));
    world.created("The band saw does not start");
    world.settle().await;
    let path = format!(
        "/api/v1/tasks/{}/claim",
        world.task().await["taskId"].as_str().unwrap()
    );
    let claim = async || world.app.post(&path).member(&vera).send().await.status;

    assert!(!refresh(&from, &account).await.unwrap().unwrap().active);
    assert_eq!(claim().await, 403);
    let today = today(&world);
    let term = neon.create_membership(&account, today, today + Days::new(1));
    let volunteer = refresh(&from, &account).await.unwrap().unwrap();
    assert_eq!((volunteer.user_id, volunteer.active), (vera.id, true));
    let end = (today + Days::new(2))
        .and_time(chrono::NaiveTime::MIN)
        .and_utc();
    assert_eq!(
        volunteer.active_until,
        Some(end - chrono::TimeDelta::milliseconds(1))
    );
    assert_eq!(claim().await, 200);
    neon.edit_membership(&term, |term| "FAILED".clone_into(&mut term.status));
    assert!(!refresh(&from, &account).await.unwrap().unwrap().active);
}

#[tokio::test]
async fn nobody_is_a_volunteer_by_an_address_that_was_not_verified() {
    let (world, neon, from) = world().await;
    let vera = world.app.register("vera").await;
    let account = neon.create_account(Account::volunteer("Vera", "Example", &vera.email));
    let today = today(&world);
    neon.create_membership(&account, today, today + Days::new(1));
    assert_eq!(refresh(&from, &account).await.unwrap(), None);
    let stranger = neon.create_account(Account::volunteer("Sky", "Example", "sky@example.org"));
    assert_eq!(refresh(&from, &stranger).await.unwrap(), None);
    world.app.verify_email(&vera).await;
    assert!(refresh(&from, &account).await.unwrap().unwrap().active);
}

#[tokio::test]
async fn a_neon_that_fails_or_has_no_such_account_takes_nothing_away() {
    let (world, neon, from) = world().await;
    let vera = world.app.register_volunteer("vera").await;
    world.app.verify_email(&vera).await;
    let account = neon.create_account(Account::volunteer("Vera", "Example", &vera.email));
    neon.faults().always(Fault::status(503));
    let failed = refresh(&from, &account).await;
    assert!(
        matches!(failed, Err(RefreshError::Neon(VendorError::Later { .. }))),
        "{failed:?}"
    );
    neon.faults().clear();
    world.app.app.vendors.breakers().succeeded("Neon CRM");
    assert_eq!(refresh(&from, "999").await.unwrap(), None);
    world.created("The band saw does not start");
    world.settle().await;
    world.act(&vera, &world.task().await, "claim").await;
}

//! Volunteers by what Neon CRM sends, and by what it has not sent.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{Days, TimeDelta};
use civicforge_demo_vendors::neon::{Account, KEY, Neon, ORGANIZATION, Setup, Webhook};
use civicforge_demo_vendors::{Delivering, Fault};
use civicforge_handlers::members::NEON_USER;
use civicforge_handlers::sync::clickup::FromClickUp;
use civicforge_handlers::sync::intake::{self, Received};
use civicforge_handlers::sync::neon::sweep;
use civicforge_handlers::sync::webhooks::{NeonPassword, Webhooks};
use civicforge_handlers::tasks::volunteers::{Source, Volunteer};
use civicforge_kernel::table::outbox::operate::{self, Which};
use civicforge_testing::TestMember;
use serde_json::{Value, json};

use super::support::{World, mapping};

const PASSWORD: &str = "the password of tests";
const TRIGGERS: [&str; 7] = [
    "createAccount",
    "editAccount",
    "deleteAccount",
    "mergedAccount",
    "createMembership",
    "updateMembership",
    "deleteMembership",
];

/// How webhooks are set up.
#[derive(Clone, Copy, Debug)]
struct How {
    is_form: bool,
    is_legacy: bool,
    /// Whether the password is in the body.
    in_body: bool,
}

const USUAL: How = How {
    is_form: false,
    is_legacy: false,
    in_body: false,
};

struct Both {
    world: World,
    neon: Neon,
    vera: TestMember,
}

async fn both(how: How) -> Both {
    let setup = Setup {
        success: 222,
        ..Setup::default()
    };
    let neon = Neon::start(setup).await.unwrap();
    let settings =
        json!({"neon": {"address": neon.url(), "organization": ORGANIZATION, "key": KEY}});
    let mut mapping = mapping();
    mapping["neon"] = json!({"individualTypes": ["Volunteer"]});
    let world = World::with(settings, mapping).await;
    let known = |all: &mut Webhooks| all.neon.push(NeonPassword::of(PASSWORD));
    Webhooks::change(&world.app.app.table, known).await.unwrap();
    let url = world.endpoint.join("/webhooks/neon").unwrap();
    for trigger in TRIGGERS {
        neon.add_webhook(Webhook {
            is_form: how.is_form,
            is_legacy: how.is_legacy,
            basic: (!how.in_body).then(|| (NEON_USER.to_owned(), PASSWORD.to_owned())),
            parameters: match how.in_body {
                true => json!({"token": PASSWORD, "env": "test"}),
                false => Value::Null,
            },
            ..Webhook::json(trigger, url.as_str(), ("", ""))
        });
    }
    let vera = world.app.register("vera").await;
    world.app.verify_email(&vera).await;
    Both { world, neon, vera }
}

impl Both {
    /// Has everything that was sent worked on.
    async fn settle(&self) {
        self.neon.delivered().await;
        let answers = self.neon.state().look(|state| {
            let answers = state.deliveries.iter().map(|one| one.answer);
            answers.collect::<Vec<_>>()
        });
        assert!(
            answers.iter().all(|answer| *answer == Some(202)),
            "{answers:?}"
        );
        self.world.settle().await;
    }

    fn account(&self, email: &str) -> String {
        self.neon
            .create_account(Account::volunteer("Vera", "Example", email))
    }

    fn paid(&self, account: &str) -> String {
        let today = self.world.app.clock.now().date_naive();
        self.neon
            .create_membership(account, today, today + Days::new(30))
    }

    async fn volunteer(&self, member: &TestMember) -> Option<Volunteer> {
        let table = &self.world.app.app.table;
        Volunteer::find(table, member.id).await.unwrap()
    }

    async fn is_active(&self, member: &TestMember) -> bool {
        self.volunteer(member).await.is_some_and(|one| one.active)
    }

    fn from(&self) -> FromClickUp {
        let app = &self.world.app.app;
        FromClickUp::new(Arc::clone(app.tasks.feature()), app.vendors.clone())
    }
}

#[tokio::test]
async fn in_each_form_and_shape_what_happens_in_neon_is_so_here() {
    for is_form in [false, true] {
        for is_legacy in [false, true] {
            for in_body in [false, true] {
                let how = How {
                    is_form,
                    is_legacy,
                    in_body,
                };
                let both = both(how).await;
                let account = both.account(&both.vera.email);
                both.settle().await;
                assert!(!both.is_active(&both.vera).await, "{how:?}");
                let term = both.paid(&account);
                both.settle().await;
                assert!(both.is_active(&both.vera).await, "{how:?}");
                let fails = |term: &mut civicforge_demo_vendors::neon::Membership| {
                    "FAILED".clone_into(&mut term.status);
                };
                both.neon.edit_membership(&term, fails);
                both.settle().await;
                assert!(!both.is_active(&both.vera).await, "{how:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_member_claims_because_of_a_membership_that_came_by_webhook_and_not_after_it_is_gone() {
    let both = both(USUAL).await;
    let world = &both.world;
    world.created("The band saw");
    world.settle().await;
    let task = world.task().await;
    let path = format!("/api/v1/tasks/{}/claim", task["taskId"].as_str().unwrap());
    let claim = async || world.app.post(&path).member(&both.vera).send().await.status;
    assert_eq!(claim().await, 403);
    let account = both.account(&both.vera.email);
    let term = both.paid(&account);
    both.settle().await;
    assert_eq!(claim().await, 200);
    world.act(&both.vera, &task, "release").await;
    // What is told of it names nothing but the membership, which Neon does not have any more.
    both.neon.delete_membership(&term);
    both.settle().await;
    assert_eq!(claim().await, 403);
}

#[tokio::test]
async fn an_account_that_is_deleted_merged_or_another_member_s_is_followed() {
    let both = both(USUAL).await;
    let first = both.account(&both.vera.email);
    both.paid(&first);
    both.settle().await;
    assert!(both.is_active(&both.vera).await);
    // The survivor has the address, and gets the memberships.
    let second = both.account(&both.vera.email);
    both.neon.merge_account(&first, &second);
    both.settle().await;
    let volunteer = both.volunteer(&both.vera).await.unwrap();
    assert!(volunteer.active && volunteer.accounts[&second].active);
    assert!(!volunteer.accounts[&first].active, "{volunteer:?}");

    let wim = both.world.app.register("wim").await;
    both.world.app.verify_email(&wim).await;
    both.neon
        .edit_account(&second, |account| account.emails = vec![wim.email.clone()]);
    both.settle().await;
    assert!(!both.is_active(&both.vera).await);
    assert!(both.is_active(&wim).await);
    both.neon.delete_account(&second);
    both.settle().await;
    assert!(!both.is_active(&wim).await);
}

#[tokio::test]
async fn what_an_operator_says_counts_until_it_is_left_to_neon_again() {
    let both = both(USUAL).await;
    let table = &both.world.app.app.table;
    let account = both.account(&both.vera.email);
    let term = both.paid(&account);
    both.settle().await;
    let name = async |active| Volunteer::name(table, both.vera.id, active).await.unwrap();
    assert!(!name(Some(false)).await.active);
    both.neon.edit_membership(&term, |_| {});
    both.settle().await;
    let volunteer = both.volunteer(&both.vera).await.unwrap();
    assert!(!volunteer.active && volunteer.source == Source::Operator);
    let volunteer = name(None).await;
    assert!(volunteer.active && volunteer.active_until.is_some());
    assert!(name(Some(true)).await.active_until.is_none());
}

#[tokio::test]
async fn a_neon_that_is_down_delays_and_loses_nothing() {
    let both = both(USUAL).await;
    let account = both.account(&both.vera.email);
    both.settle().await;
    both.neon.faults().always(Fault::status(503));
    both.paid(&account);
    both.neon.delivered().await;
    both.world.hour().await;
    assert!(!both.is_active(&both.vera).await);
    both.neon.faults().clear();
    both.world.mended("from:neon", "Neon CRM");
    both.settle().await;
    assert!(both.is_active(&both.vera).await);
}

#[tokio::test]
async fn what_webhooks_have_missed_is_found_by_the_sweep() {
    let both = both(USUAL).await;
    both.neon.deliver(Delivering::Held);
    let account = both.account(&both.vera.email);
    let term = both.paid(&account);
    for n in 0..3 {
        both.account(&format!("somebody-{n}@example.org"));
    }
    let from = both.from();
    let soon = || Instant::now() + Duration::from_secs(60);
    let now = || both.world.app.clock.now();
    let swept = sweep(&from, now(), soon()).await.unwrap();
    assert_eq!((swept.read, swept.is_all), (4, true));
    assert!(both.is_active(&both.vera).await);
    // The search finds one that was read just now: it is not read again.
    let again = sweep(&from, now(), soon()).await.unwrap();
    assert_eq!((again.read, again.is_all), (3, true));
    // One that is no volunteer's any more is found as well, though the search does not find it.
    both.neon
        .edit_account(&account, |account| account.types.clear());
    let later = || {
        both.world.app.clock.advance(TimeDelta::seconds(1));
        now()
    };
    sweep(&from, later(), soon()).await.unwrap();
    assert!(!both.is_active(&both.vera).await);
    // What was read since then is not read again, but for what the search finds.
    let again = sweep(&from, now(), soon()).await.unwrap();
    assert_eq!((again.read, again.is_all), (3, true));
    both.neon.edit_account(&account, |account| {
        account.types = vec!["volunteer".to_owned()]
    });
    // The job does it once a day.
    let app = &both.world.app;
    app.clock.advance(TimeDelta::hours(24));
    app.app.run("reconcile", json!({}), soon()).await.unwrap();
    assert!(both.is_active(&both.vera).await);
    both.neon.delete_membership(&term);
    app.clock.advance(TimeDelta::hours(1));
    app.app.run("reconcile", json!({}), soon()).await.unwrap();
    assert!(both.is_active(&both.vera).await);
    // A search that Neon refuses keeps no account that is known from being read.
    both.neon
        .faults()
        .always_at("POST /v2/accounts/search", Fault::status(400));
    sweep(&from, later(), soon()).await.unwrap_err();
    assert!(!both.is_active(&both.vera).await);
    let none = sweep(&from, later(), Instant::now()).await.unwrap();
    assert_eq!((none.read, none.is_all), (0, false));
}

#[tokio::test]
async fn an_address_that_is_verified_later_has_neon_asked_at_once() {
    let both = both(USUAL).await;
    let wim = both.world.app.register("wim").await;
    let account = both.account(&wim.email);
    both.paid(&account);
    both.settle().await;
    assert!(!both.is_active(&wim).await);
    both.world.app.verify_by_mail(&wim).await;
    both.settle().await;
    assert!(both.is_active(&wim).await);
}

#[tokio::test]
async fn of_what_neon_sends_nothing_but_ids_is_kept() {
    let both = both(USUAL).await;
    let table = &both.world.app.app.table;
    let account = both.account(&both.vera.email);
    both.paid(&account);
    both.neon.delivered().await;
    let basic = (NEON_USER, PASSWORD);
    let send = async |body: Vec<u8>, is_form: bool| {
        let kind = match is_form {
            true => "application/x-www-form-urlencoded",
            false => "application/json",
        };
        let url = both.world.endpoint.join("/webhooks/neon").unwrap();
        let call = reqwest::Client::new()
            .post(url)
            .header("content-type", kind);
        let call = call.basic_auth(basic.0, Some(basic.1)).body(body);
        call.send().await.unwrap().status().as_u16()
    };
    let secret = "EXAMPLE-CARD-HOLDER";
    for (body, is_form) in [
        (json!({"eventTrigger": "createAccount", "data": {"individualAccount": secret}}).to_string().into_bytes(), false),
        (json!({"eventTrigger": "createMembership", "data": {"accountId": format!("../{secret}")}}).to_string().into_bytes(), false),
        (json!({"eventTrigger": 7, "data": {"name": secret}}).to_string().into_bytes(), false),
        (format!("other={secret}").into_bytes(), true),
        (vec![0xff, 0xfe], false),
        (b"[]".to_vec(), false),
    ] {
        assert_eq!(send(body.clone(), is_form).await, 202);
        assert_eq!(send(body, is_form).await, 202, "again");
    }
    // It is about nothing that is kept here.
    let donation = json!({"eventTrigger": "createDonation", "data": {"name": secret}});
    assert_eq!(send(donation.to_string().into_bytes(), false).await, 202);
    let waiting = operate::list(table, Which::Waiting, 100).await.unwrap();
    // Two events that can be read, and six that cannot.
    assert_eq!(waiting.len(), 8);
    for entry in waiting {
        let message = entry.message.unwrap();
        assert!(!message.payload.contains(secret), "{}", message.payload);
        assert!(!message.payload.contains("vera"), "{}", message.payload);
    }
}

#[tokio::test]
async fn a_password_that_another_has_taken_the_place_of_is_taken_for_a_while() {
    let both = both(USUAL).await;
    let table = &both.world.app.app.table;
    let until = both.world.app.clock.now() + TimeDelta::days(1);
    let replaced = |all: &mut Webhooks| {
        all.neon[0].until = Some(until);
        all.neon.push(NeonPassword::of("another"));
    };
    Webhooks::change(table, replaced).await.unwrap();
    let send = async |password: &str| {
        let body = json!({
            "eventTrigger": "createDonation", "data": {}, "customParameters": {"token": password},
        });
        let call = both.world.app.post("/webhooks/neon").json(&body);
        call.send().await.status
    };
    assert_eq!(
        (send(PASSWORD).await, send("another").await, send("").await),
        (202, 202, 403)
    );
    both.world.app.clock.advance(TimeDelta::hours(25));
    assert_eq!((send(PASSWORD).await, send("another").await), (403, 202));
}

/// What was recorded of Neon CRM, and what is kept of it.
#[test]
fn recorded_events_say_whom_they_are_about() {
    let kept = |name: &str, is_form: bool| {
        let path = format!("tests/vendors/samples/neon-event-{name}.json");
        let mut body = std::fs::read(path).unwrap();
        if is_form {
            let mut form = url::form_urlencoded::Serializer::new(String::new());
            form.append_pair("payload", std::str::from_utf8(&body).unwrap());
            body = form.finish().into_bytes();
        }
        match intake::neon(&body, is_form, chrono::Utc::now()).received {
            Received::Work(message) => serde_json::from_str(&message.payload).unwrap(),
            Received::Unreadable(_) | Received::Nothing => Value::Null,
        }
    };
    for is_form in [false, true] {
        for name in [
            "create-account",
            "edit-account",
            "create-membership",
            "create-membership-legacy",
            "update-membership",
        ] {
            let expected = json!({"accounts": ["60001"], "membership": null});
            assert_eq!(kept(name, is_form), expected, "{name}");
        }
        let merged = json!({"accounts": ["60009", "60001"], "membership": null});
        assert_eq!(kept("merged-account", is_form), merged);
        let deleted = json!({"accounts": [], "membership": "80003"});
        assert_eq!(kept("delete-membership", is_form), deleted);
    }
}

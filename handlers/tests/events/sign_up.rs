//! Who signs up with Cognito becomes a member, once; and whoever cannot be made one is not lost.

use std::sync::Arc;

use civicforge_handlers::auth::{self, credentials};
use civicforge_handlers::users::item::Account;
use civicforge_handlers::users::{self, audit};
use civicforge_kernel::aws::Limits;
use civicforge_kernel::table::embedded::Embedded;
use civicforge_kernel::table::{Condition, Index, Query, Table, Write};
use civicforge_kernel::trigger::TriggerError;
use civicforge_runtime::scope::{self, RequestScope};
use civicforge_runtime::trace::Trace;
use civicforge_testing::fault::{Fault, Faults};
use civicforge_testing::{TestApp, TestMember};
use futures::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use super::support::{Sqs, batch, failures, run, sqs};

const POOL: &str = "eu-central-1_AbCdEfGhI";
const ISSUER: &str = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI";

/// What Cognito sends when somebody's sign-up is confirmed.
fn confirmed(subject: &str, email: &str) -> Value {
    json!({
        "version": "1",
        "region": "eu-central-1",
        "userPoolId": POOL,
        "userName": subject,
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "4example"},
        "triggerSource": "PostConfirmation_ConfirmSignUp",
        "request": {"userAttributes": {
            "sub": subject,
            "cognito:user_status": "CONFIRMED",
            "email_verified": "true",
            "email": email,
            "name": "Ada Lovelace",
        }},
        "response": {},
    })
}

fn with(mut event: Value, pointer: &str, to: Value) -> Value {
    *event.pointer_mut(pointer).unwrap() = to;
    event
}

/// The member whom the pool calls so.
async fn member(table: &Table, subject: &str) -> Option<Account> {
    let link = table
        .get(&auth::keys::identity(ISSUER, subject))
        .await
        .unwrap()?;
    let user: Uuid = link["userId"].as_s().unwrap().parse().unwrap();
    Some(
        table
            .get_as(&users::keys::key(user))
            .await
            .unwrap()
            .expect("an account behind the link"),
    )
}

async fn with_queue() -> (TestApp, Sqs) {
    let sqs = sqs(true).await;
    let app = TestApp::setup()
        .failed_sign_ups(sqs.queue.clone())
        .start()
        .await;
    (app, sqs)
}

#[tokio::test]
async fn a_sign_up_makes_a_member_once_and_the_event_comes_back_as_it_was() {
    let (app, sqs) = with_queue().await;
    let event = confirmed("sub-1", " Ada@Example.org");
    for _ in 0..3 {
        let answer = run(&app, "createUser", event.clone()).await.unwrap();
        assert_eq!(answer, event);
    }
    let account = member(&app.app.table, "sub-1").await.unwrap();
    assert_eq!(
        (&*account.email, &*account.name),
        ("Ada@Example.org", "Ada Lovelace")
    );
    assert!(account.email_verified && !account.verified);
    let found = credentials::find(&app.app.table, account.user_id)
        .await
        .unwrap();
    assert_eq!(found.unwrap().1, None);
    assert_eq!((account.quest_creation_points, account.version), (10, 1));
    assert_eq!(sqs.bodies.lock().unwrap().len(), 0);
    // The address is taken now, for a registration too, in whatever case.
    let body = json!({"email": "ada@example.org", "password": "4-Quiet-Gardens", "name": "Ada"});
    let reply = app.post("/api/v1/auth/register").json(&body).send().await;
    assert_eq!(reply.problem(), (409, "email_taken".to_owned()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn calls_at_once_for_one_sign_up_make_one_member() {
    let (app, sqs) = with_queue().await;
    let calls = (0..40).map(|_| {
        let app = app.clone();
        tokio::spawn(async move {
            let event = confirmed("sub-1", "ada@example.org");
            run(&app, "createUser", event).await.unwrap()
        })
    });
    join_all(calls)
        .await
        .into_iter()
        .for_each(|call| drop(call.unwrap()));
    assert_eq!(*sqs.bodies.lock().unwrap(), [""; 0]);
    let account = member(&app.app.table, "sub-1").await.unwrap();
    let guard = app
        .app
        .table
        .get(&auth::keys::email("ada@example.org"))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        guard["userId"].as_s().unwrap(),
        &account.user_id.to_string()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_sign_ups_at_once_for_one_address_that_is_not_verified_one_makes_the_member() {
    let (app, sqs) = with_queue().await;
    let calls = (0..8).map(|n| {
        let app = app.clone();
        tokio::spawn(async move {
            let event = confirmed(&format!("sub-{n}"), "ada@example.org");
            let event = with(
                event,
                "/request/userAttributes/email_verified",
                json!("false"),
            );
            run(&app, "createUser", event).await.unwrap()
        })
    });
    join_all(calls)
        .await
        .into_iter()
        .for_each(|call| drop(call.unwrap()));
    let mut members = 0;
    for n in 0..8 {
        members += usize::from(member(&app.app.table, &format!("sub-{n}")).await.is_some());
    }
    assert_eq!((members, sqs.bodies.lock().unwrap().len()), (1, 7));
}

/// Not before: whoever registers with an address that is somebody else's would have that person's account at once.
#[tokio::test]
async fn a_sign_up_joins_an_account_whose_address_an_operator_has_verified() {
    let (app, sqs) = with_queue().await;
    let ada = app.register("ada").await;
    let event = confirmed("sub-1", "ada@example.org");
    run(&app, "createUser", event.clone()).await.unwrap();
    assert!(member(&app.app.table, "sub-1").await.is_none());
    assert_eq!(sqs.bodies.lock().unwrap().len(), 1);

    let now = app.app.clock.now();
    let verified = audit::verify_email(&app.app.table, ada.id, now)
        .await
        .unwrap();
    let verified = verified.expect("the account");
    assert!(verified.email_verified && !verified.verified);
    run(&app, "createUser", event).await.unwrap();
    let joined = member(&app.app.table, "sub-1").await.expect("the member");
    assert_eq!(joined, verified);
    let nobody = audit::verify_email(&app.app.table, Uuid::now_v7(), now).await;
    assert_eq!(nobody.unwrap(), None);
}

/// What Cognito sends when somebody logs in.
fn logged_in(subject: &str, email: &str) -> Value {
    let source = json!("PostAuthentication_Authentication");
    with(confirmed(subject, email), "/triggerSource", source)
}

#[tokio::test]
async fn whoever_an_administrator_has_made_in_the_pool_becomes_a_member_by_logging_in() {
    let (app, sqs) = with_queue().await;
    let login = logged_in("sub-1", "ada@example.org");
    for _ in 0..2 {
        let answer = run(&app, "createUser", login.clone()).await.unwrap();
        assert_eq!(answer, login);
    }
    let member = member(&app.app.table, "sub-1").await.expect("a member");
    assert_eq!(member.email, "ada@example.org");
    assert!(sqs.bodies.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_login_that_makes_no_member_is_no_error_and_puts_nothing_on_the_queue() {
    let sqs = sqs(true).await;
    let (app, faults) = faulty(Some(&sqs)).await;
    let login = logged_in("sub-1", "ada@example.org");
    faults.script("TransactWriteItems", [Some(Fault::Refused); 3]);
    let answer = run(&app, "createUser", login.clone()).await.unwrap();
    assert_eq!(answer, login);
    assert!(sqs.bodies.lock().unwrap().is_empty());
    assert!(member(&app.app.table, "sub-1").await.is_none());
    run(&app, "createUser", login).await.unwrap();
    assert!(member(&app.app.table, "sub-1").await.is_some());
}

#[tokio::test]
async fn a_new_password_and_nothing_else_passes_through() {
    let app = TestApp::new().await;
    let event = confirmed("sub-1", "ada@example.org");
    let reset = with(
        event,
        "/triggerSource",
        json!("PostConfirmation_ConfirmForgotPassword"),
    );
    assert_eq!(run(&app, "createUser", reset.clone()).await.unwrap(), reset);
    assert!(member(&app.app.table, "sub-1").await.is_none());
}

#[tokio::test]
async fn an_event_of_another_kind_is_refused_says_where_and_repeats_nothing() {
    let (app, sqs) = with_queue().await;
    let good = || confirmed("sub-1", "ada@example.org");
    let attribute = |name: &str| format!("/request/userAttributes/{name}");
    let wrong = [
        (json!(null), "`/triggerSource` is missing"),
        (json!({"httpMethod": "GET"}), "`/triggerSource` is missing"),
        (
            with(good(), "/triggerSource", json!("PreSignUp_SignUp")),
            "`/triggerSource` is not",
        ),
        (
            with(good(), "/userPoolId", json!("")),
            "`/userPoolId` is empty",
        ),
        (
            with(good(), "/region", json!(7)),
            "`/region` is not a string",
        ),
        (
            with(good(), "/request", json!(null)),
            "`/request/userAttributes/email` is missing",
        ),
        (
            with(good(), &attribute("sub"), json!(null)),
            "`/request/userAttributes/sub` is missing",
        ),
        (
            with(good(), &attribute("sub"), json!("s".repeat(256))),
            "sub` is too long",
        ),
        (
            with(good(), &attribute("email"), json!(["secret@example.org"])),
            "email` is not a string",
        ),
        (
            with(good(), &attribute("email"), json!("secret".repeat(50))),
            "email` is too long",
        ),
    ];
    for (payload, message) in wrong {
        let error = run(&app, "createUser", payload)
            .await
            .unwrap_err()
            .to_string();
        assert!(
            error.contains(message) && error.contains("createUser"),
            "{error}"
        );
        assert!(!error.contains("secret"), "{error}");
    }
    assert_eq!(*sqs.bodies.lock().unwrap(), [""; 0]);
}

#[tokio::test]
async fn a_name_is_found_or_made_up_and_is_never_the_address() {
    let app = TestApp::new().await;
    let names = [
        (json!({"name": "  Ada   Lovelace "}), "Ada Lovelace"),
        (
            json!({"given_name": "Ada", "family_name": "Lovelace"}),
            "Ada Lovelace",
        ),
        (json!({"name": "", "preferred_username": "ada"}), "ada"),
        (json!({"name": "x".repeat(200), "given_name": "Ada"}), "Ada"),
        (json!({}), "New member"),
    ];
    for (n, (attributes, expected)) in names.into_iter().enumerate() {
        let subject = format!("sub-{n}");
        let mut event = confirmed(&subject, &format!("ada{n}@example.org"));
        let all = event["request"]["userAttributes"].as_object_mut().unwrap();
        all.remove("name");
        all.extend(attributes.as_object().unwrap().clone());
        run(&app, "createUser", event).await.unwrap();
        assert_eq!(
            member(&app.app.table, &subject).await.unwrap().name,
            expected
        );
    }
}

async fn set(app: &TestApp, user: Uuid, name: &'static str) {
    let write = Write::update(users::keys::key(user))
        .when(Condition::exists())
        .set(name, true);
    app.app.table.write(write).await.unwrap();
}

#[tokio::test]
async fn an_account_that_anybody_may_have_opened_is_not_given_to_who_has_the_address() {
    let (app, sqs) = with_queue().await;
    let ada: TestMember = app.register("ada").await;
    let event = confirmed("sub-1", "ADA@example.org");
    assert_eq!(run(&app, "createUser", event.clone()).await.unwrap(), event);
    assert!(member(&app.app.table, "sub-1").await.is_none());
    let kept = sqs.bodies.lock().unwrap().clone();
    assert_eq!(kept.len(), 1);

    // Coming again changes nothing.
    let again = run(&app, "createUser", batch(kept.clone())).await.unwrap();
    assert_eq!(failures(&again), ["m0"]);
    // The organization has looked into it.
    set(&app, ada.id, "verified").await;
    let unverified = with(
        event,
        "/request/userAttributes/email_verified",
        json!("false"),
    );
    let refused = run(&app, "createUser", batch([unverified.to_string()]))
        .await
        .unwrap();
    assert_eq!(failures(&refused), ["m0"]);
    let redriven = run(&app, "createUser", batch(kept)).await.unwrap();
    assert_eq!(failures(&redriven), [""; 0]);
    assert_eq!(
        member(&app.app.table, "sub-1").await.unwrap().user_id,
        ada.id
    );
}

#[tokio::test]
async fn an_address_that_was_verified_on_both_sides_is_linked_to_its_account() {
    let (app, sqs) = with_queue().await;
    for subject in ["sub-1", "sub-2"] {
        run(&app, "createUser", confirmed(subject, "ada@example.org"))
            .await
            .unwrap();
    }
    let first = member(&app.app.table, "sub-1").await.unwrap();
    let second = member(&app.app.table, "sub-2").await.unwrap();
    assert_eq!(first, second);
    assert_eq!(*sqs.bodies.lock().unwrap(), [""; 0]);
    // Both names are the member's, and there is no session.
    for (prefix, count) in [("IDENTITY#", 2), ("SESSION#", 0)] {
        let page = Query::new(Index::Gsi1, format!("USER#{}", first.user_id)).prefix(prefix);
        let found = app.app.table.query(&page).await.unwrap().items;
        assert_eq!(found.len(), count, "{prefix}");
    }
}

/// A server whose table can be made faulty.
async fn faulty(queue: Option<&Sqs>) -> (TestApp, Faults) {
    let embedded = Embedded::in_memory().unwrap();
    embedded.table("test").await.unwrap();
    let faults = Faults::none();
    let http = faults.wrap(embedded.http_client());
    let table = embedded.table_through(http, "test", &Limits::default());
    let mut setup = TestApp::setup().table(table);
    if let Some(sqs) = queue {
        setup = setup.failed_sign_ups(sqs.queue.clone());
    }
    (setup.start().await, faults)
}

#[tokio::test]
async fn a_sign_up_that_the_table_does_not_take_goes_on_the_queue_and_becomes_a_member_from_there()
{
    let sqs = sqs(true).await;
    let (app, faults) = faulty(Some(&sqs)).await;
    faults.script("TransactWriteItems", [Some(Fault::Refused); 3]);
    let event = confirmed("sub-1", "ada@example.org");
    assert_eq!(run(&app, "createUser", event.clone()).await.unwrap(), event);
    assert!(member(&app.app.table, "sub-1").await.is_none());
    let kept = sqs.bodies.lock().unwrap().clone();
    assert_eq!(kept.len(), 1);
    assert_eq!(serde_json::from_str::<Value>(&kept[0]).unwrap(), event);

    let poisoned = ["{".to_owned(), "{}".to_owned()];
    let payload = batch(kept.into_iter().chain(poisoned));
    for _ in 0..2 {
        let answer = run(&app, "createUser", payload.clone()).await.unwrap();
        assert_eq!(failures(&answer), ["m1", "m2"]);
    }
    assert!(member(&app.app.table, "sub-1").await.is_some());
}

#[tokio::test]
async fn where_the_queue_fails_too_there_is_an_error_and_the_next_call_makes_the_member() {
    let down = sqs(false).await;
    for queue in [None, Some(&down)] {
        let (app, faults) = faulty(queue).await;
        faults.script("TransactWriteItems", [Some(Fault::Refused); 3]);
        let event = confirmed("sub-1", "ada@example.org");
        let error = run(&app, "createUser", event.clone()).await.unwrap_err();
        assert!(matches!(error, TriggerError::Lost(_)), "{error}");
        assert!(!error.to_string().contains("ada@"), "{error}");
        assert_eq!(run(&app, "createUser", event.clone()).await.unwrap(), event);
        assert!(member(&app.app.table, "sub-1").await.is_some());
    }
}

#[tokio::test]
async fn a_call_hands_on_the_trace_of_the_event_that_it_is_made_for() {
    let sqs = sqs(true).await;
    let root = "1-5759e988-bd862e3fe1be46a994272793";
    let scope = RequestScope {
        trace: Trace::parse(&format!("Root={root};Parent=53995c3f42cd8ad8;Sampled=1")),
        ..RequestScope::default()
    };
    sqs.queue.send("outside".to_owned()).await.unwrap();
    let send = sqs.queue.send("inside".to_owned());
    scope::within(Arc::new(scope), send).await.unwrap();
    let traces = sqs.traces.lock().unwrap().clone();
    assert_eq!(traces.len(), 1, "{traces:?}");
    let trace = Trace::parse(&traces[0]).unwrap();
    assert!(trace.sampled && trace.root == root);
    // What the other side does hangs under the call, and not under the event.
    assert_ne!(trace.parent.unwrap(), "53995c3f42cd8ad8");
}

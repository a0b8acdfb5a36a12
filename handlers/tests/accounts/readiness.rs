//! What readiness asks of the table, how often, and what it says of keys.

use std::time::Duration;

use civicforge_handlers::app::{CivicForge, Parts};
use civicforge_handlers::auth::jwks_cache::JwksPolicy;
use civicforge_handlers::auth::lifetimes::TokenLifetimes;
use civicforge_handlers::auth::password::{PasswordCost, Passwords};
use civicforge_handlers::health::{ExpectedKeys, ReadinessChecks};
use civicforge_handlers::mail::deliver::MailSettings;
use civicforge_handlers::media::Media;
use civicforge_handlers::sync::vendors::Vendors;
use civicforge_kernel::keys::{CurrentKeys, Keys};
use civicforge_kernel::table::{CurrentShards, Freshness, Table};
use civicforge_runtime::body::Body;
use civicforge_runtime::service::Service;
use civicforge_testing::fault::{Fault, Faults};
use civicforge_testing::{TestApp, memory};
use futures::future::join_all;
use http::Request;
use serde_json::{Value, json};

use super::support::{always, register, start_with};

const READY: &str = "/health/ready";

fn requests(faults: &Faults, operation: &str) -> usize {
    faults
        .requests()
        .get(operation)
        .copied()
        .unwrap_or_default()
}

fn kept_for(max_age: Duration) -> ReadinessChecks {
    ReadinessChecks {
        max_age,
        ..ReadinessChecks::of(ExpectedKeys::ALL)
    }
}

#[tokio::test]
async fn many_probes_are_one_read_and_none_of_the_control_plane() {
    let setup = TestApp::setup().readiness(kept_for(Duration::from_secs(600)));
    let (app, faults) = start_with(setup).await;
    let (reads, described) = (
        requests(&faults, "GetItem"),
        requests(&faults, "DescribeTable"),
    );
    let ask = || async { app.get(READY).send().await.status };
    for _ in 0..3 {
        let answers = join_all((0..50).map(|_| ask())).await;
        assert!(answers.iter().all(|status| *status == 200));
    }
    assert_eq!(requests(&faults, "GetItem") - reads, 1);
    assert_eq!(requests(&faults, "DescribeTable"), described);
}

#[tokio::test]
async fn probes_that_wait_share_one_failure() {
    let setup = TestApp::setup().readiness(kept_for(Duration::from_secs(600)));
    let (app, faults) = start_with(setup).await;
    faults.script("GetItem", [Some(Fault::ErrorBefore); 3]);
    let reads = requests(&faults, "GetItem");
    let ask = || async { app.get(READY).send().await };
    for reply in join_all((0..50).map(|_| ask())).await {
        assert_eq!(reply.status, 503, "{reply:?}");
        assert_eq!(reply.json()["detail"], "Down: table.");
    }
    // The SDK's three attempts.
    assert_eq!(requests(&faults, "GetItem") - reads, 3);
}

#[tokio::test]
async fn a_table_that_charges_is_written_to_only_after_a_write_has_failed() {
    let (app, faults) = start_with(TestApp::setup()).await;
    let ready = async || app.get(READY).send().await;
    let puts = || requests(&faults, "PutItem");
    let before = puts();
    assert_eq!(ready().await.status, 200);
    assert_eq!(puts(), before, "nothing has failed");

    faults.script("TransactWriteItems", always(Fault::ErrorBefore));
    faults.script("PutItem", always(Fault::ErrorBefore));
    let body = json!({"email": "ada@example.org"});
    assert_eq!(register(&app, body.clone()).send().await.status, 503);
    let down = ready().await;
    assert_eq!(
        (down.status, &down.json()["detail"]),
        (503, &json!("Down: table."))
    );
    let probed = puts();
    assert!(probed > before);
    // Asked again at once, it is what the last attempt has shown.
    assert_eq!(ready().await.status, 503);
    assert_eq!(puts(), probed);
    assert_eq!(app.get("/health").send().await.status, 200);

    // A real write that succeeds says as much as one that is made for it.
    faults.stop();
    assert_eq!(register(&app, body).send().await.status, 201);
    assert_eq!(ready().await.status, 200);
    assert_eq!(puts(), probed);
}

async fn process(table: &Table, has_keys: bool, expected: ExpectedKeys) -> (u16, Value) {
    let other = TestApp::setup().table(table.clone()).start().await.app;
    let keys = other.keys.now();
    let signing = has_keys.then(|| keys.signing().unwrap().clone());
    let app = CivicForge::new(Parts {
        table: table.clone(),
        shards: CurrentShards::new(table.clone(), Freshness::default()),
        keys: CurrentKeys::new(Keys::new(signing, keys.public().clone(), &[])),
        token_names: other.auth.token_names.clone(),
        trusted_issuers: Vec::new(),
        jwks: JwksPolicy::default(),
        passwords: Passwords::new(PasswordCost::FOR_TESTS, 1).unwrap(),
        token_lifetimes: TokenLifetimes::default(),
        failed_sign_ups: None,
        event_bus: None,
        vendors: Vendors::none(other.clock.clone()),
        mail: MailSettings::default(),
        media: Media::default(),
        readiness: ReadinessChecks::of(expected),
        clock: other.clock.clone(),
    });
    let routes = app.routes();
    let service = Service::builder().routes(routes).build().unwrap();
    let request = Request::get(READY).body(Body::Complete("".into())).unwrap();
    let answer = service.call(request).await;
    let body = serde_json::from_slice(answer.body()).unwrap();
    (answer.status().as_u16(), body)
}

#[tokio::test]
async fn keys_are_up_where_they_are_and_down_where_they_should_be() {
    let table = memory().await;
    let none = ExpectedKeys {
        signing_keys: false,
        secret: false,
    };
    let signing = ExpectedKeys {
        signing_keys: true,
        ..none
    };
    let names = |body: &Value| -> Vec<String> {
        let components = body["components"].as_array().unwrap();
        let names = components.iter().map(|one| one["name"].as_str().unwrap());
        names.map(str::to_owned).collect()
    };
    let (status, body) = process(&table, false, none).await;
    assert_eq!((status, names(&body)), (200, vec!["table".to_owned()]));
    let (status, body) = process(&table, true, signing).await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(names(&body), ["table", "signingKeys"]);
    let (status, body) = process(&table, false, signing).await;
    assert_eq!(
        (status, &body["detail"]),
        (503, &json!("Down: signingKeys."))
    );
    let (status, body) = process(&table, true, ExpectedKeys::ALL).await;
    assert_eq!((status, &body["detail"]), (503, &json!("Down: secret.")));
}

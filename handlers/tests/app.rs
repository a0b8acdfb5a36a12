//! What the whole has.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use civicforge_handlers::function::Function;
use civicforge_handlers::functions::FUNCTIONS;
use civicforge_kernel::trigger::TriggerError;
use civicforge_testing::TestApp;
use serde_json::Value;

#[tokio::test]
async fn every_operation_of_the_contract_is_served() {
    let app = TestApp::new().await;
    let routes = app.app.routes();
    let served: BTreeSet<_> = routes.iter().map(|route| route.descriptor().id).collect();
    let declared: BTreeSet<_> = civicforge_api::OPERATIONS
        .iter()
        .map(|one| one.id)
        .collect();
    assert_eq!(served, declared);
}

#[tokio::test]
async fn every_function_that_serves_nothing_has_something_to_do() {
    let app = TestApp::new().await;
    let soon = Instant::now() + Duration::from_secs(30);
    // The program `images` is one of its own (tests/function/images.rs).
    let of_others = |one: &&Function| !one.is_http() && one.program != "images";
    for function in FUNCTIONS.iter().filter(of_others) {
        // No function does anything for no event.
        let outcome = app.app.run(function.name, Value::Null, soon).await;
        assert!(
            matches!(outcome, Err(TriggerError::Malformed { .. })),
            "{}: {outcome:?}",
            function.name
        );
    }
}

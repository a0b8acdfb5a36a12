//! What every operation answers while the table is in trouble: 500, 503 with `Retry-After`, 504; and after a panic.

use civicforge_testing::TestApp;

use crate::contract::CONTRACT;
use crate::harness::{ON_PURPOSE, Suite};
use crate::lambda;
use crate::sample;
use crate::transport::Transport;
use crate::trouble::{self, Trouble};

pub fn cases(suite: &mut Suite) {
    suite.each("failures::a_missing_table_is_an_internal_error", missing);
    suite.each(
        "failures::an_unreachable_table_is_said_to_be_unavailable",
        unreachable,
    );
    suite.each("failures::a_silent_table_is_given_up", silent);
    suite.each_but(
        "failures::a_panic_takes_one_request_down",
        lambda::clock_can_not_break,
        panics,
    );
}

/// Those that do not look at the table.
const WITHOUT_TABLE: [&str; 3] = ["getHealth", "getJwks", "showUnsubscribe"];

async fn answers(trouble: Trouble, transport: Transport, expected: (u16, &str)) {
    let (host, ada) = trouble::host(trouble, transport).await;
    let calls = CONTRACT.operations.iter().map(|operation| {
        let call = sample::call(&host, operation, &ada);
        async move {
            let reply = call.send().await;
            let id = operation.id.as_str();
            if WITHOUT_TABLE.contains(&id) {
                assert_eq!(reply.status, 200, "{id}: {reply:?}");
                return;
            }
            // Whatever is wrong with the table, it is not ready.
            let expected = match (id, trouble) {
                ("getReadiness", Trouble::Missing) => (503, "service_unavailable"),
                _ => expected,
            };
            let problem = reply.problem();
            assert_eq!((problem.0, problem.1.as_str()), expected, "{id}: {reply:?}");
            let text = String::from_utf8_lossy(&reply.body);
            for inside in [
                "dynamo",
                "DynamoDB",
                "table_",
                "Refused",
                "ResourceNotFound",
            ] {
                assert!(!text.contains(inside), "{id} tells of `{inside}`: {text}");
            }
        }
    });
    futures::future::join_all(calls).await;
}

async fn missing(transport: Transport) {
    answers(Trouble::Missing, transport, (500, "internal_error")).await;
}

async fn unreachable(transport: Transport) {
    answers(
        Trouble::Unreachable,
        transport,
        (503, "service_unavailable"),
    )
    .await;
}

async fn silent(transport: Transport) {
    answers(Trouble::Silent, transport, (504, "timed_out")).await;
}

async fn panics(transport: Transport) {
    let test = TestApp::new().await;
    let ada = test.register("ada").await;
    test.clock.break_down(ON_PURPOSE);
    let host = transport.of(test);
    for _ in 0..3 {
        let reply = host.get(crate::world::ME).member(&ada).send().await;
        assert_eq!(
            reply.problem(),
            (500, "internal_error".to_owned()),
            "{reply:?}"
        );
        assert!(!String::from_utf8_lossy(&reply.body).contains(ON_PURPOSE));
        assert_eq!(host.get("/health").send().await.status, 200);
    }
}

//! A server whose table is in trouble, beside one on which members can be registered.

use std::time::Duration;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use civicforge_handlers::health::{ExpectedKeys, ReadinessChecks};
use civicforge_kernel::aws;
use civicforge_kernel::table::Freshness;
use civicforge_kernel::table::embedded::Embedded;
use civicforge_runtime::limits::Limits;
use civicforge_testing::fault::{Fault, Faults};
use civicforge_testing::{TestApp, TestMember};

use crate::transport::{Host, Transport};

/// A limit that no test lives to see. Every limit but the request's is such a one where the table is silent: on a busy
/// machine two could have passed when the request is looked at again, and either could be what it is answered by.
const LONGER: Duration = Duration::from_secs(3600);

/// What is wrong with the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// There is no such table: our mistake, and it does not go away.
    Missing,
    /// Nobody answers.
    Unreachable,
    /// It never answers.
    Silent,
}

/// The server, and a member with a session that it accepts.
pub async fn host(trouble: Trouble, transport: Transport) -> (Host, TestMember) {
    let embedded = Embedded::in_memory().expect("a database");
    let table = embedded.table("test").await.expect("a table");
    let healthy = TestApp::setup().table(table).start().await;
    let member = healthy.register("ada").await;

    let faults = Faults::none();
    faults.random(1, 1.0, [Fault::Refused]);
    let (http, name) = match trouble {
        Trouble::Missing => (embedded.http_client(), "missing"),
        Trouble::Unreachable => (faults.wrap(embedded.http_client()), "test"),
        Trouble::Silent => (SharedHttpClient::new(Silence), "test"),
    };
    let patience = match trouble {
        Trouble::Silent => aws::Limits {
            attempt: LONGER,
            operation: LONGER,
            ..aws::Limits::default()
        },
        _ => aws::Limits {
            backoff: Duration::from_millis(1),
            ..aws::Limits::default()
        },
    };
    let limits = match trouble {
        Trouble::Silent => Limits {
            // Longer than hashing a password takes, so that it is the table that is given up.
            request_timeout: Duration::from_millis(200),
            ..Limits::default()
        },
        _ => Limits::default(),
    };
    let table = embedded.table_through(http, name, &patience);
    let readiness = ReadinessChecks {
        max_age: Duration::ZERO,
        timeout: LONGER,
        ..ReadinessChecks::of(ExpectedKeys::ALL)
    };
    let setup = TestApp::setup().table(table).limits(limits);
    // The table cannot be read at the start.
    let setup = setup.freshness(Freshness::UNCACHED).readiness(readiness);
    let app = setup.start().await;
    (transport.of(app), member)
}

/// Takes requests and never answers.
#[derive(Debug)]
struct Silence;

impl HttpClient for Silence {
    fn http_connector(
        &self,
        _settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(Silence)
    }
}

impl HttpConnector for Silence {
    fn call(&self, _request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::new(std::future::pending())
    }
}

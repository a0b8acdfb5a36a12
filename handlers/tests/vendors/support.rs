//! What the tests of all vendors need.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use civicforge_demo_vendors::Fault;
use civicforge_demo_vendors::clickup::{self as server, Setup};
use civicforge_handlers::vendors::clickup::{ClickUp, Settings};
use civicforge_handlers::vendors::http::{Limits, Shared};
use civicforge_kernel::aws::{self, Trust};
use civicforge_kernel::clock::Clock;
use civicforge_kernel::secret_text::SecretText;
use civicforge_kernel::table::backoff::Backoff;
use serde_json::Value;

/// A recorded answer or event.
pub fn sample(name: &str) -> Value {
    let path = format!(
        "{}/tests/vendors/samples/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// That answer.
pub fn answer(status: u16, body: &Value) -> Fault {
    Fault::Answer {
        status,
        headers: vec![("content-type", "application/json; charset=utf-8".to_owned())],
        body: body.to_string(),
    }
}

/// Waits are short, and there is time for what a busy machine does.
pub fn shared() -> Shared {
    Shared {
        connector: aws::connector(Trust::Amazon),
        for_each: aws::connector_for_each(Trust::Amazon),
        breakers: Arc::default(),
        clock: Clock::system(),
        limits: Limits {
            call: Duration::from_secs(60),
            backoff: Backoff {
                base: Duration::from_millis(1),
                cap: Duration::from_millis(4),
                retries: 3,
                budget: Duration::from_millis(500),
            },
            largest: 1024 * 1024,
        },
    }
}

/// The same, with little time for a call.
pub fn hasty() -> Shared {
    let mut shared = shared();
    shared.limits.call = Duration::from_millis(200);
    shared
}

pub async fn clickup() -> (server::ClickUp, ClickUp) {
    clickup_with(shared()).await
}

pub async fn clickup_with(shared: Shared) -> (server::ClickUp, ClickUp) {
    let server = server::ClickUp::start(Setup::default()).await.unwrap();
    let client = ClickUp::new(&clickup_settings(&server.url(), server::TOKEN), shared).unwrap();
    (server, client)
}

pub fn clickup_settings(address: &str, token: &str) -> Settings {
    Settings {
        address: address.parse().unwrap(),
        token: SecretText::new(token.to_owned()),
    }
}

/// Fails instead of waiting forever.
pub async fn soon<T>(waiting: impl Future<Output = T>) -> T {
    let waited = tokio::time::timeout(Duration::from_secs(30), waiting).await;
    waited.expect("what was waited for did not come")
}

/// Whether JSON has all keys that a recorded one has, with values of the same kinds.
pub fn has_shape_of(got: &Value, recorded: &Value, path: &str) {
    match (recorded, got) {
        (Value::Object(recorded), Value::Object(got)) => {
            for (key, recorded) in recorded {
                let path = format!("{path}.{key}");
                let value = got.get(key);
                has_shape_of(
                    value.unwrap_or_else(|| panic!("no {path}")),
                    recorded,
                    &path,
                );
            }
        }
        (Value::Array(recorded), Value::Array(got)) => {
            if let (Some(recorded), Some(got)) = (recorded.first(), got.first()) {
                has_shape_of(got, recorded, &format!("{path}[0]"));
            }
        }
        (Value::Null, _) | (_, Value::Null) => {}
        (recorded, got) => {
            let same = std::mem::discriminant(recorded) == std::mem::discriminant(got);
            assert!(same, "{path}: {got}, and recorded was {recorded}");
        }
    }
}

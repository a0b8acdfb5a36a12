//! Faults between the SDK and the table, for tests.
//!
//! The embedded database never throttles, never conflicts and never loses an answer, so what the code does when
//! DynamoDB does these things can only be seen by making them happen. The faults are put below the SDK, so
//! its retries and time-outs are tested too.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

use civicforge_kernel::table::wire::{operation, response};

/// Something that goes wrong with one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// The table is throttled: nothing happened.
    Throttle,
    /// No answer, and nothing happened.
    TimeoutBefore,
    /// No answer, although it happened.
    TimeoutAfter,
    /// DynamoDB failed: nothing happened.
    ErrorBefore,
    /// DynamoDB failed, although it happened.
    ErrorAfter,
    /// Another transaction is at work on the same items. Only writes can meet it; others pass.
    Conflict,
    /// Nobody is listening.
    Refused,
    /// The answer to the same query of an index as it was the last time. Other requests pass.
    Stale,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Throttle,
        Self::TimeoutBefore,
        Self::TimeoutAfter,
        Self::ErrorBefore,
        Self::ErrorAfter,
        Self::Conflict,
        Self::Refused,
        Self::Stale,
    ];
}

/// Which requests meet which faults. Cheap to clone; clones share their state.
#[derive(Debug, Clone, Default)]
pub struct Faults(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    plan: Plan,
    injected: BTreeMap<Fault, usize>,
    requests: BTreeMap<String, usize>,
    index_answers: BTreeMap<Vec<u8>, String>,
}

#[derive(Debug, Default)]
enum Plan {
    #[default]
    None,
    /// Each entry is used by the next request of its operation (or any, for `None`).
    Script(VecDeque<(Option<String>, Option<Fault>)>),
    Random {
        dice: Box<StdRng>,
        rate: f64,
        kinds: Vec<Fault>,
    },
}

impl Faults {
    /// No faults, until told otherwise.
    pub fn none() -> Self {
        Self::default()
    }

    /// From now on, the next requests of this operation (such as `PutItem`) meet these faults, one each; `None` lets
    /// one pass. Scripts for several operations do not wait for each other.
    pub fn script(&self, operation: &str, faults: impl IntoIterator<Item = Option<Fault>>) {
        let entries = faults
            .into_iter()
            .map(|fault| (Some(operation.to_owned()), fault));
        self.extend_script(entries);
    }

    /// From now on, the next requests of any operation meet these faults.
    pub fn script_any(&self, faults: impl IntoIterator<Item = Option<Fault>>) {
        self.extend_script(faults.into_iter().map(|fault| (None, fault)));
    }

    fn extend_script(&self, entries: impl Iterator<Item = (Option<String>, Option<Fault>)>) {
        let mut state = self.state();
        match &mut state.plan {
            Plan::Script(script) => script.extend(entries),
            plan => *plan = Plan::Script(entries.collect()),
        }
    }

    /// From now on, a request meets one of these faults with this probability. The same seed and the same
    /// order of requests give the same faults.
    pub fn random(&self, seed: u64, rate: f64, kinds: impl IntoIterator<Item = Fault>) {
        self.state().plan = Plan::Random {
            dice: Box::new(StdRng::seed_from_u64(seed)),
            rate,
            kinds: kinds.into_iter().collect(),
        };
    }

    /// From now on, nothing goes wrong.
    pub fn stop(&self) {
        self.state().plan = Plan::None;
    }

    /// How often each fault was met.
    pub fn injected(&self) -> BTreeMap<Fault, usize> {
        self.state().injected.clone()
    }

    /// How many requests there were of each operation, faulty ones included.
    pub fn requests(&self) -> BTreeMap<String, usize> {
        self.state().requests.clone()
    }

    /// A client whose requests go through here, and on to another.
    pub fn wrap(&self, inner: SharedHttpClient) -> SharedHttpClient {
        SharedHttpClient::new(FaultyClient {
            faults: self.clone(),
            inner,
        })
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        // A test that panicked elsewhere does not make the counts wrong.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn draw(&self, request: &HttpRequest) -> Option<Fault> {
        let operation = operation(request);
        let mut state = self.state();
        *state.requests.entry(operation.to_owned()).or_insert(0) += 1;
        let fault = match &mut state.plan {
            Plan::None => None,
            Plan::Script(script) => {
                let at = script
                    .iter()
                    .position(|(only, _)| only.as_deref().is_none_or(|only| only == operation));
                at.and_then(|at| script.remove(at))
                    .and_then(|(_, fault)| fault)
            }
            Plan::Random { dice, rate, kinds } => {
                let hit = !kinds.is_empty() && dice.random_bool(rate.clamp(0.0, 1.0));
                hit.then(|| kinds[dice.random_range(0..kinds.len())])
            }
        };
        let fault = fault.filter(|fault| match fault {
            Fault::Conflict => is_write(operation),
            Fault::Stale => {
                index_query(request).is_some_and(|query| state.index_answers.contains_key(&query))
            }
            _ => true,
        });
        if let Some(fault) = fault {
            *state.injected.entry(fault).or_insert(0) += 1;
        }
        fault
    }
}

fn is_write(operation: &str) -> bool {
    matches!(
        operation,
        "PutItem" | "UpdateItem" | "DeleteItem" | "TransactWriteItems"
    )
}

/// The body of a query of an index. The SDK writes the members of a map in any order, so they are sorted: the same query
/// has the same body.
fn index_query(request: &HttpRequest) -> Option<Vec<u8>> {
    if operation(request) != "Query" {
        return None;
    }
    let mut body: Value = serde_json::from_slice(request.body().bytes()?).ok()?;
    body.get("IndexName")?;
    body.sort_all_objects();
    serde_json::to_vec(&body).ok()
}

#[derive(Debug)]
struct FaultyClient {
    faults: Faults,
    inner: SharedHttpClient,
}

impl HttpClient for FaultyClient {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(FaultyConnector {
            faults: self.faults.clone(),
            inner: self.inner.http_connector(settings, components),
        })
    }
}

#[derive(Debug)]
struct FaultyConnector {
    faults: Faults,
    inner: SharedHttpConnector,
}

impl HttpConnector for FaultyConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let fault = self.faults.draw(&request);
        let (faults, inner) = (self.faults.clone(), self.inner.clone());
        HttpConnectorFuture::new(async move {
            let Some(fault) = fault else {
                return remember(faults, inner, request).await;
            };
            match fault {
                Fault::Throttle => failure(
                    400,
                    "ThrottlingException",
                    "Throughput exceeds the current capacity of your table or index.",
                ),
                Fault::TimeoutBefore => Err(timeout()),
                Fault::TimeoutAfter => inner.call(request).await.and(Err(timeout())),
                Fault::ErrorBefore => failure(500, "InternalServerError", "Internal server error"),
                Fault::ErrorAfter => {
                    inner.call(request).await?;
                    failure(500, "InternalServerError", "Internal server error")
                }
                Fault::Conflict => conflict(&request),
                Fault::Refused => Err(ConnectorError::io(
                    io::Error::from(io::ErrorKind::ConnectionRefused).into(),
                )),
                Fault::Stale => {
                    let body = index_query(&request)
                        .and_then(|query| faults.state().index_answers.get(&query).cloned());
                    response(200, body.unwrap_or_default())
                }
            }
        })
    }
}

/// Pass a request on, and keep the answers of indexes for [`Fault::Stale`].
async fn remember(
    faults: Faults,
    inner: SharedHttpConnector,
    request: HttpRequest,
) -> Result<HttpResponse, ConnectorError> {
    let query = index_query(&request);
    let answer = inner.call(request).await?;
    if let Some(query) = query
        && answer.status().is_success()
        && let Some(body) = answer
            .body()
            .bytes()
            .and_then(|body| str::from_utf8(body).ok())
    {
        faults.state().index_answers.insert(query, body.to_owned());
    }
    Ok(answer)
}

fn timeout() -> ConnectorError {
    ConnectorError::timeout(io::Error::from(io::ErrorKind::TimedOut).into())
}

fn failure(status: u16, code: &str, message: &str) -> Result<HttpResponse, ConnectorError> {
    let body = json!({
        "__type": format!("com.amazonaws.dynamodb.v20120810#{code}"),
        "message": message,
    });
    response(status, body.to_string())
}

/// A transaction names the writes that met the other; a write on its own has an error of its own.
fn conflict(request: &HttpRequest) -> Result<HttpResponse, ConnectorError> {
    if operation(request) != "TransactWriteItems" {
        return failure(
            400,
            "TransactionConflictException",
            "Transaction is ongoing for the item",
        );
    }
    let body = request.body().bytes().unwrap_or_default();
    let count = serde_json::from_slice::<Value>(body)
        .ok()
        .and_then(|body| Some(body.get("TransactItems")?.as_array()?.len()))
        .unwrap_or(1);
    let mut reasons = vec![json!({"Code": "None"}); count.saturating_sub(1)];
    reasons.push(json!({
        "Code": "TransactionConflict",
        "Message": "Transaction is ongoing for the item",
    }));
    let codes: Vec<_> = reasons
        .iter()
        .filter_map(|reason| reason["Code"].as_str())
        .collect();
    let body = json!({
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        "Message": format!(
            "Transaction cancelled, please refer cancellation reasons for specific reasons [{}]",
            codes.join(", ")
        ),
        "CancellationReasons": reasons,
    });
    response(400, body.to_string())
}

//! What the code asks of the table, call by call, for tests.
//!
//! The cost of an access pattern in capacity units, and the grants that an operation's role needs, are both
//! answers to the question which calls it makes. A recorder stands below the SDK, asks the table for the
//! capacity that each call consumes, and notes it. It changes requests after they were signed, which only the embedded
//! database does not mind.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use civicforge_runtime::scope;
use serde_json::{Value, json};

use civicforge_kernel::table::wire::operation;

/// One call of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// What the call is made for: an operationId or the name of an event, where it is made in a task that handles one.
    pub made_for: Option<&'static str>,
    /// The operation, such as `Query`. A transaction is one call.
    pub operation: String,
    /// The index that is queried.
    pub index: Option<String>,
    /// The partition keys that are named, where the call is not a query.
    pub partitions: Vec<String>,
    /// What a transaction does, such as `Update`; empty for other calls.
    pub actions: Vec<String>,
    /// The capacity units consumed, indexes included; nothing where the call failed.
    pub capacity: f64,
    /// Whether it succeeded.
    pub succeeded: bool,
    /// What is asked for, in the protocol's JSON.
    pub request: Value,
}

/// Notes calls. Cheap to clone; clones share their notes.
#[derive(Debug, Clone, Default)]
pub struct Recorder(Arc<Mutex<Vec<Call>>>);

impl Call {
    /// Whether its capacity units are units of writing. A transaction's checks are among them.
    pub fn writes(&self) -> bool {
        !matches!(
            self.operation.as_str(),
            "GetItem" | "Query" | "BatchGetItem" | "TransactGetItems"
        )
    }
}

impl Recorder {
    /// A client whose calls are noted and go on to another.
    pub fn wrap(&self, inner: SharedHttpClient) -> SharedHttpClient {
        SharedHttpClient::new(Recording {
            recorder: self.clone(),
            inner,
        })
    }

    /// The calls since the last time, in the order in which they ended.
    pub fn take(&self) -> Vec<Call> {
        std::mem::take(&mut *self.notes())
    }

    fn notes(&self) -> MutexGuard<'_, Vec<Call>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, operation: String, request: Value, answer: &HttpResponse) {
        let body = answer.body().bytes().unwrap_or_default();
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let mut partitions = Vec::new();
        partition_keys(&request, &mut partitions);
        let actions = request["TransactItems"].as_array().into_iter().flatten();
        let actions = actions.filter_map(|action| action.as_object()?.keys().next().cloned());
        let actions = actions.collect();
        self.notes().push(Call {
            made_for: scope::current(|scope| scope.operation.get().copied()).flatten(),
            operation,
            index: text(&request["IndexName"]),
            partitions,
            actions,
            capacity: capacity(&body["ConsumedCapacity"]),
            succeeded: answer.status().is_success(),
            request,
        });
    }
}

/// One table's capacity, or a list of several tables'.
fn capacity(consumed: &Value) -> f64 {
    match consumed {
        Value::Array(tables) => tables.iter().map(capacity).sum(),
        table => table["CapacityUnits"].as_f64().unwrap_or_default(),
    }
}

/// `PK` of each key and item in a request.
fn partition_keys(request: &Value, found: &mut Vec<String>) {
    match request {
        Value::Object(fields) => {
            for (name, value) in fields {
                match (name.as_str(), value["S"].as_str()) {
                    ("PK", Some(key)) => found.push(key.to_owned()),
                    _ => partition_keys(value, found),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| partition_keys(value, found)),
        _ => {}
    }
}

#[derive(Debug)]
struct Recording {
    recorder: Recorder,
    inner: SharedHttpClient,
}

impl HttpClient for Recording {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(RecordingConnector {
            recorder: self.recorder.clone(),
            inner: self.inner.http_connector(settings, components),
        })
    }
}

#[derive(Debug)]
struct RecordingConnector {
    recorder: Recorder,
    inner: SharedHttpConnector,
}

impl HttpConnector for RecordingConnector {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        let operation = operation(&request).to_owned();
        let body = request.body().bytes().unwrap_or_default();
        let mut body: Value = serde_json::from_slice(body).unwrap_or_default();
        if has_capacity(&operation)
            && let Some(fields) = body.as_object_mut()
        {
            fields.insert("ReturnConsumedCapacity".to_owned(), json!("TOTAL"));
            *request.body_mut() = SdkBody::from(body.to_string());
        }
        let (recorder, inner) = (self.recorder.clone(), self.inner.clone());
        HttpConnectorFuture::new(async move {
            let answer = inner.call(request).await?;
            recorder.note(operation, body, &answer);
            Ok(answer)
        })
    }
}

fn has_capacity(operation: &str) -> bool {
    matches!(
        operation,
        "GetItem"
            | "PutItem"
            | "UpdateItem"
            | "DeleteItem"
            | "Query"
            | "BatchGetItem"
            | "BatchWriteItem"
            | "TransactGetItems"
            | "TransactWriteItems"
    )
}

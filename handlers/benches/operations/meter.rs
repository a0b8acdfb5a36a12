//! Measures what the processes of functions take.

use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use civicforge_handlers::function::Function as Description;
use civicforge_kernel::aws::Limits;
use civicforge_kernel::table::embedded::Embedded;
use civicforge_lambda_emulator::{Function, Gateway, Launch};
use civicforge_testing::record::Recorder;
use civicforge_testing::{Loopback, TestApp};
use flate2::read::GzDecoder;
use http::header::CONTENT_ENCODING;
use http::{Request, Response};
use serde_json::{Value, json};

use crate::Error;

/// Invocations of a new process that are not measured: it opens its connections in them.
const WARM_UP: usize = 2;

/// One pattern, for one invocation on average.
struct Row {
    pattern: &'static str,
    operation: Option<&'static str>,
    event: Option<&'static str>,
    function: &'static str,
    request: usize,
    response: usize,
    log: usize,
    processor: Duration,
}

/// Functions on a table of this process, and what was measured of them.
pub struct Meter {
    programs: PathBuf,
    app: TestApp,
    table: Loopback,
    recorder: Recorder,
    rows: Vec<Row>,
}

impl Meter {
    /// Functions of the programs in this folder, on an empty table.
    pub async fn new(programs: &Path) -> Result<Self, Error> {
        let embedded = Embedded::in_memory()?;
        embedded.table("test").await?;
        let recorder = Recorder::default();
        let http = recorder.wrap(embedded.http_client());
        let table = embedded.table_through(http, "test", &Limits::default());
        let app = TestApp::setup().table(table).start().await;
        Ok(Self {
            programs: programs.to_owned(),
            table: Loopback::of(&app.app.table),
            app,
            recorder,
            rows: Vec::new(),
        })
    }

    /// Sends requests of an operation, one after the other, and measures all but the first ones. Gives the responses.
    pub async fn requests(
        &mut self,
        pattern: &'static str,
        operation: &'static str,
        requests: Vec<Request<Bytes>>,
    ) -> Result<Vec<Value>, Error> {
        let descriptor = civicforge_api::OPERATIONS
            .iter()
            .find(|descriptor| descriptor.id == operation)
            .ok_or_else(|| format!("there is no operation {operation}"))?;
        let function = Description::serving(operation)
            .ok_or_else(|| format!("no function serves {operation}"))?;
        let bodies: usize = requests.iter().map(|request| request.body().len()).sum();
        let events = requests
            .iter()
            .map(|request| Gateway::RestApi.event(request, descriptor.path).to_string());
        let events: Vec<_> = events.collect();
        let count = events.len();
        let (answers, log, processor) = self.invoke(function.name, events).await?;
        let mut values = Vec::new();
        let mut sent = 0;
        for answer in answers {
            let response: Response<Bytes> = Gateway::RestApi.response(&answer)?;
            if !response.status().is_success() {
                return Err(format!("{pattern}: {response:?}").into());
            }
            let headers = response.headers().iter();
            // `Name: value`, and the end of the line.
            let headers: usize = headers
                .map(|(name, value)| name.as_str().len() + value.len() + 4)
                .sum();
            sent += response.body().len() + headers;
            let is_gzip = response.headers().contains_key(CONTENT_ENCODING);
            values.push(match is_gzip {
                true => serde_json::from_reader(GzDecoder::new(&**response.body()))?,
                false => serde_json::from_slice(response.body()).unwrap_or_default(),
            });
        }
        self.note(Row {
            pattern,
            operation: Some(operation),
            event: None,
            function: function.name,
            request: bodies / count.max(1),
            response: sent / count.max(1),
            log,
            processor,
        });
        Ok(values)
    }

    /// Sends requests that are a preparation.
    pub async fn unmeasured(
        &mut self,
        operation: &'static str,
        requests: Vec<Request<Bytes>>,
    ) -> Result<Vec<Value>, Error> {
        let values = self.requests("(preparation)", operation, requests).await?;
        self.rows.pop();
        Ok(values)
    }

    /// Hands events to a function that serves no operation.
    pub async fn events(
        &mut self,
        pattern: &'static str,
        event: &'static str,
        payloads: Vec<Value>,
    ) -> Result<(), Error> {
        let payloads = payloads.iter().map(Value::to_string).collect();
        let (answers, log, processor) = self.invoke(event, payloads).await?;
        for answer in answers {
            let answer: Value = serde_json::from_slice(&answer)?;
            let failures = answer["batchItemFailures"].as_array();
            if failures.is_some_and(|failures| !failures.is_empty()) {
                return Err(format!("{pattern}: {answer}").into());
            }
        }
        self.note(Row {
            pattern,
            operation: None,
            event: Some(event),
            function: event,
            request: 0,
            response: 0,
            log,
            processor,
        });
        Ok(())
    }

    /// The ids of the messages that were written to the outbox since the last call.
    pub fn messages(&self) -> Vec<String> {
        let calls = self.recorder.take();
        let parts = calls.iter().flat_map(|call| {
            call.request["TransactItems"]
                .as_array()
                .into_iter()
                .flatten()
        });
        let keys = parts.filter_map(|part| part["Put"]["Item"]["PK"]["S"].as_str());
        keys.filter_map(|key| Some(key.strip_prefix("OUTBOX#")?.to_owned()))
            .collect()
    }

    /// The answers of a process of its own, and for one invocation the bytes of its log and its processor time.
    async fn invoke(
        &self,
        name: &str,
        events: Vec<String>,
    ) -> Result<(Vec<Bytes>, usize, Duration), Error> {
        let function = Description::named(name);
        let program = function.map_or("none", |function| function.program);
        let mut launch = Launch::new(name, self.programs.join(program));
        launch.variables = self.app.variables(name, self.table.url());
        // Passwords are to cost what they cost.
        launch
            .variables
            .retain(|(name, _)| !name.starts_with("CIVICFORGE_PASSWORD_"));
        let function = Function::new(launch, 1);
        function.warm().await?;
        let failed = |error| format!("{name}: {error}\n{}", function.output().join("\n"));
        let before = log_bytes(&function).await;
        let (count, mut started) = (events.len(), Duration::ZERO);
        let mut answers = Vec::new();
        for (index, event) in events.into_iter().enumerate() {
            if index == WARM_UP {
                started = processor_time(&function)?;
            }
            answers.push(function.invoke(event).await.map_err(failed)?);
        }
        let used = processor_time(&function)?.saturating_sub(started);
        let measured = u32::try_from(count.saturating_sub(WARM_UP).max(1))?;
        let log = log_bytes(&function).await - before;
        Ok((answers, log / count.max(1), used / measured))
    }

    fn note(&mut self, row: Row) {
        eprintln!(
            "{:<48}{:>8} µs{:>7} bytes of log{:>7} bytes sent",
            row.pattern,
            row.processor.as_micros(),
            row.log,
            row.response
        );
        self.rows.push(row);
    }

    /// Everything that was measured.
    pub fn json(&self) -> String {
        let rows = self.rows.iter().map(|row| {
            let row = json!({
                "pattern": row.pattern,
                "operationId": row.operation,
                "event": row.event,
                "function": row.function,
                "requestBytes": row.request,
                "responseBytes": row.response,
                "logBytes": row.log,
                "processorMicros": u64::try_from(row.processor.as_micros()).unwrap_or(u64::MAX),
            });
            format!("    {row}")
        });
        let rows: Vec<_> = rows.collect();
        // Cargo leaves a program in a folder that is called after its profile.
        let profile = self.programs.file_name();
        let profile = profile.map(|name| name.to_string_lossy());
        let profile = json!(profile.unwrap_or_default());
        let rows = rows.join(",\n");
        format!("{{\n  \"profile\": {profile},\n  \"patterns\": [\n{rows}\n  ]\n}}\n")
    }
}

/// The bytes that a function has written, when it writes no more.
async fn log_bytes(function: &Function) -> usize {
    let mut lines = 0;
    loop {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let output = function.output();
        if output.len() == lines {
            // Each line had an end.
            return output.iter().map(|line| line.len() + 1).sum();
        }
        lines = output.len();
    }
}

/// What all threads of a function's process have used so far.
fn processor_time(function: &Function) -> Result<Duration, Error> {
    let process = function.processes().pop().ok_or("the process has ended")?;
    let mut all = Duration::ZERO;
    for task in std::fs::read_dir(format!("/proc/{process}/task"))? {
        let text = std::fs::read_to_string(task?.path().join("schedstat"))?;
        let used = text.split(' ').next().ok_or("no time")?;
        all += Duration::from_nanos(used.parse()?);
    }
    Ok(all)
}

//! The server as Lambda functions: a process for each, behind the Runtime API and API Gateway as events show it.
//!
//! This very program is the function's: started with the Runtime API's address it does what the programs do, by a clock
//! that the suite sets. It finds the suite's table, with whatever is wrong with that, on a port.
//!
//! `CIVICFORGE_TEST_PROGRAMS` may name a folder of the programs as they are deployed instead (`sam/check-artifact`), under
//! libfaketime, so that they go by the suite's clock too.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;

use bytes::Bytes;
use chrono::{DateTime, NaiveDateTime, Utc};
use civicforge_handlers::{function, functions};
use civicforge_kernel::clock::Clock;
use civicforge_kernel::keys::edge;
use civicforge_lambda_emulator::{Function, Gateway, Launch};
use civicforge_testing as testing;
use civicforge_testing::{EDGE_KEY, Loopback, Reply, TestApp, TestClock};
use http::{HeaderMap, HeaderValue, Method, Request};

use crate::contract::CONTRACT;
use crate::secrets;
use crate::transport::Transport;

/// Where a function's clock is.
const CLOCK: &str = "CIVICFORGE_TEST_CLOCK";

/// Whether `lambda_http` hosts a function's service in place of the host adapter of the runtime.
const ON_LAMBDA_HTTP: &str = "CIVICFORGE_TEST_ON_LAMBDA_HTTP";

/// How the time is written there, in UTC, which libfaketime takes as a time that stands still.
const TIME: &str = "%Y-%m-%d %H:%M:%S%.9f";

/// How many events one function handles at once: enough for its processes to get in each other's way.
const CONCURRENCY: usize = 2;

/// Where the programs are as they are deployed, where the suite is to run on them.
fn deployed() -> Option<PathBuf> {
    std::env::var_os("CIVICFORGE_TEST_PROGRAMS").map(PathBuf::from)
}

/// Why a case whose clock breaks does not run: what breaks in a program as it is deployed is not its clock.
pub fn clock_can_not_break(transport: Transport) -> Option<&'static str> {
    (transport.is_lambda() && deployed().is_some()).then_some("its clock cannot break")
}

/// Whether this process is to be a function.
pub fn is_function() -> bool {
    std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_some()
}

/// Is the function that the environment names.
pub fn run() -> ExitCode {
    let file = PathBuf::from(std::env::var_os(CLOCK).expect("a clock"));
    let clock = Clock::new(move || read_clock(&file));
    if std::env::var_os(ON_LAMBDA_HTTP).is_none() {
        return function::run_at(&testing::EVERYTHING, clock);
    }
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_all().build().expect("a runtime");
    let stopped = runtime.block_on(async {
        let (service, _log) = function::service(&testing::EVERYTHING, clock).await?;
        lambda_http::run(service).await
    });
    panic!("lambda_http has stopped: {stopped:?}")
}

fn read_clock(file: &Path) -> DateTime<Utc> {
    let text = std::fs::read_to_string(file).expect("a clock");
    let time = NaiveDateTime::parse_from_str(&text, TIME);
    // What is no time says what is wrong with the clock.
    time.unwrap_or_else(|_| panic!("{text}")).and_utc()
}

/// The functions of one server. What they have said is held against what is secret.
pub struct Functions {
    gateway: Gateway,
    all: BTreeMap<&'static str, Function>,
    clock: ClockFile,
    _table: Loopback,
}

impl Functions {
    /// Those of this server, behind this gateway, on the host adapter of the runtime or on `lambda_http`. They start when they are
    /// needed.
    pub fn of(app: &TestApp, gateway: Gateway, on_lambda_http: bool) -> Self {
        let table = Loopback::of(&app.app.table);
        let clock = ClockFile::new(app.clock.clone());
        let deployed = deployed().filter(|_| !on_lambda_http);
        let functions = functions::FUNCTIONS.iter().filter(|one| one.is_http());
        let functions = functions.map(|&function::Function { name, program, .. }| {
            let program = match &deployed {
                Some(folder) => folder.join(program),
                None => std::env::current_exe().expect("this program"),
            };
            let launch = Launch::new(name, &program);
            let launch = match deployed {
                Some(_) => clock.fake(launch),
                None => launch.variable(CLOCK, clock.file()),
            };
            let mut launch = launch.variable("CIVICFORGE_LOG_FILTER", secrets::FILTER);
            if on_lambda_http {
                let ignore_stage = "AWS_LAMBDA_HTTP_IGNORE_STAGE_IN_PATH";
                launch = launch.variable(ON_LAMBDA_HTTP, "1");
                launch = launch.variable(ignore_stage, "1");
            }
            launch.variables.extend(app.variables(name, table.url()));
            if gateway == Gateway::HttpApi {
                let (variable, keys) = testing::edge_keys();
                launch = launch.variable(variable, keys);
            }
            (name, Function::new(launch, CONCURRENCY))
        });
        Self {
            gateway,
            all: functions.collect(),
            clock,
            _table: table,
        }
    }

    /// Sends a request the way it would go, and gets what the caller would get.
    pub async fn send(
        &self,
        method: &Method,
        target: &str,
        headers: &HeaderMap,
        body: Bytes,
    ) -> Reply {
        self.clock.set();
        let path = target.split('?').next().unwrap_or_default();
        let (name, template) = route(method, path);
        let mut request = Request::new(body);
        *request.method_mut() = method.clone();
        *request.uri_mut() = target.parse().expect("a target");
        *request.headers_mut() = headers.clone();
        if self.gateway == Gateway::HttpApi {
            // Such an API asks for no key, and functions that ask for one get it from the distribution.
            let key = HeaderValue::from_static(EDGE_KEY);
            request.headers_mut().insert(edge::HEADER, key);
            secrets::note(request.headers(), b"");
        }
        let event = self.gateway.event(&request, template).to_string();
        let answer = self.all[name].invoke(event).await;
        let answer = answer.unwrap_or_else(|error| {
            let said = self.all[name].output().join("\n");
            panic!("{method} {target}: {error}\n{said}")
        });
        let response = self.gateway.response(&answer).expect("an answer");
        let (parts, body) = response.into_parts();
        Reply {
            status: parts.status.as_u16(),
            headers: as_sent(parts.headers),
            body,
        }
    }
}

impl Drop for Functions {
    fn drop(&mut self) {
        let lines = self.all.values().flat_map(Function::output);
        secrets::said_by_a_function(lines);
    }
}

/// The function that serves a request, and the template of its path. What is no operation API Gateway may answer itself; here
/// one of the functions gets it, so that its answer is seen.
fn route(method: &Method, path: &str) -> (&'static str, &'static str) {
    let operation = CONTRACT.find(method, path);
    match operation {
        Some(operation) => {
            let function = function::Function::serving(&operation.id);
            (
                function.expect("a function for each").name,
                &operation.template,
            )
        }
        None => ("api", "/{proxy+}"),
    }
}

/// A REST API renames some headers, and what stands before it has to name them as the contract does.
fn as_sent(headers: HeaderMap) -> HeaderMap {
    let mut sent = HeaderMap::new();
    for (name, value) in &headers {
        let name = name.as_str();
        let name = name.strip_prefix("x-amzn-remapped-").unwrap_or(name);
        sent.append(
            name.parse::<http::HeaderName>().expect("a name"),
            value.clone(),
        );
    }
    sent
}

/// A clock that other processes read.
struct ClockFile {
    clock: TestClock,
    path: PathBuf,
    written: Mutex<String>,
}

impl ClockFile {
    fn new(clock: TestClock) -> Self {
        let name = format!("civicforge-clock-{}", uuid::Uuid::new_v4());
        let file = Self {
            clock,
            path: std::env::temp_dir().join(name),
            written: Mutex::default(),
        };
        file.set();
        file
    }

    fn file(&self) -> &str {
        self.path.to_str().expect("a path of text")
    }

    /// For a program under libfaketime, whose every look at the time of day is one at the file. How long something takes is
    /// the machine's to say.
    fn fake(&self, launch: Launch) -> Launch {
        let clock = self.clock.clone();
        launch
            .variable("FAKETIME_TIMESTAMP_FILE", self.file())
            .variable("FAKETIME_NO_CACHE", "1")
            .variable("FAKETIME_DONT_FAKE_MONOTONIC", "1")
            .clock(move || clock.now().into())
    }

    /// Shows what the clock shows now. Readers see the old time or the new one.
    fn set(&self) {
        let text = match self.clock.broken() {
            Some(what) => what.to_owned(),
            None => self.clock.now().format(TIME).to_string(),
        };
        let mut written = self.written.lock().expect("nobody panics in between");
        if *written != text {
            let new = self.path.with_extension("new");
            std::fs::write(&new, &text).expect("a file");
            std::fs::rename(&new, &self.path).expect("a file");
            *written = text;
        }
    }
}

impl Drop for ClockFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

//! The real programs behind an emulated Lambda.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use civicforge_handlers::function;
use civicforge_lambda_emulator::{Function, Gateway, InvokeError, Launch};
use civicforge_testing::{Loopback, TestApp, TestMember};
use http::{Request, Response};
use serde_json::Value;

/// The program of a function: that of this build, or the one that was built to be deployed (`sam/check-artifact`). That of a
/// function that there is not is `reads`.
pub fn program_of(function: &str) -> PathBuf {
    let function = function::Function::named(function);
    let name = function.map_or("reads", |function| function.program);
    match std::env::var_os("CIVICFORGE_TEST_PROGRAMS") {
        Some(folder) => Path::new(&folder).join(name),
        None => Path::new(env!("CARGO_BIN_EXE_reads")).with_file_name(name),
    }
}

/// A table, a server on it in this process, and functions on it in processes of their own.
pub struct World {
    pub app: TestApp,
    pub table: Loopback,
}

impl World {
    pub async fn new() -> Self {
        let app = TestApp::new().await;
        let table = Loopback::of(&app.app.table);
        Self { app, table }
    }

    pub fn launch(&self, name: &str) -> Launch {
        let mut launch = Launch::new(name, program_of(name));
        launch.variables = self.app.variables(name, self.table.url());
        launch
    }

    pub fn function(&self, name: &str) -> Function {
        Function::new(self.launch(name), 1)
    }

    /// Somebody whose token the functions accept, which go by the clock on the wall.
    pub async fn member(&self, name: &str) -> TestMember {
        self.app.advance(chrono::Utc::now() - self.app.clock.now());
        self.app.register(name).await
    }
}

pub fn get(path: &str) -> Request<Bytes> {
    let request = Request::builder().uri(path);
    request.body(Bytes::new()).expect("a request")
}

pub fn get_as(member: &TestMember, path: &str) -> Request<Bytes> {
    let mut request = get(path);
    let token = format!("Bearer {}", member.access_token);
    let token = token.parse().expect("a header");
    request.headers_mut().insert("authorization", token);
    request
}

/// Sends a request through a gateway.
pub async fn send(
    function: &Function,
    gateway: Gateway,
    request: &Request<Bytes>,
    template: &str,
) -> Response<Bytes> {
    let event = gateway.event(request, template).to_string();
    let answer = function.invoke(event).await;
    let answer = answer.unwrap_or_else(|error| panic!("{error}\n{:#?}", function.output()));
    gateway.response(&answer).expect("an answer")
}

pub fn json(response: &Response<Bytes>) -> Value {
    serde_json::from_slice(response.body()).expect("JSON")
}

/// Type and message of an invocation that failed.
#[track_caller]
pub fn failed(outcome: Result<Bytes, InvokeError>) -> (String, String) {
    match outcome {
        Err(InvokeError::Failed {
            error_type,
            message,
        }) => (error_type, message),
        other => panic!("not a failed invocation: {other:?}"),
    }
}

/// The lines of a function's log that have this level.
pub fn logged(function: &Function, level: &str) -> Vec<Value> {
    let lines = function.output();
    let lines = lines
        .iter()
        .filter_map(|line| serde_json::from_str(line).ok());
    lines
        .filter(|line: &Value| line["level"] == level)
        .collect()
}

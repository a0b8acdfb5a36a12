//! A Lambda function: one of those in [`crate::functions`], named by `CIVICFORGE_FUNCTION`.
//!
//! A [`Program`] can be several functions. What the named one needs is made before the first event, and nothing of the others: of
//! an operation that it does not serve it knows only that there is one, so a request for it is a 404.
//!
//! A function that cannot start says why in one JSON line on standard error, tells the Runtime API, and ends with an error.

mod config;
mod open;
mod program;

use std::process::ExitCode;

use civicforge_kernel::telemetry::{self, Emf, Guard, Settings, TelemetryError};
use civicforge_kernel::trigger::TriggerError;
use civicforge_runtime::host::lambda::{self, Failure, StopError};
use civicforge_runtime::service::Service;

use civicforge_kernel::clock::Clock;

pub use config::{Function, FunctionConfig, FunctionConfigError, Role, SecretName};
use open::Opened;

pub use open::OpenError;
#[cfg(feature = "images")]
pub use program::IMAGES_EVENTS;
pub use program::{EVENTS, Events, Program};

/// Why a function did not start, or stopped.
#[derive(Debug, thiserror::Error)]
pub enum FunctionError {
    /// Its variables.
    #[error(transparent)]
    Config(#[from] FunctionConfigError),
    /// Its log.
    #[error(transparent)]
    Telemetry(#[from] TelemetryError),
    /// What it works with.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It handles events that are no requests.
    #[error("the function {0} serves no operations")]
    NoService(String),
    /// Another program is that function.
    #[error("this program is not the function {function}: {program} is")]
    OtherProgram {
        /// The function.
        function: String,
        /// Its program.
        program: &'static str,
    },
    /// The Runtime API.
    #[error("the Runtime API cannot be used: {0}")]
    Stopped(StopError),
}

impl FunctionError {
    fn kind(&self) -> &'static str {
        match self {
            Self::Config(_) | Self::NoService(_) | Self::OtherProgram { .. } => {
                "Init.Configuration"
            }
            Self::Telemetry(_) => "Init.Telemetry",
            Self::Open(_) => "Init.Dependencies",
            Self::Stopped(_) => "Runtime.Api",
        }
    }
}

/// Runs the function of this program that the environment names, until its host stops it.
pub fn run(program: &'static Program) -> ExitCode {
    run_at(program, Clock::system())
}

/// The same, at the time that this clock tells.
pub fn run_at(program: &'static Program, clock: Clock) -> ExitCode {
    // One thread: a function has one core or less, and handles one event at a time.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            say("Init.Runtime", &error.to_string());
            return ExitCode::FAILURE;
        }
    };
    runtime.block_on(async {
        let Err(error) = start(program, clock).await else {
            return ExitCode::SUCCESS;
        };
        let message = error.to_string();
        say(error.kind(), &message);
        if !matches!(error, FunctionError::Stopped(_)) {
            let failure = Failure::new(error.kind(), message);
            if let Err(unsaid) = lambda::report_init_failure(&failure).await {
                say("Init.Unreported", &unsaid.to_string());
            }
        }
        ExitCode::FAILURE
    })
}

/// Says why a function ends, as a line of its log: there may be no log yet to say it in.
fn say(kind: &str, message: &str) {
    let line = serde_json::json!({
        "timestamp": chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        "level": "ERROR",
        "message": "the function cannot run",
        "function": std::env::var("CIVICFORGE_FUNCTION").ok(),
        "errorType": kind,
        "errorMessage": message,
    });
    eprintln!("{line}");
}

/// The service of the function of this program that the environment names, at the time that this clock tells, for a host other than
/// [`host::lambda`](civicforge_runtime::host::lambda). Keep the guard as long as the service.
///
/// # Errors
///
/// Where the variables cannot be used, where the process has a log already, and where the function handles
/// events that are not requests.
pub async fn service(
    program: &'static Program,
    clock: Clock,
) -> Result<(Service, Guard), FunctionError> {
    let (config, log) = read()?;
    let Role::Http(operations) = config.role else {
        return Err(FunctionError::NoService(config.name));
    };
    let name = config.name.clone();
    let opened = Opened::new(program, config, clock)?;
    let service = opened.service(operations)?;
    Ok((service.ok_or_else(|| other_program(&name))?, log))
}

/// What the environment says, with the log that it asks for.
fn read() -> Result<(FunctionConfig, Guard), FunctionError> {
    let variable = |name: &str| std::env::var(name).ok();
    let config = FunctionConfig::read(variable, lambda::missing_variables())?;
    let daemon = variable("AWS_XRAY_DAEMON_ADDRESS");
    let metrics = Emf {
        stage: config.stage.clone(),
        requests: config.request_metrics,
    };
    let log = telemetry::init(&Settings::of_function(
        &config.name,
        metrics,
        &config.log_filter,
        daemon.as_deref(),
    ))?;
    Ok((config, log))
}

async fn start(program: &'static Program, clock: Clock) -> Result<(), FunctionError> {
    let (config, _log) = read()?;
    let (role, name) = (config.role, config.name.clone());
    let opened = &Opened::new(program, config, clock)?;
    let stopped = match role {
        Role::Http(operations) => {
            let service = opened.service(operations)?;
            let service = service.ok_or_else(|| other_program(&name))?;
            lambda::serve(service).await
        }
        Role::Event(name) => {
            let run = program.events.ok_or_else(|| other_program(name))?.run;
            lambda::serve_events(|payload, invocation| async move {
                let handled = run(&opened.app, name, payload, invocation.deadline).await;
                handled.map_err(|error| Failure::new(kind(&error), error.to_string()))
            })
            .await
        }
    };
    stopped.map_err(FunctionError::Stopped)
}

fn other_program(name: &str) -> FunctionError {
    FunctionError::OtherProgram {
        function: name.to_owned(),
        program: Function::named(name).map_or("none", |function| function.program),
    }
}

fn kind(error: &TriggerError) -> &'static str {
    match error {
        TriggerError::Malformed { .. } => "Event.Malformed",
        _ => "Event.Failed",
    }
}

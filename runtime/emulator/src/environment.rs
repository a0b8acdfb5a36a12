//! One process of a function, and its Runtime API: what Lambda calls an execution environment.

use std::fmt;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::oneshot;

use crate::InvokeError;
use crate::runtime_api::{Pending, Phase, RuntimeApi};

/// How long a process has to ask for its first event.
const INIT: Duration = Duration::from_secs(10);

/// The most lines of output that are kept.
const KEPT_LINES: usize = 2_000;

/// What time it is where functions run.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> SystemTime + Send + Sync>);

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Clock").field(&(self.0)()).finish()
    }
}

/// How a function is started.
#[derive(Debug, Clone)]
pub struct Launch {
    /// Its name.
    pub name: String,
    /// Its program.
    pub program: PathBuf,
    /// What the program is started with. Lambda gives it nothing.
    pub arguments: Vec<String>,
    /// Its variables, beside those that Lambda sets.
    pub variables: Vec<(String, String)>,
    /// How long one event may take.
    pub timeout: Duration,
    /// The clock by which it is told until when.
    pub clock: Clock,
}

impl Launch {
    /// A function of this program, with 10 s for each event.
    pub fn new(name: &str, program: impl Into<PathBuf>) -> Self {
        Self {
            name: name.to_owned(),
            program: program.into(),
            arguments: Vec::new(),
            variables: Vec::new(),
            timeout: Duration::from_secs(10),
            clock: Clock(Arc::new(SystemTime::now)),
        }
    }

    /// By this clock instead of the machine's, where the process is made to go by it too.
    pub fn clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Clock(Arc::new(now));
        self
    }

    /// With this variable.
    pub fn variable(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.push((name.to_owned(), value.into()));
        self
    }

    fn arn(&self) -> String {
        format!(
            "arn:aws:lambda:eu-central-1:123456789012:function:{}:live",
            self.name
        )
    }
}

/// What a function's processes have written, the newest lines of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Output(Arc<Mutex<Vec<String>>>);

impl Output {
    pub(crate) fn lines(&self) -> Vec<String> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn keep(&self, from: impl AsyncRead + Unpin + Send + 'static) -> tokio::task::JoinHandle<()> {
        let kept = self.0.clone();
        tokio::spawn(async move {
            let mut lines = BufReader::new(from).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                if kept.len() == KEPT_LINES {
                    kept.remove(0);
                }
                kept.push(line);
            }
        })
    }
}

pub(crate) struct Environment {
    api: RuntimeApi,
    child: Child,
    timeout: Duration,
    clock: Clock,
    readers: Vec<tokio::task::JoinHandle<()>>,
    /// From the start of the process until it asked for its first event.
    pub init: Duration,
}

impl Environment {
    /// Starts the process and waits until it asks for an event.
    pub(crate) async fn start(launch: &Launch, output: &Output) -> Result<Self, InvokeError> {
        let unusable = |error: std::io::Error| InvokeError::Program(error.to_string());
        let api = RuntimeApi::start(launch.arn()).await.map_err(unusable)?;
        let started = Instant::now();
        let mut child = Command::new(&launch.program)
            .args(&launch.arguments)
            .env_clear()
            .env("AWS_LAMBDA_RUNTIME_API", api.address.to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", &launch.name)
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
            .env(
                "AWS_LAMBDA_LOG_GROUP_NAME",
                format!("/aws/lambda/{}", launch.name),
            )
            .env("AWS_LAMBDA_LOG_STREAM_NAME", "emulator")
            .env("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand")
            .env("AWS_REGION", "eu-central-1")
            .env("AWS_ACCESS_KEY_ID", "emulator")
            .env("AWS_SECRET_ACCESS_KEY", "emulator")
            .env("TZ", ":UTC")
            .envs(launch.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(unusable)?;
        let readers = [
            child.stdout.take().map(|from| output.keep(from)),
            child.stderr.take().map(|from| output.keep(from)),
        ];
        let mut environment = Self {
            api,
            child,
            timeout: launch.timeout,
            clock: launch.clock.clone(),
            readers: readers.into_iter().flatten().collect(),
            init: Duration::ZERO,
        };
        let mut phase = environment.api.phase.clone();
        let settled = async {
            let settled = phase.wait_for(|phase| *phase != Phase::Starting).await;
            settled.map_or(Phase::Starting, |phase| phase.clone())
        };
        let phase = tokio::select! {
            phase = settled => phase,
            () = tokio::time::sleep(INIT) => return Err(InvokeError::TimedOut),
            status = environment.child.wait() => {
                let told = environment.api.phase.borrow().clone();
                match told {
                    Phase::Failed(error) => Phase::Failed(error),
                    _ => return Err(environment.ended(status).await),
                }
            }
        };
        environment.init = started.elapsed();
        match phase {
            Phase::Failed(error) => {
                // It ends by itself, and says the rest of what it has to say.
                let ended = tokio::time::timeout(INIT, environment.child.wait()).await;
                environment.read_out().await;
                match ended {
                    Ok(Ok(status)) if !status.success() => Err(error),
                    _ => Err(InvokeError::Exited(
                        "it did not end with an error".to_owned(),
                    )),
                }
            }
            _ => Ok(environment),
        }
    }

    /// The process's number.
    pub(crate) fn process(&self) -> Option<u32> {
        self.child.id()
    }

    /// Hands it an event, and waits for what comes of it. After an error of another kind than `Failed` the process is of no
    /// more use.
    pub(crate) async fn run(&mut self, payload: Bytes) -> Result<Bytes, InvokeError> {
        let (outcome, told) = oneshot::channel();
        let event = Pending {
            id: uuid::Uuid::new_v4().to_string(),
            payload,
            deadline: (self.clock.0)() + self.timeout,
            outcome,
        };
        if self.api.events.send(event).await.is_err() {
            return Err(InvokeError::Exited(
                "its Runtime API has stopped".to_owned(),
            ));
        }
        tokio::select! {
            told = told => {
                told.unwrap_or_else(|_| Err(InvokeError::Exited("it forgot the event".to_owned())))
            }
            () = tokio::time::sleep(self.timeout) => Err(InvokeError::TimedOut),
            status = self.child.wait() => Err(self.ended(status).await),
        }
    }

    async fn ended(&mut self, status: std::io::Result<std::process::ExitStatus>) -> InvokeError {
        self.read_out().await;
        InvokeError::Exited(match status {
            Ok(status) => status.to_string(),
            Err(error) => error.to_string(),
        })
    }

    /// Reads what an ended process has written last.
    async fn read_out(&mut self) {
        for reader in self.readers.drain(..) {
            let _ = reader.await;
        }
    }
}

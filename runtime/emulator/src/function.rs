//! A function: as many processes as there are events at once, and a queue before them.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::Semaphore;

use crate::InvokeError;
use crate::environment::{Environment, Launch, Output};

/// A function. Clones are the same one; its processes end with the last.
#[derive(Clone)]
pub struct Function(Arc<Inner>);

struct Inner {
    launch: Launch,
    output: Output,
    turns: Semaphore,
    idle: Mutex<Vec<Environment>>,
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Function")
            .field("name", &self.0.launch.name)
            .finish_non_exhaustive()
    }
}

impl Function {
    /// One that handles so many events at once, as reserved concurrency does. Nothing runs before the first event.
    pub fn new(launch: Launch, concurrency: usize) -> Self {
        Self(Arc::new(Inner {
            launch,
            output: Output::default(),
            turns: Semaphore::new(concurrency.max(1)),
            idle: Mutex::new(Vec::new()),
        }))
    }

    /// Hands it an event, when it is this one's turn.
    pub async fn invoke(&self, payload: impl Into<Bytes>) -> Result<Bytes, InvokeError> {
        let turn = self.0.turns.acquire().await;
        let _turn = turn.map_err(|error| InvokeError::Program(error.to_string()))?;
        let mut environment = match self.take_idle() {
            Some(environment) => environment,
            None => Environment::start(&self.0.launch, &self.0.output).await?,
        };
        let outcome = environment.run(payload.into()).await;
        if matches!(outcome, Ok(_) | Err(InvokeError::Failed { .. })) {
            self.idle().push(environment);
        }
        outcome
    }

    /// Starts a process for the next event, as provisioned concurrency does. How long it took to ask for one.
    pub async fn warm(&self) -> Result<Duration, InvokeError> {
        let environment = Environment::start(&self.0.launch, &self.0.output).await?;
        let init = environment.init;
        self.idle().push(environment);
        Ok(init)
    }

    /// Ends the processes that handle nothing now.
    pub fn cool(&self) {
        self.idle().clear();
    }

    /// The numbers of the processes that handle nothing now.
    pub fn processes(&self) -> Vec<u32> {
        self.idle()
            .iter()
            .filter_map(Environment::process)
            .collect()
    }

    /// What its processes have written, the newest lines of it.
    pub fn output(&self) -> Vec<String> {
        self.0.output.lines()
    }

    fn take_idle(&self) -> Option<Environment> {
        self.idle().pop()
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Environment>> {
        self.0.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

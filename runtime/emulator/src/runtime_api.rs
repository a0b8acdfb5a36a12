//! The Runtime API of one process (version 2018-06-01): it asks for events, and says what came of them.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::{Request, Response, StatusCode};
use axum::routing::{get, post};
use bytes::Bytes;
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot, watch};

use crate::InvokeError;

/// The most bytes that an answer may have.
const MAX_ANSWER: usize = 6_291_556;

/// What came of an event.
pub(crate) type Outcome = Result<Bytes, InvokeError>;

/// An event on its way to the process.
pub(crate) struct Pending {
    pub id: String,
    pub payload: Bytes,
    pub deadline: SystemTime,
    pub outcome: oneshot::Sender<Outcome>,
}

/// What the process has told so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Phase {
    Starting,
    Ready,
    Failed(InvokeError),
}

struct Api {
    arn: String,
    events: tokio::sync::Mutex<mpsc::Receiver<Pending>>,
    current: Mutex<Option<(String, oneshot::Sender<Outcome>)>>,
    phase: watch::Sender<Phase>,
}

/// A running Runtime API.
pub(crate) struct RuntimeApi {
    pub address: SocketAddr,
    pub events: mpsc::Sender<Pending>,
    pub phase: watch::Receiver<Phase>,
    server: tokio::task::JoinHandle<()>,
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl RuntimeApi {
    pub(crate) async fn start(arn: String) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (events, to_process) = mpsc::channel(1);
        let (phase, told) = watch::channel(Phase::Starting);
        let api = Arc::new(Api {
            arn,
            events: tokio::sync::Mutex::new(to_process),
            current: Mutex::new(None),
            phase,
        });
        let routes = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(answer))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
            .route("/2018-06-01/runtime/init/error", post(init_error))
            .with_state(api);
        let server = tokio::spawn(async move {
            let _ = axum::serve(listener, routes).await;
        });
        Ok(Self {
            address,
            events,
            phase: told,
            server,
        })
    }
}

async fn next(State(api): State<Arc<Api>>) -> Response<Body> {
    let _ = api.phase.send(Phase::Ready);
    let event = api.events.lock().await.recv().await;
    let Some(event) = event else {
        return problem(
            StatusCode::GONE,
            "Runtime.Stopping",
            "there are no more events",
        );
    };
    let since_1970 = event.deadline.duration_since(SystemTime::UNIX_EPOCH);
    let trace = uuid::Uuid::new_v4().simple().to_string();
    let trace = format!(
        "Root=1-{}-{};Parent=53995c3f42cd8ad8;Sampled=0",
        &trace[..8],
        &trace[8..]
    );
    let response = Response::builder()
        .header("content-type", "application/json")
        .header("lambda-runtime-aws-request-id", &event.id)
        .header(
            "lambda-runtime-deadline-ms",
            since_1970.unwrap_or_default().as_millis().to_string(),
        )
        .header("lambda-runtime-invoked-function-arn", &api.arn)
        .header("lambda-runtime-trace-id", trace)
        .body(Body::from(event.payload));
    *api.current.lock().unwrap_or_else(PoisonError::into_inner) = Some((event.id, event.outcome));
    response.unwrap_or_else(|error| {
        problem(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Emulator",
            &error.to_string(),
        )
    })
}

async fn answer(
    State(api): State<Arc<Api>>,
    Path(id): Path<String>,
    request: Request<Body>,
) -> Response<Body> {
    match to_bytes(request.into_body(), MAX_ANSWER).await {
        Ok(bytes) => api.end(&id, Ok(bytes)),
        Err(_) => {
            let message = format!(
                "Response payload size exceeded maximum allowed payload size ({MAX_ANSWER} bytes)."
            );
            let error_type = "Function.ResponseSizeTooLarge".to_owned();
            api.end(
                &id,
                Err(InvokeError::Failed {
                    error_type,
                    message: message.clone(),
                }),
            );
            problem(
                StatusCode::PAYLOAD_TOO_LARGE,
                "RequestEntityTooLarge",
                &message,
            )
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Told {
    error_type: String,
    error_message: String,
}

async fn told(request: Request<Body>) -> Told {
    let body = to_bytes(request.into_body(), MAX_ANSWER)
        .await
        .unwrap_or_default();
    serde_json::from_slice(&body).unwrap_or_default()
}

async fn error(
    State(api): State<Arc<Api>>,
    Path(id): Path<String>,
    request: Request<Body>,
) -> Response<Body> {
    let Told {
        error_type,
        error_message: message,
    } = told(request).await;
    api.end(
        &id,
        Err(InvokeError::Failed {
            error_type,
            message,
        }),
    )
}

async fn init_error(State(api): State<Arc<Api>>, request: Request<Body>) -> Response<Body> {
    let Told {
        error_type,
        error_message: message,
    } = told(request).await;
    let _ = api.phase.send(Phase::Failed(InvokeError::Init {
        error_type,
        message,
    }));
    accepted()
}

impl Api {
    fn end(&self, id: &str, outcome: Outcome) -> Response<Body> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        match current.take_if(|(expected, _)| expected == id) {
            Some((_, sender)) => {
                // Whoever invoked may have gone.
                let _ = sender.send(outcome);
                accepted()
            }
            None => problem(
                StatusCode::BAD_REQUEST,
                "InvalidRequestID",
                "Invalid request ID",
            ),
        }
    }
}

fn accepted() -> Response<Body> {
    let mut response = Response::new(Body::from(r#"{"status":"OK"}"#));
    *response.status_mut() = StatusCode::ACCEPTED;
    response
}

fn problem(status: StatusCode, error_type: &str, message: &str) -> Response<Body> {
    let told = serde_json::json!({"errorMessage": message, "errorType": error_type});
    let mut response = Response::new(Body::from(told.to_string()));
    *response.status_mut() = status;
    response
}

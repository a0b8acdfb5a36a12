//! The whole server under load, beside the same three operations written by hand on axum.
//!
//! Both listen in this process, on one table in memory, with the same tokens, the same access log and the same runtime, so what
//! differs is what the contract is turned into: dropshot, the dispatch, and generated code on one side, axum and extractors on
//! the other. `wrk` sends the load, from a process of its own; the two servers take turns, so that a busy machine is busy for both.
//!
//! ```sh
//! cargo bench -p civicforge-handlers --bench load > /dev/null
//! cargo bench -p civicforge-handlers --bench load -- searches > /dev/null
//! ```
//!
//! The second one measures what searches do to other requests, and needs no `wrk`.
//!
//! Standard output is the access log. The figures come on standard error. `wrk` must be installed (Debian: `apt install wrk`).

mod by_hand;
mod searches;

use std::net::SocketAddr;
use std::process::{Command, ExitCode};
use std::time::Duration;

use civicforge_kernel::telemetry::{self, LogFormat, Settings};
use civicforge_runtime::host::dropshot;
use civicforge_testing::TestApp;
use serde_json::json;

/// How often the two take turns, and how long a turn is.
const ROUNDS: usize = 5;
const TURN: Duration = Duration::from_secs(3);
const CONNECTIONS: u32 = 32;
/// How many quests the list has.
const QUESTS: usize = 10;

type Error = Box<dyn std::error::Error + Send + Sync>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("load: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Error> {
    let _log = telemetry::init(&Settings::lines(LogFormat::Json, "info"))?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    match std::env::args().nth(1).as_deref() {
        // What cargo adds of its own comes last.
        None | Some("--bench") => runtime.block_on(measure()),
        Some("searches") => runtime.block_on(searches::measure()),
        Some(other) => Err(format!("`{other}` is no measurement; there is `searches`").into()),
    }
}

async fn measure() -> Result<(), Error> {
    let app = TestApp::new().await;
    let member = app.register("member").await;
    let mut last = None;
    for n in 0..QUESTS {
        let quest = json!({
            "title": format!("Paint the fence number {n}"),
            "description": "The fence along the playground has lost its colour.",
        });
        let call = app.post("/api/v1/quests").member(&member).json(&quest);
        let reply = call.send().await;
        last = reply.json()["questId"].as_str().map(str::to_owned);
    }
    let quest = last.ok_or("no quest could be posted")?;

    let any_port = SocketAddr::from(([127, 0, 0, 1], 0));
    let generated = dropshot::start(app.service.clone(), any_port)?;
    let listener = tokio::net::TcpListener::bind(any_port).await?;
    let by_hand = listener.local_addr()?;
    let router = by_hand::router(app.app.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });

    eprintln!(
        "{ROUNDS} turns of {} s each, {CONNECTIONS} connections; requests in a second, the middle one of the turns",
        TURN.as_secs()
    );
    eprintln!(
        "{:<28}{:>12}{:>12}{:>8}",
        "", "generated", "by hand", "ratio"
    );
    for (name, path) in [
        ("GET /health", "/health".to_owned()),
        ("GET one quest", format!("/api/v1/quests/{quest}")),
        (
            "GET a page of ten quests",
            "/api/v1/quests?limit=20".to_owned(),
        ),
    ] {
        let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
        same_answer(generated.address(), by_hand, &path, &member.access_token).await?;
        for _ in 0..ROUNDS {
            let one = wrk(generated.address(), &path, &member.access_token).await?;
            let other = wrk(by_hand, &path, &member.access_token).await?;
            ratios.push(one / other);
            ours.push(one);
            theirs.push(other);
        }
        let (ours, theirs, ratio) = (middle(ours), middle(theirs), middle(ratios));
        eprintln!("{name:<28}{ours:>12.0}{theirs:>12.0}{ratio:>8.2}");
    }
    Ok(())
}

fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// A comparison of two servers that answer differently would say nothing.
async fn same_answer(
    one: SocketAddr,
    other: SocketAddr,
    path: &str,
    token: &str,
) -> Result<(), Error> {
    let client = reqwest::Client::builder()
        .no_proxy()
        .timeout(Duration::from_secs(10))
        .build()?;
    let mut bodies = Vec::new();
    for address in [one, other] {
        let request = client.get(format!("http://{address}{path}"));
        let response = request.bearer_auth(token).send().await?;
        let body = response.error_for_status()?.bytes().await?;
        bodies.push(serde_json::from_slice::<serde_json::Value>(&body)?);
    }
    match bodies[0] == bodies[1] {
        true => Ok(()),
        false => Err(format!(
            "{path} is answered differently:\n{}\n{}",
            bodies[0], bodies[1]
        )
        .into()),
    }
}

/// Requests in a second.
async fn wrk(address: SocketAddr, path: &str, token: &str) -> Result<f64, Error> {
    let mut command = Command::new("wrk");
    command
        .args(["-t1", &format!("-c{CONNECTIONS}")])
        .arg(format!("-d{}s", TURN.as_secs()))
        .args(["-H", &format!("Authorization: Bearer {token}")])
        .arg(format!("http://{address}{path}"));
    let output = tokio::task::spawn_blocking(move || command.output()).await?;
    let output = output.map_err(|error| format!("wrk cannot be started: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if text.contains("Non-2xx") || text.contains("Socket errors") {
        return Err(format!("{path} failed under load:\n{text}").into());
    }
    let rate = text
        .lines()
        .find_map(|line| line.trim().strip_prefix("Requests/sec:"))
        .and_then(|rate| rate.trim().parse().ok());
    rate.ok_or_else(|| format!("wrk says:\n{text}").into())
}

//! The server beside its peers: the same operations by hand on axum, and on FastAPI with boto3.
//!
//! `benches/peers/run` builds what is needed and starts this. Each server is a process of its own, and this one serves the
//! table to all of them over HTTP. `wrk` sends the load to one after the other, in turns. Beside the requests in a second
//! stands what counts on a machine that the servers share with the load: the requests in a second of the server's own
//! processor time, read from `/proc`.

#[path = "../load/by_hand.rs"]
mod by_hand;
mod server;

use std::error::Error as StdError;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use chrono::Utc;
use civicforge_handlers::users;
use civicforge_kernel::table::{Condition, Write};
use civicforge_testing::{Loopback, PASSWORD, memory, tasks};
use clap::Parser;
use mimalloc::MiMalloc;
use serde_json::{Value, json};
use server::{Place, Server};
use uuid::Uuid;

/// As the server has it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// How often the servers take turns.
const ROUNDS: usize = 3;
const CONNECTIONS: u32 = 16;
const QUESTS: usize = 10;

type Error = Box<dyn StdError + Send + Sync>;

#[derive(Parser)]
enum Step {
    /// Measure the server and its peers
    Measure(Measure),
    /// Serve by hand on axum
    ByHand(Place),
}

#[derive(clap::Args)]
struct Measure {
    /// The server: `civicforge`
    #[arg(long)]
    server: PathBuf,
    /// The Python that has FastAPI and boto3
    #[arg(long)]
    python: PathBuf,
    /// The folder of the application on FastAPI
    #[arg(long)]
    application: PathBuf,
    /// How many seconds each turn lasts
    #[arg(long, default_value_t = 4)]
    seconds: u32,
    /// Measure only requests whose names contain this, such as `a quest`
    #[arg(long, default_value = "")]
    only: String,
    /// What cargo adds of its own
    #[arg(long = "bench", hide = true)]
    _bench: bool,
}

fn main() -> ExitCode {
    let outcome = match Step::parse() {
        Step::Measure(measure) => runtime().and_then(|runtime| runtime.block_on(run(&measure))),
        Step::ByHand(place) => {
            runtime().and_then(|runtime| runtime.block_on(server::by_hand(place)))
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("peers: {error}");
            ExitCode::FAILURE
        }
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread();
    Ok({ runtime }.enable_all().build()?)
}

async fn run(measure: &Measure) -> Result<(), Error> {
    let folder = tempfile::tempdir()?;
    let table = memory().await;
    let loopback = Loopback::of(&table);
    let place = Place {
        table: table.name().to_owned(),
        endpoint: loopback.url().to_owned(),
        data: folder.path().to_owned(),
    };
    let servers = [
        Server::ours(&measure.server, &place).await?,
        Server::by_hand(&place).await?,
        Server::fast_api(&measure.python, &measure.application, &place).await?,
    ];
    let client = client()?;
    let (user, token) = member(&client, &servers[0]).await?;
    // Posting a quest costs a point.
    let rich = Write::update(users::keys::key(user)).when(Condition::exists());
    table
        .write(rich.set("questCreationPoints", 1_000_000_000))
        .await?;
    let mut quest = String::new();
    for _ in 0..QUESTS {
        let posted = post(&client, &servers[0], &token).await?;
        quest = posted["questId"].as_str().unwrap_or_default().to_owned();
    }
    let newest = tasks::task(
        "The band saw",
        &"It hums. ".repeat(60),
        "woodshop",
        Utc::now(),
    );
    tasks::fill(&table, 1, QUESTS, &newest).await;
    let script = folder.path().join("post.lua");
    fs::write(&script, post_script()?)?;

    println!(
        "{:<24}{:>34}{:>34}",
        "", "requests per CPU second", "requests per second"
    );
    let columns = ["ours", "FastAPI", "ratio", "ours", "axum", "ratio"];
    print!("{:<24}", "");
    println!("{}", columns.map(|column| format!("{column:>11}")).concat());
    for (name, path, script) in [
        ("GET /health", "/health".to_owned(), None),
        ("GET a quest", format!("/api/v1/quests/{quest}"), None),
        (
            "GET ten quests",
            "/api/v1/quests?status=OPEN&limit=10".to_owned(),
            None,
        ),
        ("GET ten tasks", "/api/v1/tasks?limit=10".to_owned(), None),
        (
            "POST a quest",
            "/api/v1/quests".to_owned(),
            Some(script.as_path()),
        ),
    ] {
        if !name.contains(&measure.only) {
            continue;
        }
        if script.is_none() {
            same_response(&client, &servers, &path, &token).await?;
        }
        let mut turns: [Vec<Turn>; 3] = Default::default();
        for _ in 0..ROUNDS {
            for (server, turns) in servers.iter().zip(&mut turns) {
                turns.push(load(server, &path, &token, script, measure.seconds)?);
            }
        }
        let [ours, axum, fast_api] = turns.map(|turns| Turn::middle(&turns));
        println!(
            "{name:<24}{:>11.0}{:>11.0}{:>11.1}{:>11.0}{:>11.0}{:>11.2}",
            ours.per_cpu_second,
            fast_api.per_cpu_second,
            ours.per_cpu_second / fast_api.per_cpu_second,
            ours.per_second,
            axum.per_second,
            ours.per_second / axum.per_second,
        );
        println!(
            "{:<24}{:>11.0} µs{:>8.0} µs{:>11}{:>11}{:>8.0} µs",
            "  CPU of a request",
            1e6 / ours.per_cpu_second,
            1e6 / fast_api.per_cpu_second,
            "",
            "",
            1e6 / axum.per_cpu_second,
        );
    }
    Ok(())
}

/// What a turn of the load came to.
#[derive(Clone, Copy)]
struct Turn {
    per_second: f64,
    per_cpu_second: f64,
}

impl Turn {
    /// The middle of each figure.
    fn middle(turns: &[Self]) -> Self {
        let middle = |figure: fn(&Self) -> f64| {
            let mut figures: Vec<f64> = turns.iter().map(figure).collect();
            figures.sort_by(f64::total_cmp);
            figures[figures.len() / 2]
        };
        Self {
            per_second: middle(|turn| turn.per_second),
            per_cpu_second: middle(|turn| turn.per_cpu_second),
        }
    }
}

fn client() -> Result<reqwest::Client, Error> {
    let client = reqwest::Client::builder().no_proxy();
    Ok(client.timeout(std::time::Duration::from_secs(10)).build()?)
}

/// A member's id and access token.
async fn member(client: &reqwest::Client, server: &Server) -> Result<(Uuid, String), Error> {
    let request = client
        .post(server.url("/api/v1/auth/register"))
        .json(&json!({
            "email": "member@example.org",
            "name": "A member",
            "password": PASSWORD,
        }));
    let answer: Value = request.send().await?.error_for_status()?.json().await?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let user = Uuid::try_parse(&text(&answer["user"]["userId"]))?;
    Ok((user, text(&answer["accessToken"])))
}

fn draft() -> Value {
    json!({
        "title": "Paint the fence",
        "description": "<p>The fence along the playground has lost its <b>color</b>.</p> ".repeat(8),
    })
}

async fn post(client: &reqwest::Client, server: &Server, token: &str) -> Result<Value, Error> {
    let request = client.post(server.url("/api/v1/quests")).bearer_auth(token);
    let response = request.json(&draft()).send().await?;
    Ok(response.error_for_status()?.json().await?)
}

/// What makes `wrk` post.
fn post_script() -> Result<String, Error> {
    // A JSON string of a JSON text is a string of Lua too: it has no characters that Lua reads otherwise.
    let body = serde_json::to_string(&draft().to_string())?;
    Ok(format!(
        "wrk.method = \"POST\"\nwrk.body = {body}\nwrk.headers[\"Content-Type\"] = \"application/json\"\n"
    ))
}

/// A comparison of servers that answer differently would say nothing.
async fn same_response(
    client: &reqwest::Client,
    servers: &[Server],
    path: &str,
    token: &str,
) -> Result<(), Error> {
    let mut expected: Option<Value> = None;
    for server in servers {
        let request = client.get(server.url(path)).bearer_auth(token);
        let text = request.send().await?.error_for_status()?.text().await?;
        // Pydantic writes microseconds.
        let mut body: Value = serde_json::from_str(&text.replace("000Z\"", "Z\""))?;
        if let Some(body) = body.as_object_mut() {
            // Each program has a version and tokens of its own.
            body.retain(|name, _| !["version", "nextPageToken"].contains(&name.as_str()));
        }
        match &expected {
            None => expected = Some(body),
            Some(expected) if *expected == body => {}
            Some(expected) => {
                return Err(format!(
                    "{path} of {} is another response:\n{expected}\n{body}",
                    server.name
                )
                .into());
            }
        }
    }
    Ok(())
}

fn load(
    server: &Server,
    path: &str,
    token: &str,
    script: Option<&Path>,
    seconds: u32,
) -> Result<Turn, Error> {
    let before = server.processor_seconds()?;
    let mut command = Command::new("wrk");
    command
        .args(["-t1", &format!("-c{CONNECTIONS}"), &format!("-d{seconds}s")])
        .args(["-H", &format!("Authorization: Bearer {token}")]);
    if let Some(script) = script {
        command.arg("-s").arg(script);
    }
    let output = command.arg(server.url(path)).output();
    let output = output.map_err(|error| format!("wrk cannot be started: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if text.contains("Non-2xx") || text.contains("Socket errors") {
        return Err(format!("{path} of {} failed under load:\n{text}", server.name).into());
    }
    let used = server.processor_seconds()? - before;
    let requests: f64 = text
        .lines()
        .find_map(|line| line.trim().split_once(" requests in "))
        .and_then(|(requests, _)| requests.parse().ok())
        .ok_or_else(|| format!("wrk says:\n{text}"))?;
    Ok(Turn {
        per_second: requests / f64::from(seconds),
        per_cpu_second: requests / used,
    })
}

fn free_port() -> Result<SocketAddr, Error> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?)
}

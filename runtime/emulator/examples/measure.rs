//! What functions cost: the size and the start of each program beside an empty function; and what the program `reads` costs beside an
//! empty one, one written by hand on `lambda_http`, and our own service on `lambda_http`, in one run and in turns.
//!
//! ```sh
//! cargo run --release -p civicforge-lambda-emulator --features measure --example measure -- [FOLDER]
//! ```
//!
//! FOLDER has all of them, as `target/measured/lambda` does. Without it they are built first, there, each as it would be deployed,
//! which takes a while. Events are those of a REST API. The table is a port of this process that answers every request with the same quest, so that its own work does not show.
//! Processor time is the kernel's account of the function's process.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::HeaderMap;
use axum::routing::post;
use bytes::Bytes;
use chrono::Utc;
use civicforge_handlers::auth::access_token::{self, TokenNames};
use civicforge_kernel::keys::signing::SigningKeys;
use civicforge_lambda_emulator::{Function, Gateway, Launch};
use http::Request;
use serde_json::json;

const COLD_STARTS: usize = 60;
const ROUNDS: usize = 6;
const EVENTS: usize = 1_000;
const ISSUER: &str = "https://civicforge.test";
const SECRET: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
/// What every function is told.
const COMMON: [(&str, &str); 3] = [
    ("CIVICFORGE_STAGE", "measure"),
    ("CIVICFORGE_TABLE", "measure"),
    ("CIVICFORGE_PUBLIC_URL", ISSUER),
];
const QUEST: &str = "019cadd4-5620-7ac1-a1c7-143cb2199eb4";

type Error = Box<dyn std::error::Error + Send + Sync>;

/// One of the programs.
struct Peer {
    name: &'static str,
    program: PathBuf,
    variables: Vec<(String, String)>,
    /// Whether it answers what it is asked.
    answers: bool,
}

/// What is asked.
struct Work {
    name: &'static str,
    event: String,
    /// Whether the table is this process's; if not, it is AWS's, and nothing is asked of it.
    on_table: bool,
}

#[derive(Default)]
struct Figures {
    init: Vec<f64>,
    first: Vec<f64>,
    warm: Vec<f64>,
    processor: Duration,
    memory_kib: u64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let target = match std::env::args_os().nth(1) {
        Some(folder) => PathBuf::from(folder).canonicalize()?,
        None => build()?,
    };
    let keys = SigningKeys::generate()?;
    let peers = peers(&target, &keys)?;
    let table = table().await?;
    let others = others(&target, &keys)?;
    starts(&peers.iter().chain(&others).collect::<Vec<_>>(), &table).await?;
    for work in [
        Work {
            name: "GET /health",
            event: event("/health", "/health", None),
            on_table: false,
        },
        Work {
            name: "GET a quest",
            event: event(
                &format!("/api/v1/quests/{QUEST}"),
                "/api/v1/quests/{questId}",
                Some(&token(&keys)?),
            ),
            on_table: true,
        },
    ] {
        let mut all: Vec<_> = peers
            .iter()
            .map(|peer| (peer, Figures::default()))
            .collect();
        measure_cold(&mut all, &work, &table).await?;
        measure_warm(&mut all, &work, &table).await?;
        print(&work, &all);
    }
    Ok(())
}

/// Builds the programs as they are deployed. Where they are.
fn build() -> Result<PathBuf, Error> {
    let program = std::env::current_exe()?;
    let target = program
        .ancestors()
        .nth(3)
        .ok_or("this program is not in a target folder")?;
    // Not in the folder of the profile itself: sam/build leaves folders of the same names there.
    let target = &target.join("measured");
    for parts in [
        &[
            "-p",
            "civicforge-handlers",
            "--no-default-features",
            "--features",
            "lambda",
            "--bins",
        ][..],
        &[
            "-p",
            "civicforge-lambda-emulator",
            "--features",
            "measure",
            "--example",
            "empty",
            "--example",
            "by_hand",
            "--example",
            "on_lambda_http",
        ],
    ] {
        let status = Command::new(env!("CARGO"))
            .args(["build", "--profile", "lambda", "--target-dir"])
            .arg(target)
            .args(parts)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status()?;
        if !status.success() {
            return Err("the programs cannot be built".into());
        }
    }
    Ok(target.join("lambda"))
}

fn peers(target: &Path, keys: &SigningKeys) -> Result<[Peer; 4], Error> {
    let public = serde_json::to_string(keys.public().jwks())?;
    let mut variables = COMMON.to_vec();
    variables.extend([
        ("CIVICFORGE_FUNCTION", "api"),
        ("CIVICFORGE_PUBLIC_KEYS", &*public),
        ("CIVICFORGE_SECRET", SECRET),
        // Without it `lambda_http` has the stage in every path.
        ("AWS_LAMBDA_HTTP_IGNORE_STAGE_IN_PATH", "1"),
    ]);
    let variables = owned(&variables);
    let peer = |name, file: &str, answers| Peer {
        name,
        program: target.join(file),
        variables: variables.clone(),
        answers,
    };
    Ok([
        peer("empty", "examples/empty", false),
        peer("by hand", "examples/by_hand", true),
        peer("on lambda_http", "examples/on_lambda_http", true),
        peer("reads", "reads", true),
    ])
}

/// The other programs, each as one of its functions.
fn others(target: &Path, keys: &SigningKeys) -> Result<[Peer; 3], Error> {
    let public = serde_json::to_string(keys.public().jwks())?;
    let peer = |name, function: &str, more: &[(&str, &str)]| {
        let mut variables = COMMON.to_vec();
        variables.push(("CIVICFORGE_FUNCTION", function));
        variables.extend(more);
        Peer {
            name,
            program: target.join(name),
            variables: owned(&variables),
            answers: false,
        }
    };
    Ok([
        peer(
            "writes",
            "createQuest",
            &[("CIVICFORGE_PUBLIC_KEYS", &public)],
        ),
        peer(
            "accounts",
            "auth",
            &[
                // Nobody asks for it here.
                (
                    "CIVICFORGE_SIGNING_KEYS_ARN",
                    "arn:aws:secretsmanager:eu-central-1:000000000000:secret:x",
                ),
                ("CIVICFORGE_SECRET", SECRET),
            ],
        ),
        peer("jobs", "deliverOutbox", &[]),
    ])
}

fn owned(variables: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |&(name, value): &(&str, &str)| (name.to_owned(), value.to_owned());
    variables.iter().map(owned).collect()
}

/// Prints how large programs are, and how long they take from their start until they ask for the first event, beside the first
/// one.
async fn starts(all: &[&Peer], table: &str) -> Result<(), Error> {
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); all.len()];
    for _ in 0..COLD_STARTS {
        for (peer, times) in all.iter().zip(&mut times) {
            let mut launch = Launch::new(peer.name, &peer.program);
            launch.variables.clone_from(&peer.variables);
            launch = launch.variable("CIVICFORGE_DYNAMODB_ENDPOINT", table);
            times.push(millis(Function::new(launch, 1).warm().await?));
        }
    }
    println!(
        "\n{:<16}{:>12}{:>12}{:>10}{:>14}",
        "program", "bytes", "deflated", "init ms", "beside empty"
    );
    let empty = times.first().map(|times| quantile(times, 0.5));
    for (peer, times) in all.iter().zip(&times) {
        let (bytes, init) = (
            std::fs::metadata(&peer.program)?.len(),
            quantile(times, 0.5),
        );
        println!(
            "{:<16}{bytes:>12}{:>12}{init:>10.2}{:>14.2}",
            peer.name,
            deflated(&peer.program)?,
            init / empty.unwrap_or(init)
        );
    }
    Ok(())
}

fn deflated(program: &Path) -> Result<usize, Error> {
    let gzip = Command::new("gzip")
        .args(["-9", "-c"])
        .arg(program)
        .stdout(Stdio::piped())
        .output()?;
    Ok(gzip.stdout.len())
}

fn token(keys: &SigningKeys) -> Result<String, Error> {
    let names = TokenNames {
        issuer: ISSUER.to_owned(),
        audience: "civicforge".to_owned(),
    };
    let issued = access_token::issue(
        keys,
        &names,
        QUEST,
        &[],
        QUEST,
        chrono::TimeDelta::minutes(30),
        Utc::now(),
    );
    Ok(issued?.token)
}

fn event(path: &str, template: &str, token: Option<&str>) -> String {
    let mut request = Request::new(Bytes::new());
    *request.uri_mut() = http::Uri::try_from(path).unwrap_or_default();
    for (name, value) in [
        ("accept", Some("application/json".to_owned())),
        (
            "user-agent",
            Some(
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0".to_owned(),
            ),
        ),
        (
            "authorization",
            token.map(|token| format!("Bearer {token}")),
        ),
    ] {
        if let Some(value) = value.and_then(|value| value.parse().ok()) {
            request.headers_mut().insert(name, value);
        }
    }
    Gateway::RestApi.event(&request, template).to_string()
}

/// A table that has one quest under every key.
async fn table() -> Result<String, Error> {
    let text = |text: &str| json!({"S": text});
    let item = json!({"Item": {
        "PK": text(&format!("QUEST#{QUEST}")), "SK": text(&format!("QUEST#{QUEST}")), "entityType": text("QUEST"),
        "questId": text(QUEST), "creatorId": text(QUEST), "status": text("OPEN"),
        "title": text("Paint the fence"),
        "description": text("The fence along the playground has lost its colour, and half of its boards."),
        "rewardXp": {"N": "100"}, "rewardReputation": {"N": "10"}, "attestations": {"L": []},
        "createdAt": text("2026-01-15T08:00:00.000000Z"), "updatedAt": text("2026-01-15T08:00:00.000000Z"),
        "version": {"N": "1"},
    }})
    .to_string();
    let answer = move |_: HeaderMap| {
        let item = item.clone();
        async move { ([("content-type", "application/x-amz-json-1.0")], item) }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(
        async move { axum::serve(listener, Router::new().route("/", post(answer))).await },
    );
    Ok(url)
}

fn function(peer: &Peer, work: &Work, table: &str) -> Function {
    let mut launch = Launch::new(peer.name, &peer.program);
    launch.variables.clone_from(&peer.variables);
    if work.on_table {
        launch = launch.variable("CIVICFORGE_DYNAMODB_ENDPOINT", table);
    }
    Function::new(launch, 1)
}

async fn answer(function: &Function, peer: &Peer, work: &Work) -> Result<(), Error> {
    let answer = function.invoke(work.event.clone()).await?;
    let response = Gateway::RestApi.response(&answer)?;
    if response.status() != 200 || (peer.answers && response.body().len() < 20) {
        return Err(format!("{}: {response:?}: {:#?}", peer.name, function.output()).into());
    }
    Ok(())
}

async fn measure_cold(all: &mut [(&Peer, Figures)], work: &Work, table: &str) -> Result<(), Error> {
    for _ in 0..COLD_STARTS {
        for (peer, figures) in all.iter_mut() {
            let function = function(peer, work, table);
            let started = Instant::now();
            figures.init.push(millis(function.warm().await?));
            answer(&function, peer, work).await?;
            figures.first.push(millis(started.elapsed()));
        }
    }
    Ok(())
}

async fn measure_warm(all: &mut [(&Peer, Figures)], work: &Work, table: &str) -> Result<(), Error> {
    let functions: Vec<_> = all
        .iter()
        .map(|(peer, _)| function(peer, work, table))
        .collect();
    for round in 0..=ROUNDS {
        for ((peer, figures), function) in all.iter_mut().zip(&functions) {
            if function.processes().is_empty() {
                function.warm().await?;
            }
            let before = processor_time(function)?;
            for _ in 0..EVENTS {
                let started = Instant::now();
                answer(function, peer, work).await?;
                // The first round warms up.
                if round > 0 {
                    figures.warm.push(millis(started.elapsed()));
                }
            }
            if round > 0 {
                figures.processor += processor_time(function)? - before;
            }
            figures.memory_kib = memory_kib(function)?;
        }
    }
    Ok(())
}

/// What the process of a function has used so far.
fn processor_time(function: &Function) -> Result<Duration, Error> {
    let text = status_file(function, "schedstat")?;
    let used = text.split(' ').next().ok_or("no time in it")?;
    Ok(Duration::from_nanos(used.parse()?))
}

fn memory_kib(function: &Function) -> Result<u64, Error> {
    let text = status_file(function, "status")?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    Ok(line
        .and_then(|line| line.trim().strip_suffix(" kB"))
        .ok_or("no memory in it")?
        .parse()?)
}

fn status_file(function: &Function, name: &str) -> Result<String, Error> {
    let process = function.processes().pop().ok_or("it has ended")?;
    Ok(std::fs::read_to_string(format!("/proc/{process}/{name}"))?)
}

fn print(work: &Work, all: &[(&Peer, Figures)]) {
    println!("\n{}", work.name);
    println!(
        "{:<16}{:>10}{:>10}{:>12}{:>12}{:>14}{:>10}",
        "program", "init ms", "first ms", "warm p50 µs", "warm p99 µs", "processor µs", "RSS MB"
    );
    for (peer, figures) in all {
        let warm = |part| quantile(&figures.warm, part) * 1000.0;
        println!(
            "{:<16}{:>10.2}{:>10.2}{:>12.0}{:>12.0}{:>14.0}{:>10.1}",
            peer.name,
            quantile(&figures.init, 0.5),
            quantile(&figures.first, 0.5),
            warm(0.5),
            warm(0.99),
            processor(figures),
            figures.memory_kib as f64 / 1024.0
        );
    }
    let Some(((_, ours), others)) = all.split_last() else {
        return;
    };
    let ratio = |times: fn(&Figures) -> &Vec<f64>, other: &Figures| {
        quantile(times(ours), 0.5) / quantile(times(other), 0.5)
    };
    for (peer, other) in others {
        println!(
            "reads beside {}: init {:.2}, first {:.2}, warm {:.2}, processor {:.2}",
            peer.name,
            ratio(|f| &f.init, other),
            ratio(|f| &f.first, other),
            ratio(|f| &f.warm, other),
            processor(ours) / processor(other)
        );
    }
}

fn processor(figures: &Figures) -> f64 {
    millis(figures.processor) * 1000.0 / figures.warm.len().max(1) as f64
}

fn quantile(times: &[f64], part: f64) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    let index = (sorted.len() as f64 * part) as usize;
    sorted
        .get(index.min(sorted.len().saturating_sub(1)))
        .copied()
        .unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

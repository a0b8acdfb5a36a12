//! What searches do to the other requests of a process.
//!
//! A thousand quests of two thousand characters, which nobody finds. A few clients search without a pause, and another asks
//! `/health`, which needs nothing, and notes how long it takes. The clients have a thread and a runtime of their own.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use civicforge_handlers::quests::rules::QuestStatus;
use civicforge_kernel::table::Shards;
use civicforge_runtime::host::dropshot;
use civicforge_testing::TestApp;
use civicforge_testing::quests::{put, quest};

use super::Error;

/// How many clients search, in the order of the measurements.
const CLIENTS: [usize; 4] = [0, 1, 4, 20];
const TURN: Duration = Duration::from_secs(12);
const PAUSE: Duration = Duration::from_millis(5);
const QUESTS: i64 = 1_000;

/// Answers of one turn.
#[derive(Default)]
struct Searched {
    answered: AtomicUsize,
    refused: AtomicUsize,
}

pub async fn measure() -> Result<(), Error> {
    let app = TestApp::new().await;
    let member = app.register("member").await;
    let description =
        "<p>The fence along the playground has lost its <b>colour</b> &amp; its looks.</p> ";
    let description = description.repeat(24);
    let quests = (0..QUESTS).map(|n| {
        let created = app.clock.now() - TimeDelta::seconds(n);
        quest("Paint the fence", &description, QuestStatus::Open, created)
    });
    put(&app.app.table, Shards::ONE, &Vec::from_iter(quests)).await;
    let server = dropshot::start(app.service.clone(), SocketAddr::from(([127, 0, 0, 1], 0)))?;
    let address = server.address();
    eprintln!(
        "{QUESTS} quests of {} characters, {} s each",
        description.len(),
        TURN.as_secs()
    );
    eprintln!(
        "{:<10}{:>12}{:>10}{:>30}",
        "searching", "answers/s", "503/s", "/health p50, p95, most (ms)"
    );
    for clients in CLIENTS {
        let token = member.access_token.clone();
        let turn = move || -> Result<_, Error> {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(turn(address, token, clients))
        };
        let (searched, mut latencies) = tokio::task::spawn_blocking(turn).await??;
        latencies.sort();
        let at = |percent: usize| {
            let index = latencies.len().saturating_sub(1) * percent / 100;
            latencies[index].as_secs_f64() * 1_000.0
        };
        let a_second =
            |count: &AtomicUsize| count.load(Ordering::Relaxed) as f64 / TURN.as_secs_f64();
        eprintln!(
            "{clients:<10}{:>12.1}{:>10.1}{:>12.1}{:>9.1}{:>9.1}",
            a_second(&searched.answered),
            a_second(&searched.refused),
            at(50),
            at(95),
            at(100),
        );
    }
    Ok(())
}

async fn turn(
    address: SocketAddr,
    token: String,
    clients: usize,
) -> Result<(Arc<Searched>, Vec<Duration>), Error> {
    let client = reqwest::Client::builder()
        .no_proxy()
        .timeout(Duration::from_secs(30))
        .build()?;
    let searched = Arc::new(Searched::default());
    let over = Arc::new(AtomicBool::new(false));
    let searching: Vec<_> = (0..clients)
        .map(|_| {
            let url = format!("http://{address}/api/v1/quests?search=zzzz&limit=100");
            let request = client.get(url).bearer_auth(&token);
            let (searched, over) = (searched.clone(), over.clone());
            tokio::spawn(async move {
                while !over.load(Ordering::Relaxed) {
                    let Some(request) = request.try_clone() else {
                        return;
                    };
                    let response = request.send().await;
                    let count = match response {
                        Ok(response) if response.status() == 200 => &searched.answered,
                        _ => &searched.refused,
                    };
                    count.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    let mut latencies = Vec::new();
    let end = Instant::now() + TURN;
    while Instant::now() < end {
        let begun = Instant::now();
        let response = client
            .get(format!("http://{address}/health"))
            .send()
            .await?;
        response.error_for_status()?.bytes().await?;
        latencies.push(begun.elapsed());
        tokio::time::sleep(PAUSE).await;
    }
    over.store(true, Ordering::Relaxed);
    for one in searching {
        one.await?;
    }
    Ok((searched, latencies))
}

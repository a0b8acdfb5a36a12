//! How long requests take, one after the other.

use std::hint::black_box;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;

/// Says how long a request takes, of so many: half of them, and all but one of a hundred.
pub fn percentiles(
    what: &str,
    requests: usize,
    runtime: &Runtime,
    mut ask: impl AsyncFnMut() -> u16,
) {
    let mut times: Vec<Duration> = (0..requests)
        .map(|_| {
            let begun = Instant::now();
            black_box(runtime.block_on(ask()));
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    let at = |hundredth: usize| times[requests * hundredth / 100];
    println!("{what}: p50 {:.2?}, p99 {:.2?}", at(50), at(99));
}

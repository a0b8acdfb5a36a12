//! Both servers in turns, so that whatever else the machine does slows down both.

use std::hint::black_box;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use tower::ServiceExt;

use crate::generated;
use crate::requests::Sample;

/// How often each has its turn. The first tenth only warms up.
const TURNS: usize = 400;

/// How many requests a turn has: short enough that most turns are not interrupted.
const REQUESTS: usize = 100;

/// Prints how much the generated service takes of the time of another one.
pub fn report(
    what: &str,
    runtime: &Runtime,
    service: &generated::Service,
    router: &axum::Router,
    sample: &Sample,
) {
    let ours = || {
        let requests: Vec<_> = (0..REQUESTS).map(|_| sample.for_service()).collect();
        time(runtime, async {
            for request in requests {
                black_box(service.call(request).await);
            }
        })
    };
    let theirs = || {
        let requests: Vec<_> = (0..REQUESTS).map(|_| sample.for_axum()).collect();
        time(runtime, async {
            for request in requests {
                let _ = black_box(router.clone().oneshot(request).await);
            }
        })
    };
    let mut times = Vec::with_capacity(TURNS);
    for turn in 0..TURNS {
        // Each goes first half of the time.
        let pair = if turn % 2 == 0 {
            (ours(), theirs())
        } else {
            let theirs = theirs();
            (ours(), theirs)
        };
        if turn >= TURNS / 10 {
            times.push(pair);
        }
    }
    let median = |of: &dyn Fn(&(Duration, Duration)) -> f64, at: usize| {
        let mut values: Vec<_> = times.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values
            .get(values.len() * at / 4)
            .copied()
            .unwrap_or_default()
    };
    let ratio = |(ours, theirs): &(Duration, Duration)| ours.as_secs_f64() / theirs.as_secs_f64();
    let each = |time: Duration| time.as_secs_f64() * 1e6 / REQUESTS as f64;
    println!(
        "{}: {:.2} times {what} (quartiles {:.2} and {:.2}); {:.1} µs and {:.1} µs",
        sample.name,
        median(&ratio, 2),
        median(&ratio, 1),
        median(&ratio, 3),
        median(&|(ours, _)| each(*ours), 2),
        median(&|(_, theirs)| each(*theirs), 2),
    );
}

fn time(runtime: &Runtime, work: impl Future<Output = ()>) -> Duration {
    let started = Instant::now();
    runtime.block_on(work);
    started.elapsed()
}

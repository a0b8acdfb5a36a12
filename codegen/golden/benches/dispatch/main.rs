//! What the dispatch costs: route, authenticate, negotiate, decode, validate, call, encode, log. Once as a generated service,
//! once written by hand on axum, with the same requests and the same answers.
//!
//! The machine may be busy with other things, and then times say little. So the two also take turns, and what is printed
//! first is how much one of them takes *of the other's time*.

mod by_hand;
mod generated;
mod requests;
mod stages;
mod turns;

use std::hint::black_box;

use criterion::{BatchSize, Criterion};
use http_body_util::BodyExt;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

use requests::Sample;

fn main() {
    let runtime = Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime can be started");
    let service = generated::service();
    let router = by_hand::router();
    for sample in [requests::POST, requests::GET] {
        runtime.block_on(assert_same_answer(&service, &router, &sample));
    }

    // `cargo test --benches` and `cargo bench -- --list` want no measurement.
    let measures = !std::env::args().any(|argument| argument == "--test" || argument == "--list");
    if measures {
        for sample in [requests::POST, requests::GET] {
            turns::report("axum by hand", &runtime, &service, &router, &sample);
            turns::report(
                "bare axum",
                &runtime,
                &service,
                &by_hand::bare_router(),
                &sample,
            );
        }
    }

    let mut criterion = Criterion::default().configure_from_args();
    for sample in [requests::POST, requests::GET] {
        dispatch(&mut criterion, &runtime, &service, &router, &sample);
    }
    stages::benches(&mut criterion);
    criterion.final_summary();
}

/// A comparison of different work would say nothing.
async fn assert_same_answer(service: &generated::Service, router: &axum::Router, sample: &Sample) {
    let ours = service.call(sample.for_service()).await;
    let theirs = match router.clone().oneshot(sample.for_axum()).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    assert_eq!(ours.status().as_u16(), sample.status, "{}", sample.name);
    assert_eq!(ours.status(), theirs.status(), "{}", sample.name);
    for name in ["content-type", "etag", "location"] {
        let (ours, theirs) = (ours.headers().get(name), theirs.headers().get(name));
        assert_eq!(ours, theirs, "{}: {name}", sample.name);
    }
    for response in [ours.headers(), theirs.headers()] {
        assert!(response.contains_key("x-request-id"), "{}", sample.name);
    }
    let theirs = theirs
        .into_body()
        .collect()
        .await
        .map(|body| body.to_bytes());
    assert_eq!(theirs.ok().as_ref(), Some(ours.body()), "{}", sample.name);
}

fn dispatch(
    criterion: &mut Criterion,
    runtime: &Runtime,
    service: &generated::Service,
    router: &axum::Router,
    sample: &Sample,
) {
    let mut group = criterion.benchmark_group(sample.name);
    group.bench_function("generated", |bencher| {
        bencher.to_async(runtime).iter_batched(
            || sample.for_service(),
            |request| async { black_box(service.call(request).await) },
            BatchSize::SmallInput,
        );
    });
    group.bench_function("by hand on axum", |bencher| {
        bencher.to_async(runtime).iter_batched(
            || sample.for_axum(),
            |request| async { black_box(router.clone().oneshot(request).await) },
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

//! Searches for properties in tables of two sizes.
//!
//! Requests go through the whole service and the embedded database, without a socket. Of the properties, every tenth is in the city that is
//! searched for.

mod percentiles;

use chrono::Utc;
use civicforge_testing::TestApp;
use civicforge_testing::properties::{fill, like, property};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use tokio::runtime::Builder;

use percentiles::percentiles;

const SIZES: [usize; 2] = [1_000, 100_000];

/// How many requests the percentiles are of.
const REQUESTS: usize = 3_000;

const SEARCHES: [(&str, &str); 6] = [
    ("newest", ""),
    ("by price", "sort=priceAsc"),
    ("of a state", "state=IL"),
    ("of a city", "city=springfield"),
    (
        "of a city, between prices",
        "city=springfield&sort=priceAsc&minPrice=32500100&maxPrice=32500900",
    ),
    ("for a text that nothing has", "search=nowhere"),
];

fn searches(criterion: &mut Criterion) {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime can be started");
    let mut group = criterion.benchmark_group("a page of 20 properties");
    group.sample_size(20);
    for size in SIZES {
        let app = runtime.block_on(filled(size));
        for (name, query) in SEARCHES {
            let path = format!("/api/v1/properties?{query}");
            let get = async || app.get(&path).send().await.status;
            group.bench_function(BenchmarkId::new(name, size), |bencher| {
                bencher.iter(|| assert_eq!(runtime.block_on(get()), 200));
            });
            percentiles(&format!("{name}, of {size}"), REQUESTS, &runtime, get);
        }
    }
    group.finish();
}

/// A server on a table of so many properties.
async fn filled(size: usize) -> TestApp {
    let app = TestApp::new().await;
    let newest = property("House with a garden", 32_500_000, "Springfield", Utc::now());
    fill(&app.app.table, 1, like(&newest, size)).await;
    app
}

criterion_group!(benches, searches);
criterion_main!(benches);

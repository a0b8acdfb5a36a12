//! What an access token costs: to issue, and to verify, which every protected request does.

use std::hint::black_box;

use chrono::Utc;
use civicforge_handlers::auth::access_token::{self, TokenNames};
use civicforge_handlers::auth::issuers::TokenVerifier;
use civicforge_handlers::auth::jwks_cache::JwksPolicy;
use civicforge_handlers::auth::lifetimes::TokenLifetimes;
use civicforge_kernel::keys::signing::SigningKeys;
use civicforge_kernel::keys::{CurrentKeys, Keys};
use criterion::{Criterion, criterion_group, criterion_main};
use tokio::runtime::Builder;

fn tokens(criterion: &mut Criterion) {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be started");
    let keys = SigningKeys::generate().expect("a key can be made");
    let names = TokenNames {
        issuer: "https://civicforge.test".to_owned(),
        audience: "civicforge".to_owned(),
    };
    let verifier = TokenVerifier::new(
        CurrentKeys::new(Keys::new(None, keys.public().clone(), &[])),
        names.clone(),
        Vec::new(),
        JwksPolicy::default(),
    );
    let roles = ["member".to_owned()];
    let now = Utc::now();
    let lifetime = TokenLifetimes::default().access;
    let issue = || access_token::issue(&keys, &names, "a user", &roles, "a session", lifetime, now);
    let token = issue().expect("a token can be signed").token;

    let mut group = criterion.benchmark_group("access token");
    group.bench_function("issue", |bencher| bencher.iter(|| black_box(issue())));
    group.bench_function("verify", |bencher| {
        bencher.iter(|| runtime.block_on(verifier.verify(black_box(&token), now)));
    });
    group.finish();
}

criterion_group!(benches, tokens);
criterion_main!(benches);

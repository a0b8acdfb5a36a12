//! The contract suite: what `openapi.yaml` says, held against the whole server over every transport.
//!
//! A case is a body that runs once for each [transport](transport::Transport). Every answer that it gets is held against the
//! contract ([`contract`]): the status must be declared, the headers that must be there are there, the body is of the
//! declared media type and satisfies its schema. What all cases together have reached is held against two checked-in lists
//! ([`coverage`]), so a status that nobody provokes, and an owner's operation that nobody tries as somebody else, is seen.
//!
//! It has a harness of its own because of that last step: tests of libtest know nothing of each other.

#![allow(
    clippy::panic,
    reason = "a panic is how a case fails; clippy knows a test only where libtest runs it"
)]

mod accounts;
mod bad_json;
mod client;
mod closing;
mod compression;
mod conditional;
mod contract;
mod coverage;
mod cross_origin;
mod examples;
mod exports;
mod failures;
mod foreign;
mod harness;
mod hostile;
mod iam;
mod images;
mod inquiries;
mod lambda;
mod lifecycle;
mod mails;
mod mechanics;
mod methods;
mod passwords;
mod properties;
mod refusals;
mod replay;
mod sample;
mod schema;
mod secrets;
mod sessions;
mod socket;
mod sync;
mod tap;
mod tasks;
mod transport;
mod trouble;
mod wire;
mod world;

use std::process::ExitCode;

fn main() -> ExitCode {
    if lambda::is_function() {
        return lambda::run();
    }
    secrets::listen();
    let mut suite = harness::Suite::default();
    for add in [
        bad_json::cases,
        client::cases,
        compression::cases,
        conditional::cases,
        cross_origin::cases,
        examples::cases,
        failures::cases,
        foreign::cases,
        hostile::cases,
        iam::cases,
        images::cases,
        inquiries::cases,
        lifecycle::cases,
        mechanics::cases,
        methods::cases,
        mails::cases,
        passwords::cases,
        closing::cases,
        exports::cases,
        accounts::cases,
        properties::cases,
        refusals::cases,
        replay::cases,
        sessions::cases,
        sync::cases,
        tasks::cases,
    ] {
        add(&mut suite);
    }
    harness::run(suite, std::env::args().skip(1).collect())
}

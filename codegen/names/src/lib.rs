//! What the generator writes for documents in which everything is named like something in emitted code.
//!
//! A document for each position of a name: see `build.rs`. That all of it compiles is the test: `cargo check -p
//! civicforge-codegen-names`. Names such as `new` and `into_iter` are for Clippy to complain about.

#[cfg(not(clippy))]
include!(concat!(env!("OUT_DIR"), "/names.rs"));

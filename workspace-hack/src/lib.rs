//! Empty. `Cargo.toml` is what counts: CONTRIBUTING.md says why.

//! Generated code, called: what the golden files do, not how they look.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod annotations;
mod bodies;
mod compile_fail;
mod configured;
mod discriminators;
mod error_bodies;
mod golden;
mod held;
mod media;
mod multipart;
mod named_choices;
mod nested_query;
mod open_maps;
mod parameters;
mod paths;
mod responses;
mod security;
mod selectors;
mod support;
mod values;
mod webhooks;

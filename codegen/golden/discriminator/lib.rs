// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! Discriminator 1.0.0
//!
//! One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
//! makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api;
#[rustfmt::skip]
mod json_schema;
#[rustfmt::skip]
pub mod schemas;
#[rustfmt::skip]
pub mod security;
#[rustfmt::skip]
pub mod types;

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};

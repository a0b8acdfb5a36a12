//! Members: their profile, wallet and points.

pub mod rules;

//! Generated code, called: what the golden files do, not how they look.

mod bodies;
mod compile_fail;
mod golden;
mod parameters;
mod responses;
mod security;
mod support;
mod values;

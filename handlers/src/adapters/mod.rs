//! What is reached outside of the table.

pub mod queue;
pub mod secrets;

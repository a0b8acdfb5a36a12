//! handlers
pub mod table;

//! Members: their profile, wallet and points.

pub mod admin;
pub mod audit;
pub mod events;
pub mod item;
pub mod keys;
mod operations;
pub mod parts;
pub mod store;
pub mod text;
pub mod wallet;

use civicforge_kernel::table::Table;

/// Members, and what they need.
#[derive(Debug)]
pub struct Users {
    /// Where they are.
    pub table: Table,
}

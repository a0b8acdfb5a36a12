//! Whether the server runs, and whether it can do its work.

mod operations;

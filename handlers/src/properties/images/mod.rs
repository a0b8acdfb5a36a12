//! Images of properties: announced, uploaded, made into ones that can be shown, ordered, and removed.
//!
//! ```text
//!   announced ──► the file is put ──► images are made of it ──► ready
//!       │                                      └──────────────► refused
//!       └──► forgotten after a day
//! ```
//!
//! The entries are in the item of their property: so it has its images, their order and its version in one write. The files are in two
//! buckets: `uploads`, which nobody reads but what makes images, and `images`, which everybody may read and only that writes.

pub mod item;
mod jobs;
pub mod keys;
mod operations;
mod remove;
#[cfg(feature = "images")]
pub mod render;
pub mod rules;

pub use jobs::job;
pub use remove::Removed;

//! Servers of this machine that do what ClickUp, Neon CRM, Slack and Discourse do, as far as CivicForge uses them: paths,
//! authentication, shapes, errors, rate headers, and webhooks.
//!
//! Everything is in memory and gone with the server. Each of them can be looked at (what it was asked, what it holds), driven as people
//! drive the vendor (which has it send its webhooks), and made to misbehave ([`Faults`]). Nothing here decides an order by waiting for a
//! time: [`Watched::until`] waits for what is to become true.

pub mod clickup;
mod delivering;
pub mod discourse;
mod fault;
pub mod neon;
mod page;
mod server;
pub mod slack;
mod watched;

pub use delivering::Delivering;
pub use fault::{Fault, Faults};
pub use server::{Received, Traffic};
pub use watched::Watched;

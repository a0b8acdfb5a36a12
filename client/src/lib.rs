//! The typed client of CivicForge.
//!
//! ```no_run
//! use civicforge_client::{Client, types};
//!
//! # async fn example() -> Result<(), civicforge_client::Error> {
//! let client = Client::new("http://127.0.0.1:8080")?;
//! client.login("creator@example.org", "4-Quiet-Gardens").await?;
//! let quest = client
//!     .create_quest()
//!     .body(
//!         types::QuestDraft::builder()
//!             .title("Weed the community garden")
//!             .description("The six beds behind the hall need weeding before planting."),
//!     )
//!     .send()
//!     .await?;
//! println!("posted {}", quest.quest_id);
//! # Ok(())
//! # }
//! ```
//!
//! # What is generated and what is not
//! [`Client`] has a method for each operation of the contract, and [`types`] its values; both are generated, and
//! so is [`builder`], where the methods' parameters are. The rest works below the operations, on
//! requests and answers, so that an operation which is new in the contract has all of it at once:
//!
//! - **Sessions.** [`Client::login`] and [`Client::register`] open one. When the server refuses the access token, it
//!   is renewed once, whatever number of calls were waiting for it, and the calls are sent again. [`Tokens`] can be taken
//!   out and put back, and [`ClientBuilder::on_tokens`] tells of every change.
//! - **Idempotency keys.** Every call that takes an `Idempotency-Key` has one, and keeps it when it is repeated. Set
//!   one yourself (`.idempotency_key(…)`) where a call must survive a restart of your program.
//! - **Retries.** Calls that may be repeated safely are repeated after 429, 502, 503, 504 and broken connections, see
//!   [`RetryPolicy`].
//! - **Pages.** Operations that answer pages have `stream()` beside `send()`: one stream over the items of all pages.
//! - **Headers.** [`Headers`] has those that mean something, such as `etag()`.
//! - **Cancellation.** Dropping the future of a call gives it up at once. The server may have carried it out all the same: to
//!   learn whether a change happened, send it again with the same idempotency key. A renewal of the session goes on in a
//!   task of its own, so a dropped call does not lose the new tokens.
//! - **Errors.** One type for all: [`Error`] with the server's [`Problem`](types::Problem) and its code.
//!
//! Nothing is sent but what the contract knows: no extra headers.
//!
//! Values are checked by the server, and not also here: it reports everything that is wrong with a request at once.
//! Enums in answers have a variant `Unknown`, so that a newer server does not break an older client.

#![warn(clippy::missing_errors_doc)]

mod answer;
mod client;
mod error;
mod exec;
#[rustfmt::skip]
#[expect(
    missing_docs,
    unused_qualifications,
    reason = "progenitor documents neither the parts of its builders nor its conversions, and writes paths in full"
)]
mod generated;
mod headers;
mod pages;
mod retry;
mod session;
mod tokens;
mod transport;

pub use client::ClientBuilder;
pub use error::{ApiError, Error};
pub use generated::{Client, builder, types};
pub use headers::Headers;
pub use progenitor_client::{ByteStream, ResponseValue};
/// The HTTP client underneath, in the version that belongs to this crate's interface.
pub use reqwest;
pub use retry::RetryPolicy;
pub use tokens::Tokens;

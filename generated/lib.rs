// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! CivicForge 0.1.0
//!
//! The backend of a community organisation. Members post **quests**, other members carry them
//! out, both attest that the work was done, and the one who did it earns experience and
//! reputation.
//!
//! ## Who may call
//! Operations that name no security are open to anyone. All others take an access token in
//! `Authorization: Bearer …`. Tokens come from `registerUser`, `loginUser` and `refreshToken`,
//! or from an identity provider that the operator has configured. A "member" is anyone with a
//! valid access token.
//!
//! ## Values
//! - Names are camelCase. Timestamps are RFC 3339 in UTC. Ids are UUIDs of version 7 in lower
//!   case.
//! - An optional field that has no value is absent from an answer; answers never contain
//!   `null`.
//! - Request bodies are closed: an unknown field is an error. Answers are open: a client must
//!   ignore fields that it does not know.
//! - Every text is brought to Unicode normalisation form C, and white space at both ends is
//!   removed. Tokens and keys are taken exactly as sent, and passwords are not trimmed.
//! - Fields described as *plain text* may not contain `<`, `>` or control characters. Fields
//!   described as *cleaned HTML* keep only the elements `p`, `br`, `b`, `i`, `em`, `strong`,
//!   `a` (with `href` and `title`), `ul`, `ol` and `li`; everything else is removed and what
//!   remains is well-formed. The limits of length hold for the text as it was sent and again
//!   for what is left after trimming and cleaning; an optional text of which nothing is left
//!   counts as absent. Lengths count Unicode code points.
//!
//! ## Errors
//! Every error is an RFC 9457 problem document, `application/problem+json`. `code` says which
//! rule was broken and is stable; `detail` is for people and is not. A request that breaks the
//! contract is answered with one 400 that lists every violation with its place. A path that
//! does not exist is 404 `not_found`; a method that a path does not have is 405
//! `method_not_allowed` with `Allow`. A 429 and a 503 come with `Retry-After`. After a 504, or
//! a connection that broke, the outcome of a change is unknown: send the request again with the
//! same `Idempotency-Key`.
//!
//! ## Request ids
//! Every answer carries `X-Request-Id`, which is also `requestId` in a problem document and is
//! in every line of the server's log about the request.
//!
//! ## Lists
//! A list takes `limit` and `pageToken` and answers `items` and `nextPageToken`. The token is
//! absent on the last page. A page can hold fewer items than `limit`, even none, and still have
//! a next one.
//!
//! ## Caching and lost updates
//! Reads of a single user or quest carry a strong `ETag`; sent back in `If-None-Match` it gives
//! 304 while nothing has changed. Sent in `If-Match` with a change, it makes the change happen
//! only if nobody else was faster; otherwise the answer is 412.
//!
//! ## Repeating a request safely
//! Every POST that creates or acts takes `Idempotency-Key`. The first success is remembered for
//! 24 hours, in the same transaction as its effect. The same request with the same key is then
//! answered with that same answer and `Idempotency-Replayed: true`; another request (operation,
//! path or body) with the same key is 422. Errors are not remembered: they had no effect, and
//! the request may be sent again with the same key. `loginUser` and `refreshToken` take no key:
//! what they answer is secret and is not kept.
//!
//! One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
//! makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api;
#[rustfmt::skip]
pub mod codes;
#[rustfmt::skip]
mod json_schema;
#[rustfmt::skip]
mod parameters;
#[rustfmt::skip]
pub mod schemas;
#[rustfmt::skip]
pub mod security;
#[rustfmt::skip]
pub mod types;
#[rustfmt::skip]
pub mod health;
#[rustfmt::skip]
pub mod auth;
#[rustfmt::skip]
pub mod users;
#[rustfmt::skip]
pub mod quests;

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;

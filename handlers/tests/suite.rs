//! Nearly all tests from outside: one program, because each would link the SDK and the database again, which takes a hundred
//! megabytes.

#[path = "accounts/main.rs"]
mod accounts;
#[path = "app.rs"]
mod app;
#[path = "buckets.rs"]
mod buckets;
#[path = "credentials.rs"]
mod credentials;
#[path = "events/main.rs"]
mod events;
#[path = "function/main.rs"]
mod function;
#[path = "mail/main.rs"]
mod mail;
#[path = "properties/main.rs"]
mod properties;
#[path = "quests/main.rs"]
mod quests;
#[path = "secrets.rs"]
mod secrets;
#[path = "server/main.rs"]
mod server;
#[path = "sync/main.rs"]
mod sync;
#[path = "table/main.rs"]
mod table;
#[path = "vendors/main.rs"]
mod vendors;

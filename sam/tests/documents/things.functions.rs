// Generated from sam/functions.yaml by `cargo run -p civicforge-sam -- generate`. Do not edit.

//! Which Lambda function serves which operations, and which ones handle other events.

/// Each function that serves requests, and the operations that it serves.
pub const HTTP: &[(&str, &[&str])] = &[
    ("reads", &["listThings", "getThing"]),
    ("writes", &["createThing", "putPhoto"]),
];

/// The functions that handle other events.
pub const EVENTS: &[&str] = &["worker"];

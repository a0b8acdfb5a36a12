//! What all features of CivicForge share, without knowing any of them: the table and its patterns, idempotency, the outbox,
//! keys and secrets, texts, telemetry, and the way to AWS.

pub mod aws;
pub mod clock;
pub mod destinations;
pub mod failure;
pub mod fresh;
pub mod idempotency;
pub mod jobs;
pub mod keys;
pub mod lists;
pub mod private_files;
pub mod refusal;
pub mod searches;
pub mod secret_text;
pub mod table;
pub mod telemetry;
pub mod text;
pub mod trigger;
pub mod waiting;

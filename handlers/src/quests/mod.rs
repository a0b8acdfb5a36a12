//! Quests: posted by one member, done by another, attested by both.

mod act;
pub mod change;
mod feeds;
pub mod item;
pub mod jobs;
pub mod keys;
mod operations;
mod post;
pub mod reward;
pub mod rules;
pub mod searches;
mod text;
pub mod writes;

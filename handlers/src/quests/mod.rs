//! Quests: posted by one member, done by another, attested by both.

pub mod rules;

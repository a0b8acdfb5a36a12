// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! [`schemars::JsonSchema`] for the types that are component schemas: what the contract says,
//! word for word.
//!
//! References in them start with `#/components/schemas/`; the settings
//! `SchemaSettings::openapi3()` resolve them.

use super::{rt, types};

rt::component_schemas! {
    super::CONTRACT; types::Attestation => "Attestation", types::AttestationRole =>
    "AttestationRole", types::ComponentStatus => "ComponentStatus", types::Health =>
    "Health", types::Jwk => "Jwk", types::JwkSet => "JwkSet", types::LoginCredentials =>
    "LoginCredentials", types::NewAttestation => "NewAttestation", types::Problem =>
    "Problem", types::ProblemCode => "ProblemCode", types::Quest => "Quest",
    types::QuestCounts => "QuestCounts", types::QuestDispute => "QuestDispute",
    types::QuestDraft => "QuestDraft", types::QuestId => "QuestId", types::QuestPage =>
    "QuestPage", types::QuestResolution => "QuestResolution", types::QuestRole =>
    "QuestRole", types::QuestStatus => "QuestStatus", types::QuestSubmission =>
    "QuestSubmission", types::Readiness => "Readiness", types::RefreshGrant =>
    "RefreshGrant", types::Registration => "Registration", types::ResolutionOutcome =>
    "ResolutionOutcome", types::TokenResponse => "TokenResponse", types::User => "User",
    types::UserId => "UserId", types::UserProfile => "UserProfile", types::UserRole =>
    "UserRole", types::UserType => "UserType", types::UserUpdate => "UserUpdate",
    types::Violation => "Violation", types::WalletAddress => "WalletAddress",
    types::WalletUpdate => "WalletUpdate",
}

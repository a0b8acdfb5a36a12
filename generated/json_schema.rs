// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `schemars::JsonSchema` for the types that are component schemas: what the contract says,
//! word for word. It is there where the runtime's feature `json-schema` is on.
//!
//! References in them start with `#/components/schemas/`; the settings
//! `SchemaSettings::openapi3()` resolve them.

super::rt::component_schemas! {
    super::CONTRACT; super::types::Attestation => "Attestation",
    super::types::AttestationRole => "AttestationRole", super::types::ComponentStatus =>
    "ComponentStatus", super::types::Health => "Health", super::types::Jwk => "Jwk",
    super::types::JwkSet => "JwkSet", super::types::LoginCredentials =>
    "LoginCredentials", super::types::NewAttestation => "NewAttestation",
    super::types::Problem => "Problem", super::types::ProblemCode => "ProblemCode",
    super::types::Quest => "Quest", super::types::QuestCounts => "QuestCounts",
    super::types::QuestDispute => "QuestDispute", super::types::QuestDraft =>
    "QuestDraft", super::types::QuestId => "QuestId", super::types::QuestPage =>
    "QuestPage", super::types::QuestResolution => "QuestResolution",
    super::types::QuestRole => "QuestRole", super::types::QuestStatus => "QuestStatus",
    super::types::QuestSubmission => "QuestSubmission", super::types::Readiness =>
    "Readiness", super::types::RefreshGrant => "RefreshGrant", super::types::Registration
    => "Registration", super::types::ResolutionOutcome => "ResolutionOutcome",
    super::types::TokenResponse => "TokenResponse", super::types::User => "User",
    super::types::UserId => "UserId", super::types::UserProfile => "UserProfile",
    super::types::UserRole => "UserRole", super::types::UserType => "UserType",
    super::types::UserUpdate => "UserUpdate", super::types::Violation => "Violation",
    super::types::WalletAddress => "WalletAddress", super::types::WalletUpdate =>
    "WalletUpdate",
}

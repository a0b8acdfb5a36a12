// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! [`schemars::JsonSchema`] for the types that are component schemas: what the contract says,
//! word for word.
//!
//! References in them start with `#/components/schemas/`; the settings
//! `SchemaSettings::openapi3()` resolve them.
civicforge_runtime::component_schemas! {
    super::CONTRACT; super::types::AttestQuestRequest => "AttestQuestRequest",
    super::types::Attestation => "Attestation", super::types::AttestationRole =>
    "AttestationRole", super::types::ComponentStatus => "ComponentStatus",
    super::types::CreateQuestRequest => "CreateQuestRequest",
    super::types::DisputeQuestRequest => "DisputeQuestRequest", super::types::Health =>
    "Health", super::types::Jwk => "Jwk", super::types::JwkSet => "JwkSet",
    super::types::LoginRequest => "LoginRequest", super::types::Problem => "Problem",
    super::types::ProblemCode => "ProblemCode", super::types::Quest => "Quest",
    super::types::QuestCounts => "QuestCounts", super::types::QuestId => "QuestId",
    super::types::QuestPage => "QuestPage", super::types::QuestRole => "QuestRole",
    super::types::QuestStatus => "QuestStatus", super::types::Readiness => "Readiness",
    super::types::RefreshRequest => "RefreshRequest", super::types::RegisterRequest =>
    "RegisterRequest", super::types::ResolutionOutcome => "ResolutionOutcome",
    super::types::ResolveQuestRequest => "ResolveQuestRequest",
    super::types::SubmitQuestRequest => "SubmitQuestRequest", super::types::TokenResponse
    => "TokenResponse", super::types::UpdateUserRequest => "UpdateUserRequest",
    super::types::UpdateWalletRequest => "UpdateWalletRequest", super::types::User =>
    "User", super::types::UserId => "UserId", super::types::UserProfile => "UserProfile",
    super::types::UserRole => "UserRole", super::types::UserType => "UserType",
    super::types::Violation => "Violation", super::types::WalletAddress =>
    "WalletAddress",
}

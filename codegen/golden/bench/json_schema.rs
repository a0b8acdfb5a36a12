// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! [`schemars::JsonSchema`] for the types that are component schemas: what the contract says,
//! word for word.
//!
//! References in them start with `#/components/schemas/`; the settings
//! `SchemaSettings::openapi3()` resolve them.

civicforge_runtime::component_schemas! {
    super::CONTRACT; super::types::Category => "Category", super::types::Member =>
    "Member", super::types::Period => "Period", super::types::Problem => "Problem",
    super::types::Quest => "Quest", super::types::QuestDraft => "QuestDraft",
    super::types::Ranking => "Ranking", super::types::Violation => "Violation",
}

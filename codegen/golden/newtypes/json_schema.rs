// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! [`schemars::JsonSchema`] for the types that are component schemas: what the contract says,
//! word for word.
//!
//! References in them start with `#/components/schemas/`; the settings
//! `SchemaSettings::openapi3()` resolve them.

civicforge_runtime::component_schemas! {
    super::CONTRACT; super::types::Ages => "Ages", super::types::AnyList => "AnyList",
    super::types::AnyObject => "AnyObject", super::types::Anything => "Anything",
    super::types::Borrower => "Borrower", super::types::Names => "Names",
    super::types::Owner => "Owner", super::types::Pair => "Pair", super::types::Text =>
    "Text", super::types::Truth => "Truth", super::types::Whole => "Whole",
}

// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! [`schemars::JsonSchema`] for the types that are component schemas: what the contract says,
//! word for word.
//!
//! References in them start with `#/components/schemas/`; the settings
//! `SchemaSettings::openapi3()` resolve them.

civicforge_runtime::component_schemas! {
    super::CONTRACT; super::types::Base => "Base", super::types::Contradiction =>
    "Contradiction", super::types::Deeper => "Deeper", super::types::Derived =>
    "Derived", super::types::Diamond => "Diamond", super::types::Holder => "Holder",
    super::types::Named => "Named", super::types::Narrow => "Narrow",
    super::types::Override => "Override", super::types::ShortText => "ShortText",
    super::types::Stricter => "Stricter", super::types::WithChoice => "WithChoice",
    super::types::WithMap => "WithMap",
}

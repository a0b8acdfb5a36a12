// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! [`schemars::JsonSchema`] for the types that are component schemas: what the contract says,
//! word for word.
//!
//! References in them start with `#/components/schemas/`; the settings
//! `SchemaSettings::openapi3()` resolve them.

civicforge_runtime::component_schemas! {
    super::CONTRACT; super::types::Merged => "Merged",
}

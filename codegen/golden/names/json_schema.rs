// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! [`schemars::JsonSchema`] for the types that are component schemas: what the contract says,
//! word for word.
//!
//! References in them start with `#/components/schemas/`; the settings
//! `SchemaSettings::openapi3()` resolve them.

civicforge_runtime::component_schemas! {
    super::CONTRACT; super::types::Additional => "additional",
    super::types::MakeThingRequest => "MakeThingRequest",
    super::types::MakeThingRequestInline => "MakeThingRequestInline",
    super::types::N2ndThing => "2ndThing", super::types::OptionType => "Option",
    super::types::Pet => "Pet", super::types::Pet2 => "pet", super::types::Pet3 => "PET",
    super::types::Strasse => "Straße", super::types::StringType => "String",
    super::types::ValueType => "Value", super::types::Versions => "Versions",
}

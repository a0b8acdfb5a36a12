// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

/// One of the values that the contract lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GetMeTheme {
    /// `light`.
    Light,
    /// `dark`.
    Dark,
}

civicforge_runtime::string_enum!(GetMeTheme { Light = "light", Dark = "dark" });

civicforge_runtime::deserialize_decoded! {
    GetMeTheme
}

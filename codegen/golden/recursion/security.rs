// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! Who may call: the principals of the contract's security schemes.

/// Checks credentials. The hand-written server implements it, and its associated types are what protected
/// operations get.
pub trait Authenticate: Sized + Send + Sync + 'static {}

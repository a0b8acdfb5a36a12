// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use civicforge_runtime::values::{Password, Uuid};
use civicforge_runtime::decode::{Decode, Members, Mismatch};
use civicforge_runtime::json::Node;
use serde::Serialize;

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Login {
    /// `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `secret`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

impl Decode for Login {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            name: members.optional("name")?,
            secret: members.optional("secret")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Role {
    /// `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Decode for Role {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            name: members.optional("name")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Team {
    /// `members`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<User>>,
}

impl Decode for Team {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            members: members.optional("members")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TeamRequest {
    /// `members`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<UserRequest2>>,
}

impl Decode for TeamRequest {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            members: members.optional("members")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unused {
    /// `made`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made: Option<String>,
}

impl Decode for Unused {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            made: members.optional("made")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct User {
    /// `id`.
    pub id: Uuid,
    /// `name`.
    pub name: String,
    /// `role`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

impl Decode for User {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            id: members.required("id")?,
            name: members.required("name")?,
            role: members.optional("role")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UserPage {
    /// `items`.
    pub items: Vec<User>,
}

impl Decode for UserPage {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            items: members.required("items")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UserRequest {
    /// `takesTheName`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub takes_the_name: Option<String>,
}

impl Decode for UserRequest {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            takes_the_name: members.optional("takesTheName")?,
        })
    }
}

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UserRequest2 {
    /// `name`.
    pub name: String,
    /// `password`.
    pub password: Password,
    /// `role`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

impl Decode for UserRequest2 {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            name: members.required("name")?,
            password: members.required("password")?,
            role: members.optional("role")?,
        })
    }
}

civicforge_runtime::deserialize_decoded! {
    Login, Role, Team, TeamRequest, Unused, User, UserPage, UserRequest, UserRequest2
}

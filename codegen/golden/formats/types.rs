// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The types of the contract's schemas.
//!
//! A value that came in a request has satisfied every rule of its schema. A value that a
//! handler makes is trusted to.

use civicforge_runtime::values::{
    Base64, DateTime, Ipv4Addr, Ipv6Addr, NaiveDate, Password, Utc, Uuid, Value,
};
use std::fmt::{Display, Formatter};
use std::ops::Deref;
use civicforge_runtime::decode::{Decode, Invalid, Members, Mismatch};
use civicforge_runtime::json::Node;
use serde::Serialize;
use super::schemas;

/// An object of the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Formats {
    /// `int32`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub int32: Option<i32>,
    /// `int64`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub int64: Option<i64>,
    /// `integer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub integer: Option<i64>,
    /// `float`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub float: Option<f32>,
    /// `double`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub double: Option<f64>,
    /// `number`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<f64>,
    /// `uuid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uuid: Option<Uuid>,
    /// `date`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// `dateTime`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_time: Option<DateTime<Utc>>,
    /// `email`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// `uri`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// `uriReference`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri_reference: Option<String>,
    /// `ipv4`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ipv4: Option<Ipv4Addr>,
    /// `ipv6`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ipv6: Option<Ipv6Addr>,
    /// `hostname`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hostname: Option<String>,
    /// `byte`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byte: Option<Base64>,
    /// `binary`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binary: Option<String>,
    /// `password`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<Password>,
    /// `unknown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown: Option<String>,
    /// `mismatched`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mismatched: Option<String>,
    /// `untyped`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub untyped: Option<Value>,
}

impl Decode for Formats {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        let members = Members::of(node)?;
        Ok(Self {
            int32: members.optional("int32")?,
            int64: members.optional("int64")?,
            integer: members.optional("integer")?,
            float: members.optional("float")?,
            double: members.optional("double")?,
            number: members.optional("number")?,
            uuid: members.optional("uuid")?,
            date: members.optional("date")?,
            date_time: members.optional("dateTime")?,
            email: members.optional("email")?,
            uri: members.optional("uri")?,
            uri_reference: members.optional("uriReference")?,
            ipv4: members.optional("ipv4")?,
            ipv6: members.optional("ipv6")?,
            hostname: members.optional("hostname")?,
            byte: members.optional("byte")?,
            binary: members.optional("binary")?,
            password: members.optional("password")?,
            unknown: members.optional("unknown")?,
            mismatched: members.optional("mismatched")?,
            untyped: members.optional("untyped")?,
        })
    }
}

/// A newtype.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Identifier(Uuid);

impl Identifier {
    /// What it holds.
    pub fn into_inner(self) -> Uuid {
        self.0
    }
}

impl Deref for Identifier {
    type Target = Uuid;

    fn deref(&self) -> &Uuid {
        &self.0
    }
}

impl Display for Identifier {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl From<Uuid> for Identifier {
    fn from(value: Uuid) -> Self {
        Identifier(value)
    }
}

impl Decode for Identifier {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(Identifier)
    }
}

/// A value with the rules of its schema.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Secret(Password);

impl Secret {
    /// What it holds.
    pub fn into_inner(self) -> Password {
        self.0
    }
}

impl Deref for Secret {
    type Target = Password;

    fn deref(&self) -> &Password {
        &self.0
    }
}

impl TryFrom<Password> for Secret {
    type Error = Invalid;

    fn try_from(value: Password) -> Result<Self, Invalid> {
        Invalid::check(&value, &schemas::SECRET)?;
        Ok(Secret(value))
    }
}

impl Decode for Secret {
    fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
        Decode::decode(node).map(Secret)
    }
}

civicforge_runtime::deserialize_decoded! {
    Formats, Identifier, Secret
}

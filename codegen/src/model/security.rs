//! Who may call, and how a caller shows it.

use super::{Docs, Location, SchemeId};

/// Who may call an operation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Security {
    /// One of these must be satisfied, each by all of its schemes. None: anyone may call.
    pub alternatives: Vec<Vec<SchemeUse>>,
    /// Whether `{}` is one of the alternatives: a caller without credentials is let in as nobody.
    pub optional: bool,
    /// UpperCamelCase name for the enum of the alternatives, where there are several; shared by operations that have
    /// the same ones.
    pub enum_name: Option<String>,
}

/// A scheme that an alternative asks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SchemeUse {
    /// Which.
    pub scheme: SchemeId,
    /// Scopes that the principal must have.
    pub scopes: Vec<String>,
}

/// A security scheme.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityScheme {
    /// Name in the contract.
    pub name: String,
    /// Unique snake_case name of its method.
    pub method_name: String,
    /// Unique UpperCamelCase name of its principal's type.
    pub type_name: String,
    /// How its credential is sent.
    pub kind: SchemeKind,
    /// `x-signs-body`: whether the credential signs the body, so that it is checked with the bytes that were received.
    pub signs_body: bool,
    /// `x-refusal`: what is answered where there is no credential of it, or not a good one.
    pub refusal: Refusal,
    /// Prose.
    pub docs: Docs,
}

/// The status of a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Refusal {
    /// 401, with a challenge.
    #[default]
    Unauthorized,
    /// 403, which says no more than that.
    Forbidden,
}

/// How a credential is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeKind {
    /// `Authorization: Bearer` (RFC 6750): `http` bearer, `oauth2`, `openIdConnect`.
    Bearer,
    /// `Authorization: Basic` (RFC 7617).
    Basic,
    /// A parameter.
    ApiKey {
        /// `Header`, `Query` or `Cookie`.
        location: Location,
        /// Its name.
        name: String,
    },
}

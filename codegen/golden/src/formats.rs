// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Formats 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r#"{"openapi":"3.0.3","info":{"title":"Formats","version":"1.0.0"},"paths":{},"components":{"schemas":{"Formats":{"type":"object","properties":{"int32":{"type":"integer","format":"int32"},"int64":{"type":"integer","format":"int64"},"integer":{"type":"integer"},"float":{"type":"number","format":"float"},"double":{"type":"number","format":"double"},"number":{"type":"number"},"uuid":{"type":"string","format":"uuid"},"date":{"type":"string","format":"date"},"dateTime":{"type":"string","format":"date-time"},"email":{"type":"string","format":"email"},"uri":{"type":"string","format":"uri"},"uriReference":{"type":"string","format":"uri-reference"},"ipv4":{"type":"string","format":"ipv4"},"ipv6":{"type":"string","format":"ipv6"},"hostname":{"type":"string","format":"hostname"},"byte":{"type":"string","format":"byte"},"binary":{"type":"string","format":"binary"},"password":{"type":"string","format":"password"},"unknown":{"type":"string","format":"phone-number"},"mismatched":{"type":"string","format":"int64"},"untyped":{"format":"uuid"}}},"Identifier":{"type":"string","format":"uuid","description":"A newtype."},"Secret":{"type":"string","format":"password","minLength":8}}}}"#;

    /// All of the contract's traits.
    pub trait Api: super::security::Authenticate {}

    impl<T: super::security::Authenticate> Api for T {}

    /// Every operation of the contract.
    pub static OPERATIONS: &[&rt::Descriptor] = &[];

    /// Every operation of the contract, all carried out by one server. The modules of tags have `routes` too, for servers
    /// that carry out one tag each.
    pub fn routes<S: Api>(_server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::new()
    }
}
#[rustfmt::skip]
mod json_schema {
    //! `schemars::JsonSchema` for the types that are component schemas: what the contract says,
    //! word for word. It is there where the runtime's feature `json-schema` is on.
    //!
    //! References in them start with `#/components/schemas/`; the settings
    //! `SchemaSettings::openapi3()` resolve them.

    super::rt::component_schemas! {
        super::CONTRACT; super::types::Formats => "Formats", super::types::Identifier =>
        "Identifier", super::types::Secret => "Secret",
    }
}
#[rustfmt::skip]
pub mod schemas {
    //! The rules of the contract's schemas, as data that is there when the program starts.

    use super::rt;

    /// `/components/schemas/Secret`
    pub static SECRET: rt::Schema = rt::Schema::string()
        .format(rt::Format::Password)
        .min_length(8);
}
#[rustfmt::skip]
pub mod security {
    //! Who may call: the principals of the contract's security schemes.

    /// Checks credentials. The hand-written server implements it, and its associated types are what protected
    /// operations get.
    pub trait Authenticate: Sized + Send + Sync + 'static {}
}
#[rustfmt::skip]
pub mod types {
    //! The types of the contract's schemas.
    //!
    //! A value that came in a request has satisfied every rule of its schema. A value that a
    //! handler makes is trusted to.

    use super::{rt, schemas};

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
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
        pub uuid: Option<rt::Uuid>,
        /// `date`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub date: Option<rt::NaiveDate>,
        /// `dateTime`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub date_time: Option<rt::DateTime<rt::Utc>>,
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
        pub ipv4: Option<rt::Ipv4Addr>,
        /// `ipv6`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub ipv6: Option<rt::Ipv6Addr>,
        /// `hostname`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub hostname: Option<String>,
        /// `byte`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub byte: Option<rt::Base64>,
        /// `binary`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub binary: Option<String>,
        /// `password`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub password: Option<rt::Password>,
        /// `unknown`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub unknown: Option<String>,
        /// `mismatched`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub mismatched: Option<String>,
        /// `untyped`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub untyped: Option<rt::Value>,
    }

    impl rt::Decode for Formats {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
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
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
    #[serde(transparent)]
    pub struct Identifier(rt::Uuid);

    impl Identifier {
        /// What it holds.
        pub fn into_inner(self) -> rt::Uuid {
            self.0
        }
    }

    impl std::ops::Deref for Identifier {
        type Target = rt::Uuid;

        fn deref(&self) -> &rt::Uuid {
            &self.0
        }
    }

    impl std::fmt::Display for Identifier {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl From<rt::Uuid> for Identifier {
        fn from(value: rt::Uuid) -> Self {
            Identifier(value)
        }
    }

    impl rt::Decode for Identifier {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Identifier)
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(transparent)]
    pub struct Secret(rt::Password);

    impl Secret {
        /// What it holds.
        pub fn into_inner(self) -> rt::Password {
            self.0
        }
    }

    impl std::ops::Deref for Secret {
        type Target = rt::Password;

        fn deref(&self) -> &rt::Password {
            &self.0
        }
    }

    impl TryFrom<rt::Password> for Secret {
        type Error = rt::Invalid;

        fn try_from(value: rt::Password) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::SECRET)?;
            Ok(Secret(value))
        }
    }

    impl rt::Decode for Secret {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Secret)
        }
    }

    rt::deserialize_decoded! {
        Formats, Identifier, Secret
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;

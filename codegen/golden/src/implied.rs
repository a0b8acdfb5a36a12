// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Implied 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r##"{"openapi":"3.0.3","info":{"title":"Implied","version":"1.0.0"},"paths":{},"components":{"schemas":{"Implied":{"properties":{"a":{"type":"string"}},"required":["a"]},"Merged":{"allOf":[{"properties":{"b":{"type":"string"}}},{"properties":{"c":{"type":"string"}}}]},"Certain":{"type":"object","allOf":[{"properties":{"d":{"type":"string"}}}]},"ListOfAnything":{"type":"array"},"Holder":{"type":"object","properties":{"implied":{"$ref":"#/components/schemas/Implied"},"merged":{"$ref":"#/components/schemas/Merged"},"anything":{"$ref":"#/components/schemas/Rules"}}},"Rules":{"required":["a"],"minProperties":1}}}}"##;

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
        super::CONTRACT; super::types::Certain => "Certain", super::types::Holder =>
        "Holder", super::types::Implied => "Implied", super::types::ListOfAnything =>
        "ListOfAnything", super::types::Merged => "Merged", super::types::Rules => "Rules",
    }
}
#[rustfmt::skip]
pub mod schemas {
    //! The rules of the contract's schemas, as data that is there when the program starts.

    use super::rt;

    /// `/components/schemas/Rules`
    pub static RULES: rt::Schema = rt::Schema::ANY.required(&["a"]).min_properties(1);
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
    pub struct Certain {
        /// `d`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub d: Option<String>,
    }

    impl rt::Decode for Certain {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self { d: members.optional("d")? })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Holder {
        /// `implied`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub implied: Option<Implied>,
        /// `merged`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub merged: Option<Merged>,
        /// `anything`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub anything: Option<rt::Nullable<Rules>>,
    }

    impl rt::Decode for Holder {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                implied: members.optional("implied")?,
                merged: members.optional("merged")?,
                anything: members.optional("anything")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Implied {
        /// `a`.
        pub a: String,
    }

    impl rt::Decode for Implied {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self { a: members.required("a")? })
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(transparent)]
    pub struct ListOfAnything(Vec<rt::Value>);

    impl ListOfAnything {
        /// What it holds.
        pub fn into_inner(self) -> Vec<rt::Value> {
            self.0
        }
    }

    impl std::ops::Deref for ListOfAnything {
        type Target = Vec<rt::Value>;

        fn deref(&self) -> &Vec<rt::Value> {
            &self.0
        }
    }

    impl From<Vec<rt::Value>> for ListOfAnything {
        fn from(value: Vec<rt::Value>) -> Self {
            ListOfAnything(value)
        }
    }

    impl rt::Decode for ListOfAnything {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(ListOfAnything)
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Merged {
        /// `b`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub b: Option<String>,
        /// `c`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub c: Option<String>,
    }

    impl rt::Decode for Merged {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                b: members.optional("b")?,
                c: members.optional("c")?,
            })
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(transparent)]
    pub struct Rules(rt::Value);

    impl Rules {
        /// What it holds.
        pub fn into_inner(self) -> rt::Value {
            self.0
        }
    }

    impl std::ops::Deref for Rules {
        type Target = rt::Value;

        fn deref(&self) -> &rt::Value {
            &self.0
        }
    }

    impl TryFrom<rt::Value> for Rules {
        type Error = rt::Invalid;

        fn try_from(value: rt::Value) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::RULES)?;
            Ok(Rules(value))
        }
    }

    impl rt::Decode for Rules {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Rules)
        }
    }

    rt::deserialize_decoded! {
        Certain, Holder, Implied, ListOfAnything, Merged, Rules
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;

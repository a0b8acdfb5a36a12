// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Recursion 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r##"{"openapi":"3.0.3","info":{"title":"Recursion","version":"1.0.0"},"paths":{},"components":{"schemas":{"Tree":{"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#/components/schemas/Tree"}}}},"List":{"type":"object","properties":{"next":{"$ref":"#/components/schemas/List"}}},"Maybe":{"type":"object","properties":{"next":{"nullable":true,"allOf":[{"$ref":"#/components/schemas/Maybe"}]}}},"Ping":{"type":"object","properties":{"pong":{"$ref":"#/components/schemas/Pong"}}},"Pong":{"type":"object","properties":{"ping":{"$ref":"#/components/schemas/Ping"},"list":{"$ref":"#/components/schemas/List"}}},"Json":{"nullable":true,"oneOf":[{"type":"boolean"},{"type":"number"},{"type":"string"},{"type":"array","items":{"$ref":"#/components/schemas/Json"}},{"type":"object","additionalProperties":{"$ref":"#/components/schemas/Json"}}]},"Expression":{"oneOf":[{"type":"integer"},{"$ref":"#/components/schemas/Negation"}]},"Negation":{"type":"object","required":["of"],"properties":{"of":{"$ref":"#/components/schemas/Expression"}}},"Lists":{"type":"array","items":{"$ref":"#/components/schemas/Lists"}},"Bush":{"type":"object","additionalProperties":{"$ref":"#/components/schemas/Bush"}}}}}"##;

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
        super::CONTRACT; super::types::Bush => "Bush", super::types::Expression =>
        "Expression", super::types::Json => "Json", super::types::List => "List",
        super::types::Lists => "Lists", super::types::Maybe => "Maybe",
        super::types::Negation => "Negation", super::types::Ping => "Ping",
        super::types::Pong => "Pong", super::types::Tree => "Tree",
    }
}
#[rustfmt::skip]
pub mod schemas {
    //! The rules of the contract's schemas, as data that is there when the program starts.

    use super::rt;

    /// `/components/schemas/Bush`
    pub static BUSH: rt::Schema = rt::Schema::object().additional(&BUSH);

    /// `/components/schemas/Expression`
    pub static EXPRESSION: rt::Schema = rt::Schema::ANY
        .one_of(&[&rt::Schema::integer(), &NEGATION]);

    /// `/components/schemas/Json`
    pub static JSON: rt::Schema = rt::Schema::ANY
        .nullable()
        .one_of(
            &[
                &rt::Schema::boolean(),
                &rt::Schema::number(),
                &rt::Schema::string(),
                &rt::Schema::array().items(&JSON),
                &rt::Schema::object().additional(&JSON),
            ],
        );

    /// `/components/schemas/Lists`
    pub static LISTS: rt::Schema = rt::Schema::array().items(&LISTS);

    /// `/components/schemas/Negation`
    pub static NEGATION: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("of", &EXPRESSION)])
        .required(&["of"]);

    pub(crate) static EXPRESSION__INT64: rt::Schema = rt::Schema::integer();

    pub(crate) static JSON__BOOLEAN: rt::Schema = rt::Schema::boolean();

    pub(crate) static JSON__DOUBLE: rt::Schema = rt::Schema::number();

    pub(crate) static JSON__STRING: rt::Schema = rt::Schema::string();

    pub(crate) static JSON__ARRAY: rt::Schema = rt::Schema::array().items(&JSON);

    pub(crate) static JSON__MAP: rt::Schema = rt::Schema::object().additional(&JSON);
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

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(transparent)]
    pub struct Bush(rt::BTreeMap<String, Bush>);

    impl Bush {
        /// What it holds.
        pub fn into_inner(self) -> rt::BTreeMap<String, Bush> {
            self.0
        }
    }

    impl std::ops::Deref for Bush {
        type Target = rt::BTreeMap<String, Bush>;

        fn deref(&self) -> &rt::BTreeMap<String, Bush> {
            &self.0
        }
    }

    impl TryFrom<rt::BTreeMap<String, Bush>> for Bush {
        type Error = rt::Invalid;

        fn try_from(value: rt::BTreeMap<String, Bush>) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::BUSH)?;
            Ok(Bush(value))
        }
    }

    impl rt::Decode for Bush {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Bush)
        }
    }

    /// One of several alternatives.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(untagged)]
    pub enum Expression {
        /// `Int64`.
        Int64(i64),
        /// `Negation`.
        Negation(Box<Negation>),
    }

    impl rt::Decode for Expression {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            if schemas::EXPRESSION__INT64.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::Int64);
            }
            if schemas::NEGATION.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::Negation);
            }
            Err(rt::Mismatch::new("one of the alternatives that the contract lists"))
        }
    }

    /// One of several alternatives.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(untagged)]
    pub enum Json {
        /// `Boolean`.
        Boolean(bool),
        /// `Double`.
        Double(f64),
        /// `String`.
        String(String),
        /// `Array`.
        Array(Vec<rt::Nullable<Json>>),
        /// `Map`.
        Map(rt::BTreeMap<String, rt::Nullable<Json>>),
    }

    impl rt::Decode for Json {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            if schemas::JSON__BOOLEAN.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::Boolean);
            }
            if schemas::JSON__DOUBLE.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::Double);
            }
            if schemas::JSON__STRING.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::String);
            }
            if schemas::JSON__ARRAY.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::Array);
            }
            if schemas::JSON__MAP.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::Map);
            }
            Err(rt::Mismatch::new("one of the alternatives that the contract lists"))
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct List {
        /// `next`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub next: Option<Box<List>>,
    }

    impl rt::Decode for List {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                next: members.optional("next")?,
            })
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(transparent)]
    pub struct Lists(Vec<Lists>);

    impl Lists {
        /// What it holds.
        pub fn into_inner(self) -> Vec<Lists> {
            self.0
        }
    }

    impl std::ops::Deref for Lists {
        type Target = Vec<Lists>;

        fn deref(&self) -> &Vec<Lists> {
            &self.0
        }
    }

    impl TryFrom<Vec<Lists>> for Lists {
        type Error = rt::Invalid;

        fn try_from(value: Vec<Lists>) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::LISTS)?;
            Ok(Lists(value))
        }
    }

    impl rt::Decode for Lists {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Lists)
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Maybe {
        /// `next`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub next: Option<rt::Nullable<Box<Maybe>>>,
    }

    impl rt::Decode for Maybe {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                next: members.optional("next")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Negation {
        /// `of`.
        pub of: Box<Expression>,
    }

    impl rt::Decode for Negation {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                of: members.required("of")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Ping {
        /// `pong`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub pong: Option<Box<Pong>>,
    }

    impl rt::Decode for Ping {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                pong: members.optional("pong")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Pong {
        /// `ping`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub ping: Option<Box<Ping>>,
        /// `list`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub list: Option<List>,
    }

    impl rt::Decode for Pong {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                ping: members.optional("ping")?,
                list: members.optional("list")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Tree {
        /// `children`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub children: Option<Vec<Tree>>,
    }

    impl rt::Decode for Tree {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                children: members.optional("children")?,
            })
        }
    }

    rt::deserialize_decoded! {
        Bush, Expression, Json, List, Lists, Maybe, Negation, Ping, Pong, Tree
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;

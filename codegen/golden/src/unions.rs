// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Unions 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r##"{"openapi":"3.0.3","info":{"title":"Unions","version":"1.0.0"},"paths":{},"components":{"schemas":{"Cat":{"type":"object","required":["meows"],"properties":{"meows":{"type":"boolean"}}},"Dog":{"type":"object","required":["barks"],"properties":{"barks":{"type":"boolean"}}},"Pet":{"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}]},"Loose":{"description":"Types without names get variants named after them.","anyOf":[{"type":"string","format":"date-time"},{"type":"string"},{"type":"integer"},{"type":"array","items":{"$ref":"#/components/schemas/Pet"}},{"type":"object","title":"Inner thing","properties":{"a":{"type":"string"}}},{"type":"object","properties":{"b":{"type":"string"}}},{"type":"object","additionalProperties":{"type":"string"}},{"type":"string","enum":["x","y"]}]},"Single":{"oneOf":[{"$ref":"#/components/schemas/Cat"}],"description":"The same type as Cat."},"Ambient":{"description":"`type: object` beside alternatives adds nothing.","type":"object","oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}]},"Conditions":{"description":"The alternatives are rules for the properties that are here.","type":"object","properties":{"email":{"type":"string"},"phone":{"type":"string"}},"oneOf":[{"required":["email"]},{"required":["phone"]}]},"Texts":{"description":"A type of its own, with more rules.","type":"string","anyOf":[{"format":"ipv4"},{"format":"ipv6"}]},"Mixed":{"description":"Properties here and in the alternatives. No struct holds both.","type":"object","properties":{"id":{"type":"string"}},"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}]}}}}"##;

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
        super::CONTRACT; super::types::Ambient => "Ambient", super::types::Cat => "Cat",
        super::types::Conditions => "Conditions", super::types::Dog => "Dog",
        super::types::Loose => "Loose", super::types::Mixed => "Mixed", super::types::Pet =>
        "Pet", super::types::Texts => "Texts",
    }
}
#[rustfmt::skip]
pub mod schemas {
    //! The rules of the contract's schemas, as data that is there when the program starts.

    use super::rt;

    /// `/components/schemas/Cat`
    pub static CAT: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("meows", &rt::Schema::boolean())])
        .required(&["meows"]);

    /// `/components/schemas/Dog`
    pub static DOG: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("barks", &rt::Schema::boolean())])
        .required(&["barks"]);

    /// `/components/schemas/Loose/anyOf/4`
    pub static LOOSE_INNER_THING: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("a", &rt::Schema::string())]);

    /// `/components/schemas/Loose/anyOf/7`
    pub static LOOSE_TEXT: rt::Schema = rt::Schema::string()
        .values(&[rt::Literal::String("x"), rt::Literal::String("y")]);

    /// `/components/schemas/Loose/anyOf/5`
    pub static LOOSE_VARIANT6: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("b", &rt::Schema::string())]);

    /// `/components/schemas/Mixed`
    pub static MIXED: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("id", &rt::Schema::string())])
        .one_of(&[&CAT, &DOG]);

    /// `/components/schemas/Pet`
    pub static PET: rt::Schema = rt::Schema::ANY.one_of(&[&CAT, &DOG]);

    /// `/components/schemas/Texts`
    pub static TEXTS: rt::Schema = rt::Schema::string()
        .any_of(
            &[
                &rt::Schema::ANY.format(rt::Format::Ipv4),
                &rt::Schema::ANY.format(rt::Format::Ipv6),
            ],
        );

    pub(crate) static LOOSE__DATE_TIME: rt::Schema = rt::Schema::string()
        .format(rt::Format::DateTime);

    pub(crate) static LOOSE__STRING: rt::Schema = rt::Schema::string();

    pub(crate) static LOOSE__INT64: rt::Schema = rt::Schema::integer();

    pub(crate) static LOOSE__ARRAY: rt::Schema = rt::Schema::array().items(&PET);

    pub(crate) static LOOSE__MAP: rt::Schema = rt::Schema::object()
        .additional(&rt::Schema::string());
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

    /// `type: object` beside alternatives adds nothing.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(untagged)]
    pub enum Ambient {
        /// `Cat`.
        Cat(Cat),
        /// `Dog`.
        Dog(Dog),
    }

    impl rt::Decode for Ambient {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            if schemas::CAT.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::Cat);
            }
            if schemas::DOG.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::Dog);
            }
            Err(rt::Mismatch::new("one of the alternatives that the contract lists"))
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Cat {
        /// `meows`.
        pub meows: bool,
    }

    impl rt::Decode for Cat {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                meows: members.required("meows")?,
            })
        }
    }

    /// The alternatives are rules for the properties that are here.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Conditions {
        /// `email`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub email: Option<String>,
        /// `phone`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub phone: Option<String>,
    }

    impl rt::Decode for Conditions {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                email: members.optional("email")?,
                phone: members.optional("phone")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Dog {
        /// `barks`.
        pub barks: bool,
    }

    impl rt::Decode for Dog {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                barks: members.required("barks")?,
            })
        }
    }

    /// Types without names get variants named after them.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(untagged)]
    pub enum Loose {
        /// `DateTime`.
        DateTime(rt::DateTime<rt::Utc>),
        /// `String`.
        String(String),
        /// `Int64`.
        Int64(i64),
        /// `Array`.
        Array(Vec<Pet>),
        /// `InnerThing`.
        InnerThing(LooseInnerThing),
        /// `Variant6`.
        Variant6(LooseVariant6),
        /// `Map`.
        Map(rt::BTreeMap<String, String>),
        /// `Text`.
        Text(LooseText),
    }

    impl rt::Decode for Loose {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            if schemas::LOOSE__DATE_TIME.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::DateTime);
            }
            if schemas::LOOSE__STRING.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::String);
            }
            if schemas::LOOSE__INT64.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::Int64);
            }
            if schemas::LOOSE__ARRAY.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::Array);
            }
            if schemas::LOOSE_INNER_THING.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::InnerThing);
            }
            if schemas::LOOSE_VARIANT6.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::Variant6);
            }
            if schemas::LOOSE__MAP.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::Map);
            }
            if schemas::LOOSE_TEXT.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::Text);
            }
            Err(rt::Mismatch::new("one of the alternatives that the contract lists"))
        }
    }

    /// Inner thing.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct LooseInnerThing {
        /// `a`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<String>,
    }

    impl rt::Decode for LooseInnerThing {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self { a: members.optional("a")? })
        }
    }

    /// One of the values that the contract lists.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum LooseText {
        /// `x`.
        X,
        /// `y`.
        Y,
    }

    rt::string_enum!(LooseText { X = "x", Y = "y" });

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct LooseVariant6 {
        /// `b`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub b: Option<String>,
    }

    impl rt::Decode for LooseVariant6 {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self { b: members.optional("b")? })
        }
    }

    /// Properties here and in the alternatives. No struct holds both.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(transparent)]
    pub struct Mixed(rt::Map<String, rt::Value>);

    impl Mixed {
        /// What it holds.
        pub fn into_inner(self) -> rt::Map<String, rt::Value> {
            self.0
        }
    }

    impl std::ops::Deref for Mixed {
        type Target = rt::Map<String, rt::Value>;

        fn deref(&self) -> &rt::Map<String, rt::Value> {
            &self.0
        }
    }

    impl TryFrom<rt::Map<String, rt::Value>> for Mixed {
        type Error = rt::Invalid;

        fn try_from(value: rt::Map<String, rt::Value>) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::MIXED)?;
            Ok(Mixed(value))
        }
    }

    impl rt::Decode for Mixed {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Mixed)
        }
    }

    /// One of several alternatives.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(untagged)]
    pub enum Pet {
        /// `Cat`.
        Cat(Cat),
        /// `Dog`.
        Dog(Dog),
    }

    impl rt::Decode for Pet {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            if schemas::CAT.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::Cat);
            }
            if schemas::DOG.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::Dog);
            }
            Err(rt::Mismatch::new("one of the alternatives that the contract lists"))
        }
    }

    /// A type of its own, with more rules.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
    #[serde(transparent)]
    pub struct Texts(String);

    impl Texts {
        /// What it holds.
        pub fn into_inner(self) -> String {
            self.0
        }
    }

    impl std::ops::Deref for Texts {
        type Target = String;

        fn deref(&self) -> &String {
            &self.0
        }
    }

    impl std::fmt::Display for Texts {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl TryFrom<String> for Texts {
        type Error = rt::Invalid;

        fn try_from(value: String) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::TEXTS)?;
            Ok(Texts(value))
        }
    }

    impl rt::Decode for Texts {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Texts)
        }
    }

    rt::deserialize_decoded! {
        Ambient, Cat, Conditions, Dog, Loose, LooseInnerThing, LooseText, LooseVariant6,
        Mixed, Pet, Texts
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;

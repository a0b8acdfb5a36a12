// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Discriminator 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r##"{"openapi":"3.0.3","info":{"title":"Discriminator","version":"1.0.0"},"paths":{},"components":{"schemas":{"Shape":{"oneOf":[{"$ref":"#/components/schemas/Circle"},{"$ref":"#/components/schemas/Square"},{"$ref":"#/components/schemas/Line"}],"discriminator":{"propertyName":"kind","mapping":{"circle":"#/components/schemas/Circle","round":"Circle","Square":"#/components/schemas/Square"}}},"Circle":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string"},"radius":{"type":"number"}}},"Square":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string"},"side":{"type":"number"}}},"Line":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string"},"length":{"type":"number"}}},"Figure":{"anyOf":[{"$ref":"#/components/schemas/Circle"},{"$ref":"#/components/schemas/Square"}],"discriminator":{"propertyName":"kind"}}}}}"##;

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
        super::CONTRACT; super::types::Circle => "Circle", super::types::Figure => "Figure",
        super::types::Line => "Line", super::types::Shape => "Shape", super::types::Square =>
        "Square",
    }
}
#[rustfmt::skip]
pub mod schemas {
    //! The rules of the contract's schemas, as data that is there when the program starts.

    use super::rt;

    /// `/components/schemas/Circle`
    pub static CIRCLE: rt::Schema = rt::Schema::object()
        .properties(
            &[
                rt::Property::new("kind", &rt::Schema::string()),
                rt::Property::new("radius", &rt::Schema::number()),
            ],
        )
        .required(&["kind"]);

    /// `/components/schemas/Line`
    pub static LINE: rt::Schema = rt::Schema::object()
        .properties(
            &[
                rt::Property::new("kind", &rt::Schema::string()),
                rt::Property::new("length", &rt::Schema::number()),
            ],
        )
        .required(&["kind"]);

    /// `/components/schemas/Square`
    pub static SQUARE: rt::Schema = rt::Schema::object()
        .properties(
            &[
                rt::Property::new("kind", &rt::Schema::string()),
                rt::Property::new("side", &rt::Schema::number()),
            ],
        )
        .required(&["kind"]);
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

    use super::rt;

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Circle {
        /// `kind`.
        pub kind: String,
        /// `radius`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub radius: Option<f64>,
    }

    impl rt::Decode for Circle {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                kind: members.required("kind")?,
                radius: members.optional("radius")?,
            })
        }
    }

    /// One of several alternatives.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(untagged)]
    pub enum Figure {
        /// Where the discriminator is `Circle`.
        Circle(Circle),
        /// Where the discriminator is `Square`.
        Square(Square),
    }

    impl rt::Decode for Figure {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            match node.get("kind").and_then(rt::Node::as_str) {
                Some("Circle") => rt::Decode::decode(node).map(Self::Circle),
                Some("Square") => rt::Decode::decode(node).map(Self::Square),
                _ => {
                    Err(rt::Mismatch::new("one of the alternatives that the contract lists"))
                }
            }
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Line {
        /// `kind`.
        pub kind: String,
        /// `length`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub length: Option<f64>,
    }

    impl rt::Decode for Line {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                kind: members.required("kind")?,
                length: members.optional("length")?,
            })
        }
    }

    /// One of several alternatives.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(untagged)]
    pub enum Shape {
        /// Where the discriminator is `circle` or `round`.
        Circle(Circle),
        /// Where the discriminator is `Square`.
        Square(Square),
        /// Where the discriminator is `Line`.
        Line(Line),
    }

    impl rt::Decode for Shape {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            match node.get("kind").and_then(rt::Node::as_str) {
                Some("circle" | "round") => rt::Decode::decode(node).map(Self::Circle),
                Some("Square") => rt::Decode::decode(node).map(Self::Square),
                Some("Line") => rt::Decode::decode(node).map(Self::Line),
                _ => {
                    Err(rt::Mismatch::new("one of the alternatives that the contract lists"))
                }
            }
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Square {
        /// `kind`.
        pub kind: String,
        /// `side`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub side: Option<f64>,
    }

    impl rt::Decode for Square {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                kind: members.required("kind")?,
                side: members.optional("side")?,
            })
        }
    }

    rt::deserialize_decoded! {
        Circle, Figure, Line, Shape, Square
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;

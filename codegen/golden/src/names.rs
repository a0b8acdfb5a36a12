// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Names 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r##"{"openapi":"3.0.3","info":{"title":"Names","version":"1.0.0"},"tags":[{"name":"naïve tag"},{"name":""},{"name":"Self"},{"name":"types"},{"name":"rt"},{"name":"std"},{"name":"civicforge_runtime"}],"paths":{"/type/{fn}":{"get":{"tags":["naïve tag"],"operationId":"type","parameters":[{"name":"fn","in":"path","required":true,"schema":{"type":"string"}},{"name":"self","in":"query","schema":{"type":"string"}},{"name":"3d","in":"query","schema":{"type":"string"}},{"name":"filter[name]","in":"query","schema":{"type":"string"}},{"name":"filter_name","in":"query","schema":{"type":"string"}},{"name":"$top","in":"query","schema":{"type":"integer"}},{"name":"名前","in":"query","schema":{"type":"string"}}],"responses":{"default":{"description":"Anything."}}},"put":{"tags":[""],"operationId":"Type","parameters":[{"name":"fn","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"default":{"description":"Anything."}}},"post":{"tags":["Self"],"operationId":"make-thing","parameters":[{"name":"fn","in":"path","required":true,"schema":{"type":"string"}}],"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/MakeThingRequest"}}}},"responses":{"default":{"description":"Anything."}}}},"/mod":{"get":{"tags":["types"],"operationId":"mod","responses":{"default":{"description":"Anything."}}},"put":{"tags":["types"],"operationId":"Context","responses":{"default":{"description":"Anything."}}}},"/std/{descriptor}":{"patch":{"tags":["std"],"operationId":"rt","parameters":[{"name":"descriptor","in":"path","required":true,"schema":{"type":"string"}},{"name":"BODY__RULES_0","in":"query","schema":{"type":"string"}},{"name":"input","in":"query","schema":{"type":"string"}},{"name":"status","in":"query","schema":{"type":"array","items":{"$ref":"#/components/schemas/Schema"}}}],"requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"types":{"$ref":"#/components/schemas/Result"}}}}}},"responses":{"default":{"description":"Anything.","headers":{"Status":{"schema":{"type":"string"}},"Self":{"required":true,"schema":{"type":"string"}}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Box"}}}}}},"put":{"tags":["std"],"operationId":"Option","parameters":[{"name":"descriptor","in":"path","required":true,"schema":{"type":"integer"}}],"responses":{"default":{"description":"Anything."}}},"post":{"tags":["std"],"operationId":"S","parameters":[{"name":"descriptor","in":"path","required":true,"schema":{"type":"boolean"}}],"responses":{"204":{"description":"It is done."},"default":{"description":"Anything."}}}},"/rt":{"get":{"tags":["rt"],"operationId":"std","responses":{"default":{"description":"Anything."}}},"put":{"tags":["rt"],"operationId":"security","responses":{"default":{"description":"Anything."}}},"post":{"tags":["rt"],"operationId":"Result","responses":{"default":{"description":"Anything."}}},"delete":{"tags":["civicforge_runtime"],"operationId":"Operation","responses":{"default":{"description":"Anything."}}},"patch":{"tags":["civicforge_runtime"],"operationId":"String","responses":{"default":{"description":"Anything."}}}}},"components":{"schemas":{"MakeThingRequest":{"type":"object","properties":{"inline":{"type":"object","properties":{"a":{"type":"string"}}}}},"MakeThingRequestInline":{"type":"object","properties":{"taken":{"type":"string"}}},"Value":{"type":"string","enum":["Uuid","Value"]},"Option":{"type":"object","properties":{"self":{"type":"string"},"Self":{"type":"string"},"crate":{"type":"string"},"_":{"type":"string"},"":{"type":"string"}}},"String":{"type":"string"},"pet":{"type":"object","properties":{"petName":{"type":"string"},"pet_name":{"type":"string"},"pet-name":{"type":"string"},"PetName":{"type":"string"}}},"Pet":{"type":"object","properties":{"type":{"type":"string"},"match":{"type":"string"},"async":{"type":"string"},"gen":{"type":"string"}}},"PET":{"type":"string"},"2ndThing":{"type":"object","properties":{"1st":{"type":"string"},"+1":{"type":"integer"},"-1":{"type":"integer"}}},"Straße":{"type":"string","enum":[""," ","-","_","Self","self","a","A","á","ä","1","+1","-1",">=","<=","日本","🎉"]},"Versions":{"type":"integer","enum":[1,-1,0]},"additional":{"type":"object","additionalProperties":{"type":"string"},"properties":{"additionalProperties":{"type":"string"},"additional_properties":{"type":"string"}}},"Result":{"type":"object","required":["ok"],"properties":{"ok":{"$ref":"#/components/schemas/Vec"},"err":{"type":"string","format":"date-time"}}},"Vec":{"type":"array","items":{"$ref":"#/components/schemas/Box"}},"Box":{"type":"object","properties":{"inner":{"$ref":"#/components/schemas/Box"},"uuid":{"type":"string","format":"uuid"},"map":{"type":"object","additionalProperties":{"$ref":"#/components/schemas/Map"}}}},"Map":{"oneOf":[{"$ref":"#/components/schemas/Node"},{"$ref":"#/components/schemas/Uuid"}]},"Node":{"type":"string","maxLength":3},"Uuid":{"type":"integer"},"Schema":{"type":"string","enum":["Schema","Decode"]},"Answer":{"type":"string","minLength":1},"Hash":{"type":"object","properties":{"serialize":{"$ref":"#/components/schemas/Serialize"},"debug":{"$ref":"#/components/schemas/Debug"}}},"Serialize":{"type":"string","format":"date"},"Debug":{"type":"string","nullable":true,"default":"a"},"Decode":{"type":"object","properties":{"number":{"type":"number","default":1.5}}},"Clone":{"type":"integer","enum":[1]},"S":{"type":"string","enum":["a"]},"D":{"type":"string"}}}}"##;

    /// All of the contract's traits.
    pub trait Api: super::naive_tag::NaiveTagApi + super::empty::Api + super::self_::SelfApi + super::types_2::TypesApi + super::rt_2::RtApi + super::std::StdApi + super::civicforge_runtime::CivicforgeRuntimeApi {}

    impl<
        T: super::naive_tag::NaiveTagApi + super::empty::Api + super::self_::SelfApi
            + super::types_2::TypesApi + super::rt_2::RtApi + super::std::StdApi
            + super::civicforge_runtime::CivicforgeRuntimeApi,
    > Api for T {}

    /// Every operation of the contract.
    pub static OPERATIONS: &[&rt::Descriptor] = &[
        &super::naive_tag::r#type::DESCRIPTOR,
        &super::empty::r#type::DESCRIPTOR,
        &super::self_::make_thing::DESCRIPTOR,
        &super::types_2::mod_2::DESCRIPTOR,
        &super::types_2::context::DESCRIPTOR,
        &super::rt_2::std::DESCRIPTOR,
        &super::rt_2::security_2::DESCRIPTOR,
        &super::rt_2::result::DESCRIPTOR,
        &super::std::rt_2::DESCRIPTOR,
        &super::std::option::DESCRIPTOR,
        &super::std::s::DESCRIPTOR,
        &super::civicforge_runtime::operation::DESCRIPTOR,
        &super::civicforge_runtime::string::DESCRIPTOR,
    ];

    /// Every operation of the contract, all carried out by one server. The modules of tags have `routes` too, for servers
    /// that carry out one tag each.
    pub fn routes<S: Api>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        [
            super::naive_tag::routes(server),
            super::empty::routes(server),
            super::self_::routes(server),
            super::types_2::routes(server),
            super::rt_2::routes(server),
            super::std::routes(server),
            super::civicforge_runtime::routes(server),
        ]
            .concat()
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
        super::CONTRACT; super::types::Additional => "additional", super::types::Answer =>
        "Answer", super::types::BoxType => "Box", super::types::CloneType => "Clone",
        super::types::D => "D", super::types::DebugType => "Debug", super::types::Decode =>
        "Decode", super::types::Hash => "Hash", super::types::MakeThingRequest =>
        "MakeThingRequest", super::types::MakeThingRequestInline => "MakeThingRequestInline",
        super::types::Map => "Map", super::types::N2ndThing => "2ndThing", super::types::Node
        => "Node", super::types::OptionType => "Option", super::types::Pet => "Pet",
        super::types::Pet2 => "pet", super::types::Pet3 => "PET", super::types::ResultType =>
        "Result", super::types::S => "S", super::types::Schema => "Schema",
        super::types::Serialize => "Serialize", super::types::Strasse => "Straße",
        super::types::StringType => "String", super::types::Uuid => "Uuid",
        super::types::Value => "Value", super::types::VecType => "Vec",
        super::types::Versions => "Versions",
    }
}
#[rustfmt::skip]
mod parameters {
    //! Parameters that several operations take.

    use super::rt;

    pub(crate) static FN: rt::Parameter = rt::Parameter::path("fn", &rt::Schema::string());
}
#[rustfmt::skip]
pub mod schemas {
    //! The rules of the contract's schemas, as data that is there when the program starts.

    use super::rt;

    /// `/components/schemas/Answer`
    pub static ANSWER: rt::Schema = rt::Schema::string().min_length(1);

    /// `/components/schemas/Box`
    pub static BOX_TYPE: rt::Schema = rt::Schema::object()
        .properties(
            &[
                rt::Property::new("inner", &BOX_TYPE),
                rt::Property::new("uuid", &rt::Schema::string().format(rt::Format::Uuid)),
                rt::Property::new("map", &rt::Schema::object().additional(&MAP)),
            ],
        );

    /// `/components/schemas/MakeThingRequest`
    pub static MAKE_THING_REQUEST: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("inline", &MAKE_THING_REQUEST_INLINE2)]);

    /// `/components/schemas/MakeThingRequest/properties/inline`
    pub static MAKE_THING_REQUEST_INLINE2: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("a", &rt::Schema::string())]);

    /// `/components/schemas/Map`
    pub static MAP: rt::Schema = rt::Schema::ANY.one_of(&[&NODE, &UUID]);

    /// `/components/schemas/Node`
    pub static NODE: rt::Schema = rt::Schema::string().max_length(3);

    /// `/components/schemas/Result`
    pub static RESULT_TYPE: rt::Schema = rt::Schema::object()
        .properties(
            &[
                rt::Property::new("ok", &VEC_TYPE),
                rt::Property::new("err", &rt::Schema::string().format(rt::Format::DateTime)),
            ],
        )
        .required(&["ok"]);

    /// `/paths/~1std~1{descriptor}/patch/requestBody/content/application~1json/schema`
    pub static RT_BODY: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("types", &RESULT_TYPE)]);

    /// `/components/schemas/Schema`
    pub static SCHEMA: rt::Schema = rt::Schema::string()
        .values(&[rt::Literal::String("Schema"), rt::Literal::String("Decode")]);

    /// `/components/schemas/Uuid`
    pub static UUID: rt::Schema = rt::Schema::integer();

    /// `/components/schemas/Vec`
    pub static VEC_TYPE: rt::Schema = rt::Schema::array().items(&BOX_TYPE);
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
    pub struct Additional {
        /// `additionalProperties`.
        #[serde(rename = "additionalProperties", skip_serializing_if = "Option::is_none")]
        pub additional_properties: Option<String>,
        /// `additional_properties`.
        #[serde(rename = "additional_properties", skip_serializing_if = "Option::is_none")]
        pub additional_properties_2: Option<String>,
        /// The properties that have no field of their own.
        #[serde(flatten)]
        pub additional_properties_3: rt::BTreeMap<String, String>,
    }

    impl rt::Decode for Additional {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                additional_properties: members.optional("additionalProperties")?,
                additional_properties_2: members.optional("additional_properties")?,
                additional_properties_3: members
                    .others(&["additionalProperties", "additional_properties"])?,
            })
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
    #[serde(transparent)]
    pub struct Answer(String);

    impl Answer {
        /// What it holds.
        pub fn into_inner(self) -> String {
            self.0
        }
    }

    impl std::ops::Deref for Answer {
        type Target = String;

        fn deref(&self) -> &String {
            &self.0
        }
    }

    impl std::fmt::Display for Answer {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl TryFrom<String> for Answer {
        type Error = rt::Invalid;

        fn try_from(value: String) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::ANSWER)?;
            Ok(Answer(value))
        }
    }

    impl rt::Decode for Answer {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Answer)
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct BoxType {
        /// `inner`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub inner: Option<Box<BoxType>>,
        /// `uuid`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub uuid: Option<rt::Uuid>,
        /// `map`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub map: Option<rt::BTreeMap<String, Map>>,
    }

    impl rt::Decode for BoxType {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                inner: members.optional("inner")?,
                uuid: members.optional("uuid")?,
                map: members.optional("map")?,
            })
        }
    }

    /// One of the values that the contract lists.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum CloneType {
        /// `1`.
        Value1,
    }

    rt::integer_enum!(CloneType { Value1 = 1 });

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
    #[serde(transparent)]
    pub struct D(String);

    impl D {
        /// What it holds.
        pub fn into_inner(self) -> String {
            self.0
        }
    }

    impl std::ops::Deref for D {
        type Target = String;

        fn deref(&self) -> &String {
            &self.0
        }
    }

    impl std::fmt::Display for D {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl From<String> for D {
        fn from(value: String) -> Self {
            D(value)
        }
    }

    impl rt::Decode for D {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(D)
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
    #[serde(transparent)]
    pub struct DebugType(String);

    impl DebugType {
        /// What it holds.
        pub fn into_inner(self) -> String {
            self.0
        }
    }

    impl std::ops::Deref for DebugType {
        type Target = String;

        fn deref(&self) -> &String {
            &self.0
        }
    }

    impl std::fmt::Display for DebugType {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl From<String> for DebugType {
        fn from(value: String) -> Self {
            DebugType(value)
        }
    }

    impl rt::Decode for DebugType {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(DebugType)
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Decode {
        /// `number`.
        ///
        /// Where it is absent: `1.5`.
        pub number: f64,
    }

    impl rt::Decode for Decode {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                number: members.optional("number")?.unwrap_or(1.5),
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Hash {
        /// `serialize`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub serialize: Option<Serialize>,
        /// `debug`.
        ///
        /// Where it is absent: `"a"`.
        pub debug: rt::Nullable<DebugType>,
    }

    impl rt::Decode for Hash {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                serialize: members.optional("serialize")?,
                debug: members.optional_or("debug", "\"a\"")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct MakeThingRequest {
        /// `inline`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub inline: Option<MakeThingRequestInline2>,
    }

    impl rt::Decode for MakeThingRequest {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                inline: members.optional("inline")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct MakeThingRequestInline {
        /// `taken`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub taken: Option<String>,
    }

    impl rt::Decode for MakeThingRequestInline {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                taken: members.optional("taken")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct MakeThingRequestInline2 {
        /// `a`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<String>,
    }

    impl rt::Decode for MakeThingRequestInline2 {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self { a: members.optional("a")? })
        }
    }

    /// One of several alternatives.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(untagged)]
    pub enum Map {
        /// `Node`.
        Node(Node),
        /// `Uuid`.
        Uuid(Uuid),
    }

    impl rt::Decode for Map {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            if schemas::NODE.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::Node);
            }
            if schemas::UUID.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::Uuid);
            }
            Err(rt::Mismatch::new("one of the alternatives that the contract lists"))
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct N2ndThing {
        /// `1st`.
        #[serde(rename = "1st", skip_serializing_if = "Option::is_none")]
        pub n1st: Option<String>,
        /// `+1`.
        #[serde(rename = "+1", skip_serializing_if = "Option::is_none")]
        pub plus_1: Option<i64>,
        /// `-1`.
        #[serde(rename = "-1", skip_serializing_if = "Option::is_none")]
        pub minus_1: Option<i64>,
    }

    impl rt::Decode for N2ndThing {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                n1st: members.optional("1st")?,
                plus_1: members.optional("+1")?,
                minus_1: members.optional("-1")?,
            })
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
    #[serde(transparent)]
    pub struct Node(String);

    impl Node {
        /// What it holds.
        pub fn into_inner(self) -> String {
            self.0
        }
    }

    impl std::ops::Deref for Node {
        type Target = String;

        fn deref(&self) -> &String {
            &self.0
        }
    }

    impl std::fmt::Display for Node {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl TryFrom<String> for Node {
        type Error = rt::Invalid;

        fn try_from(value: String) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::NODE)?;
            Ok(Node(value))
        }
    }

    impl rt::Decode for Node {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Node)
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct OptionType {
        /// `self`.
        #[serde(rename = "self", skip_serializing_if = "Option::is_none")]
        pub self_: Option<String>,
        /// `Self`.
        #[serde(rename = "Self", skip_serializing_if = "Option::is_none")]
        pub self_2: Option<String>,
        /// `crate`.
        #[serde(rename = "crate", skip_serializing_if = "Option::is_none")]
        pub crate_: Option<String>,
        /// `_`.
        #[serde(rename = "_", skip_serializing_if = "Option::is_none")]
        pub underscore: Option<String>,
        /// ``.
        #[serde(rename = "", skip_serializing_if = "Option::is_none")]
        pub empty: Option<String>,
    }

    impl rt::Decode for OptionType {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                self_: members.optional("self")?,
                self_2: members.optional("Self")?,
                crate_: members.optional("crate")?,
                underscore: members.optional("_")?,
                empty: members.optional("")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Pet {
        /// `type`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub r#type: Option<String>,
        /// `match`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub r#match: Option<String>,
        /// `async`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub r#async: Option<String>,
        /// `gen`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub r#gen: Option<String>,
    }

    impl rt::Decode for Pet {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                r#type: members.optional("type")?,
                r#match: members.optional("match")?,
                r#async: members.optional("async")?,
                r#gen: members.optional("gen")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Pet2 {
        /// `petName`.
        #[serde(rename = "petName", skip_serializing_if = "Option::is_none")]
        pub pet_name: Option<String>,
        /// `pet_name`.
        #[serde(rename = "pet_name", skip_serializing_if = "Option::is_none")]
        pub pet_name_2: Option<String>,
        /// `pet-name`.
        #[serde(rename = "pet-name", skip_serializing_if = "Option::is_none")]
        pub pet_name_3: Option<String>,
        /// `PetName`.
        #[serde(rename = "PetName", skip_serializing_if = "Option::is_none")]
        pub pet_name_4: Option<String>,
    }

    impl rt::Decode for Pet2 {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                pet_name: members.optional("petName")?,
                pet_name_2: members.optional("pet_name")?,
                pet_name_3: members.optional("pet-name")?,
                pet_name_4: members.optional("PetName")?,
            })
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
    #[serde(transparent)]
    pub struct Pet3(String);

    impl Pet3 {
        /// What it holds.
        pub fn into_inner(self) -> String {
            self.0
        }
    }

    impl std::ops::Deref for Pet3 {
        type Target = String;

        fn deref(&self) -> &String {
            &self.0
        }
    }

    impl std::fmt::Display for Pet3 {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl From<String> for Pet3 {
        fn from(value: String) -> Self {
            Pet3(value)
        }
    }

    impl rt::Decode for Pet3 {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Pet3)
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct ResultType {
        /// `ok`.
        pub ok: VecType,
        /// `err`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub err: Option<rt::DateTime<rt::Utc>>,
    }

    impl rt::Decode for ResultType {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                ok: members.required("ok")?,
                err: members.optional("err")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct RtBody {
        /// `types`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub types: Option<ResultType>,
    }

    impl rt::Decode for RtBody {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                types: members.optional("types")?,
            })
        }
    }

    /// One of the values that the contract lists.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum S {
        /// `a`.
        A,
    }

    rt::string_enum!(S { A = "a" });

    /// One of the values that the contract lists.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Schema {
        /// `Schema`.
        Schema,
        /// `Decode`.
        Decode,
    }

    rt::string_enum!(Schema { Schema = "Schema", Decode = "Decode" });

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
    #[serde(transparent)]
    pub struct Serialize(rt::NaiveDate);

    impl Serialize {
        /// What it holds.
        pub fn into_inner(self) -> rt::NaiveDate {
            self.0
        }
    }

    impl std::ops::Deref for Serialize {
        type Target = rt::NaiveDate;

        fn deref(&self) -> &rt::NaiveDate {
            &self.0
        }
    }

    impl std::fmt::Display for Serialize {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl From<rt::NaiveDate> for Serialize {
        fn from(value: rt::NaiveDate) -> Self {
            Serialize(value)
        }
    }

    impl rt::Decode for Serialize {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Serialize)
        }
    }

    /// One of the values that the contract lists.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Strasse {
        /// ``.
        Empty,
        /// ` `.
        Space,
        /// `-`.
        Minus,
        /// `_`.
        Underscore,
        /// `Self`.
        SelfValue,
        /// `self`.
        SelfValue2,
        /// `a`.
        A,
        /// `A`.
        A2,
        /// `á`.
        A3,
        /// `ä`.
        Ae,
        /// `1`.
        N1,
        /// `+1`.
        Plus1,
        /// `-1`.
        Minus1,
        /// `>=`.
        GreaterEqual,
        /// `<=`.
        LessEqual,
        /// `日本`.
        U65e5U672c,
        /// `🎉`.
        Other,
    }

    rt::string_enum!(
        Strasse { Empty = "", Space = " ", Minus = "-", Underscore = "_", SelfValue = "Self",
        SelfValue2 = "self", A = "a", A2 = "A", A3 = "á", Ae = "ä", N1 = "1", Plus1 = "+1",
        Minus1 = "-1", GreaterEqual = ">=", LessEqual = "<=", U65e5U672c = "日本", Other =
        "🎉" }
    );

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
    #[serde(transparent)]
    pub struct StringType(String);

    impl StringType {
        /// What it holds.
        pub fn into_inner(self) -> String {
            self.0
        }
    }

    impl std::ops::Deref for StringType {
        type Target = String;

        fn deref(&self) -> &String {
            &self.0
        }
    }

    impl std::fmt::Display for StringType {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl From<String> for StringType {
        fn from(value: String) -> Self {
            StringType(value)
        }
    }

    impl rt::Decode for StringType {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(StringType)
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
    #[serde(transparent)]
    pub struct Uuid(i64);

    impl Uuid {
        /// What it holds.
        pub fn into_inner(self) -> i64 {
            self.0
        }
    }

    impl std::ops::Deref for Uuid {
        type Target = i64;

        fn deref(&self) -> &i64 {
            &self.0
        }
    }

    impl std::fmt::Display for Uuid {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl From<i64> for Uuid {
        fn from(value: i64) -> Self {
            Uuid(value)
        }
    }

    impl rt::Decode for Uuid {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Uuid)
        }
    }

    /// One of the values that the contract lists.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Value {
        /// `Uuid`.
        Uuid,
        /// `Value`.
        Value,
    }

    rt::string_enum!(Value { Uuid = "Uuid", Value = "Value" });

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(transparent)]
    pub struct VecType(Vec<BoxType>);

    impl VecType {
        /// What it holds.
        pub fn into_inner(self) -> Vec<BoxType> {
            self.0
        }
    }

    impl std::ops::Deref for VecType {
        type Target = Vec<BoxType>;

        fn deref(&self) -> &Vec<BoxType> {
            &self.0
        }
    }

    impl TryFrom<Vec<BoxType>> for VecType {
        type Error = rt::Invalid;

        fn try_from(value: Vec<BoxType>) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::VEC_TYPE)?;
            Ok(VecType(value))
        }
    }

    impl rt::Decode for VecType {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(VecType)
        }
    }

    /// One of the values that the contract lists.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Versions {
        /// `1`.
        Value1,
        /// `-1`.
        ValueMinus1,
        /// `0`.
        Value0,
    }

    rt::integer_enum!(Versions { Value1 = 1, ValueMinus1 = - 1, Value0 = 0 });

    rt::deserialize_decoded! {
        Additional, Answer, BoxType, CloneType, D, DebugType, Decode, Hash, MakeThingRequest,
        MakeThingRequestInline, MakeThingRequestInline2, Map, N2ndThing, Node, OptionType,
        Pet, Pet2, Pet3, ResultType, RtBody, S, Schema, Serialize, Strasse, StringType, Uuid,
        Value, VecType, Versions
    }
}
#[rustfmt::skip]
pub mod naive_tag {
    //! The operations of the tag "naïve tag".

    pub mod r#type {
        //! `GET /type/{fn}`.

        use super::super::{parameters, rt};

        /// The request of `GET /type/{fn}`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct TypeRequest {
            /// A parameter.
            ///
            /// Path parameter `fn`.
            pub r#fn: String,
            /// A parameter.
            ///
            /// Query parameter `self`.
            pub self_: Option<String>,
            /// A parameter.
            ///
            /// Query parameter `3d`.
            pub n3d: Option<String>,
            /// A parameter.
            ///
            /// Query parameter `filter[name]`.
            pub filter_name: Option<String>,
            /// A parameter.
            ///
            /// Query parameter `filter_name`.
            pub filter_name_query: Option<String>,
            /// A parameter.
            ///
            /// Query parameter `$top`.
            pub top: Option<i64>,
            /// A parameter.
            ///
            /// Query parameter `名前`.
            pub u540d_u524d: Option<String>,
        }

        /// The answer of `GET /type/{fn}`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct TypeResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for TypeResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /type/{fn}` early.
        pub type TypeError = rt::OperationError<Type>;

        /// The operation `type`.
        #[derive(Debug)]
        pub struct Type;

        impl<S: super::NaiveTagApi> rt::Operation<S> for Type {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = TypeRequest;
            type Response = TypeResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let r#fn = input.parameter(&parameters::FN);
                let self_ = input.parameter(&SELF_);
                let n3d = input.parameter(&N3D);
                let filter_name = input.parameter(&FILTER_NAME);
                let filter_name_query = input.parameter(&FILTER_NAME_QUERY);
                let top = input.parameter(&TOP);
                let u540d_u524d = input.parameter(&U540D_U524D);
                Some(TypeRequest {
                    r#fn: r#fn?,
                    self_,
                    n3d,
                    filter_name,
                    filter_name_query,
                    top,
                    u540d_u524d,
                })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: TypeRequest,
            ) -> Result<TypeResponse, TypeError> {
                super::NaiveTagApi::r#type(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "type",
            method: rt::Method::GET,
            path: "/type/{fn}",
            parameters: &[
                &parameters::FN,
                &SELF_,
                &N3D,
                &FILTER_NAME,
                &FILTER_NAME_QUERY,
                &TOP,
                &U540D_U524D,
            ],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };

        static SELF_: rt::Parameter = rt::Parameter::query("self", &rt::Schema::string());

        static N3D: rt::Parameter = rt::Parameter::query("3d", &rt::Schema::string());

        static FILTER_NAME: rt::Parameter = rt::Parameter::query(
            "filter[name]",
            &rt::Schema::string(),
        );

        static FILTER_NAME_QUERY: rt::Parameter = rt::Parameter::query(
            "filter_name",
            &rt::Schema::string(),
        );

        static TOP: rt::Parameter = rt::Parameter::query("$top", &rt::Schema::integer());

        static U540D_U524D: rt::Parameter = rt::Parameter::query(
            "名前",
            &rt::Schema::string(),
        );
    }


    use super::rt;
    pub use self::r#type::{TypeError, TypeRequest, TypeResponse};

    /// The operations of the tag "naïve tag".
    pub trait NaiveTagApi: Sized + Send + Sync + 'static {
        /// `GET /type/{fn}`
        fn r#type(
            &self,
            context: &rt::Context,
            request: TypeRequest,
        ) -> impl Future<Output = Result<TypeResponse, TypeError>> + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: NaiveTagApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([rt::Route::of::<r#type::Type, S>(server)])
    }
}
#[rustfmt::skip]
pub mod empty {
    //! The operations of the tag "".

    pub mod r#type {
        //! `PUT /type/{fn}`.

        use super::super::{parameters, rt};

        /// The request of `PUT /type/{fn}`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct TypeOperationRequest {
            /// A parameter.
            ///
            /// Path parameter `fn`.
            pub r#fn: String,
        }

        /// The answer of `PUT /type/{fn}`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct TypeOperationResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for TypeOperationResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `PUT /type/{fn}` early.
        pub type TypeOperationError = rt::OperationError<TypeOperation>;

        /// The operation `Type`.
        #[derive(Debug)]
        pub struct TypeOperation;

        impl<S: super::Api> rt::Operation<S> for TypeOperation {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = TypeOperationRequest;
            type Response = TypeOperationResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let r#fn = input.parameter(&parameters::FN);
                Some(TypeOperationRequest {
                    r#fn: r#fn?,
                })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: TypeOperationRequest,
            ) -> Result<TypeOperationResponse, TypeOperationError> {
                super::Api::r#type(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "Type",
            method: rt::Method::PUT,
            path: "/type/{fn}",
            parameters: &[&parameters::FN],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }


    use super::rt;
    pub use self::r#type::{TypeOperationError, TypeOperationRequest, TypeOperationResponse};

    /// The operations of the tag "".
    pub trait Api: Sized + Send + Sync + 'static {
        /// `PUT /type/{fn}`
        fn r#type(
            &self,
            context: &rt::Context,
            request: TypeOperationRequest,
        ) -> impl Future<Output = Result<TypeOperationResponse, TypeOperationError>> + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: Api>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([rt::Route::of::<r#type::TypeOperation, S>(server)])
    }
}
#[rustfmt::skip]
pub mod self_ {
    //! The operations of the tag "Self".

    pub mod make_thing {
        //! `POST /type/{fn}`.

        use super::super::{parameters, rt, schemas, types};

        /// The request of `POST /type/{fn}`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct MakeThingOperationRequest {
            /// A parameter.
            ///
            /// Path parameter `fn`.
            pub r#fn: String,
            /// The body.
            pub body: Option<types::MakeThingRequest>,
        }

        /// The answer of `POST /type/{fn}`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct MakeThingOperationResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for MakeThingOperationResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `POST /type/{fn}` early.
        pub type MakeThingOperationError = rt::OperationError<MakeThingOperation>;

        /// The operation `make-thing`.
        #[derive(Debug)]
        pub struct MakeThingOperation;

        impl<S: super::SelfApi> rt::Operation<S> for MakeThingOperation {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = MakeThingOperationRequest;
            type Response = MakeThingOperationResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let r#fn = input.parameter(&parameters::FN);
                let body = input.json(&schemas::MAKE_THING_REQUEST);
                Some(MakeThingOperationRequest {
                    r#fn: r#fn?,
                    body,
                })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: MakeThingOperationRequest,
            ) -> Result<MakeThingOperationResponse, MakeThingOperationError> {
                super::SelfApi::make_thing(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "make-thing",
            method: rt::Method::POST,
            path: "/type/{fn}",
            parameters: &[&parameters::FN],
            body: Some(rt::RequestBody {
                required: false,
                media_types: &["application/json"],
            }),
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }


    use super::rt;
    pub use self::make_thing::{
        MakeThingOperationError, MakeThingOperationRequest, MakeThingOperationResponse,
    };

    /// The operations of the tag "Self".
    pub trait SelfApi: Sized + Send + Sync + 'static {
        /// `POST /type/{fn}`
        fn make_thing(
            &self,
            context: &rt::Context,
            request: MakeThingOperationRequest,
        ) -> impl Future<
            Output = Result<MakeThingOperationResponse, MakeThingOperationError>,
        > + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: SelfApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([rt::Route::of::<make_thing::MakeThingOperation, S>(server)])
    }
}
#[rustfmt::skip]
pub mod types_2 {
    //! The operations of the tag "types".

    pub mod mod_2 {
        //! `GET /mod`.

        use super::super::rt;

        /// The answer of `GET /mod`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct ModResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for ModResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /mod` early.
        pub type ModError = rt::OperationError<Mod>;

        /// The operation `mod`.
        #[derive(Debug)]
        pub struct Mod;

        impl<S: super::TypesApi> rt::Operation<S> for Mod {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = ModResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(_input: &mut rt::Input<'_>) -> Option<Self::Request> {
                Some(())
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                (): (),
            ) -> Result<ModResponse, ModError> {
                super::TypesApi::mod_2(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "mod",
            method: rt::Method::GET,
            path: "/mod",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }

    pub mod context {
        //! `PUT /mod`.

        use super::super::rt;

        /// The answer of `PUT /mod`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct ContextResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for ContextResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `PUT /mod` early.
        pub type ContextError = rt::OperationError<Context>;

        /// The operation `Context`.
        #[derive(Debug)]
        pub struct Context;

        impl<S: super::TypesApi> rt::Operation<S> for Context {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = ContextResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(_input: &mut rt::Input<'_>) -> Option<Self::Request> {
                Some(())
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                (): (),
            ) -> Result<ContextResponse, ContextError> {
                super::TypesApi::context(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "Context",
            method: rt::Method::PUT,
            path: "/mod",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }


    use super::rt;
    pub use self::mod_2::{ModError, ModResponse};
    pub use self::context::{ContextError, ContextResponse};

    /// The operations of the tag "types".
    pub trait TypesApi: Sized + Send + Sync + 'static {
        /// `GET /mod`
        fn mod_2(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<ModResponse, ModError>> + Send;

        /// `PUT /mod`
        fn context(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<ContextResponse, ContextError>> + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: TypesApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([
            rt::Route::of::<mod_2::Mod, S>(server),
            rt::Route::of::<context::Context, S>(server),
        ])
    }
}
#[rustfmt::skip]
pub mod rt_2 {
    //! The operations of the tag "rt".

    pub mod std {
        //! `GET /rt`.

        use super::super::rt;

        /// The answer of `GET /rt`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct StdResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for StdResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /rt` early.
        pub type StdError = rt::OperationError<Std>;

        /// The operation `std`.
        #[derive(Debug)]
        pub struct Std;

        impl<S: super::RtApi> rt::Operation<S> for Std {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = StdResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(_input: &mut rt::Input<'_>) -> Option<Self::Request> {
                Some(())
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                (): (),
            ) -> Result<StdResponse, StdError> {
                super::RtApi::std(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "std",
            method: rt::Method::GET,
            path: "/rt",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }

    pub mod security_2 {
        //! `PUT /rt`.

        use super::super::rt;

        /// The answer of `PUT /rt`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct SecurityResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for SecurityResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `PUT /rt` early.
        pub type SecurityError = rt::OperationError<Security>;

        /// The operation `security`.
        #[derive(Debug)]
        pub struct Security;

        impl<S: super::RtApi> rt::Operation<S> for Security {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = SecurityResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(_input: &mut rt::Input<'_>) -> Option<Self::Request> {
                Some(())
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                (): (),
            ) -> Result<SecurityResponse, SecurityError> {
                super::RtApi::security_2(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "security",
            method: rt::Method::PUT,
            path: "/rt",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }

    pub mod result {
        //! `POST /rt`.

        use super::super::rt;

        /// The answer of `POST /rt`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct ResultOperationResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for ResultOperationResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `POST /rt` early.
        pub type ResultOperationError = rt::OperationError<ResultOperation>;

        /// The operation `Result`.
        #[derive(Debug)]
        pub struct ResultOperation;

        impl<S: super::RtApi> rt::Operation<S> for ResultOperation {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = ResultOperationResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(_input: &mut rt::Input<'_>) -> Option<Self::Request> {
                Some(())
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                (): (),
            ) -> Result<ResultOperationResponse, ResultOperationError> {
                super::RtApi::result(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "Result",
            method: rt::Method::POST,
            path: "/rt",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }


    use super::rt;
    pub use self::std::{StdError, StdResponse};
    pub use self::security_2::{SecurityError, SecurityResponse};
    pub use self::result::{ResultOperationError, ResultOperationResponse};

    /// The operations of the tag "rt".
    pub trait RtApi: Sized + Send + Sync + 'static {
        /// `GET /rt`
        fn std(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<StdResponse, StdError>> + Send;

        /// `PUT /rt`
        fn security_2(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<SecurityResponse, SecurityError>> + Send;

        /// `POST /rt`
        fn result(
            &self,
            context: &rt::Context,
        ) -> impl Future<
            Output = Result<ResultOperationResponse, ResultOperationError>,
        > + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: RtApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([
            rt::Route::of::<std::Std, S>(server),
            rt::Route::of::<security_2::Security, S>(server),
            rt::Route::of::<result::ResultOperation, S>(server),
        ])
    }
}
#[rustfmt::skip]
pub mod std {
    //! The operations of the tag "std".

    pub mod rt_2 {
        //! `PATCH /std/{descriptor}`.

        use super::super::{rt, schemas, types};

        /// The request of `PATCH /std/{descriptor}`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct RtRequest {
            /// A parameter.
            ///
            /// Path parameter `descriptor`.
            pub descriptor: String,
            /// A parameter.
            ///
            /// Query parameter `BODY__RULES_0`.
            pub body_rules_0: Option<String>,
            /// A parameter.
            ///
            /// Query parameter `input`.
            pub input: Option<String>,
            /// A parameter.
            ///
            /// Query parameter `status`.
            pub status: Option<Vec<types::Schema>>,
            /// The body.
            pub body: Option<types::RtBody>,
        }

        /// The answer of `PATCH /std/{descriptor}`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct RtResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
            /// A header.
            ///
            /// Header `Status`.
            pub status_2: Option<String>,
            /// A header.
            ///
            /// Header `Self`.
            pub self_: String,
            /// The body.
            pub body: types::BoxType,
        }

        impl rt::IntoAnswer for RtResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status, status_2, self_, body } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || {
                        rt::Answer::json(status, "application/json", &body)
                            .optional_header("status", status_2.as_ref())
                            .header("self", &self_)
                    },
                )
            }
        }

        /// What ends `PATCH /std/{descriptor}` early.
        pub type RtError = rt::OperationError<Rt>;

        /// The operation `rt`.
        #[derive(Debug)]
        pub struct Rt;

        impl<S: super::StdApi> rt::Operation<S> for Rt {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = RtRequest;
            type Response = RtResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let descriptor = input.parameter(&DESCRIPTOR__PARAMETER);
                let body_rules_0 = input.parameter(&BODY_RULES_0);
                let input_ = input.parameter(&INPUT);
                let status = input.parameter(&STATUS);
                let body = input.json(&schemas::RT_BODY);
                Some(RtRequest {
                    descriptor: descriptor?,
                    body_rules_0,
                    input: input_,
                    status,
                    body,
                })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: RtRequest,
            ) -> Result<RtResponse, RtError> {
                super::StdApi::rt_2(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "rt",
            method: rt::Method::PATCH,
            path: "/std/{descriptor}",
            parameters: &[&DESCRIPTOR__PARAMETER, &BODY_RULES_0, &INPUT, &STATUS],
            body: Some(rt::RequestBody {
                required: false,
                media_types: &["application/json"],
            }),
            produces: &["application/json"],
            response_headers: &["Self", "Status"],
            challenges: &[],
        };

        static DESCRIPTOR__PARAMETER: rt::Parameter = rt::Parameter::path(
            "descriptor",
            &rt::Schema::string(),
        );

        static BODY_RULES_0: rt::Parameter = rt::Parameter::query(
            "BODY__RULES_0",
            &rt::Schema::string(),
        );

        static INPUT: rt::Parameter = rt::Parameter::query("input", &rt::Schema::string());

        static STATUS: rt::Parameter = rt::Parameter::query(
                "status",
                &rt::Schema::array().items(&schemas::SCHEMA),
            )
            .style(rt::Style::Form, true, rt::Shape::Array);
    }

    pub mod option {
        //! `PUT /std/{descriptor}`.

        use super::super::rt;

        /// The request of `PUT /std/{descriptor}`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct OptionOperationRequest {
            /// A parameter.
            ///
            /// Path parameter `descriptor`.
            pub descriptor: i64,
        }

        /// The answer of `PUT /std/{descriptor}`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct OptionOperationResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for OptionOperationResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `PUT /std/{descriptor}` early.
        pub type OptionOperationError = rt::OperationError<OptionOperation>;

        /// The operation `Option`.
        #[derive(Debug)]
        pub struct OptionOperation;

        impl<S: super::StdApi> rt::Operation<S> for OptionOperation {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = OptionOperationRequest;
            type Response = OptionOperationResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let descriptor = input.parameter(&DESCRIPTOR__PARAMETER);
                Some(OptionOperationRequest {
                    descriptor: descriptor?,
                })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: OptionOperationRequest,
            ) -> Result<OptionOperationResponse, OptionOperationError> {
                super::StdApi::option(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "Option",
            method: rt::Method::PUT,
            path: "/std/{descriptor}",
            parameters: &[&DESCRIPTOR__PARAMETER],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };

        static DESCRIPTOR__PARAMETER: rt::Parameter = rt::Parameter::path(
            "descriptor",
            &rt::Schema::integer(),
        );
    }

    pub mod s {
        //! `POST /std/{descriptor}`.

        use super::super::rt;

        /// The request of `POST /std/{descriptor}`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct SOperationRequest {
            /// A parameter.
            ///
            /// Path parameter `descriptor`.
            pub descriptor: bool,
        }

        /// The answer of `POST /std/{descriptor}`: 204.
        #[derive(Debug, Clone, PartialEq)]
        pub struct SOperationResponse {}

        impl rt::IntoAnswer for SOperationResponse {
            fn into_answer(self) -> rt::Answer {
                let Self {} = self;
                rt::Answer::empty(rt::StatusCode::NO_CONTENT)
            }
        }

        /// What ends `POST /std/{descriptor}` early.
        ///
        /// - any other status, [`SOperationDefault`]: Anything.
        pub type SOperationError = rt::OperationError<SOperation>;

        /// Anything.
        #[derive(Debug, Clone, PartialEq)]
        pub struct SOperationDefault {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl From<SOperationDefault> for SOperationError {
            fn from(SOperationDefault { status }: SOperationDefault) -> Self {
                Self::of(
                    rt::Answer::declared(
                        status,
                        &[rt::Status::Default],
                        || rt::Answer::empty(status),
                    ),
                )
            }
        }

        /// The operation `S`.
        #[derive(Debug)]
        pub struct SOperation;

        impl<S: super::StdApi> rt::Operation<S> for SOperation {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = SOperationRequest;
            type Response = SOperationResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let descriptor = input.parameter(&DESCRIPTOR__PARAMETER);
                Some(SOperationRequest {
                    descriptor: descriptor?,
                })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: SOperationRequest,
            ) -> Result<SOperationResponse, SOperationError> {
                super::StdApi::s(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "S",
            method: rt::Method::POST,
            path: "/std/{descriptor}",
            parameters: &[&DESCRIPTOR__PARAMETER],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };

        static DESCRIPTOR__PARAMETER: rt::Parameter = rt::Parameter::path(
            "descriptor",
            &rt::Schema::boolean(),
        );
    }


    use super::rt;
    pub use self::rt_2::{RtError, RtRequest, RtResponse};
    pub use self::option::{
        OptionOperationError, OptionOperationRequest, OptionOperationResponse,
    };
    pub use self::s::{SOperationError, SOperationRequest, SOperationResponse};

    /// The operations of the tag "std".
    pub trait StdApi: Sized + Send + Sync + 'static {
        /// `PATCH /std/{descriptor}`
        fn rt_2(
            &self,
            context: &rt::Context,
            request: RtRequest,
        ) -> impl Future<Output = Result<RtResponse, RtError>> + Send;

        /// `PUT /std/{descriptor}`
        fn option(
            &self,
            context: &rt::Context,
            request: OptionOperationRequest,
        ) -> impl Future<
            Output = Result<OptionOperationResponse, OptionOperationError>,
        > + Send;

        /// `POST /std/{descriptor}`
        fn s(
            &self,
            context: &rt::Context,
            request: SOperationRequest,
        ) -> impl Future<Output = Result<SOperationResponse, SOperationError>> + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: StdApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([
            rt::Route::of::<rt_2::Rt, S>(server),
            rt::Route::of::<option::OptionOperation, S>(server),
            rt::Route::of::<s::SOperation, S>(server),
        ])
    }
}
#[rustfmt::skip]
pub mod civicforge_runtime {
    //! The operations of the tag "civicforge_runtime".

    pub mod operation {
        //! `DELETE /rt`.

        use super::super::rt;

        /// The answer of `DELETE /rt`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct OperationResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for OperationResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `DELETE /rt` early.
        pub type OperationError = rt::OperationError<Operation>;

        /// The operation `Operation`.
        #[derive(Debug)]
        pub struct Operation;

        impl<S: super::CivicforgeRuntimeApi> rt::Operation<S> for Operation {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = OperationResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(_input: &mut rt::Input<'_>) -> Option<Self::Request> {
                Some(())
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                (): (),
            ) -> Result<OperationResponse, OperationError> {
                super::CivicforgeRuntimeApi::operation(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "Operation",
            method: rt::Method::DELETE,
            path: "/rt",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }

    pub mod string {
        //! `PATCH /rt`.

        use super::super::rt;

        /// The answer of `PATCH /rt`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct StringOperationResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for StringOperationResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `PATCH /rt` early.
        pub type StringOperationError = rt::OperationError<StringOperation>;

        /// The operation `String`.
        #[derive(Debug)]
        pub struct StringOperation;

        impl<S: super::CivicforgeRuntimeApi> rt::Operation<S> for StringOperation {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = StringOperationResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(_input: &mut rt::Input<'_>) -> Option<Self::Request> {
                Some(())
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                (): (),
            ) -> Result<StringOperationResponse, StringOperationError> {
                super::CivicforgeRuntimeApi::string(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "String",
            method: rt::Method::PATCH,
            path: "/rt",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }


    use super::rt;
    pub use self::operation::{OperationError, OperationResponse};
    pub use self::string::{StringOperationError, StringOperationResponse};

    /// The operations of the tag "civicforge_runtime".
    pub trait CivicforgeRuntimeApi: Sized + Send + Sync + 'static {
        /// `DELETE /rt`
        fn operation(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<OperationResponse, OperationError>> + Send;

        /// `PATCH /rt`
        fn string(
            &self,
            context: &rt::Context,
        ) -> impl Future<
            Output = Result<StringOperationResponse, StringOperationError>,
        > + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: CivicforgeRuntimeApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([
            rt::Route::of::<operation::Operation, S>(server),
            rt::Route::of::<string::StringOperation, S>(server),
        ])
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;

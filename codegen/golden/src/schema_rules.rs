// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Rules 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r##"{"openapi":"3.0.3","info":{"title":"Rules","version":"1.0.0"},"paths":{"/rules":{"put":{"operationId":"putRules","requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Rules"}}}},"responses":{"default":{"description":"Anything."}}}}},"components":{"schemas":{"Rules":{"type":"object","minProperties":1,"maxProperties":30,"required":["text","text","whole"],"properties":{"text":{"type":"string","minLength":2,"maxLength":5,"pattern":"^[a-z\\-]+\\@$"},"whole":{"type":"integer","minimum":-5,"exclusiveMinimum":true,"maximum":9223372036854775807,"multipleOf":5},"real":{"type":"number","maximum":1.5,"exclusiveMaximum":true,"multipleOf":0.25},"list":{"type":"array","minItems":1,"maxItems":3,"uniqueItems":true,"items":{"type":"string"}},"anything":{},"not":{"not":{"type":"string"}},"mixed":{"enum":[1,"one",null,[1],{"a":1}]},"few":{"type":"number","enum":[0.5,1.5]},"truth":{"type":"boolean","enum":[true]},"closed":{"type":"object","additionalProperties":false,"properties":{"a":{"type":"string"}}},"nothing":{"type":"object","additionalProperties":false},"open":{"type":"object","additionalProperties":true,"properties":{"a":{"type":"string"}}},"typed":{"type":"object","additionalProperties":{"type":"integer"},"properties":{"a":{"type":"string"}}},"map":{"type":"object","additionalProperties":{"$ref":"#/components/schemas/Level"},"minProperties":1},"free":{"type":"object"},"demanding":{"type":"object","required":["a","b"],"properties":{"a":{"type":"string"}}},"untyped":{"minLength":3,"minimum":5}}},"Level":{"type":"integer","format":"int32","enum":[1,2,-1]}}}}"##;

    /// All of the contract's traits.
    pub trait Api: super::default::DefaultApi {}

    impl<T: super::default::DefaultApi> Api for T {}

    /// Every operation of the contract.
    pub static OPERATIONS: &[&rt::Descriptor] = &[&super::default::put_rules::DESCRIPTOR];

    /// Every operation of the contract, all carried out by one server. The modules of tags have `routes` too, for servers
    /// that carry out one tag each.
    pub fn routes<S: Api>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        [super::default::routes(server)].concat()
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
        super::CONTRACT; super::types::Level => "Level", super::types::Rules => "Rules",
    }
}
#[rustfmt::skip]
pub mod schemas {
    //! The rules of the contract's schemas, as data that is there when the program starts.

    use super::rt;

    pub(crate) static PATTERN_1: rt::Pattern = rt::Pattern::new("^[a-z\\-]+@$");

    /// `/components/schemas/Level`
    pub static LEVEL: rt::Schema = rt::Schema::integer()
        .format(rt::Format::Int32)
        .values(
            &[
                rt::Literal::Number(rt::Number::Integer(1)),
                rt::Literal::Number(rt::Number::Integer(2)),
                rt::Literal::Number(rt::Number::Integer(-1)),
            ],
        );

    /// `/components/schemas/Rules`
    pub static RULES: rt::Schema = rt::Schema::object()
        .properties(
            &[
                rt::Property::new(
                    "text",
                    &rt::Schema::string().min_length(2).max_length(5).pattern(&PATTERN_1),
                ),
                rt::Property::new(
                    "whole",
                    &rt::Schema::integer()
                        .minimum(rt::Number::Integer(-5), true)
                        .at_most(9223372036854775807)
                        .multiple_of(rt::Number::Integer(5)),
                ),
                rt::Property::new(
                    "real",
                    &rt::Schema::number()
                        .maximum(rt::Number::Float(1.5), true)
                        .multiple_of(rt::Number::Float(0.25)),
                ),
                rt::Property::new(
                    "list",
                    &rt::Schema::array()
                        .items(&rt::Schema::string())
                        .min_items(1)
                        .max_items(3)
                        .unique_items(),
                ),
                rt::Property::new("anything", &rt::Schema::ANY),
                rt::Property::new("not", &rt::Schema::ANY.not(&rt::Schema::string())),
                rt::Property::new(
                    "mixed",
                    &rt::Schema::ANY
                        .values(
                            &[
                                rt::Literal::Number(rt::Number::Integer(1)),
                                rt::Literal::String("one"),
                                rt::Literal::Null,
                                rt::Literal::Array(
                                    &[rt::Literal::Number(rt::Number::Integer(1))],
                                ),
                                rt::Literal::Object(
                                    &[("a", rt::Literal::Number(rt::Number::Integer(1)))],
                                ),
                            ],
                        ),
                ),
                rt::Property::new(
                    "few",
                    &rt::Schema::number()
                        .values(
                            &[
                                rt::Literal::Number(rt::Number::Float(0.5)),
                                rt::Literal::Number(rt::Number::Float(1.5)),
                            ],
                        ),
                ),
                rt::Property::new(
                    "truth",
                    &rt::Schema::boolean().values(&[rt::Literal::Boolean(true)]),
                ),
                rt::Property::new("closed", &RULES_CLOSED),
                rt::Property::new("nothing", &RULES_NOTHING),
                rt::Property::new("open", &RULES_OPEN),
                rt::Property::new("typed", &RULES_TYPED),
                rt::Property::new(
                    "map",
                    &rt::Schema::object().additional(&LEVEL).min_properties(1),
                ),
                rt::Property::new("free", &rt::Schema::object()),
                rt::Property::new("demanding", &RULES_DEMANDING),
                rt::Property::new("untyped", &rt::Schema::ANY.at_least(5).min_length(3)),
            ],
        )
        .required(&["text", "whole"])
        .min_properties(1)
        .max_properties(30);

    /// `/components/schemas/Rules/properties/closed`
    pub static RULES_CLOSED: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("a", &rt::Schema::string())])
        .closed();

    /// `/components/schemas/Rules/properties/demanding`
    pub static RULES_DEMANDING: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("a", &rt::Schema::string())])
        .required(&["a", "b"]);

    /// `/components/schemas/Rules/properties/nothing`
    pub static RULES_NOTHING: rt::Schema = rt::Schema::object().closed();

    /// `/components/schemas/Rules/properties/open`
    pub static RULES_OPEN: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("a", &rt::Schema::string())]);

    /// `/components/schemas/Rules/properties/typed`
    pub static RULES_TYPED: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("a", &rt::Schema::string())])
        .additional(&rt::Schema::integer());
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

    /// One of the values that the contract lists.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Level {
        /// `1`.
        Value1,
        /// `2`.
        Value2,
        /// `-1`.
        ValueMinus1,
    }

    rt::integer_enum!(Level { Value1 = 1, Value2 = 2, ValueMinus1 = - 1 });

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Rules {
        /// `text`.
        pub text: String,
        /// `whole`.
        pub whole: i64,
        /// `real`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub real: Option<f64>,
        /// `list`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub list: Option<Vec<String>>,
        /// `anything`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub anything: Option<rt::Value>,
        /// `not`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub not: Option<rt::Value>,
        /// `mixed`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub mixed: Option<rt::Value>,
        /// `few`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub few: Option<f64>,
        /// `truth`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub truth: Option<bool>,
        /// `closed`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub closed: Option<RulesClosed>,
        /// `nothing`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub nothing: Option<RulesNothing>,
        /// `open`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub open: Option<RulesOpen>,
        /// `typed`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub typed: Option<RulesTyped>,
        /// `map`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub map: Option<rt::BTreeMap<String, Level>>,
        /// `free`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub free: Option<rt::Map<String, rt::Value>>,
        /// `demanding`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub demanding: Option<RulesDemanding>,
        /// `untyped`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub untyped: Option<rt::Value>,
    }

    impl rt::Decode for Rules {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                text: members.required("text")?,
                whole: members.required("whole")?,
                real: members.optional("real")?,
                list: members.optional("list")?,
                anything: members.optional("anything")?,
                not: members.optional("not")?,
                mixed: members.optional("mixed")?,
                few: members.optional("few")?,
                truth: members.optional("truth")?,
                closed: members.optional("closed")?,
                nothing: members.optional("nothing")?,
                open: members.optional("open")?,
                typed: members.optional("typed")?,
                map: members.optional("map")?,
                free: members.optional("free")?,
                demanding: members.optional("demanding")?,
                untyped: members.optional("untyped")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct RulesClosed {
        /// `a`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<String>,
    }

    impl rt::Decode for RulesClosed {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self { a: members.optional("a")? })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct RulesDemanding {
        /// `a`.
        pub a: String,
        /// `b`.
        pub b: rt::Value,
    }

    impl rt::Decode for RulesDemanding {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                a: members.required("a")?,
                b: members.required("b")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct RulesNothing {}

    impl rt::Decode for RulesNothing {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Members::of(node)?;
            Ok(Self {})
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct RulesOpen {
        /// `a`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<String>,
        /// The properties that have no field of their own.
        #[serde(flatten)]
        pub additional_properties: rt::BTreeMap<String, rt::Value>,
    }

    impl rt::Decode for RulesOpen {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                a: members.optional("a")?,
                additional_properties: members.others(&["a"])?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct RulesTyped {
        /// `a`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<String>,
        /// The properties that have no field of their own.
        #[serde(flatten)]
        pub additional_properties: rt::BTreeMap<String, i64>,
    }

    impl rt::Decode for RulesTyped {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                a: members.optional("a")?,
                additional_properties: members.others(&["a"])?,
            })
        }
    }

    rt::deserialize_decoded! {
        Level, Rules, RulesClosed, RulesDemanding, RulesNothing, RulesOpen, RulesTyped
    }
}
#[rustfmt::skip]
pub mod default {
    //! The operations of the tag "default".

    pub mod put_rules {
        //! `PUT /rules`.

        use super::super::{rt, schemas, types};

        /// The request of `PUT /rules`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct PutRulesRequest {
            /// The body.
            pub body: types::Rules,
        }

        /// The answer of `PUT /rules`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct PutRulesResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for PutRulesResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `PUT /rules` early.
        pub type PutRulesError = rt::OperationError<PutRules>;

        /// The operation `putRules`.
        #[derive(Debug)]
        pub struct PutRules;

        impl<S: super::DefaultApi> rt::Operation<S> for PutRules {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = PutRulesRequest;
            type Response = PutRulesResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let body = input.json(&schemas::RULES);
                Some(PutRulesRequest { body: body? })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: PutRulesRequest,
            ) -> Result<PutRulesResponse, PutRulesError> {
                super::DefaultApi::put_rules(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "putRules",
            method: rt::Method::PUT,
            path: "/rules",
            parameters: &[],
            body: Some(rt::RequestBody {
                required: true,
                media_types: &["application/json"],
            }),
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }


    use super::rt;
    pub use self::put_rules::{PutRulesError, PutRulesRequest, PutRulesResponse};

    /// The operations of the tag "default".
    pub trait DefaultApi: Sized + Send + Sync + 'static {
        /// `PUT /rules`
        fn put_rules(
            &self,
            context: &rt::Context,
            request: PutRulesRequest,
        ) -> impl Future<Output = Result<PutRulesResponse, PutRulesError>> + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: DefaultApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([rt::Route::of::<put_rules::PutRules, S>(server)])
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;

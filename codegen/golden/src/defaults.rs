// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Defaults 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r##"{"openapi":"3.0.3","info":{"title":"Defaults","version":"1.0.0"},"paths":{"/defaults":{"get":{"operationId":"getDefaults","parameters":[{"name":"list","in":"query","schema":{"type":"array","items":{"type":"integer"},"default":[1,2]}},{"name":"level","in":"query","schema":{"$ref":"#/components/schemas/Level"}},{"name":"certain","in":"query","required":true,"schema":{"type":"string","default":"unused"}}],"responses":{"default":{"description":"Anything."}}}}},"components":{"schemas":{"Level":{"type":"string","enum":["low","high"],"default":"low"},"Defaults":{"type":"object","required":["certain"],"properties":{"certain":{"type":"string","default":"unused"},"text":{"type":"string","default":"a"},"whole":{"type":"integer","format":"int32","default":5},"real":{"type":"number","default":1},"truth":{"type":"boolean","default":true},"list":{"type":"array","items":{"type":"string"},"default":["a"]},"object":{"type":"object","properties":{"a":{"type":"string"}},"default":{"a":"b"}},"level":{"$ref":"#/components/schemas/Level"},"wrapped":{"allOf":[{"$ref":"#/components/schemas/Level"}],"default":"high"},"inherited":{"allOf":[{"$ref":"#/components/schemas/Level"}]},"when":{"type":"string","format":"date-time","default":"2020-02-29T23:59:60Z"},"id":{"type":"string","format":"uuid","default":"6f1d3f0e-0000-4000-8000-000000000000"}}}}}}"##;

    /// All of the contract's traits.
    pub trait Api: super::default::DefaultApi {}

    impl<T: super::default::DefaultApi> Api for T {}

    /// Every operation of the contract.
    pub static OPERATIONS: &[&rt::Descriptor] = &[&super::default::get_defaults::DESCRIPTOR];

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
        super::CONTRACT; super::types::Defaults => "Defaults", super::types::Level =>
        "Level",
    }
}
#[rustfmt::skip]
pub mod schemas {
    //! The rules of the contract's schemas, as data that is there when the program starts.

    use super::rt;

    /// `/components/schemas/Level`
    pub static LEVEL: rt::Schema = rt::Schema::string()
        .values(&[rt::Literal::String("low"), rt::Literal::String("high")]);
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
    pub struct Defaults {
        /// `certain`.
        pub certain: String,
        /// `text`.
        ///
        /// Where it is absent: `"a"`.
        pub text: String,
        /// `whole`.
        ///
        /// Where it is absent: `5`.
        pub whole: i32,
        /// `real`.
        ///
        /// Where it is absent: `1`.
        pub real: f64,
        /// `truth`.
        ///
        /// Where it is absent: `true`.
        pub truth: bool,
        /// `list`.
        ///
        /// Where it is absent: `["a"]`.
        pub list: Vec<String>,
        /// `object`.
        ///
        /// Where it is absent: `{"a":"b"}`.
        pub object: DefaultsObject,
        /// `level`.
        ///
        /// Where it is absent: `"low"`.
        pub level: Level,
        /// `wrapped`.
        ///
        /// Where it is absent: `"high"`.
        pub wrapped: Level,
        /// `inherited`.
        ///
        /// Where it is absent: `"low"`.
        pub inherited: Level,
        /// `when`.
        ///
        /// Where it is absent: `"2020-02-29T23:59:60Z"`.
        pub when: rt::DateTime<rt::Utc>,
        /// `id`.
        ///
        /// Where it is absent: `"6f1d3f0e-0000-4000-8000-000000000000"`.
        pub id: rt::Uuid,
    }

    impl rt::Decode for Defaults {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                certain: members.required("certain")?,
                text: members.optional("text")?.unwrap_or_else(|| "a".to_owned()),
                whole: members.optional("whole")?.unwrap_or(5),
                real: members.optional("real")?.unwrap_or(1.0),
                truth: members.optional("truth")?.unwrap_or(true),
                list: members.optional_or("list", "[\"a\"]")?,
                object: members.optional_or("object", "{\"a\":\"b\"}")?,
                level: members.optional("level")?.unwrap_or(Level::Low),
                wrapped: members.optional("wrapped")?.unwrap_or(Level::High),
                inherited: members.optional("inherited")?.unwrap_or(Level::Low),
                when: members.optional_or("when", "\"2020-02-29T23:59:60Z\"")?,
                id: members.optional_or("id", "\"6f1d3f0e-0000-4000-8000-000000000000\"")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct DefaultsObject {
        /// `a`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<String>,
    }

    impl rt::Decode for DefaultsObject {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self { a: members.optional("a")? })
        }
    }

    /// One of the values that the contract lists.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Level {
        /// `low`.
        Low,
        /// `high`.
        High,
    }

    rt::string_enum!(Level { Low = "low", High = "high" });

    rt::deserialize_decoded! {
        Defaults, DefaultsObject, Level
    }
}
#[rustfmt::skip]
pub mod default {
    //! The operations of the tag "default".

    pub mod get_defaults {
        //! `GET /defaults`.

        use super::super::{rt, schemas, types};

        /// The request of `GET /defaults`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct GetDefaultsRequest {
            /// A parameter.
            ///
            /// Query parameter `list`.
            ///
            /// Where it is absent: `[1,2]`.
            pub list: Vec<i64>,
            /// A parameter.
            ///
            /// Query parameter `level`.
            ///
            /// Where it is absent: `"low"`.
            pub level: types::Level,
            /// A parameter.
            ///
            /// Query parameter `certain`.
            pub certain: String,
        }

        /// The answer of `GET /defaults`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct GetDefaultsResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for GetDefaultsResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /defaults` early.
        pub type GetDefaultsError = rt::OperationError<GetDefaults>;

        /// The operation `getDefaults`.
        #[derive(Debug)]
        pub struct GetDefaults;

        impl<S: super::DefaultApi> rt::Operation<S> for GetDefaults {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = GetDefaultsRequest;
            type Response = GetDefaultsResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let list = input.parameter(&LIST);
                let level = input.parameter(&LEVEL);
                let certain = input.parameter(&CERTAIN);
                Some(GetDefaultsRequest {
                    list: input.or_default(list, "[1,2]")?,
                    level: level.unwrap_or(types::Level::Low),
                    certain: certain?,
                })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: GetDefaultsRequest,
            ) -> Result<GetDefaultsResponse, GetDefaultsError> {
                super::DefaultApi::get_defaults(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "getDefaults",
            method: rt::Method::GET,
            path: "/defaults",
            parameters: &[&LIST, &LEVEL, &CERTAIN],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };

        static LIST: rt::Parameter = rt::Parameter::query(
                "list",
                &rt::Schema::array().items(&rt::Schema::integer()),
            )
            .style(rt::Style::Form, true, rt::Shape::Array);

        static LEVEL: rt::Parameter = rt::Parameter::query("level", &schemas::LEVEL);

        static CERTAIN: rt::Parameter = rt::Parameter::query("certain", &rt::Schema::string())
            .required();
    }


    use super::rt;
    pub use self::get_defaults::{GetDefaultsError, GetDefaultsRequest, GetDefaultsResponse};

    /// The operations of the tag "default".
    pub trait DefaultApi: Sized + Send + Sync + 'static {
        /// `GET /defaults`
        fn get_defaults(
            &self,
            context: &rt::Context,
            request: GetDefaultsRequest,
        ) -> impl Future<Output = Result<GetDefaultsResponse, GetDefaultsError>> + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: DefaultApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([rt::Route::of::<get_defaults::GetDefaults, S>(server)])
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;

// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Parameter styles 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r##"{"openapi":"3.0.3","info":{"title":"Parameter styles","version":"1.0.0"},"paths":{"/simple/{list}/{object}/{exploded}":{"get":{"operationId":"simplePath","parameters":[{"name":"list","in":"path","required":true,"schema":{"$ref":"#/components/schemas/Numbers"}},{"name":"object","in":"path","required":true,"schema":{"$ref":"#/components/schemas/Point"}},{"name":"exploded","in":"path","required":true,"explode":true,"schema":{"$ref":"#/components/schemas/Point"}}],"responses":{"default":{"description":"Anything."}}}},"/label/{a}/{b}":{"get":{"operationId":"labelPath","parameters":[{"name":"a","in":"path","required":true,"style":"label","schema":{"type":"integer","format":"int32"}},{"name":"b","in":"path","required":true,"style":"label","explode":true,"schema":{"$ref":"#/components/schemas/Numbers"}}],"responses":{"default":{"description":"Anything."}}}},"/matrix/{a}/{b}":{"get":{"operationId":"matrixPath","parameters":[{"name":"a","in":"path","required":true,"style":"matrix","schema":{"$ref":"#/components/schemas/Numbers"}},{"name":"b","in":"path","required":true,"style":"matrix","explode":true,"schema":{"$ref":"#/components/schemas/Point"}}],"responses":{"default":{"description":"Anything."}}}},"/query":{"get":{"operationId":"queryStyles","parameters":[{"name":"form","in":"query","schema":{"$ref":"#/components/schemas/Numbers"}},{"name":"commas","in":"query","explode":false,"schema":{"$ref":"#/components/schemas/Numbers"}},{"name":"spaces","in":"query","style":"spaceDelimited","schema":{"$ref":"#/components/schemas/Numbers"}},{"name":"pipes","in":"query","style":"pipeDelimited","schema":{"$ref":"#/components/schemas/Numbers"}},{"name":"deep","in":"query","style":"deepObject","explode":true,"schema":{"$ref":"#/components/schemas/Point"}},{"name":"spread","in":"query","schema":{"$ref":"#/components/schemas/Point"}},{"name":"open","in":"query","style":"deepObject","schema":{"type":"object","additionalProperties":{"type":"string"}}},{"name":"empty","in":"query","allowEmptyValue":true,"schema":{"type":"boolean"}},{"name":"limit","in":"query","description":"How many.","schema":{"type":"integer","minimum":1,"maximum":100,"default":20}},{"name":"old","in":"query","deprecated":true,"schema":{"type":"string"}}],"responses":{"default":{"description":"Anything."}}}},"/header":{"get":{"operationId":"headerStyles","parameters":[{"name":"X-Numbers","in":"header","required":true,"schema":{"$ref":"#/components/schemas/Numbers"}},{"name":"X-Point","in":"header","explode":true,"schema":{"$ref":"#/components/schemas/Point"}}],"responses":{"default":{"description":"Anything."}}}},"/content":{"get":{"operationId":"contentParameter","parameters":[{"name":"filter","in":"query","content":{"application/json":{"schema":{"type":"object","required":["terms"],"properties":{"terms":{"type":"array","items":{"type":"array","items":{"type":"string"}}}}}}}}],"responses":{"default":{"description":"Anything."}}}}},"components":{"schemas":{"Numbers":{"type":"array","items":{"type":"integer"},"minItems":1},"Point":{"type":"object","required":["x","y"],"properties":{"x":{"type":"number"},"y":{"type":"number"}}}}}}"##;

    /// All of the contract's traits.
    pub trait Api: super::default::DefaultApi {}

    impl<T: super::default::DefaultApi> Api for T {}

    /// Every operation of the contract.
    pub static OPERATIONS: &[&rt::Descriptor] = &[
        &super::default::simple_path::DESCRIPTOR,
        &super::default::label_path::DESCRIPTOR,
        &super::default::matrix_path::DESCRIPTOR,
        &super::default::query_styles::DESCRIPTOR,
        &super::default::header_styles::DESCRIPTOR,
        &super::default::content_parameter::DESCRIPTOR,
    ];

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
        super::CONTRACT; super::types::Numbers => "Numbers", super::types::Point => "Point",
    }
}
#[rustfmt::skip]
pub mod schemas {
    //! The rules of the contract's schemas, as data that is there when the program starts.

    use super::rt;

    /// `/paths/~1content/get/parameters/0/content/application~1json/schema`
    pub static CONTENT_PARAMETER_FILTER: rt::Schema = rt::Schema::object()
        .properties(
            &[
                rt::Property::new(
                    "terms",
                    &rt::Schema::array()
                        .items(&rt::Schema::array().items(&rt::Schema::string())),
                ),
            ],
        )
        .required(&["terms"]);

    /// `/components/schemas/Numbers`
    pub static NUMBERS: rt::Schema = rt::Schema::array()
        .items(&rt::Schema::integer())
        .min_items(1);

    /// `/components/schemas/Point`
    pub static POINT: rt::Schema = rt::Schema::object()
        .properties(
            &[
                rt::Property::new("x", &rt::Schema::number()),
                rt::Property::new("y", &rt::Schema::number()),
            ],
        )
        .required(&["x", "y"]);
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
    pub struct ContentParameterFilter {
        /// `terms`.
        pub terms: Vec<Vec<String>>,
    }

    impl rt::Decode for ContentParameterFilter {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                terms: members.required("terms")?,
            })
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(transparent)]
    pub struct Numbers(Vec<i64>);

    impl Numbers {
        /// What it holds.
        pub fn into_inner(self) -> Vec<i64> {
            self.0
        }
    }

    impl std::ops::Deref for Numbers {
        type Target = Vec<i64>;

        fn deref(&self) -> &Vec<i64> {
            &self.0
        }
    }

    impl TryFrom<Vec<i64>> for Numbers {
        type Error = rt::Invalid;

        fn try_from(value: Vec<i64>) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::NUMBERS)?;
            Ok(Numbers(value))
        }
    }

    impl rt::Decode for Numbers {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Numbers)
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Point {
        /// `x`.
        pub x: f64,
        /// `y`.
        pub y: f64,
    }

    impl rt::Decode for Point {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                x: members.required("x")?,
                y: members.required("y")?,
            })
        }
    }

    rt::deserialize_decoded! {
        ContentParameterFilter, Numbers, Point
    }
}
#[rustfmt::skip]
pub mod default {
    //! The operations of the tag "default".

    pub mod simple_path {
        //! `GET /simple/{list}/{object}/{exploded}`.

        use super::super::{rt, schemas, types};

        /// The request of `GET /simple/{list}/{object}/{exploded}`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct SimplePathRequest {
            /// A parameter.
            ///
            /// Path parameter `list`.
            pub list: types::Numbers,
            /// A parameter.
            ///
            /// Path parameter `object`.
            pub object: types::Point,
            /// A parameter.
            ///
            /// Path parameter `exploded`.
            pub exploded: types::Point,
        }

        /// The answer of `GET /simple/{list}/{object}/{exploded}`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct SimplePathResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for SimplePathResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /simple/{list}/{object}/{exploded}` early.
        pub type SimplePathError = rt::OperationError<SimplePath>;

        /// The operation `simplePath`.
        #[derive(Debug)]
        pub struct SimplePath;

        impl<S: super::DefaultApi> rt::Operation<S> for SimplePath {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = SimplePathRequest;
            type Response = SimplePathResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let list = input.parameter(&LIST);
                let object = input.parameter(&OBJECT);
                let exploded = input.parameter(&EXPLODED);
                Some(SimplePathRequest {
                    list: list?,
                    object: object?,
                    exploded: exploded?,
                })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: SimplePathRequest,
            ) -> Result<SimplePathResponse, SimplePathError> {
                super::DefaultApi::simple_path(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "simplePath",
            method: rt::Method::GET,
            path: "/simple/{list}/{object}/{exploded}",
            parameters: &[&LIST, &OBJECT, &EXPLODED],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };

        static LIST: rt::Parameter = rt::Parameter::path("list", &schemas::NUMBERS)
            .style(rt::Style::Simple, false, rt::Shape::Array);

        static OBJECT: rt::Parameter = rt::Parameter::path("object", &schemas::POINT)
            .style(
                rt::Style::Simple,
                false,
                rt::Shape::Object {
                    properties: &["x", "y"],
                    open: false,
                },
            );

        static EXPLODED: rt::Parameter = rt::Parameter::path("exploded", &schemas::POINT)
            .style(
                rt::Style::Simple,
                true,
                rt::Shape::Object {
                    properties: &["x", "y"],
                    open: false,
                },
            );
    }

    pub mod label_path {
        //! `GET /label/{a}/{b}`.

        use super::super::{rt, schemas, types};

        /// The request of `GET /label/{a}/{b}`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct LabelPathRequest {
            /// A parameter.
            ///
            /// Path parameter `a`.
            pub a: i32,
            /// A parameter.
            ///
            /// Path parameter `b`.
            pub b: types::Numbers,
        }

        /// The answer of `GET /label/{a}/{b}`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct LabelPathResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for LabelPathResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /label/{a}/{b}` early.
        pub type LabelPathError = rt::OperationError<LabelPath>;

        /// The operation `labelPath`.
        #[derive(Debug)]
        pub struct LabelPath;

        impl<S: super::DefaultApi> rt::Operation<S> for LabelPath {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = LabelPathRequest;
            type Response = LabelPathResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let a = input.parameter(&A);
                let b = input.parameter(&B);
                Some(LabelPathRequest { a: a?, b: b? })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: LabelPathRequest,
            ) -> Result<LabelPathResponse, LabelPathError> {
                super::DefaultApi::label_path(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "labelPath",
            method: rt::Method::GET,
            path: "/label/{a}/{b}",
            parameters: &[&A, &B],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };

        static A: rt::Parameter = rt::Parameter::path(
                "a",
                &rt::Schema::integer().format(rt::Format::Int32),
            )
            .style(rt::Style::Label, false, rt::Shape::Scalar);

        static B: rt::Parameter = rt::Parameter::path("b", &schemas::NUMBERS)
            .style(rt::Style::Label, true, rt::Shape::Array);
    }

    pub mod matrix_path {
        //! `GET /matrix/{a}/{b}`.

        use super::super::{rt, schemas, types};

        /// The request of `GET /matrix/{a}/{b}`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct MatrixPathRequest {
            /// A parameter.
            ///
            /// Path parameter `a`.
            pub a: types::Numbers,
            /// A parameter.
            ///
            /// Path parameter `b`.
            pub b: types::Point,
        }

        /// The answer of `GET /matrix/{a}/{b}`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct MatrixPathResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for MatrixPathResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /matrix/{a}/{b}` early.
        pub type MatrixPathError = rt::OperationError<MatrixPath>;

        /// The operation `matrixPath`.
        #[derive(Debug)]
        pub struct MatrixPath;

        impl<S: super::DefaultApi> rt::Operation<S> for MatrixPath {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = MatrixPathRequest;
            type Response = MatrixPathResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let a = input.parameter(&A);
                let b = input.parameter(&B);
                Some(MatrixPathRequest { a: a?, b: b? })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: MatrixPathRequest,
            ) -> Result<MatrixPathResponse, MatrixPathError> {
                super::DefaultApi::matrix_path(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "matrixPath",
            method: rt::Method::GET,
            path: "/matrix/{a}/{b}",
            parameters: &[&A, &B],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };

        static A: rt::Parameter = rt::Parameter::path("a", &schemas::NUMBERS)
            .style(rt::Style::Matrix, false, rt::Shape::Array);

        static B: rt::Parameter = rt::Parameter::path("b", &schemas::POINT)
            .style(
                rt::Style::Matrix,
                true,
                rt::Shape::Object {
                    properties: &["x", "y"],
                    open: false,
                },
            );
    }

    pub mod query_styles {
        //! `GET /query`.

        use super::super::{rt, schemas, types};

        /// The request of `GET /query`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct QueryStylesRequest {
            /// A parameter.
            ///
            /// Query parameter `form`.
            pub form: Option<types::Numbers>,
            /// A parameter.
            ///
            /// Query parameter `commas`.
            pub commas: Option<types::Numbers>,
            /// A parameter.
            ///
            /// Query parameter `spaces`.
            pub spaces: Option<types::Numbers>,
            /// A parameter.
            ///
            /// Query parameter `pipes`.
            pub pipes: Option<types::Numbers>,
            /// A parameter.
            ///
            /// Query parameter `deep`.
            pub deep: Option<types::Point>,
            /// A parameter.
            ///
            /// Query parameter `spread`.
            pub spread: Option<types::Point>,
            /// A parameter.
            ///
            /// Query parameter `open`.
            pub open: Option<rt::BTreeMap<String, String>>,
            /// A parameter.
            ///
            /// Query parameter `empty`.
            pub empty: Option<bool>,
            /// How many.
            ///
            /// Query parameter `limit`.
            ///
            /// Where it is absent: `20`.
            pub limit: i64,
            /// A parameter.
            ///
            /// Query parameter `old`.
            ///
            /// Deprecated in the contract.
            pub old: Option<String>,
        }

        /// The answer of `GET /query`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct QueryStylesResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for QueryStylesResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /query` early.
        pub type QueryStylesError = rt::OperationError<QueryStyles>;

        /// The operation `queryStyles`.
        #[derive(Debug)]
        pub struct QueryStyles;

        impl<S: super::DefaultApi> rt::Operation<S> for QueryStyles {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = QueryStylesRequest;
            type Response = QueryStylesResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let form = input.parameter(&FORM);
                let commas = input.parameter(&COMMAS);
                let spaces = input.parameter(&SPACES);
                let pipes = input.parameter(&PIPES);
                let deep = input.parameter(&DEEP);
                let spread = input.parameter(&SPREAD);
                let open = input.parameter(&OPEN);
                let empty = input.parameter(&EMPTY);
                let limit = input.parameter(&LIMIT);
                let old = input.parameter(&OLD);
                Some(QueryStylesRequest {
                    form,
                    commas,
                    spaces,
                    pipes,
                    deep,
                    spread,
                    open,
                    empty,
                    limit: limit.unwrap_or(20),
                    old,
                })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: QueryStylesRequest,
            ) -> Result<QueryStylesResponse, QueryStylesError> {
                super::DefaultApi::query_styles(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "queryStyles",
            method: rt::Method::GET,
            path: "/query",
            parameters: &[
                &FORM,
                &COMMAS,
                &SPACES,
                &PIPES,
                &DEEP,
                &SPREAD,
                &OPEN,
                &EMPTY,
                &LIMIT,
                &OLD,
            ],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };

        static FORM: rt::Parameter = rt::Parameter::query("form", &schemas::NUMBERS)
            .style(rt::Style::Form, true, rt::Shape::Array);

        static COMMAS: rt::Parameter = rt::Parameter::query("commas", &schemas::NUMBERS)
            .style(rt::Style::Form, false, rt::Shape::Array);

        static SPACES: rt::Parameter = rt::Parameter::query("spaces", &schemas::NUMBERS)
            .style(rt::Style::SpaceDelimited, false, rt::Shape::Array);

        static PIPES: rt::Parameter = rt::Parameter::query("pipes", &schemas::NUMBERS)
            .style(rt::Style::PipeDelimited, false, rt::Shape::Array);

        static DEEP: rt::Parameter = rt::Parameter::query("deep", &schemas::POINT)
            .style(
                rt::Style::DeepObject,
                true,
                rt::Shape::Object {
                    properties: &["x", "y"],
                    open: false,
                },
            );

        static SPREAD: rt::Parameter = rt::Parameter::query("spread", &schemas::POINT)
            .style(
                rt::Style::Form,
                true,
                rt::Shape::Object {
                    properties: &["x", "y"],
                    open: false,
                },
            );

        static OPEN: rt::Parameter = rt::Parameter::query(
                "open",
                &rt::Schema::object().additional(&rt::Schema::string()),
            )
            .style(
                rt::Style::DeepObject,
                false,
                rt::Shape::Object {
                    properties: &[],
                    open: true,
                },
            );

        static EMPTY: rt::Parameter = rt::Parameter::query("empty", &rt::Schema::boolean())
            .allow_empty();

        static LIMIT: rt::Parameter = rt::Parameter::query(
            "limit",
            &rt::Schema::integer().at_least(1).at_most(100),
        );

        static OLD: rt::Parameter = rt::Parameter::query("old", &rt::Schema::string());
    }

    pub mod header_styles {
        //! `GET /header`.

        use super::super::{rt, schemas, types};

        /// The request of `GET /header`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct HeaderStylesRequest {
            /// A parameter.
            ///
            /// Header parameter `X-Numbers`.
            pub x_numbers: types::Numbers,
            /// A parameter.
            ///
            /// Header parameter `X-Point`.
            pub x_point: Option<types::Point>,
        }

        /// The answer of `GET /header`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct HeaderStylesResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for HeaderStylesResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /header` early.
        pub type HeaderStylesError = rt::OperationError<HeaderStyles>;

        /// The operation `headerStyles`.
        #[derive(Debug)]
        pub struct HeaderStyles;

        impl<S: super::DefaultApi> rt::Operation<S> for HeaderStyles {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = HeaderStylesRequest;
            type Response = HeaderStylesResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let x_numbers = input.parameter(&X_NUMBERS);
                let x_point = input.parameter(&X_POINT);
                Some(HeaderStylesRequest {
                    x_numbers: x_numbers?,
                    x_point,
                })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: HeaderStylesRequest,
            ) -> Result<HeaderStylesResponse, HeaderStylesError> {
                super::DefaultApi::header_styles(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "headerStyles",
            method: rt::Method::GET,
            path: "/header",
            parameters: &[&X_NUMBERS, &X_POINT],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };

        static X_NUMBERS: rt::Parameter = rt::Parameter::header("X-Numbers", &schemas::NUMBERS)
            .style(rt::Style::Simple, false, rt::Shape::Array)
            .required();

        static X_POINT: rt::Parameter = rt::Parameter::header("X-Point", &schemas::POINT)
            .style(
                rt::Style::Simple,
                true,
                rt::Shape::Object {
                    properties: &["x", "y"],
                    open: false,
                },
            );
    }

    pub mod content_parameter {
        //! `GET /content`.

        use super::super::{rt, schemas, types};

        /// The request of `GET /content`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct ContentParameterRequest {
            /// A parameter.
            ///
            /// Query parameter `filter`.
            pub filter: Option<types::ContentParameterFilter>,
        }

        /// The answer of `GET /content`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct ContentParameterResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for ContentParameterResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /content` early.
        pub type ContentParameterError = rt::OperationError<ContentParameter>;

        /// The operation `contentParameter`.
        #[derive(Debug)]
        pub struct ContentParameter;

        impl<S: super::DefaultApi> rt::Operation<S> for ContentParameter {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ContentParameterRequest;
            type Response = ContentParameterResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let filter = input.parameter(&FILTER);
                Some(ContentParameterRequest { filter })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: ContentParameterRequest,
            ) -> Result<ContentParameterResponse, ContentParameterError> {
                super::DefaultApi::content_parameter(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "contentParameter",
            method: rt::Method::GET,
            path: "/content",
            parameters: &[&FILTER],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };

        static FILTER: rt::Parameter = rt::Parameter::query(
                "filter",
                &schemas::CONTENT_PARAMETER_FILTER,
            )
            .json();
    }


    use super::rt;
    pub use self::simple_path::{SimplePathError, SimplePathRequest, SimplePathResponse};
    pub use self::label_path::{LabelPathError, LabelPathRequest, LabelPathResponse};
    pub use self::matrix_path::{MatrixPathError, MatrixPathRequest, MatrixPathResponse};
    pub use self::query_styles::{QueryStylesError, QueryStylesRequest, QueryStylesResponse};
    pub use self::header_styles::{
        HeaderStylesError, HeaderStylesRequest, HeaderStylesResponse,
    };
    pub use self::content_parameter::{
        ContentParameterError, ContentParameterRequest, ContentParameterResponse,
    };

    /// The operations of the tag "default".
    pub trait DefaultApi: Sized + Send + Sync + 'static {
        /// `GET /simple/{list}/{object}/{exploded}`
        fn simple_path(
            &self,
            context: &rt::Context,
            request: SimplePathRequest,
        ) -> impl Future<Output = Result<SimplePathResponse, SimplePathError>> + Send;

        /// `GET /label/{a}/{b}`
        fn label_path(
            &self,
            context: &rt::Context,
            request: LabelPathRequest,
        ) -> impl Future<Output = Result<LabelPathResponse, LabelPathError>> + Send;

        /// `GET /matrix/{a}/{b}`
        fn matrix_path(
            &self,
            context: &rt::Context,
            request: MatrixPathRequest,
        ) -> impl Future<Output = Result<MatrixPathResponse, MatrixPathError>> + Send;

        /// `GET /query`
        fn query_styles(
            &self,
            context: &rt::Context,
            request: QueryStylesRequest,
        ) -> impl Future<Output = Result<QueryStylesResponse, QueryStylesError>> + Send;

        /// `GET /header`
        fn header_styles(
            &self,
            context: &rt::Context,
            request: HeaderStylesRequest,
        ) -> impl Future<Output = Result<HeaderStylesResponse, HeaderStylesError>> + Send;

        /// `GET /content`
        fn content_parameter(
            &self,
            context: &rt::Context,
            request: ContentParameterRequest,
        ) -> impl Future<
            Output = Result<ContentParameterResponse, ContentParameterError>,
        > + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: DefaultApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([
            rt::Route::of::<simple_path::SimplePath, S>(server),
            rt::Route::of::<label_path::LabelPath, S>(server),
            rt::Route::of::<matrix_path::MatrixPath, S>(server),
            rt::Route::of::<query_styles::QueryStyles, S>(server),
            rt::Route::of::<header_styles::HeaderStyles, S>(server),
            rt::Route::of::<content_parameter::ContentParameter, S>(server),
        ])
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;

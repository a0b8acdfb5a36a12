// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Responses 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r##"{"openapi":"3.0.3","info":{"title":"Responses","version":"1.0.0"},"paths":{"/all":{"get":{"operationId":"getAll","responses":{"default":{"description":"Anything else."},"5XX":{"$ref":"#/components/responses/Broken"},"404":{"$ref":"#/components/responses/Missing"},"200":{"description":"Fine.","headers":{"ETag":{"required":true,"schema":{"type":"string"}},"X-Numbers":{"schema":{"type":"array","items":{"type":"integer"}}},"X-Point":{"explode":true,"schema":{"type":"object","properties":{"x":{"type":"integer"}}}},"Content-Length":{"$ref":"#/components/headers/Length"},"body":{"schema":{"type":"string"}}},"content":{"application/json":{"schema":{"type":"object","required":["inline"],"properties":{"inline":{"type":"array","items":{"type":"object","properties":{"a":{"type":"string"}}}}}}},"text/csv":{"schema":{"type":"string"}}}},"304":{"description":"The same as before."},"299":{"description":"Unusual."}}}},"/made":{"post":{"operationId":"make","responses":{"201":{"description":"Made.","headers":{"Location":{"required":true,"schema":{"type":"string","format":"uri-reference"}}}},"4XX":{"$ref":"#/components/responses/Missing"},"5XX":{"description":"Ours.","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/OtherProblem"}}}}}}},"/only-default":{"delete":{"operationId":"onlyDefault","responses":{"default":{"description":"The answer.","content":{"application/json":{"schema":{"type":"string"}}}}}}}},"components":{"headers":{"Length":{"required":true,"schema":{"type":"integer"}}},"responses":{"Broken":{"description":"Broken.","content":{"application/problem+json":{}}},"Missing":{"description":"Not there.","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}}},"schemas":{"Problem":{"type":"object","required":["type","title","status","code"],"properties":{"type":{"type":"string","format":"uri-reference"},"title":{"type":"string"},"status":{"type":"integer","format":"int32"},"detail":{"type":"string"},"instance":{"type":"string"},"code":{"type":"string","enum":["invalid_request","not_found","conflict","broken"]},"violations":{"type":"array","items":{"type":"object","properties":{"pointer":{"type":"string"}}}},"requestId":{"type":"string"},"extra":{"type":"string"}}},"OtherProblem":{"type":"object","required":["reason"],"properties":{"reason":{"type":"string"}}}}}}"##;

    /// All of the contract's traits.
    pub trait Api: super::default::DefaultApi {}

    impl<T: super::default::DefaultApi> Api for T {}

    /// Every operation of the contract.
    pub static OPERATIONS: &[&rt::Descriptor] = &[
        &super::default::get_all::DESCRIPTOR,
        &super::default::make::DESCRIPTOR,
        &super::default::only_default::DESCRIPTOR,
    ];

    /// Every operation of the contract, all carried out by one server. The modules of tags have `routes` too, for servers
    /// that carry out one tag each.
    pub fn routes<S: Api>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        [super::default::routes(server)].concat()
    }
}
#[rustfmt::skip]
pub mod codes {
    //! The codes of problems that are not the usual ones of their status.

    use super::rt;

    rt::problem_code!(Broken = "broken");
    rt::problem_code!(Conflict = "conflict");
    rt::problem_code!(InvalidRequest = "invalid_request");
}
#[rustfmt::skip]
mod json_schema {
    //! `schemars::JsonSchema` for the types that are component schemas: what the contract says,
    //! word for word. It is there where the runtime's feature `json-schema` is on.
    //!
    //! References in them start with `#/components/schemas/`; the settings
    //! `SchemaSettings::openapi3()` resolve them.

    super::rt::component_schemas! {
        super::CONTRACT; super::types::OtherProblem => "OtherProblem", super::types::Problem
        => "Problem",
    }
}
#[rustfmt::skip]
pub mod schemas {
    //! The rules of the contract's schemas, as data that is there when the program starts.
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
    pub struct GetAllOkBodyJson {
        /// `inline`.
        pub inline: Vec<GetAllOkBodyJsonInlineItem>,
    }

    impl rt::Decode for GetAllOkBodyJson {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                inline: members.required("inline")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct GetAllOkBodyJsonInlineItem {
        /// `a`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<String>,
    }

    impl rt::Decode for GetAllOkBodyJsonInlineItem {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self { a: members.optional("a")? })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct GetAllXPoint {
        /// `x`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub x: Option<i64>,
    }

    impl rt::Decode for GetAllXPoint {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self { x: members.optional("x")? })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct OtherProblem {
        /// `reason`.
        pub reason: String,
    }

    impl rt::Decode for OtherProblem {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                reason: members.required("reason")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct Problem {
        /// `type`.
        pub r#type: String,
        /// `title`.
        pub title: String,
        /// `status`.
        pub status: i32,
        /// `detail`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub detail: Option<String>,
        /// `instance`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub instance: Option<String>,
        /// `code`.
        pub code: ProblemCode,
        /// `violations`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub violations: Option<Vec<ProblemViolationsItem>>,
        /// `requestId`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub request_id: Option<String>,
        /// `extra`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub extra: Option<String>,
    }

    impl rt::Decode for Problem {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                r#type: members.required("type")?,
                title: members.required("title")?,
                status: members.required("status")?,
                detail: members.optional("detail")?,
                instance: members.optional("instance")?,
                code: members.required("code")?,
                violations: members.optional("violations")?,
                request_id: members.optional("requestId")?,
                extra: members.optional("extra")?,
            })
        }
    }

    /// One of the values that the contract lists.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum ProblemCode {
        /// `invalid_request`.
        InvalidRequest,
        /// `not_found`.
        NotFound,
        /// `conflict`.
        Conflict,
        /// `broken`.
        Broken,
    }

    rt::string_enum!(
        ProblemCode { InvalidRequest = "invalid_request", NotFound = "not_found", Conflict =
        "conflict", Broken = "broken" }
    );

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct ProblemViolationsItem {
        /// `pointer`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub pointer: Option<String>,
    }

    impl rt::Decode for ProblemViolationsItem {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                pointer: members.optional("pointer")?,
            })
        }
    }

    rt::deserialize_decoded! {
        GetAllOkBodyJson, GetAllOkBodyJsonInlineItem, GetAllXPoint, OtherProblem, Problem,
        ProblemCode, ProblemViolationsItem
    }
}
#[rustfmt::skip]
pub mod default {
    //! The operations of the tag "default".

    pub mod get_all {
        //! `GET /all`.

        use super::super::{codes, rt, types};

        /// The successful answers of `GET /all`.
        #[derive(Debug, Clone, PartialEq)]
        #[allow(clippy::large_enum_variant, reason = "an answer is made once, and sent at once")]
        pub enum GetAllResponse {
            /// Fine.
            Ok {
                /// A header.
                ///
                /// Header `ETag`.
                etag: String,
                /// A header.
                ///
                /// Header `X-Numbers`.
                x_numbers: Option<Vec<i64>>,
                /// A header.
                ///
                /// Header `X-Point`.
                x_point: Option<types::GetAllXPoint>,
                /// A header.
                ///
                /// Header `Content-Length`.
                content_length: i64,
                /// A header.
                ///
                /// Header `body`.
                body_2: Option<String>,
                /// The body.
                body: GetAllOkBody,
            },
            /// Unusual.
            Status299,
            /// The same as before.
            NotModified,
        }

        impl rt::IntoAnswer for GetAllResponse {
            fn into_answer(self) -> rt::Answer {
                match self {
                    Self::Ok { etag, x_numbers, x_point, content_length, body_2, body } => {
                        match body {
                            GetAllOkBody::Json(body) => {
                                rt::Answer::json(rt::StatusCode::OK, "application/json", &body)
                            }
                            GetAllOkBody::TextCsv(body) => {
                                rt::Answer::body(rt::StatusCode::OK, "text/csv", body)
                            }
                        }
                            .header("etag", &etag)
                            .optional_header("x-numbers", x_numbers.as_ref())
                            .optional_exploded_header("x-point", x_point.as_ref())
                            .header("content-length", &content_length)
                            .optional_header("body", body_2.as_ref())
                    }
                    Self::Status299 => rt::Answer::empty(rt::Answer::status(299)),
                    Self::NotModified => rt::Answer::empty(rt::StatusCode::NOT_MODIFIED),
                }
            }
        }

        /// What ends `GET /all` early.
        ///
        /// - 404: Not there.
        /// - 5XX: Broken.
        /// - any other status, [`GetAllDefault`]: Anything else.
        pub type GetAllError = rt::OperationError<GetAll>;

        rt::declares!(
            GetAll => [NotFound, NotFound[codes::InvalidRequest, codes::Conflict, codes::Broken],
            InternalServerError[..], NotImplemented[..], BadGateway[..], ServiceUnavailable[..],
            GatewayTimeout[..], InsufficientStorage[..]]
        );

        impl rt::DeclaresOthers for GetAll {
            const STATUSES: &'static [rt::Status] = &[rt::Status::Range(5)];
        }

        /// Anything else.
        #[derive(Debug, Clone, PartialEq)]
        pub struct GetAllDefault {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl From<GetAllDefault> for GetAllError {
            fn from(GetAllDefault { status }: GetAllDefault) -> Self {
                Self::of(
                    rt::Answer::declared(
                        status,
                        &[rt::Status::Default],
                        || rt::Answer::empty(status),
                    ),
                )
            }
        }

        /// The body of an answer, by its media type.
        #[derive(Debug, Clone, PartialEq)]
        pub enum GetAllOkBody {
            /// `application/json`.
            Json(types::GetAllOkBodyJson),
            /// `text/csv`.
            TextCsv(String),
        }

        /// The operation `getAll`.
        #[derive(Debug)]
        pub struct GetAll;

        impl<S: super::DefaultApi> rt::Operation<S> for GetAll {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = GetAllResponse;

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
            ) -> Result<GetAllResponse, GetAllError> {
                super::DefaultApi::get_all(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "getAll",
            method: rt::Method::GET,
            path: "/all",
            parameters: &[],
            body: None,
            produces: &["application/json", "text/csv"],
            response_headers: &["Content-Length", "ETag", "X-Numbers", "X-Point", "body"],
            challenges: &[],
        };
    }

    pub mod make {
        //! `POST /made`.

        use super::super::{rt, types};

        /// The answer of `POST /made`: 201.
        #[derive(Debug, Clone, PartialEq)]
        pub struct MakeResponse {
            /// A header.
            ///
            /// Header `Location`.
            pub location: String,
        }

        impl rt::IntoAnswer for MakeResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { location } = self;
                rt::Answer::empty(rt::StatusCode::CREATED).header("location", &location)
            }
        }

        /// What ends `POST /made` early.
        ///
        /// - 4XX: Not there.
        /// - 5XX, [`MakeServerError`]: Ours.
        pub type MakeError = rt::OperationError<Make>;

        rt::declares!(
            Make => [BadRequest[..], Unauthorized[..], PaymentRequired[..], Forbidden[..],
            NotFound[..], MethodNotAllowed[..], NotAcceptable[..], RequestTimeout[..],
            Conflict[..], Gone[..], LengthRequired[..], PreconditionFailed[..],
            ContentTooLarge[..], UriTooLong[..], UnsupportedMediaType[..],
            RangeNotSatisfiable[..], ExpectationFailed[..], MisdirectedRequest[..],
            UnprocessableContent[..], Locked[..], FailedDependency[..], TooEarly[..],
            UpgradeRequired[..], PreconditionRequired[..], TooManyRequests[..],
            RequestHeaderFieldsTooLarge[..], UnavailableForLegalReasons[..]]
        );

        impl rt::DeclaresOthers for Make {
            const STATUSES: &'static [rt::Status] = &[rt::Status::Range(4)];
        }

        /// Ours.
        #[derive(Debug, Clone, PartialEq)]
        pub struct MakeServerError {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
            /// The body.
            pub body: types::OtherProblem,
        }

        impl From<MakeServerError> for MakeError {
            fn from(MakeServerError { status, body }: MakeServerError) -> Self {
                Self::of(
                    rt::Answer::declared(
                        status,
                        &[rt::Status::Range(5)],
                        || rt::Answer::json(status, "application/problem+json", &body),
                    ),
                )
            }
        }

        /// The operation `make`.
        #[derive(Debug)]
        pub struct Make;

        impl<S: super::DefaultApi> rt::Operation<S> for Make {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = MakeResponse;

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
            ) -> Result<MakeResponse, MakeError> {
                super::DefaultApi::make(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "make",
            method: rt::Method::POST,
            path: "/made",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &["Location"],
            challenges: &[],
        };
    }

    pub mod only_default {
        //! `DELETE /only-default`.

        use super::super::rt;

        /// The answer of `DELETE /only-default`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct OnlyDefaultResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
            /// The body.
            pub body: String,
        }

        impl rt::IntoAnswer for OnlyDefaultResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status, body } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::json(status, "application/json", &body),
                )
            }
        }

        /// What ends `DELETE /only-default` early.
        pub type OnlyDefaultError = rt::OperationError<OnlyDefault>;

        /// The operation `onlyDefault`.
        #[derive(Debug)]
        pub struct OnlyDefault;

        impl<S: super::DefaultApi> rt::Operation<S> for OnlyDefault {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = OnlyDefaultResponse;

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
            ) -> Result<OnlyDefaultResponse, OnlyDefaultError> {
                super::DefaultApi::only_default(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "onlyDefault",
            method: rt::Method::DELETE,
            path: "/only-default",
            parameters: &[],
            body: None,
            produces: &["application/json"],
            response_headers: &[],
            challenges: &[],
        };
    }


    use super::rt;
    pub use self::get_all::{GetAllError, GetAllResponse, GetAllOkBody};
    pub use self::make::{MakeError, MakeResponse};
    pub use self::only_default::{OnlyDefaultError, OnlyDefaultResponse};

    /// The operations of the tag "default".
    pub trait DefaultApi: Sized + Send + Sync + 'static {
        /// `GET /all`
        fn get_all(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<GetAllResponse, GetAllError>> + Send;

        /// `POST /made`
        fn make(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<MakeResponse, MakeError>> + Send;

        /// `DELETE /only-default`
        fn only_default(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<OnlyDefaultResponse, OnlyDefaultError>> + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: DefaultApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([
            rt::Route::of::<get_all::GetAll, S>(server),
            rt::Route::of::<make::Make, S>(server),
            rt::Route::of::<only_default::OnlyDefault, S>(server),
        ])
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;

// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Bodies 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r##"{"openapi":"3.0.3","info":{"title":"Bodies","version":"1.0.0"},"paths":{"/json":{"post":{"operationId":"postJson","requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Note"}}}},"responses":{"201":{"description":"Made.","content":{"application/vnd.note+json; charset=utf-8":{"schema":{"$ref":"#/components/schemas/Note"}}}},"default":{"description":"Failed."}}}},"/optional":{"post":{"operationId":"postOptional","requestBody":{"description":"May be absent.","content":{"application/json":{}}},"responses":{"default":{"description":"Anything."}}}},"/several":{"post":{"operationId":"postSeveral","requestBody":{"$ref":"#/components/requestBodies/Several"},"responses":{"200":{"description":"As asked for.","content":{"application/json":{"schema":{"type":"object","properties":{"text":{"type":"string"}}}},"text/plain":{"schema":{"type":"string","maxLength":100}},"image/*":{"schema":{"type":"string","format":"binary"}}}},"default":{"description":"Failed."}}}},"/form":{"post":{"operationId":"postForm","requestBody":{"required":true,"content":{"application/x-www-form-urlencoded":{"schema":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"tags":{"type":"array","items":{"type":"string"}},"codes":{"type":"array","items":{"type":"integer"}},"address":{"type":"object","properties":{"city":{"type":"string"}}},"spread":{"type":"object","properties":{"a":{"type":"string"}}}}},"encoding":{"codes":{"style":"pipeDelimited"},"spread":{"style":"form","explode":true}}}}},"responses":{"default":{"description":"Anything."}}}}},"components":{"requestBodies":{"Several":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Note"}},"text/markdown":{"schema":{"type":"string"}},"application/octet-stream":{"schema":{"type":"string","format":"binary"}},"application/xml":{"schema":{"$ref":"#/components/schemas/Note"}}}}},"schemas":{"Note":{"type":"object","required":["text"],"properties":{"text":{"type":"string"}}}}}}"##;

    /// All of the contract's traits.
    pub trait Api: super::default::DefaultApi {}

    impl<T: super::default::DefaultApi> Api for T {}

    /// Every operation of the contract.
    pub static OPERATIONS: &[&rt::Descriptor] = &[
        &super::default::post_json::DESCRIPTOR,
        &super::default::post_optional::DESCRIPTOR,
        &super::default::post_several::DESCRIPTOR,
        &super::default::post_form::DESCRIPTOR,
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
        super::CONTRACT; super::types::Note => "Note",
    }
}
#[rustfmt::skip]
pub mod schemas {
    //! The rules of the contract's schemas, as data that is there when the program starts.

    use super::rt;

    /// `/components/schemas/Note`
    pub static NOTE: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("text", &rt::Schema::string())])
        .required(&["text"]);

    /// `/paths/~1form/post/requestBody/content/application~1x-www-form-urlencoded/schema`
    pub static POST_FORM_BODY: rt::Schema = rt::Schema::object()
        .properties(
            &[
                rt::Property::new("name", &rt::Schema::string()),
                rt::Property::new("tags", &rt::Schema::array().items(&rt::Schema::string())),
                rt::Property::new(
                    "codes",
                    &rt::Schema::array().items(&rt::Schema::integer()),
                ),
                rt::Property::new("address", &POST_FORM_BODY_ADDRESS),
                rt::Property::new("spread", &POST_FORM_BODY_SPREAD),
            ],
        )
        .required(&["name"]);

    /// `/paths/~1form/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties/address`
    pub static POST_FORM_BODY_ADDRESS: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("city", &rt::Schema::string())]);

    /// `/paths/~1form/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties/spread`
    pub static POST_FORM_BODY_SPREAD: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("a", &rt::Schema::string())]);
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
    pub struct Note {
        /// `text`.
        pub text: String,
    }

    impl rt::Decode for Note {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                text: members.required("text")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct PostFormBody {
        /// `name`.
        pub name: String,
        /// `tags`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub tags: Option<Vec<String>>,
        /// `codes`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub codes: Option<Vec<i64>>,
        /// `address`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub address: Option<PostFormBodyAddress>,
        /// `spread`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub spread: Option<PostFormBodySpread>,
    }

    impl rt::Decode for PostFormBody {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                name: members.required("name")?,
                tags: members.optional("tags")?,
                codes: members.optional("codes")?,
                address: members.optional("address")?,
                spread: members.optional("spread")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct PostFormBodyAddress {
        /// `city`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub city: Option<String>,
    }

    impl rt::Decode for PostFormBodyAddress {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                city: members.optional("city")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct PostFormBodySpread {
        /// `a`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<String>,
    }

    impl rt::Decode for PostFormBodySpread {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self { a: members.optional("a")? })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct PostSeveralOkBodyJson {
        /// `text`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub text: Option<String>,
    }

    impl rt::Decode for PostSeveralOkBodyJson {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                text: members.optional("text")?,
            })
        }
    }

    rt::deserialize_decoded! {
        Note, PostFormBody, PostFormBodyAddress, PostFormBodySpread, PostSeveralOkBodyJson
    }
}
#[rustfmt::skip]
pub mod default {
    //! The operations of the tag "default".

    pub mod post_json {
        //! `POST /json`.

        use super::super::{rt, schemas, types};

        /// The request of `POST /json`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct PostJsonRequest {
            /// The body.
            pub body: types::Note,
        }

        /// The answer of `POST /json`: 201.
        #[derive(Debug, Clone, PartialEq)]
        pub struct PostJsonResponse {
            /// The body.
            pub body: types::Note,
        }

        impl rt::IntoAnswer for PostJsonResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { body } = self;
                rt::Answer::json(rt::StatusCode::CREATED, "application/vnd.note+json", &body)
            }
        }

        /// What ends `POST /json` early.
        ///
        /// - any other status, [`PostJsonDefault`]: Failed.
        pub type PostJsonError = rt::OperationError<PostJson>;

        /// Failed.
        #[derive(Debug, Clone, PartialEq)]
        pub struct PostJsonDefault {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl From<PostJsonDefault> for PostJsonError {
            fn from(PostJsonDefault { status }: PostJsonDefault) -> Self {
                Self::of(
                    rt::Answer::declared(
                        status,
                        &[rt::Status::Default],
                        || rt::Answer::empty(status),
                    ),
                )
            }
        }

        /// The operation `postJson`.
        #[derive(Debug)]
        pub struct PostJson;

        impl<S: super::DefaultApi> rt::Operation<S> for PostJson {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = PostJsonRequest;
            type Response = PostJsonResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let body = input.json(&schemas::NOTE);
                Some(PostJsonRequest { body: body? })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: PostJsonRequest,
            ) -> Result<PostJsonResponse, PostJsonError> {
                super::DefaultApi::post_json(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "postJson",
            method: rt::Method::POST,
            path: "/json",
            parameters: &[],
            body: Some(rt::RequestBody {
                required: true,
                media_types: &["application/json"],
            }),
            produces: &["application/vnd.note+json"],
            response_headers: &[],
            challenges: &[],
        };
    }

    pub mod post_optional {
        //! `POST /optional`.

        use super::super::rt;

        /// The request of `POST /optional`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct PostOptionalRequest {
            /// May be absent.
            pub body: Option<rt::Value>,
        }

        /// The answer of `POST /optional`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct PostOptionalResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for PostOptionalResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `POST /optional` early.
        pub type PostOptionalError = rt::OperationError<PostOptional>;

        /// The operation `postOptional`.
        #[derive(Debug)]
        pub struct PostOptional;

        impl<S: super::DefaultApi> rt::Operation<S> for PostOptional {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = PostOptionalRequest;
            type Response = PostOptionalResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let body = input.json(BODY__RULES_0);
                Some(PostOptionalRequest { body })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: PostOptionalRequest,
            ) -> Result<PostOptionalResponse, PostOptionalError> {
                super::DefaultApi::post_optional(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "postOptional",
            method: rt::Method::POST,
            path: "/optional",
            parameters: &[],
            body: Some(rt::RequestBody {
                required: false,
                media_types: &["application/json"],
            }),
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };

        static BODY__RULES_0: &rt::Schema = &rt::Schema::ANY;
    }

    pub mod post_several {
        //! `POST /several`.

        use super::super::{rt, schemas, types};

        /// The request of `POST /several`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct PostSeveralRequest {
            /// The body.
            pub body: PostSeveralBody,
        }

        /// The body, by its media type.
        #[derive(Debug, Clone, PartialEq)]
        pub enum PostSeveralBody {
            /// `application/json`.
            Json(types::Note),
            /// `text/markdown`.
            TextMarkdown(String),
            /// `application/octet-stream`.
            Bytes(rt::Bytes),
            /// `application/xml`.
            Xml(rt::Bytes),
        }

        /// The answer of `POST /several`: 200.
        #[derive(Debug, Clone, PartialEq)]
        pub struct PostSeveralResponse {
            /// The body.
            pub body: PostSeveralOkBody,
        }

        impl rt::IntoAnswer for PostSeveralResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { body } = self;
                match body {
                    PostSeveralOkBody::Json(body) => {
                        rt::Answer::json(rt::StatusCode::OK, "application/json", &body)
                    }
                    PostSeveralOkBody::Text(body) => {
                        rt::Answer::body(rt::StatusCode::OK, "text/plain", body)
                    }
                    PostSeveralOkBody::AnyImage(body) => {
                        rt::Answer::body(rt::StatusCode::OK, "application/octet-stream", body)
                    }
                }
            }
        }

        /// What ends `POST /several` early.
        ///
        /// - any other status, [`PostSeveralDefault`]: Failed.
        pub type PostSeveralError = rt::OperationError<PostSeveral>;

        /// Failed.
        #[derive(Debug, Clone, PartialEq)]
        pub struct PostSeveralDefault {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl From<PostSeveralDefault> for PostSeveralError {
            fn from(PostSeveralDefault { status }: PostSeveralDefault) -> Self {
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
        pub enum PostSeveralOkBody {
            /// `application/json`.
            Json(types::PostSeveralOkBodyJson),
            /// `text/plain`.
            Text(String),
            /// `image/*`.
            AnyImage(rt::Bytes),
        }

        /// The operation `postSeveral`.
        #[derive(Debug)]
        pub struct PostSeveral;

        impl<S: super::DefaultApi> rt::Operation<S> for PostSeveral {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = PostSeveralRequest;
            type Response = PostSeveralResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let body = match input.media() {
                    Some(0) => input.json(&schemas::NOTE).map(PostSeveralBody::Json),
                    Some(1) => input.text(BODY__RULES_1).map(PostSeveralBody::TextMarkdown),
                    Some(2) => input.bytes().map(PostSeveralBody::Bytes),
                    Some(3) => input.bytes().map(PostSeveralBody::Xml),
                    _ => None,
                };
                Some(PostSeveralRequest { body: body? })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: PostSeveralRequest,
            ) -> Result<PostSeveralResponse, PostSeveralError> {
                super::DefaultApi::post_several(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "postSeveral",
            method: rt::Method::POST,
            path: "/several",
            parameters: &[],
            body: Some(rt::RequestBody {
                required: true,
                media_types: &[
                    "application/json",
                    "text/markdown",
                    "application/octet-stream",
                    "application/xml",
                ],
            }),
            produces: &["application/json", "application/octet-stream", "text/plain"],
            response_headers: &[],
            challenges: &[],
        };

        static BODY__RULES_1: &rt::Schema = &rt::Schema::string();
    }

    pub mod post_form {
        //! `POST /form`.

        use super::super::{rt, schemas, types};

        /// The request of `POST /form`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct PostFormRequest {
            /// The body.
            pub body: types::PostFormBody,
        }

        /// The answer of `POST /form`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct PostFormResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for PostFormResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `POST /form` early.
        pub type PostFormError = rt::OperationError<PostForm>;

        /// The operation `postForm`.
        #[derive(Debug)]
        pub struct PostForm;

        impl<S: super::DefaultApi> rt::Operation<S> for PostForm {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = PostFormRequest;
            type Response = PostFormResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let body = input.form(BODY__FIELDS_0, &schemas::POST_FORM_BODY);
                Some(PostFormRequest { body: body? })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: PostFormRequest,
            ) -> Result<PostFormResponse, PostFormError> {
                super::DefaultApi::post_form(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "postForm",
            method: rt::Method::POST,
            path: "/form",
            parameters: &[],
            body: Some(rt::RequestBody {
                required: true,
                media_types: &["application/x-www-form-urlencoded"],
            }),
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };

        static BODY__FIELDS_0: &[rt::FormField] = &[
            rt::FormField {
                name: "name",
                encoding: rt::Encoding::Style {
                    style: rt::Style::Form,
                    explode: true,
                    shape: rt::Shape::Scalar,
                },
            },
            rt::FormField {
                name: "tags",
                encoding: rt::Encoding::Style {
                    style: rt::Style::Form,
                    explode: true,
                    shape: rt::Shape::Array,
                },
            },
            rt::FormField {
                name: "codes",
                encoding: rt::Encoding::Style {
                    style: rt::Style::PipeDelimited,
                    explode: false,
                    shape: rt::Shape::Array,
                },
            },
            rt::FormField {
                name: "address",
                encoding: rt::Encoding::Json,
            },
            rt::FormField {
                name: "spread",
                encoding: rt::Encoding::Style {
                    style: rt::Style::Form,
                    explode: true,
                    shape: rt::Shape::Object {
                        properties: &["a"],
                        open: false,
                    },
                },
            },
        ];
    }


    use super::rt;
    pub use self::post_json::{PostJsonError, PostJsonRequest, PostJsonResponse};
    pub use self::post_optional::{
        PostOptionalError, PostOptionalRequest, PostOptionalResponse,
    };
    pub use self::post_several::{
        PostSeveralError, PostSeveralRequest, PostSeveralResponse, PostSeveralBody,
        PostSeveralOkBody,
    };
    pub use self::post_form::{PostFormError, PostFormRequest, PostFormResponse};

    /// The operations of the tag "default".
    pub trait DefaultApi: Sized + Send + Sync + 'static {
        /// `POST /json`
        fn post_json(
            &self,
            context: &rt::Context,
            request: PostJsonRequest,
        ) -> impl Future<Output = Result<PostJsonResponse, PostJsonError>> + Send;

        /// `POST /optional`
        fn post_optional(
            &self,
            context: &rt::Context,
            request: PostOptionalRequest,
        ) -> impl Future<Output = Result<PostOptionalResponse, PostOptionalError>> + Send;

        /// `POST /several`
        fn post_several(
            &self,
            context: &rt::Context,
            request: PostSeveralRequest,
        ) -> impl Future<Output = Result<PostSeveralResponse, PostSeveralError>> + Send;

        /// `POST /form`
        fn post_form(
            &self,
            context: &rt::Context,
            request: PostFormRequest,
        ) -> impl Future<Output = Result<PostFormResponse, PostFormError>> + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: DefaultApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([
            rt::Route::of::<post_json::PostJson, S>(server),
            rt::Route::of::<post_optional::PostOptional, S>(server),
            rt::Route::of::<post_several::PostSeveral, S>(server),
            rt::Route::of::<post_form::PostForm, S>(server),
        ])
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;

// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Files 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r##"{"openapi":"3.0.3","info":{"title":"Files","version":"1.0.0"},"paths":{"/things":{"post":{"operationId":"postThing","requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/thing"}}}},"responses":{"default":{"$ref":"#/components/responses/Failed"}}}},"/local":{"get":{"operationId":"getLocal","parameters":[{"$ref":"#/components/parameters/Limit"}],"responses":{"200":{"description":"A thing.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/thing"}}}},"default":{"$ref":"#/components/responses/Failed"}}}}},"components":{"schemas":{"Label":{"type":"string","maxLength":20},"Tag":{"type":"object","properties":{"name":{"type":"string"}}},"Escaped":{"type":"object","properties":{"a/b~c d":{"type":"object","properties":{"x":{"type":"string"}}},"again":{"$ref":"#/components/schemas/Escaped/properties/a~1b~0c%20d"}}},"Union":{"oneOf":[{"$ref":"#/components/schemas/Tag2"},{"$ref":"#/components/schemas/Tag"}],"discriminator":{"propertyName":"kind","mapping":{"theirs":"#/components/schemas/Tag2","ours":"Tag"}}},"Failure":{"type":"object","properties":{"label":{"$ref":"#/components/schemas/Label"},"cause":{"$ref":"#/components/schemas/Failure"}}},"Tag2":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string"}}},"thing":{"type":"object","required":["name"],"properties":{"name":{"type":"string","description":"😀 é"},"tags":{"type":"array","items":{"$ref":"#/components/schemas/Tag2"}}}}},"parameters":{"Limit":{"name":"limit","in":"query","schema":{"type":"integer","default":10}}},"responses":{"Failed":{"description":"Failed.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Failure"}}}}}}}"##;

    /// All of the contract's traits.
    pub trait Api: super::default::DefaultApi {}

    impl<T: super::default::DefaultApi> Api for T {}

    /// Every operation of the contract.
    pub static OPERATIONS: &[&rt::Descriptor] = &[
        &super::default::post_thing::DESCRIPTOR,
        &super::default::get_local::DESCRIPTOR,
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
        super::CONTRACT; super::types::Escaped => "Escaped", super::types::Failure =>
        "Failure", super::types::Label => "Label", super::types::Tag => "Tag",
        super::types::Tag2 => "Tag2", super::types::Thing => "thing", super::types::Union =>
        "Union",
    }
}
#[rustfmt::skip]
pub mod schemas {
    //! The rules of the contract's schemas, as data that is there when the program starts.

    use super::rt;

    /// `/components/schemas/Label`
    pub static LABEL: rt::Schema = rt::Schema::string().max_length(20);

    /// `/components/schemas/Tag`
    pub static TAG: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("name", &rt::Schema::string())]);

    /// `/components/schemas/Tag2`
    pub static TAG2: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("kind", &rt::Schema::string())])
        .required(&["kind"]);

    /// `/components/schemas/thing`
    pub static THING: rt::Schema = rt::Schema::object()
        .properties(
            &[
                rt::Property::new("name", &rt::Schema::string()),
                rt::Property::new("tags", &rt::Schema::array().items(&TAG2)),
            ],
        )
        .required(&["name"]);
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
    pub struct Escaped {
        /// `a/b~c d`.
        #[serde(rename = "a/b~c d", skip_serializing_if = "Option::is_none")]
        pub a_b_c_d: Option<EscapedA1b0cD>,
        /// `again`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub again: Option<EscapedA1b0cD>,
    }

    impl rt::Decode for Escaped {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                a_b_c_d: members.optional("a/b~c d")?,
                again: members.optional("again")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct EscapedA1b0cD {
        /// `x`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub x: Option<String>,
    }

    impl rt::Decode for EscapedA1b0cD {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self { x: members.optional("x")? })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Failure {
        /// `label`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub label: Option<Label>,
        /// `cause`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub cause: Option<Box<Failure>>,
    }

    impl rt::Decode for Failure {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                label: members.optional("label")?,
                cause: members.optional("cause")?,
            })
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
    #[serde(transparent)]
    pub struct Label(String);

    impl Label {
        /// What it holds.
        pub fn into_inner(self) -> String {
            self.0
        }
    }

    impl std::ops::Deref for Label {
        type Target = String;

        fn deref(&self) -> &String {
            &self.0
        }
    }

    impl std::fmt::Display for Label {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl TryFrom<String> for Label {
        type Error = rt::Invalid;

        fn try_from(value: String) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::LABEL)?;
            Ok(Label(value))
        }
    }

    impl rt::Decode for Label {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Label)
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Tag {
        /// `name`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
    }

    impl rt::Decode for Tag {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                name: members.optional("name")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Tag2 {
        /// `kind`.
        pub kind: String,
    }

    impl rt::Decode for Tag2 {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                kind: members.required("kind")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Thing {
        /// 😀 é
        pub name: String,
        /// `tags`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub tags: Option<Vec<Tag2>>,
    }

    impl rt::Decode for Thing {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                name: members.required("name")?,
                tags: members.optional("tags")?,
            })
        }
    }

    /// One of several alternatives.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(untagged)]
    pub enum Union {
        /// Where the discriminator is `theirs`.
        Tag2(Tag2),
        /// Where the discriminator is `ours`.
        Tag(Tag),
    }

    impl rt::Decode for Union {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            match node.get("kind").and_then(rt::Node::as_str) {
                Some("theirs") => rt::Decode::decode(node).map(Self::Tag2),
                Some("ours") => rt::Decode::decode(node).map(Self::Tag),
                _ => {
                    Err(rt::Mismatch::new("one of the alternatives that the contract lists"))
                }
            }
        }
    }

    rt::deserialize_decoded! {
        Escaped, EscapedA1b0cD, Failure, Label, Tag, Tag2, Thing, Union
    }
}
#[rustfmt::skip]
pub mod default {
    //! The operations of the tag "default".

    pub mod post_thing {
        //! `POST /things`.

        use super::super::{rt, schemas, types};

        /// The request of `POST /things`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct PostThingRequest {
            /// The body.
            pub body: Option<types::Thing>,
        }

        /// The answer of `POST /things`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct PostThingResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
            /// The body.
            pub body: types::Failure,
        }

        impl rt::IntoAnswer for PostThingResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status, body } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::json(status, "application/json", &body),
                )
            }
        }

        /// What ends `POST /things` early.
        pub type PostThingError = rt::OperationError<PostThing>;

        /// The operation `postThing`.
        #[derive(Debug)]
        pub struct PostThing;

        impl<S: super::DefaultApi> rt::Operation<S> for PostThing {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = PostThingRequest;
            type Response = PostThingResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let body = input.json(&schemas::THING);
                Some(PostThingRequest { body })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: PostThingRequest,
            ) -> Result<PostThingResponse, PostThingError> {
                super::DefaultApi::post_thing(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "postThing",
            method: rt::Method::POST,
            path: "/things",
            parameters: &[],
            body: Some(rt::RequestBody {
                required: false,
                media_types: &["application/json"],
            }),
            produces: &["application/json"],
            response_headers: &[],
            challenges: &[],
        };
    }

    pub mod get_local {
        //! `GET /local`.

        use super::super::{rt, types};

        /// The request of `GET /local`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct GetLocalRequest {
            /// A parameter.
            ///
            /// Query parameter `limit`.
            ///
            /// Where it is absent: `10`.
            pub limit: i64,
        }

        /// The answer of `GET /local`: 200.
        #[derive(Debug, Clone, PartialEq)]
        pub struct GetLocalResponse {
            /// The body.
            pub body: types::Thing,
        }

        impl rt::IntoAnswer for GetLocalResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { body } = self;
                rt::Answer::json(rt::StatusCode::OK, "application/json", &body)
            }
        }

        /// What ends `GET /local` early.
        ///
        /// - any other status, [`GetLocalDefault`]: Failed.
        pub type GetLocalError = rt::OperationError<GetLocal>;

        /// Failed.
        #[derive(Debug, Clone, PartialEq)]
        pub struct GetLocalDefault {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
            /// The body.
            pub body: types::Failure,
        }

        impl From<GetLocalDefault> for GetLocalError {
            fn from(GetLocalDefault { status, body }: GetLocalDefault) -> Self {
                Self::of(
                    rt::Answer::declared(
                        status,
                        &[rt::Status::Default],
                        || rt::Answer::json(status, "application/json", &body),
                    ),
                )
            }
        }

        /// The operation `getLocal`.
        #[derive(Debug)]
        pub struct GetLocal;

        impl<S: super::DefaultApi> rt::Operation<S> for GetLocal {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = GetLocalRequest;
            type Response = GetLocalResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let limit = input.parameter(&LIMIT);
                Some(GetLocalRequest {
                    limit: limit.unwrap_or(10),
                })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: GetLocalRequest,
            ) -> Result<GetLocalResponse, GetLocalError> {
                super::DefaultApi::get_local(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "getLocal",
            method: rt::Method::GET,
            path: "/local",
            parameters: &[&LIMIT],
            body: None,
            produces: &["application/json"],
            response_headers: &[],
            challenges: &[],
        };

        static LIMIT: rt::Parameter = rt::Parameter::query("limit", &rt::Schema::integer());
    }


    use super::rt;
    pub use self::post_thing::{PostThingError, PostThingRequest, PostThingResponse};
    pub use self::get_local::{GetLocalError, GetLocalRequest, GetLocalResponse};

    /// The operations of the tag "default".
    pub trait DefaultApi: Sized + Send + Sync + 'static {
        /// `POST /things`
        fn post_thing(
            &self,
            context: &rt::Context,
            request: PostThingRequest,
        ) -> impl Future<Output = Result<PostThingResponse, PostThingError>> + Send;

        /// `GET /local`
        fn get_local(
            &self,
            context: &rt::Context,
            request: GetLocalRequest,
        ) -> impl Future<Output = Result<GetLocalResponse, GetLocalError>> + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: DefaultApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([
            rt::Route::of::<post_thing::PostThing, S>(server),
            rt::Route::of::<get_local::GetLocal, S>(server),
        ])
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;

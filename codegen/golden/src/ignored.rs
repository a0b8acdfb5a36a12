// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Ignored 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r##"{"openapi":"3.0.3","info":{"title":"Ignored","version":"1.0.0","x-logo":{"url":"logo.png"},"contact":{"name":"A"},"license":{"name":"MIT"}},"externalDocs":{"url":"https://example.com"},"x-anything":[1,{"a":2}],"paths":{"x-path":1,"/hooks":{"x-item":1,"post":{"operationId":"postHook","x-operation":true,"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Hook"},"example":{"url":"https://example.com"}}}},"responses":{"default":{"description":"Anything.","links":{"again":{"operationId":"postHook","parameters":{"a":"$request.body"}}}},"x-response":1},"callbacks":{"event":{"{$request.body#/url}":{"post":{"requestBody":{"content":{"multipart/form-data":{"schema":{"type":"object"}}}},"responses":{"200":{"description":"Seen."}}}}}}}}},"components":{"x-section":{"a":1},"examples":{"One":{"summary":"One.","value":{"a":1}}},"links":{"L":{"operationId":"postHook"}},"schemas":{"Hook":{"type":"object","x-schema":1,"xml":{"name":"hook","attribute":true},"externalDocs":{"url":"https://example.com"},"properties":{"url":{"type":"string","format":"uri","example":5}}}}}}"##;

    /// All of the contract's traits.
    pub trait Api: super::default::DefaultApi {}

    impl<T: super::default::DefaultApi> Api for T {}

    /// Every operation of the contract.
    pub static OPERATIONS: &[&rt::Descriptor] = &[&super::default::post_hook::DESCRIPTOR];

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
        super::CONTRACT; super::types::Hook => "Hook",
    }
}
#[rustfmt::skip]
pub mod schemas {
    //! The rules of the contract's schemas, as data that is there when the program starts.

    use super::rt;

    /// `/components/schemas/Hook`
    pub static HOOK: rt::Schema = rt::Schema::object()
        .properties(
            &[rt::Property::new("url", &rt::Schema::string().format(rt::Format::Uri))],
        );
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
    pub struct Hook {
        /// `url`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub url: Option<String>,
    }

    impl rt::Decode for Hook {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                url: members.optional("url")?,
            })
        }
    }

    rt::deserialize_decoded! {
        Hook
    }
}
#[rustfmt::skip]
pub mod default {
    //! The operations of the tag "default".

    pub mod post_hook {
        //! `POST /hooks`.

        use super::super::{rt, schemas, types};

        /// The request of `POST /hooks`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct PostHookRequest {
            /// The body.
            pub body: Option<types::Hook>,
        }

        /// The answer of `POST /hooks`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct PostHookResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for PostHookResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `POST /hooks` early.
        pub type PostHookError = rt::OperationError<PostHook>;

        /// The operation `postHook`.
        #[derive(Debug)]
        pub struct PostHook;

        impl<S: super::DefaultApi> rt::Operation<S> for PostHook {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = PostHookRequest;
            type Response = PostHookResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let body = input.json(&schemas::HOOK);
                Some(PostHookRequest { body })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: PostHookRequest,
            ) -> Result<PostHookResponse, PostHookError> {
                super::DefaultApi::post_hook(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "postHook",
            method: rt::Method::POST,
            path: "/hooks",
            parameters: &[],
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
    pub use self::post_hook::{PostHookError, PostHookRequest, PostHookResponse};

    /// The operations of the tag "default".
    pub trait DefaultApi: Sized + Send + Sync + 'static {
        /// `POST /hooks`
        fn post_hook(
            &self,
            context: &rt::Context,
            request: PostHookRequest,
        ) -> impl Future<Output = Result<PostHookResponse, PostHookError>> + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: DefaultApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([rt::Route::of::<post_hook::PostHook, S>(server)])
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;

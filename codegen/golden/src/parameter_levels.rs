// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Levels 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r##"{"openapi":"3.0.3","info":{"title":"Levels","version":"1.0.0"},"paths":{"/things/{id}":{"parameters":[{"$ref":"#/components/parameters/Id"},{"name":"verbose","in":"query","schema":{"type":"boolean"}}],"get":{"operationId":"getThing","parameters":[{"name":"verbose","in":"query","required":true,"schema":{"type":"string"}},{"name":"id","in":"query","schema":{"type":"string"}},{"name":"ID","in":"header","schema":{"type":"string"}},{"name":"body","in":"query","schema":{"type":"string"}},{"name":"type","in":"query","schema":{"type":"string"}}],"responses":{"default":{"description":"Anything."}}},"delete":{"operationId":"deleteThing","responses":{"default":{"description":"Anything."}}}}},"components":{"parameters":{"Id":{"name":"id","in":"path","required":true,"schema":{"type":"string","format":"uuid"}}}}}"##;

    /// All of the contract's traits.
    pub trait Api: super::default::DefaultApi {}

    impl<T: super::default::DefaultApi> Api for T {}

    /// Every operation of the contract.
    pub static OPERATIONS: &[&rt::Descriptor] = &[
        &super::default::get_thing::DESCRIPTOR,
        &super::default::delete_thing::DESCRIPTOR,
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
}
#[rustfmt::skip]
mod parameters {
    //! Parameters that several operations take.

    use super::rt;

    pub(crate) static ID: rt::Parameter = rt::Parameter::path(
        "id",
        &rt::Schema::string().format(rt::Format::Uuid),
    );
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

    rt::deserialize_decoded! {}
}
#[rustfmt::skip]
pub mod default {
    //! The operations of the tag "default".

    pub mod get_thing {
        //! `GET /things/{id}`.

        use super::super::{parameters, rt};

        /// The request of `GET /things/{id}`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct GetThingRequest {
            /// A parameter.
            ///
            /// Path parameter `id`.
            pub id: rt::Uuid,
            /// A parameter.
            ///
            /// Query parameter `verbose`.
            pub verbose: String,
            /// A parameter.
            ///
            /// Query parameter `id`.
            pub id_query: Option<String>,
            /// A parameter.
            ///
            /// Header parameter `ID`.
            pub id_header: Option<String>,
            /// A parameter.
            ///
            /// Query parameter `body`.
            pub body_query: Option<String>,
            /// A parameter.
            ///
            /// Query parameter `type`.
            pub r#type: Option<String>,
        }

        /// The answer of `GET /things/{id}`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct GetThingResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for GetThingResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /things/{id}` early.
        pub type GetThingError = rt::OperationError<GetThing>;

        /// The operation `getThing`.
        #[derive(Debug)]
        pub struct GetThing;

        impl<S: super::DefaultApi> rt::Operation<S> for GetThing {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = GetThingRequest;
            type Response = GetThingResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let id = input.parameter(&parameters::ID);
                let verbose = input.parameter(&VERBOSE);
                let id_query = input.parameter(&ID_QUERY);
                let id_header = input.parameter(&ID_HEADER);
                let body_query = input.parameter(&BODY_QUERY);
                let r#type = input.parameter(&TYPE);
                Some(GetThingRequest {
                    id: id?,
                    verbose: verbose?,
                    id_query,
                    id_header,
                    body_query,
                    r#type,
                })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: GetThingRequest,
            ) -> Result<GetThingResponse, GetThingError> {
                super::DefaultApi::get_thing(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "getThing",
            method: rt::Method::GET,
            path: "/things/{id}",
            parameters: &[&parameters::ID, &VERBOSE, &ID_QUERY, &ID_HEADER, &BODY_QUERY, &TYPE],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };

        static VERBOSE: rt::Parameter = rt::Parameter::query("verbose", &rt::Schema::string())
            .required();

        static ID_QUERY: rt::Parameter = rt::Parameter::query("id", &rt::Schema::string());

        static ID_HEADER: rt::Parameter = rt::Parameter::header("ID", &rt::Schema::string());

        static BODY_QUERY: rt::Parameter = rt::Parameter::query("body", &rt::Schema::string());

        static TYPE: rt::Parameter = rt::Parameter::query("type", &rt::Schema::string());
    }

    pub mod delete_thing {
        //! `DELETE /things/{id}`.

        use super::super::{parameters, rt};

        /// The request of `DELETE /things/{id}`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct DeleteThingRequest {
            /// A parameter.
            ///
            /// Path parameter `id`.
            pub id: rt::Uuid,
            /// A parameter.
            ///
            /// Query parameter `verbose`.
            pub verbose: Option<bool>,
        }

        /// The answer of `DELETE /things/{id}`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct DeleteThingResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for DeleteThingResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `DELETE /things/{id}` early.
        pub type DeleteThingError = rt::OperationError<DeleteThing>;

        /// The operation `deleteThing`.
        #[derive(Debug)]
        pub struct DeleteThing;

        impl<S: super::DefaultApi> rt::Operation<S> for DeleteThing {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = DeleteThingRequest;
            type Response = DeleteThingResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let id = input.parameter(&parameters::ID);
                let verbose = input.parameter(&VERBOSE);
                Some(DeleteThingRequest {
                    id: id?,
                    verbose,
                })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: DeleteThingRequest,
            ) -> Result<DeleteThingResponse, DeleteThingError> {
                super::DefaultApi::delete_thing(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "deleteThing",
            method: rt::Method::DELETE,
            path: "/things/{id}",
            parameters: &[&parameters::ID, &VERBOSE],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };

        static VERBOSE: rt::Parameter = rt::Parameter::query("verbose", &rt::Schema::boolean());
    }


    use super::rt;
    pub use self::get_thing::{GetThingError, GetThingRequest, GetThingResponse};
    pub use self::delete_thing::{DeleteThingError, DeleteThingRequest, DeleteThingResponse};

    /// The operations of the tag "default".
    pub trait DefaultApi: Sized + Send + Sync + 'static {
        /// `GET /things/{id}`
        fn get_thing(
            &self,
            context: &rt::Context,
            request: GetThingRequest,
        ) -> impl Future<Output = Result<GetThingResponse, GetThingError>> + Send;

        /// `DELETE /things/{id}`
        fn delete_thing(
            &self,
            context: &rt::Context,
            request: DeleteThingRequest,
        ) -> impl Future<Output = Result<DeleteThingResponse, DeleteThingError>> + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: DefaultApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([
            rt::Route::of::<get_thing::GetThing, S>(server),
            rt::Route::of::<delete_thing::DeleteThing, S>(server),
        ])
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;

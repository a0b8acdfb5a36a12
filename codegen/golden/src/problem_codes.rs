// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Problem codes 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r##"{"openapi":"3.0.3","info":{"title":"Problem codes","version":"1.0.0"},"paths":{"/things/{id}":{"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],"get":{"operationId":"getThing","responses":{"204":{"description":"It is there."},"400":{"$ref":"#/components/responses/BadRequest"},"404":{"description":"No.","x-problem-codes":["not_found"],"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"409":{"description":"Every code of the schema.","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"410":{"description":"Any code.","content":{"application/problem+json":{}}},"5XX":{"description":"Ours.","content":{"application/problem+json":{}}}}},"delete":{"operationId":"deleteThing","responses":{"204":{"description":"It is gone."},"400":{"$ref":"#/components/responses/BadRequest"},"409":{"description":"It is in use.","x-problem-codes":["in_use","Self","idempotency_key_reused"],"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"5XX":{"description":"Ours.","content":{"application/problem+json":{}}}}}}},"components":{"responses":{"BadRequest":{"description":"No.","x-problem-codes":["invalid_request","invalid_page_token"],"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}}},"schemas":{"Code":{"type":"string","enum":["invalid_request","invalid_page_token","idempotency_key_reused","not_found","conflict","in_use","Self"]},"Problem":{"type":"object","required":["type","title","status","code"],"properties":{"type":{"type":"string","format":"uri-reference"},"title":{"type":"string"},"status":{"type":"integer","format":"int32"},"code":{"$ref":"#/components/schemas/Code"}}}}}}"##;

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
pub mod codes {
    //! The codes of problems that are not the usual ones of their status.

    pub use super::rt::codes::{IdempotencyKeyReused, InvalidPageToken};
    use super::rt;

    rt::problem_code!(SelfValue = "Self");
    rt::problem_code!(InUse = "in_use");
    rt::problem_code!(InvalidRequest = "invalid_request");
    rt::problem_code!(NotFound = "not_found");
}
#[rustfmt::skip]
mod json_schema {
    //! `schemars::JsonSchema` for the types that are component schemas: what the contract says,
    //! word for word. It is there where the runtime's feature `json-schema` is on.
    //!
    //! References in them start with `#/components/schemas/`; the settings
    //! `SchemaSettings::openapi3()` resolve them.

    super::rt::component_schemas! {
        super::CONTRACT; super::types::Code => "Code", super::types::Problem => "Problem",
    }
}
#[rustfmt::skip]
mod parameters {
    //! Parameters that several operations take.

    use super::rt;

    pub(crate) static ID: rt::Parameter = rt::Parameter::path("id", &rt::Schema::string());
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

    /// One of the values that the contract lists.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Code {
        /// `invalid_request`.
        InvalidRequest,
        /// `invalid_page_token`.
        InvalidPageToken,
        /// `idempotency_key_reused`.
        IdempotencyKeyReused,
        /// `not_found`.
        NotFound,
        /// `conflict`.
        Conflict,
        /// `in_use`.
        InUse,
        /// `Self`.
        SelfValue,
    }

    rt::string_enum!(
        Code { InvalidRequest = "invalid_request", InvalidPageToken = "invalid_page_token",
        IdempotencyKeyReused = "idempotency_key_reused", NotFound = "not_found", Conflict =
        "conflict", InUse = "in_use", SelfValue = "Self" }
    );

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Problem {
        /// `type`.
        pub r#type: String,
        /// `title`.
        pub title: String,
        /// `status`.
        pub status: i32,
        /// `code`.
        pub code: Code,
    }

    impl rt::Decode for Problem {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                r#type: members.required("type")?,
                title: members.required("title")?,
                status: members.required("status")?,
                code: members.required("code")?,
            })
        }
    }

    rt::deserialize_decoded! {
        Code, Problem
    }
}
#[rustfmt::skip]
pub mod default {
    //! The operations of the tag "default".

    pub mod get_thing {
        //! `GET /things/{id}`.

        use super::super::{codes, parameters, rt};

        /// The request of `GET /things/{id}`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct GetThingRequest {
            /// A parameter.
            ///
            /// Path parameter `id`.
            pub id: String,
        }

        /// The answer of `GET /things/{id}`: 204.
        #[derive(Debug, Clone, PartialEq)]
        pub struct GetThingResponse {}

        impl rt::IntoAnswer for GetThingResponse {
            fn into_answer(self) -> rt::Answer {
                let Self {} = self;
                rt::Answer::empty(rt::StatusCode::NO_CONTENT)
            }
        }

        /// What ends `GET /things/{id}` early.
        ///
        /// - 400: No.
        /// - 404: No.
        /// - 409: Every code of the schema.
        /// - 410: Any code.
        /// - 5XX: Ours.
        pub type GetThingError = rt::OperationError<GetThing>;

        rt::declares!(
            GetThing => [BadRequest, BadRequest[codes::InvalidPageToken], NotFound, Conflict,
            Conflict[codes::InvalidRequest, codes::InvalidPageToken, codes::IdempotencyKeyReused,
            codes::NotFound, codes::InUse, codes::SelfValue], Gone[..], InternalServerError[..],
            NotImplemented[..], BadGateway[..], ServiceUnavailable[..], GatewayTimeout[..],
            InsufficientStorage[..]]
        );

        impl rt::DeclaresOthers for GetThing {
            const STATUSES: &'static [rt::Status] = &[rt::Status::Range(5)];
        }

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
                Some(GetThingRequest { id: id? })
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
            parameters: &[&parameters::ID],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }

    pub mod delete_thing {
        //! `DELETE /things/{id}`.

        use super::super::{codes, parameters, rt};

        /// The request of `DELETE /things/{id}`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct DeleteThingRequest {
            /// A parameter.
            ///
            /// Path parameter `id`.
            pub id: String,
        }

        /// The answer of `DELETE /things/{id}`: 204.
        #[derive(Debug, Clone, PartialEq)]
        pub struct DeleteThingResponse {}

        impl rt::IntoAnswer for DeleteThingResponse {
            fn into_answer(self) -> rt::Answer {
                let Self {} = self;
                rt::Answer::empty(rt::StatusCode::NO_CONTENT)
            }
        }

        /// What ends `DELETE /things/{id}` early.
        ///
        /// - 400: No.
        /// - 409: It is in use.
        /// - 5XX: Ours.
        pub type DeleteThingError = rt::OperationError<DeleteThing>;

        rt::declares!(
            DeleteThing => [BadRequest, BadRequest[codes::InvalidPageToken],
            Conflict[codes::InUse, codes::SelfValue, codes::IdempotencyKeyReused],
            InternalServerError[..], NotImplemented[..], BadGateway[..], ServiceUnavailable[..],
            GatewayTimeout[..], InsufficientStorage[..]]
        );

        impl rt::DeclaresOthers for DeleteThing {
            const STATUSES: &'static [rt::Status] = &[rt::Status::Range(5)];
        }

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
                Some(DeleteThingRequest { id: id? })
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
            parameters: &[&parameters::ID],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
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

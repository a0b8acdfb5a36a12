// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Identifiers 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r#"{"openapi":"3.0.3","info":{"title":"Identifiers","version":"1.0.0"},"servers":[{"url":"https://{host}.example.com/{base}/","variables":{"host":{"default":"api"},"base":{"default":"v1"}}}],"paths":{"/":{"get":{"responses":{"default":{"description":"Anything."}}}},"/pets/{petId}/toys":{"servers":[{"url":"/v2"}],"get":{"parameters":[{"name":"petId","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"default":{"description":"Anything."}}},"patch":{"servers":[{"url":"https://other.example.com"}],"parameters":[{"name":"petId","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"default":{"description":"Anything."}}}},"/a-b":{"get":{"responses":{"default":{"description":"Anything."}}}},"/a_b":{"get":{"responses":{"default":{"description":"Anything."}}}},"/c":{"get":{"operationId":"getV1AB","responses":{"default":{"description":"Anything."}}},"head":{"responses":{"default":{"description":"Anything."}}},"options":{"responses":{"default":{"description":"Anything."}}},"trace":{"responses":{"default":{"description":"Anything."}}}}}}"#;

    /// All of the contract's traits.
    pub trait Api: super::default::DefaultApi {}

    impl<T: super::default::DefaultApi> Api for T {}

    /// Every operation of the contract.
    pub static OPERATIONS: &[&rt::Descriptor] = &[
        &super::default::get_v1::DESCRIPTOR,
        &super::default::get_v2_pets_by_pet_id_toys::DESCRIPTOR,
        &super::default::patch_pets_by_pet_id_toys::DESCRIPTOR,
        &super::default::get_v1_ab2::DESCRIPTOR,
        &super::default::get_v1_ab3::DESCRIPTOR,
        &super::default::get_v1_ab::DESCRIPTOR,
        &super::default::head_v1_c::DESCRIPTOR,
        &super::default::options_v1_c::DESCRIPTOR,
        &super::default::trace_v1_c::DESCRIPTOR,
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

    pub(crate) static PET_ID: rt::Parameter = rt::Parameter::path(
        "petId",
        &rt::Schema::string(),
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

    pub mod get_v1 {
        //! `GET /v1/`.

        use super::super::rt;

        /// The answer of `GET /v1/`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct GetV1Response {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for GetV1Response {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /v1/` early.
        pub type GetV1Error = rt::OperationError<GetV1>;

        /// The operation `getV1`.
        #[derive(Debug)]
        pub struct GetV1;

        impl<S: super::DefaultApi> rt::Operation<S> for GetV1 {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = GetV1Response;

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
            ) -> Result<GetV1Response, GetV1Error> {
                super::DefaultApi::get_v1(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "getV1",
            method: rt::Method::GET,
            path: "/v1/",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }

    pub mod get_v2_pets_by_pet_id_toys {
        //! `GET /v2/pets/{petId}/toys`.

        use super::super::{parameters, rt};

        /// The request of `GET /v2/pets/{petId}/toys`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct GetV2PetsByPetIdToysRequest {
            /// A parameter.
            ///
            /// Path parameter `petId`.
            pub pet_id: String,
        }

        /// The answer of `GET /v2/pets/{petId}/toys`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct GetV2PetsByPetIdToysResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for GetV2PetsByPetIdToysResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /v2/pets/{petId}/toys` early.
        pub type GetV2PetsByPetIdToysError = rt::OperationError<GetV2PetsByPetIdToys>;

        /// The operation `getV2PetsByPetIdToys`.
        #[derive(Debug)]
        pub struct GetV2PetsByPetIdToys;

        impl<S: super::DefaultApi> rt::Operation<S> for GetV2PetsByPetIdToys {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = GetV2PetsByPetIdToysRequest;
            type Response = GetV2PetsByPetIdToysResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let pet_id = input.parameter(&parameters::PET_ID);
                Some(GetV2PetsByPetIdToysRequest {
                    pet_id: pet_id?,
                })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: GetV2PetsByPetIdToysRequest,
            ) -> Result<GetV2PetsByPetIdToysResponse, GetV2PetsByPetIdToysError> {
                super::DefaultApi::get_v2_pets_by_pet_id_toys(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "getV2PetsByPetIdToys",
            method: rt::Method::GET,
            path: "/v2/pets/{petId}/toys",
            parameters: &[&parameters::PET_ID],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }

    pub mod patch_pets_by_pet_id_toys {
        //! `PATCH /pets/{petId}/toys`.

        use super::super::{parameters, rt};

        /// The request of `PATCH /pets/{petId}/toys`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct PatchPetsByPetIdToysRequest {
            /// A parameter.
            ///
            /// Path parameter `petId`.
            pub pet_id: String,
        }

        /// The answer of `PATCH /pets/{petId}/toys`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct PatchPetsByPetIdToysResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for PatchPetsByPetIdToysResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `PATCH /pets/{petId}/toys` early.
        pub type PatchPetsByPetIdToysError = rt::OperationError<PatchPetsByPetIdToys>;

        /// The operation `patchPetsByPetIdToys`.
        #[derive(Debug)]
        pub struct PatchPetsByPetIdToys;

        impl<S: super::DefaultApi> rt::Operation<S> for PatchPetsByPetIdToys {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = PatchPetsByPetIdToysRequest;
            type Response = PatchPetsByPetIdToysResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let pet_id = input.parameter(&parameters::PET_ID);
                Some(PatchPetsByPetIdToysRequest {
                    pet_id: pet_id?,
                })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: PatchPetsByPetIdToysRequest,
            ) -> Result<PatchPetsByPetIdToysResponse, PatchPetsByPetIdToysError> {
                super::DefaultApi::patch_pets_by_pet_id_toys(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "patchPetsByPetIdToys",
            method: rt::Method::PATCH,
            path: "/pets/{petId}/toys",
            parameters: &[&parameters::PET_ID],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }

    pub mod get_v1_ab2 {
        //! `GET /v1/a-b`.

        use super::super::rt;

        /// The answer of `GET /v1/a-b`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct GetV1Ab2Response {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for GetV1Ab2Response {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /v1/a-b` early.
        pub type GetV1Ab2Error = rt::OperationError<GetV1Ab2>;

        /// The operation `getV1AB2`.
        #[derive(Debug)]
        pub struct GetV1Ab2;

        impl<S: super::DefaultApi> rt::Operation<S> for GetV1Ab2 {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = GetV1Ab2Response;

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
            ) -> Result<GetV1Ab2Response, GetV1Ab2Error> {
                super::DefaultApi::get_v1_ab2(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "getV1AB2",
            method: rt::Method::GET,
            path: "/v1/a-b",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }

    pub mod get_v1_ab3 {
        //! `GET /v1/a_b`.

        use super::super::rt;

        /// The answer of `GET /v1/a_b`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct GetV1Ab3Response {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for GetV1Ab3Response {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /v1/a_b` early.
        pub type GetV1Ab3Error = rt::OperationError<GetV1Ab3>;

        /// The operation `getV1AB3`.
        #[derive(Debug)]
        pub struct GetV1Ab3;

        impl<S: super::DefaultApi> rt::Operation<S> for GetV1Ab3 {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = GetV1Ab3Response;

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
            ) -> Result<GetV1Ab3Response, GetV1Ab3Error> {
                super::DefaultApi::get_v1_ab3(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "getV1AB3",
            method: rt::Method::GET,
            path: "/v1/a_b",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }

    pub mod get_v1_ab {
        //! `GET /v1/c`.

        use super::super::rt;

        /// The answer of `GET /v1/c`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct GetV1AbResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for GetV1AbResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /v1/c` early.
        pub type GetV1AbError = rt::OperationError<GetV1Ab>;

        /// The operation `getV1AB`.
        #[derive(Debug)]
        pub struct GetV1Ab;

        impl<S: super::DefaultApi> rt::Operation<S> for GetV1Ab {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = GetV1AbResponse;

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
            ) -> Result<GetV1AbResponse, GetV1AbError> {
                super::DefaultApi::get_v1_ab(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "getV1AB",
            method: rt::Method::GET,
            path: "/v1/c",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }

    pub mod head_v1_c {
        //! `HEAD /v1/c`.

        use super::super::rt;

        /// The answer of `HEAD /v1/c`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct HeadV1CResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for HeadV1CResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `HEAD /v1/c` early.
        pub type HeadV1CError = rt::OperationError<HeadV1C>;

        /// The operation `headV1C`.
        #[derive(Debug)]
        pub struct HeadV1C;

        impl<S: super::DefaultApi> rt::Operation<S> for HeadV1C {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = HeadV1CResponse;

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
            ) -> Result<HeadV1CResponse, HeadV1CError> {
                super::DefaultApi::head_v1_c(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "headV1C",
            method: rt::Method::HEAD,
            path: "/v1/c",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }

    pub mod options_v1_c {
        //! `OPTIONS /v1/c`.

        use super::super::rt;

        /// The answer of `OPTIONS /v1/c`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct OptionsV1CResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for OptionsV1CResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `OPTIONS /v1/c` early.
        pub type OptionsV1CError = rt::OperationError<OptionsV1C>;

        /// The operation `optionsV1C`.
        #[derive(Debug)]
        pub struct OptionsV1C;

        impl<S: super::DefaultApi> rt::Operation<S> for OptionsV1C {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = OptionsV1CResponse;

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
            ) -> Result<OptionsV1CResponse, OptionsV1CError> {
                super::DefaultApi::options_v1_c(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "optionsV1C",
            method: rt::Method::OPTIONS,
            path: "/v1/c",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }

    pub mod trace_v1_c {
        //! `TRACE /v1/c`.

        use super::super::rt;

        /// The answer of `TRACE /v1/c`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct TraceV1CResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for TraceV1CResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `TRACE /v1/c` early.
        pub type TraceV1CError = rt::OperationError<TraceV1C>;

        /// The operation `traceV1C`.
        #[derive(Debug)]
        pub struct TraceV1C;

        impl<S: super::DefaultApi> rt::Operation<S> for TraceV1C {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = TraceV1CResponse;

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
            ) -> Result<TraceV1CResponse, TraceV1CError> {
                super::DefaultApi::trace_v1_c(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "traceV1C",
            method: rt::Method::TRACE,
            path: "/v1/c",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }


    use super::rt;
    pub use self::get_v1::{GetV1Error, GetV1Response};
    pub use self::get_v2_pets_by_pet_id_toys::{
        GetV2PetsByPetIdToysError, GetV2PetsByPetIdToysRequest, GetV2PetsByPetIdToysResponse,
    };
    pub use self::patch_pets_by_pet_id_toys::{
        PatchPetsByPetIdToysError, PatchPetsByPetIdToysRequest, PatchPetsByPetIdToysResponse,
    };
    pub use self::get_v1_ab2::{GetV1Ab2Error, GetV1Ab2Response};
    pub use self::get_v1_ab3::{GetV1Ab3Error, GetV1Ab3Response};
    pub use self::get_v1_ab::{GetV1AbError, GetV1AbResponse};
    pub use self::head_v1_c::{HeadV1CError, HeadV1CResponse};
    pub use self::options_v1_c::{OptionsV1CError, OptionsV1CResponse};
    pub use self::trace_v1_c::{TraceV1CError, TraceV1CResponse};

    /// The operations of the tag "default".
    pub trait DefaultApi: Sized + Send + Sync + 'static {
        /// `GET /v1/`
        fn get_v1(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<GetV1Response, GetV1Error>> + Send;

        /// `GET /v2/pets/{petId}/toys`
        fn get_v2_pets_by_pet_id_toys(
            &self,
            context: &rt::Context,
            request: GetV2PetsByPetIdToysRequest,
        ) -> impl Future<
            Output = Result<GetV2PetsByPetIdToysResponse, GetV2PetsByPetIdToysError>,
        > + Send;

        /// `PATCH /pets/{petId}/toys`
        fn patch_pets_by_pet_id_toys(
            &self,
            context: &rt::Context,
            request: PatchPetsByPetIdToysRequest,
        ) -> impl Future<
            Output = Result<PatchPetsByPetIdToysResponse, PatchPetsByPetIdToysError>,
        > + Send;

        /// `GET /v1/a-b`
        fn get_v1_ab2(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<GetV1Ab2Response, GetV1Ab2Error>> + Send;

        /// `GET /v1/a_b`
        fn get_v1_ab3(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<GetV1Ab3Response, GetV1Ab3Error>> + Send;

        /// `GET /v1/c`
        fn get_v1_ab(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<GetV1AbResponse, GetV1AbError>> + Send;

        /// `HEAD /v1/c`
        fn head_v1_c(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<HeadV1CResponse, HeadV1CError>> + Send;

        /// `OPTIONS /v1/c`
        fn options_v1_c(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<OptionsV1CResponse, OptionsV1CError>> + Send;

        /// `TRACE /v1/c`
        fn trace_v1_c(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<TraceV1CResponse, TraceV1CError>> + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: DefaultApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([
            rt::Route::of::<get_v1::GetV1, S>(server),
            rt::Route::of::<get_v2_pets_by_pet_id_toys::GetV2PetsByPetIdToys, S>(server),
            rt::Route::of::<patch_pets_by_pet_id_toys::PatchPetsByPetIdToys, S>(server),
            rt::Route::of::<get_v1_ab2::GetV1Ab2, S>(server),
            rt::Route::of::<get_v1_ab3::GetV1Ab3, S>(server),
            rt::Route::of::<get_v1_ab::GetV1Ab, S>(server),
            rt::Route::of::<head_v1_c::HeadV1C, S>(server),
            rt::Route::of::<options_v1_c::OptionsV1C, S>(server),
            rt::Route::of::<trace_v1_c::TraceV1C, S>(server),
        ])
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;

// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Tags 1.0.0
//
// With prose.
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r#"{"openapi":"3.0.3","info":{"title":"Tags","version":"1.0.0","description":"With prose."},"tags":[{"name":"zebras","description":"Striped."},{"name":"unused"},{"name":"apes"}],"paths":{"/a":{"get":{"operationId":"a","tags":["apes","zebras"],"responses":{"default":{"description":"Anything."}}}},"/b":{"get":{"operationId":"b","tags":["zebras"],"responses":{"default":{"description":"Anything."}}}},"/c":{"get":{"operationId":"c","responses":{"default":{"description":"Anything."}}}},"/d":{"get":{"operationId":"d","tags":["Other things"],"responses":{"default":{"description":"Anything."}}}}}}"#;

    /// All of the contract's traits.
    pub trait Api: super::zebras::ZebrasApi + super::apes::ApesApi + super::other_things::OtherThingsApi + super::default::DefaultApi {}

    impl<
        T: super::zebras::ZebrasApi + super::apes::ApesApi
            + super::other_things::OtherThingsApi + super::default::DefaultApi,
    > Api for T {}

    /// Every operation of the contract.
    pub static OPERATIONS: &[&rt::Descriptor] = &[
        &super::zebras::b::DESCRIPTOR,
        &super::apes::a::DESCRIPTOR,
        &super::other_things::d::DESCRIPTOR,
        &super::default::c::DESCRIPTOR,
    ];

    /// Every operation of the contract, all carried out by one server. The modules of tags have `routes` too, for servers
    /// that carry out one tag each.
    pub fn routes<S: Api>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        [
            super::zebras::routes(server),
            super::apes::routes(server),
            super::other_things::routes(server),
            super::default::routes(server),
        ]
            .concat()
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
pub mod zebras {
    //! The operations of the tag "zebras".

    pub mod b {
        //! `GET /b`.

        use super::super::rt;

        /// The answer of `GET /b`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct BResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for BResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /b` early.
        pub type BError = rt::OperationError<B>;

        /// The operation `b`.
        #[derive(Debug)]
        pub struct B;

        impl<S: super::ZebrasApi> rt::Operation<S> for B {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = BResponse;

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
            ) -> Result<BResponse, BError> {
                super::ZebrasApi::b(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "b",
            method: rt::Method::GET,
            path: "/b",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }


    use super::rt;
    pub use self::b::{BError, BResponse};

    /// Striped.
    pub trait ZebrasApi: Sized + Send + Sync + 'static {
        /// `GET /b`
        fn b(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<BResponse, BError>> + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: ZebrasApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([rt::Route::of::<b::B, S>(server)])
    }
}
#[rustfmt::skip]
pub mod apes {
    //! The operations of the tag "apes".

    pub mod a {
        //! `GET /a`.

        use super::super::rt;

        /// The answer of `GET /a`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct AResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for AResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /a` early.
        pub type AError = rt::OperationError<A>;

        /// The operation `a`.
        #[derive(Debug)]
        pub struct A;

        impl<S: super::ApesApi> rt::Operation<S> for A {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = AResponse;

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
            ) -> Result<AResponse, AError> {
                super::ApesApi::a(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "a",
            method: rt::Method::GET,
            path: "/a",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }


    use super::rt;
    pub use self::a::{AError, AResponse};

    /// The operations of the tag "apes".
    pub trait ApesApi: Sized + Send + Sync + 'static {
        /// `GET /a`
        fn a(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<AResponse, AError>> + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: ApesApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([rt::Route::of::<a::A, S>(server)])
    }
}
#[rustfmt::skip]
pub mod other_things {
    //! The operations of the tag "Other things".

    pub mod d {
        //! `GET /d`.

        use super::super::rt;

        /// The answer of `GET /d`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct DResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for DResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /d` early.
        pub type DError = rt::OperationError<D>;

        /// The operation `d`.
        #[derive(Debug)]
        pub struct D;

        impl<S: super::OtherThingsApi> rt::Operation<S> for D {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = DResponse;

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
            ) -> Result<DResponse, DError> {
                super::OtherThingsApi::d(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "d",
            method: rt::Method::GET,
            path: "/d",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }


    use super::rt;
    pub use self::d::{DError, DResponse};

    /// The operations of the tag "Other things".
    pub trait OtherThingsApi: Sized + Send + Sync + 'static {
        /// `GET /d`
        fn d(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<DResponse, DError>> + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: OtherThingsApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([rt::Route::of::<d::D, S>(server)])
    }
}
#[rustfmt::skip]
pub mod default {
    //! The operations of the tag "default".

    pub mod c {
        //! `GET /c`.

        use super::super::rt;

        /// The answer of `GET /c`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct CResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for CResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /c` early.
        pub type CError = rt::OperationError<C>;

        /// The operation `c`.
        #[derive(Debug)]
        pub struct C;

        impl<S: super::DefaultApi> rt::Operation<S> for C {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = CResponse;

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
            ) -> Result<CResponse, CError> {
                super::DefaultApi::c(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "c",
            method: rt::Method::GET,
            path: "/c",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }


    use super::rt;
    pub use self::c::{CError, CResponse};

    /// The operations of the tag "default".
    pub trait DefaultApi: Sized + Send + Sync + 'static {
        /// `GET /c`
        fn c(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<CResponse, CError>> + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: DefaultApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([rt::Route::of::<c::C, S>(server)])
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;

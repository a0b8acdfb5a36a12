// Written by civicforge-codegen from the contract. Change the contract, not this file.

// YAML 1.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r#"{"openapi":"3.0.3","info":{"title":"YAML","version":"1.0"},"x-shared":{"answers":{"200":{"description":">- Folded text."},"default":{"description":"Failed."}},"base":{"type":"object","required":["on"]}},"paths":{"/yes":{"get":{"operationId":"no","responses":{"200":{"description":">- Folded text."},"default":{"description":"Failed."}}},"post":{"operationId":"yes","responses":{"201":{"description":"Failed."},"200":{"description":">- Folded text."},"default":{"description":"Failed."}}}}},"components":{"schemas":{"Merged":{"properties":{"on":{"type":"string","enum":["yes","no","on","off","y","n"],"default":"no"},"time":{"type":"string","default":"12:30:45"},"date":{"type":"string","default":"2020-01-01"},"hex":{"type":"integer","default":31},"octal":{"type":"integer","default":15},"leading":{"type":"integer","default":10},"tagged":{"type":"string","default":"123"}},"type":"object","required":["on"]}}}}"#;

    /// All of the contract's traits.
    pub trait Api: super::default::DefaultApi {}

    impl<T: super::default::DefaultApi> Api for T {}

    /// Every operation of the contract.
    pub static OPERATIONS: &[&rt::Descriptor] = &[
        &super::default::no::DESCRIPTOR,
        &super::default::yes::DESCRIPTOR,
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
        super::CONTRACT; super::types::Merged => "Merged",
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
    pub struct Merged {
        /// `on`.
        pub on: MergedOn,
        /// `time`.
        ///
        /// Where it is absent: `"12:30:45"`.
        pub time: String,
        /// `date`.
        ///
        /// Where it is absent: `"2020-01-01"`.
        pub date: String,
        /// `hex`.
        ///
        /// Where it is absent: `31`.
        pub hex: i64,
        /// `octal`.
        ///
        /// Where it is absent: `15`.
        pub octal: i64,
        /// `leading`.
        ///
        /// Where it is absent: `10`.
        pub leading: i64,
        /// `tagged`.
        ///
        /// Where it is absent: `"123"`.
        pub tagged: String,
    }

    impl rt::Decode for Merged {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                on: members.required("on")?,
                time: members.optional("time")?.unwrap_or_else(|| "12:30:45".to_owned()),
                date: members.optional("date")?.unwrap_or_else(|| "2020-01-01".to_owned()),
                hex: members.optional("hex")?.unwrap_or(31),
                octal: members.optional("octal")?.unwrap_or(15),
                leading: members.optional("leading")?.unwrap_or(10),
                tagged: members.optional("tagged")?.unwrap_or_else(|| "123".to_owned()),
            })
        }
    }

    /// One of the values that the contract lists.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum MergedOn {
        /// `yes`.
        Yes,
        /// `no`.
        No,
        /// `on`.
        On,
        /// `off`.
        Off,
        /// `y`.
        Y,
        /// `n`.
        N,
    }

    rt::string_enum!(
        MergedOn { Yes = "yes", No = "no", On = "on", Off = "off", Y = "y", N = "n" }
    );

    rt::deserialize_decoded! {
        Merged, MergedOn
    }
}
#[rustfmt::skip]
pub mod default {
    //! The operations of the tag "default".

    pub mod no {
        //! `GET /yes`.

        use super::super::rt;

        /// The answer of `GET /yes`: 200.
        #[derive(Debug, Clone, PartialEq)]
        pub struct NoResponse {}

        impl rt::IntoAnswer for NoResponse {
            fn into_answer(self) -> rt::Answer {
                let Self {} = self;
                rt::Answer::empty(rt::StatusCode::OK)
            }
        }

        /// What ends `GET /yes` early.
        ///
        /// - any other status, [`NoDefault`]: Failed.
        pub type NoError = rt::OperationError<No>;

        /// Failed.
        #[derive(Debug, Clone, PartialEq)]
        pub struct NoDefault {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl From<NoDefault> for NoError {
            fn from(NoDefault { status }: NoDefault) -> Self {
                Self::of(
                    rt::Answer::declared(
                        status,
                        &[rt::Status::Default],
                        || rt::Answer::empty(status),
                    ),
                )
            }
        }

        /// The operation `no`.
        #[derive(Debug)]
        pub struct No;

        impl<S: super::DefaultApi> rt::Operation<S> for No {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = NoResponse;

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
            ) -> Result<NoResponse, NoError> {
                super::DefaultApi::no(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "no",
            method: rt::Method::GET,
            path: "/yes",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }

    pub mod yes {
        //! `POST /yes`.

        use super::super::rt;

        /// The successful answers of `POST /yes`.
        #[derive(Debug, Clone, PartialEq)]
        pub enum YesResponse {
            /// >- Folded text.
            Ok,
            /// Failed.
            Created,
        }

        impl rt::IntoAnswer for YesResponse {
            fn into_answer(self) -> rt::Answer {
                match self {
                    Self::Ok => rt::Answer::empty(rt::StatusCode::OK),
                    Self::Created => rt::Answer::empty(rt::StatusCode::CREATED),
                }
            }
        }

        /// What ends `POST /yes` early.
        ///
        /// - any other status, [`YesDefault`]: Failed.
        pub type YesError = rt::OperationError<Yes>;

        /// Failed.
        #[derive(Debug, Clone, PartialEq)]
        pub struct YesDefault {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl From<YesDefault> for YesError {
            fn from(YesDefault { status }: YesDefault) -> Self {
                Self::of(
                    rt::Answer::declared(
                        status,
                        &[rt::Status::Default],
                        || rt::Answer::empty(status),
                    ),
                )
            }
        }

        /// The operation `yes`.
        #[derive(Debug)]
        pub struct Yes;

        impl<S: super::DefaultApi> rt::Operation<S> for Yes {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = YesResponse;

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
            ) -> Result<YesResponse, YesError> {
                super::DefaultApi::yes(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "yes",
            method: rt::Method::POST,
            path: "/yes",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }


    use super::rt;
    pub use self::no::{NoError, NoResponse};
    pub use self::yes::{YesError, YesResponse};

    /// The operations of the tag "default".
    pub trait DefaultApi: Sized + Send + Sync + 'static {
        /// `GET /yes`
        fn no(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<NoResponse, NoError>> + Send;

        /// `POST /yes`
        fn yes(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<YesResponse, YesError>> + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: DefaultApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([rt::Route::of::<no::No, S>(server), rt::Route::of::<yes::Yes, S>(server)])
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;

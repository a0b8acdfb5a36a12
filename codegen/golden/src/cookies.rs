// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Cookies 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r#"{"openapi":"3.0.3","info":{"title":"Cookies","version":"1.0.0"},"paths":{"/me":{"get":{"operationId":"getMe","security":[{"session":[]}],"parameters":[{"name":"theme","in":"cookie","schema":{"type":"string","enum":["light","dark"],"default":"light"}},{"name":"seen","in":"cookie","explode":false,"schema":{"type":"array","items":{"type":"string","format":"uuid"}}}],"responses":{"default":{"description":"Anything."}}}}},"components":{"securitySchemes":{"session":{"type":"apiKey","in":"cookie","name":"SESSION"}}}}"#;

    /// All of the contract's traits.
    pub trait Api: super::default::DefaultApi {}

    impl<T: super::default::DefaultApi> Api for T {}

    /// Every operation of the contract.
    pub static OPERATIONS: &[&rt::Descriptor] = &[&super::default::get_me::DESCRIPTOR];

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
pub mod schemas {
    //! The rules of the contract's schemas, as data that is there when the program starts.

    use super::rt;

    /// `/paths/~1me/get/parameters/0/schema`
    pub static GET_ME_THEME: rt::Schema = rt::Schema::string()
        .values(&[rt::Literal::String("light"), rt::Literal::String("dark")]);
}
#[rustfmt::skip]
pub mod security {
    //! Who may call: the principals of the contract's security schemes.

    use super::rt;

    /// Checks credentials. The hand-written server implements it, and its associated types are what protected
    /// operations get.
    pub trait Authenticate: Sized + Send + Sync + 'static {
        /// Whoever the scheme `session` lets in.
        type Session: rt::Principal;

        /// Checks a credential of the scheme `session`, and that it has these scopes.
        fn session(
            &self,
            context: &rt::Context,
            credential: &str,
            scopes: &[&str],
        ) -> impl Future<Output = Result<Self::Session, rt::Rejection>> + Send;
    }

    /// Whoever the scheme `session` lets in; `None` where the request has no credential of it.
    pub(crate) async fn session<S: Authenticate>(
        server: &S,
        context: &rt::Context,
        credentials: rt::Credentials<'_>,
        scopes: &[&str],
    ) -> Result<Option<S::Session>, rt::Rejection> {
        match credentials.api_key_in_cookie("SESSION")? {
            Some(credential) => {
                Authenticate::session(server, context, &credential, scopes).await.map(Some)
            }
            None => Ok(None),
        }
    }
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
    pub enum GetMeTheme {
        /// `light`.
        Light,
        /// `dark`.
        Dark,
    }

    rt::string_enum!(GetMeTheme { Light = "light", Dark = "dark" });

    rt::deserialize_decoded! {
        GetMeTheme
    }
}
#[rustfmt::skip]
pub mod default {
    //! The operations of the tag "default".

    pub mod get_me {
        //! `GET /me`.

        use super::super::{rt, schemas, security, types};

        /// The request of `GET /me`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct GetMeRequest {
            /// A parameter.
            ///
            /// Cookie parameter `theme`.
            ///
            /// Where it is absent: `"light"`.
            pub theme: types::GetMeTheme,
            /// A parameter.
            ///
            /// Cookie parameter `seen`.
            pub seen: Option<Vec<rt::Uuid>>,
        }

        /// The answer of `GET /me`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct GetMeResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for GetMeResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /me` early.
        pub type GetMeError = rt::OperationError<GetMe>;

        /// The operation `getMe`.
        #[derive(Debug)]
        pub struct GetMe;

        impl<S: super::DefaultApi> rt::Operation<S> for GetMe {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = S::Session;
            type Request = GetMeRequest;
            type Response = GetMeResponse;

            async fn authenticate(
                server: &S,
                context: &rt::Context,
                credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                let principal = security::session(server, context, credentials, &[]).await?;
                context.require(principal)
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let theme = input.parameter(&THEME);
                let seen = input.parameter(&SEEN);
                Some(GetMeRequest {
                    theme: theme.unwrap_or(types::GetMeTheme::Light),
                    seen,
                })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                principal: S::Session,
                request: GetMeRequest,
            ) -> Result<GetMeResponse, GetMeError> {
                super::DefaultApi::get_me(server, context, principal, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "getMe",
            method: rt::Method::GET,
            path: "/me",
            parameters: &[&THEME, &SEEN],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &["ApiKey in=\"cookie\", name=\"SESSION\""],
        };

        static THEME: rt::Parameter = rt::Parameter::cookie("theme", &schemas::GET_ME_THEME);

        static SEEN: rt::Parameter = rt::Parameter::cookie(
                "seen",
                &rt::Schema::array().items(&rt::Schema::string().format(rt::Format::Uuid)),
            )
            .style(rt::Style::Form, false, rt::Shape::Array);
    }


    use super::{rt, security};
    pub use self::get_me::{GetMeError, GetMeRequest, GetMeResponse};

    /// The operations of the tag "default".
    pub trait DefaultApi: security::Authenticate {
        /// `GET /me`
        fn get_me(
            &self,
            context: &rt::Context,
            principal: Self::Session,
            request: GetMeRequest,
        ) -> impl Future<Output = Result<GetMeResponse, GetMeError>> + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: DefaultApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([rt::Route::of::<get_me::GetMe, S>(server)])
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;

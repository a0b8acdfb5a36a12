// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Security 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r#"{"openapi":"3.0.3","info":{"title":"Security","version":"1.0.0"},"security":[{"bearer":[]}],"paths":{"/inherited":{"get":{"operationId":"inherited","responses":{"default":{"description":"Anything."}}}},"/public":{"get":{"operationId":"public","security":[],"responses":{"default":{"description":"Anything."}}}},"/nobody":{"get":{"operationId":"nobody","security":[{}],"responses":{"default":{"description":"Anything."}}}},"/optional":{"get":{"operationId":"optional","security":[{"bearer":[]},{}],"responses":{"default":{"description":"Anything."}}}},"/or":{"get":{"operationId":"or","security":[{"bearer":[]},{"basic":[]}],"responses":{"default":{"description":"Anything."}}}},"/or-again":{"get":{"operationId":"orAgain","security":[{"bearer":[]},{"basic":[]}],"responses":{"default":{"description":"Anything."}}}},"/and":{"get":{"operationId":"and","security":[{"headerKey":[],"queryKey":[]}],"responses":{"default":{"description":"Anything."}}}},"/both":{"get":{"operationId":"both","security":[{"headerKey":[],"queryKey":[]},{"cookieKey":[]}],"responses":{"default":{"description":"Anything."}}}},"/scopes":{"get":{"operationId":"scopes","security":[{"oauth":["read","write"]}],"responses":{"default":{"description":"Anything."}}}},"/either-scope":{"get":{"operationId":"eitherScope","security":[{"oauth":["read"]},{"oauth":["write"]}],"responses":{"default":{"description":"Anything."}}}},"/openid":{"get":{"operationId":"openid","security":[{"openid":["profile"]}],"responses":{"default":{"description":"Anything."}}}}},"components":{"securitySchemes":{"bearer":{"type":"http","scheme":"Bearer","bearerFormat":"JWT","description":"A member."},"basic":{"type":"http","scheme":"basic"},"headerKey":{"type":"apiKey","in":"header","name":"X-Key"},"queryKey":{"type":"apiKey","in":"query","name":"key"},"cookieKey":{"type":"apiKey","in":"cookie","name":"KEY"},"oauth":{"type":"oauth2","flows":{"clientCredentials":{"tokenUrl":"https://example.com/token","scopes":{"read":"Read.","write":"Write."}}}},"openid":{"type":"openIdConnect","openIdConnectUrl":"https://example.com/.well-known/openid-configuration"},"unused":{"type":"http","scheme":"basic"}}}}"#;

    /// All of the contract's traits.
    pub trait Api: super::default::DefaultApi {}

    impl<T: super::default::DefaultApi> Api for T {}

    /// Every operation of the contract.
    pub static OPERATIONS: &[&rt::Descriptor] = &[
        &super::default::inherited::DESCRIPTOR,
        &super::default::public::DESCRIPTOR,
        &super::default::nobody::DESCRIPTOR,
        &super::default::optional::DESCRIPTOR,
        &super::default::or::DESCRIPTOR,
        &super::default::or_again::DESCRIPTOR,
        &super::default::and::DESCRIPTOR,
        &super::default::both::DESCRIPTOR,
        &super::default::scopes::DESCRIPTOR,
        &super::default::either_scope::DESCRIPTOR,
        &super::default::openid::DESCRIPTOR,
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
pub mod schemas {
    //! The rules of the contract's schemas, as data that is there when the program starts.
}
#[rustfmt::skip]
pub mod security {
    //! Who may call: the principals of the contract's security schemes.

    use super::rt;

    /// Checks credentials. The hand-written server implements it, and its associated types are what protected
    /// operations get.
    pub trait Authenticate: Sized + Send + Sync + 'static {
        /// Whoever the scheme `basic` lets in.
        type Basic: rt::Principal;

        /// A member.
        ///
        /// Whoever the scheme `bearer` lets in.
        type Bearer: rt::Principal;

        /// Whoever the scheme `cookieKey` lets in.
        type CookieKey: rt::Principal;

        /// Whoever the scheme `headerKey` lets in.
        type HeaderKey: rt::Principal;

        /// Whoever the scheme `oauth` lets in.
        type Oauth: rt::Principal;

        /// Whoever the scheme `openid` lets in.
        type Openid: rt::Principal;

        /// Whoever the scheme `queryKey` lets in.
        type QueryKey: rt::Principal;

        /// Checks a credential of the scheme `basic`, and that it has these scopes.
        fn basic(
            &self,
            context: &rt::Context,
            credential: &rt::Basic,
            scopes: &[&str],
        ) -> impl Future<Output = Result<Self::Basic, rt::Rejection>> + Send;

        /// Checks a credential of the scheme `bearer`, and that it has these scopes.
        fn bearer(
            &self,
            context: &rt::Context,
            credential: &str,
            scopes: &[&str],
        ) -> impl Future<Output = Result<Self::Bearer, rt::Rejection>> + Send;

        /// Checks a credential of the scheme `cookieKey`, and that it has these scopes.
        fn cookie_key(
            &self,
            context: &rt::Context,
            credential: &str,
            scopes: &[&str],
        ) -> impl Future<Output = Result<Self::CookieKey, rt::Rejection>> + Send;

        /// Checks a credential of the scheme `headerKey`, and that it has these scopes.
        fn header_key(
            &self,
            context: &rt::Context,
            credential: &str,
            scopes: &[&str],
        ) -> impl Future<Output = Result<Self::HeaderKey, rt::Rejection>> + Send;

        /// Checks a credential of the scheme `oauth`, and that it has these scopes.
        fn oauth(
            &self,
            context: &rt::Context,
            credential: &str,
            scopes: &[&str],
        ) -> impl Future<Output = Result<Self::Oauth, rt::Rejection>> + Send;

        /// Checks a credential of the scheme `openid`, and that it has these scopes.
        fn openid(
            &self,
            context: &rt::Context,
            credential: &str,
            scopes: &[&str],
        ) -> impl Future<Output = Result<Self::Openid, rt::Rejection>> + Send;

        /// Checks a credential of the scheme `queryKey`, and that it has these scopes.
        fn query_key(
            &self,
            context: &rt::Context,
            credential: &str,
            scopes: &[&str],
        ) -> impl Future<Output = Result<Self::QueryKey, rt::Rejection>> + Send;
    }

    /// Whoever the scheme `basic` lets in; `None` where the request has no credential of it.
    pub(crate) async fn basic<S: Authenticate>(
        server: &S,
        context: &rt::Context,
        credentials: rt::Credentials<'_>,
        scopes: &[&str],
    ) -> Result<Option<S::Basic>, rt::Rejection> {
        match credentials.basic()? {
            Some(credential) => {
                Authenticate::basic(server, context, &credential, scopes).await.map(Some)
            }
            None => Ok(None),
        }
    }

    /// Whoever the scheme `bearer` lets in; `None` where the request has no credential of it.
    pub(crate) async fn bearer<S: Authenticate>(
        server: &S,
        context: &rt::Context,
        credentials: rt::Credentials<'_>,
        scopes: &[&str],
    ) -> Result<Option<S::Bearer>, rt::Rejection> {
        match credentials.bearer()? {
            Some(credential) => {
                Authenticate::bearer(server, context, credential, scopes).await.map(Some)
            }
            None => Ok(None),
        }
    }

    /// Whoever the scheme `cookieKey` lets in; `None` where the request has no credential of it.
    pub(crate) async fn cookie_key<S: Authenticate>(
        server: &S,
        context: &rt::Context,
        credentials: rt::Credentials<'_>,
        scopes: &[&str],
    ) -> Result<Option<S::CookieKey>, rt::Rejection> {
        match credentials.api_key_in_cookie("KEY")? {
            Some(credential) => {
                Authenticate::cookie_key(server, context, &credential, scopes)
                    .await
                    .map(Some)
            }
            None => Ok(None),
        }
    }

    /// Whoever the scheme `headerKey` lets in; `None` where the request has no credential of it.
    pub(crate) async fn header_key<S: Authenticate>(
        server: &S,
        context: &rt::Context,
        credentials: rt::Credentials<'_>,
        scopes: &[&str],
    ) -> Result<Option<S::HeaderKey>, rt::Rejection> {
        match credentials.api_key_in_header("X-Key")? {
            Some(credential) => {
                Authenticate::header_key(server, context, &credential, scopes)
                    .await
                    .map(Some)
            }
            None => Ok(None),
        }
    }

    /// Whoever the scheme `oauth` lets in; `None` where the request has no credential of it.
    pub(crate) async fn oauth<S: Authenticate>(
        server: &S,
        context: &rt::Context,
        credentials: rt::Credentials<'_>,
        scopes: &[&str],
    ) -> Result<Option<S::Oauth>, rt::Rejection> {
        match credentials.bearer()? {
            Some(credential) => {
                Authenticate::oauth(server, context, credential, scopes).await.map(Some)
            }
            None => Ok(None),
        }
    }

    /// Whoever the scheme `openid` lets in; `None` where the request has no credential of it.
    pub(crate) async fn openid<S: Authenticate>(
        server: &S,
        context: &rt::Context,
        credentials: rt::Credentials<'_>,
        scopes: &[&str],
    ) -> Result<Option<S::Openid>, rt::Rejection> {
        match credentials.bearer()? {
            Some(credential) => {
                Authenticate::openid(server, context, credential, scopes).await.map(Some)
            }
            None => Ok(None),
        }
    }

    /// Whoever the scheme `queryKey` lets in; `None` where the request has no credential of it.
    pub(crate) async fn query_key<S: Authenticate>(
        server: &S,
        context: &rt::Context,
        credentials: rt::Credentials<'_>,
        scopes: &[&str],
    ) -> Result<Option<S::QueryKey>, rt::Rejection> {
        match credentials.api_key_in_query("key")? {
            Some(credential) => {
                Authenticate::query_key(server, context, &credential, scopes).await.map(Some)
            }
            None => Ok(None),
        }
    }

    /// Whoever satisfies one of several alternatives.
    #[derive(Debug)]
    pub enum BearerOrBasic<A: Authenticate> {
        /// Let in by `bearer`.
        Bearer(A::Bearer),
        /// Let in by `basic`.
        Basic(A::Basic),
    }

    impl<A: Authenticate> rt::Principal for BearerOrBasic<A> {
        fn id(&self) -> std::borrow::Cow<'_, str> {
            match self {
                Self::Bearer(principal) => principal.id(),
                Self::Basic(principal) => principal.id(),
            }
        }
    }

    /// Whoever satisfies one of several alternatives.
    #[derive(Debug)]
    pub enum HeaderKeyAndQueryKeyOrCookieKey<A: Authenticate> {
        /// Let in by `headerKey` and `queryKey`.
        HeaderKeyAndQueryKey((A::HeaderKey, A::QueryKey)),
        /// Let in by `cookieKey`.
        CookieKey(A::CookieKey),
    }

    impl<A: Authenticate> rt::Principal for HeaderKeyAndQueryKeyOrCookieKey<A> {
        fn id(&self) -> std::borrow::Cow<'_, str> {
            match self {
                Self::HeaderKeyAndQueryKey((principal, _)) => principal.id(),
                Self::CookieKey(principal) => principal.id(),
            }
        }
    }

    /// Whoever satisfies one of several alternatives.
    #[derive(Debug)]
    pub enum OauthOrOauth<A: Authenticate> {
        /// Let in by `oauth`.
        Oauth(A::Oauth),
        /// Let in by `oauth`.
        OauthAlternative2(A::Oauth),
    }

    impl<A: Authenticate> rt::Principal for OauthOrOauth<A> {
        fn id(&self) -> std::borrow::Cow<'_, str> {
            match self {
                Self::Oauth(principal) => principal.id(),
                Self::OauthAlternative2(principal) => principal.id(),
            }
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

    rt::deserialize_decoded! {}
}
#[rustfmt::skip]
pub mod default {
    //! The operations of the tag "default".

    pub mod inherited {
        //! `GET /inherited`.

        use super::super::{rt, security};

        /// The answer of `GET /inherited`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct InheritedResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for InheritedResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /inherited` early.
        pub type InheritedError = rt::OperationError<Inherited>;

        /// The operation `inherited`.
        #[derive(Debug)]
        pub struct Inherited;

        impl<S: super::DefaultApi> rt::Operation<S> for Inherited {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = S::Bearer;
            type Request = ();
            type Response = InheritedResponse;

            async fn authenticate(
                server: &S,
                context: &rt::Context,
                credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                let principal = security::bearer(server, context, credentials, &[]).await?;
                context.require(principal)
            }

            fn decode(_input: &mut rt::Input<'_>) -> Option<Self::Request> {
                Some(())
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                principal: S::Bearer,
                (): (),
            ) -> Result<InheritedResponse, InheritedError> {
                super::DefaultApi::inherited(server, context, principal).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "inherited",
            method: rt::Method::GET,
            path: "/inherited",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &["Bearer"],
        };
    }

    pub mod public {
        //! `GET /public`.

        use super::super::rt;

        /// The answer of `GET /public`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct PublicResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for PublicResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /public` early.
        pub type PublicError = rt::OperationError<Public>;

        /// The operation `public`.
        #[derive(Debug)]
        pub struct Public;

        impl<S: super::DefaultApi> rt::Operation<S> for Public {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = PublicResponse;

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
            ) -> Result<PublicResponse, PublicError> {
                super::DefaultApi::public(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "public",
            method: rt::Method::GET,
            path: "/public",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }

    pub mod nobody {
        //! `GET /nobody`.

        use super::super::rt;

        /// The answer of `GET /nobody`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct NobodyResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for NobodyResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /nobody` early.
        pub type NobodyError = rt::OperationError<Nobody>;

        /// The operation `nobody`.
        #[derive(Debug)]
        pub struct Nobody;

        impl<S: super::DefaultApi> rt::Operation<S> for Nobody {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = NobodyResponse;

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
            ) -> Result<NobodyResponse, NobodyError> {
                super::DefaultApi::nobody(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "nobody",
            method: rt::Method::GET,
            path: "/nobody",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }

    pub mod optional {
        //! `GET /optional`.

        use super::super::{rt, security};

        /// The answer of `GET /optional`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct OptionalResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for OptionalResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /optional` early.
        pub type OptionalError = rt::OperationError<Optional>;

        /// The operation `optional`.
        #[derive(Debug)]
        pub struct Optional;

        impl<S: super::DefaultApi> rt::Operation<S> for Optional {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = Option<S::Bearer>;
            type Request = ();
            type Response = OptionalResponse;

            async fn authenticate(
                server: &S,
                context: &rt::Context,
                credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                match security::bearer(server, context, credentials, &[]).await? {
                    Some(principal) => {
                        context.identify(&principal);
                        Ok(Some(principal))
                    }
                    None => Ok(None),
                }
            }

            fn decode(_input: &mut rt::Input<'_>) -> Option<Self::Request> {
                Some(())
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                principal: Option<S::Bearer>,
                (): (),
            ) -> Result<OptionalResponse, OptionalError> {
                super::DefaultApi::optional(server, context, principal).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "optional",
            method: rt::Method::GET,
            path: "/optional",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &["Bearer"],
        };
    }

    pub mod or {
        //! `GET /or`.

        use super::super::{rt, security};

        /// The answer of `GET /or`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct OrResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for OrResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /or` early.
        pub type OrError = rt::OperationError<Or>;

        /// The operation `or`.
        #[derive(Debug)]
        pub struct Or;

        impl<S: super::DefaultApi> rt::Operation<S> for Or {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = security::BearerOrBasic<S>;
            type Request = ();
            type Response = OrResponse;

            async fn authenticate(
                server: &S,
                context: &rt::Context,
                credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                let mut rejection = None;
                match security::bearer(server, context, credentials, &[]).await {
                    Ok(Some(principal)) => {
                        context.identify(&principal);
                        return Ok(security::BearerOrBasic::Bearer(principal));
                    }
                    Ok(None) => {}
                    Err(refused) => rejection = Some(refused),
                }
                match security::basic(server, context, credentials, &[]).await {
                    Ok(Some(principal)) => {
                        context.identify(&principal);
                        return Ok(security::BearerOrBasic::Basic(principal));
                    }
                    Ok(None) => {}
                    Err(refused) => rejection = Some(refused),
                }
                match rejection {
                    Some(rejection) => Err(rejection),
                    None => Err(rt::Rejection::absent()),
                }
            }

            fn decode(_input: &mut rt::Input<'_>) -> Option<Self::Request> {
                Some(())
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                principal: security::BearerOrBasic<S>,
                (): (),
            ) -> Result<OrResponse, OrError> {
                super::DefaultApi::or(server, context, principal).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "or",
            method: rt::Method::GET,
            path: "/or",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &["Bearer", "Basic realm=\"api\", charset=\"UTF-8\""],
        };
    }

    pub mod or_again {
        //! `GET /or-again`.

        use super::super::{rt, security};

        /// The answer of `GET /or-again`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct OrAgainResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for OrAgainResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /or-again` early.
        pub type OrAgainError = rt::OperationError<OrAgain>;

        /// The operation `orAgain`.
        #[derive(Debug)]
        pub struct OrAgain;

        impl<S: super::DefaultApi> rt::Operation<S> for OrAgain {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = security::BearerOrBasic<S>;
            type Request = ();
            type Response = OrAgainResponse;

            async fn authenticate(
                server: &S,
                context: &rt::Context,
                credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                let mut rejection = None;
                match security::bearer(server, context, credentials, &[]).await {
                    Ok(Some(principal)) => {
                        context.identify(&principal);
                        return Ok(security::BearerOrBasic::Bearer(principal));
                    }
                    Ok(None) => {}
                    Err(refused) => rejection = Some(refused),
                }
                match security::basic(server, context, credentials, &[]).await {
                    Ok(Some(principal)) => {
                        context.identify(&principal);
                        return Ok(security::BearerOrBasic::Basic(principal));
                    }
                    Ok(None) => {}
                    Err(refused) => rejection = Some(refused),
                }
                match rejection {
                    Some(rejection) => Err(rejection),
                    None => Err(rt::Rejection::absent()),
                }
            }

            fn decode(_input: &mut rt::Input<'_>) -> Option<Self::Request> {
                Some(())
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                principal: security::BearerOrBasic<S>,
                (): (),
            ) -> Result<OrAgainResponse, OrAgainError> {
                super::DefaultApi::or_again(server, context, principal).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "orAgain",
            method: rt::Method::GET,
            path: "/or-again",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &["Bearer", "Basic realm=\"api\", charset=\"UTF-8\""],
        };
    }

    pub mod and {
        //! `GET /and`.

        use super::super::{rt, security};

        /// The answer of `GET /and`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct AndResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for AndResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /and` early.
        pub type AndError = rt::OperationError<And>;

        /// The operation `and`.
        #[derive(Debug)]
        pub struct And;

        impl<S: super::DefaultApi> rt::Operation<S> for And {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = (S::HeaderKey, S::QueryKey);
            type Request = ();
            type Response = AndResponse;

            async fn authenticate(
                server: &S,
                context: &rt::Context,
                credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                let mut rejection = None;
                let result_0 = security::header_key(server, context, credentials, &[]).await;
                let result_1 = security::query_key(server, context, credentials, &[]).await;
                match (result_0, result_1) {
                    (Ok(Some(principal_0)), Ok(Some(principal_1))) => {
                        context.identify(&principal_0);
                        return Ok((principal_0, principal_1));
                    }
                    (result_0, result_1) => {
                        if let Err(refused) = result_0 {
                            rejection = Some(refused);
                        }
                        if let Err(refused) = result_1 {
                            rejection = Some(refused);
                        }
                    }
                }
                match rejection {
                    Some(rejection) => Err(rejection),
                    None => Err(rt::Rejection::absent()),
                }
            }

            fn decode(_input: &mut rt::Input<'_>) -> Option<Self::Request> {
                Some(())
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                principal: (S::HeaderKey, S::QueryKey),
                (): (),
            ) -> Result<AndResponse, AndError> {
                super::DefaultApi::and(server, context, principal).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "and",
            method: rt::Method::GET,
            path: "/and",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[
                "ApiKey in=\"header\", name=\"X-Key\"",
                "ApiKey in=\"query\", name=\"key\"",
            ],
        };
    }

    pub mod both {
        //! `GET /both`.

        use super::super::{rt, security};

        /// The answer of `GET /both`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct BothResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for BothResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /both` early.
        pub type BothError = rt::OperationError<Both>;

        /// The operation `both`.
        #[derive(Debug)]
        pub struct Both;

        impl<S: super::DefaultApi> rt::Operation<S> for Both {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = security::HeaderKeyAndQueryKeyOrCookieKey<S>;
            type Request = ();
            type Response = BothResponse;

            async fn authenticate(
                server: &S,
                context: &rt::Context,
                credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                let mut rejection = None;
                let result_0 = security::header_key(server, context, credentials, &[]).await;
                let result_1 = security::query_key(server, context, credentials, &[]).await;
                match (result_0, result_1) {
                    (Ok(Some(principal_0)), Ok(Some(principal_1))) => {
                        context.identify(&principal_0);
                        return Ok(
                            security::HeaderKeyAndQueryKeyOrCookieKey::HeaderKeyAndQueryKey((
                                principal_0,
                                principal_1,
                            )),
                        );
                    }
                    (result_0, result_1) => {
                        if let Err(refused) = result_0 {
                            rejection = Some(refused);
                        }
                        if let Err(refused) = result_1 {
                            rejection = Some(refused);
                        }
                    }
                }
                match security::cookie_key(server, context, credentials, &[]).await {
                    Ok(Some(principal)) => {
                        context.identify(&principal);
                        return Ok(
                            security::HeaderKeyAndQueryKeyOrCookieKey::CookieKey(principal),
                        );
                    }
                    Ok(None) => {}
                    Err(refused) => rejection = Some(refused),
                }
                match rejection {
                    Some(rejection) => Err(rejection),
                    None => Err(rt::Rejection::absent()),
                }
            }

            fn decode(_input: &mut rt::Input<'_>) -> Option<Self::Request> {
                Some(())
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                principal: security::HeaderKeyAndQueryKeyOrCookieKey<S>,
                (): (),
            ) -> Result<BothResponse, BothError> {
                super::DefaultApi::both(server, context, principal).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "both",
            method: rt::Method::GET,
            path: "/both",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &[
                "ApiKey in=\"header\", name=\"X-Key\"",
                "ApiKey in=\"query\", name=\"key\"",
                "ApiKey in=\"cookie\", name=\"KEY\"",
            ],
        };
    }

    pub mod scopes {
        //! `GET /scopes`.

        use super::super::{rt, security};

        /// The answer of `GET /scopes`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct ScopesResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for ScopesResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /scopes` early.
        pub type ScopesError = rt::OperationError<Scopes>;

        /// The operation `scopes`.
        #[derive(Debug)]
        pub struct Scopes;

        impl<S: super::DefaultApi> rt::Operation<S> for Scopes {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = S::Oauth;
            type Request = ();
            type Response = ScopesResponse;

            async fn authenticate(
                server: &S,
                context: &rt::Context,
                credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                let principal = security::oauth(server, context, credentials, &["read", "write"])
                    .await?;
                context.require(principal)
            }

            fn decode(_input: &mut rt::Input<'_>) -> Option<Self::Request> {
                Some(())
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                principal: S::Oauth,
                (): (),
            ) -> Result<ScopesResponse, ScopesError> {
                super::DefaultApi::scopes(server, context, principal).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "scopes",
            method: rt::Method::GET,
            path: "/scopes",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &["Bearer"],
        };
    }

    pub mod either_scope {
        //! `GET /either-scope`.

        use super::super::{rt, security};

        /// The answer of `GET /either-scope`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct EitherScopeResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for EitherScopeResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /either-scope` early.
        pub type EitherScopeError = rt::OperationError<EitherScope>;

        /// The operation `eitherScope`.
        #[derive(Debug)]
        pub struct EitherScope;

        impl<S: super::DefaultApi> rt::Operation<S> for EitherScope {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = security::OauthOrOauth<S>;
            type Request = ();
            type Response = EitherScopeResponse;

            async fn authenticate(
                server: &S,
                context: &rt::Context,
                credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                let mut rejection = None;
                match security::oauth(server, context, credentials, &["read"]).await {
                    Ok(Some(principal)) => {
                        context.identify(&principal);
                        return Ok(security::OauthOrOauth::Oauth(principal));
                    }
                    Ok(None) => {}
                    Err(refused) => rejection = Some(refused),
                }
                match security::oauth(server, context, credentials, &["write"]).await {
                    Ok(Some(principal)) => {
                        context.identify(&principal);
                        return Ok(security::OauthOrOauth::OauthAlternative2(principal));
                    }
                    Ok(None) => {}
                    Err(refused) => rejection = Some(refused),
                }
                match rejection {
                    Some(rejection) => Err(rejection),
                    None => Err(rt::Rejection::absent()),
                }
            }

            fn decode(_input: &mut rt::Input<'_>) -> Option<Self::Request> {
                Some(())
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                principal: security::OauthOrOauth<S>,
                (): (),
            ) -> Result<EitherScopeResponse, EitherScopeError> {
                super::DefaultApi::either_scope(server, context, principal).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "eitherScope",
            method: rt::Method::GET,
            path: "/either-scope",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &["Bearer"],
        };
    }

    pub mod openid {
        //! `GET /openid`.

        use super::super::{rt, security};

        /// The answer of `GET /openid`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct OpenidResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for OpenidResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `GET /openid` early.
        pub type OpenidError = rt::OperationError<Openid>;

        /// The operation `openid`.
        #[derive(Debug)]
        pub struct Openid;

        impl<S: super::DefaultApi> rt::Operation<S> for Openid {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = S::Openid;
            type Request = ();
            type Response = OpenidResponse;

            async fn authenticate(
                server: &S,
                context: &rt::Context,
                credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                let principal = security::openid(server, context, credentials, &["profile"])
                    .await?;
                context.require(principal)
            }

            fn decode(_input: &mut rt::Input<'_>) -> Option<Self::Request> {
                Some(())
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                principal: S::Openid,
                (): (),
            ) -> Result<OpenidResponse, OpenidError> {
                super::DefaultApi::openid(server, context, principal).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "openid",
            method: rt::Method::GET,
            path: "/openid",
            parameters: &[],
            body: None,
            produces: &[],
            response_headers: &[],
            challenges: &["Bearer"],
        };
    }


    use super::{rt, security};
    pub use self::inherited::{InheritedError, InheritedResponse};
    pub use self::public::{PublicError, PublicResponse};
    pub use self::nobody::{NobodyError, NobodyResponse};
    pub use self::optional::{OptionalError, OptionalResponse};
    pub use self::or::{OrError, OrResponse};
    pub use self::or_again::{OrAgainError, OrAgainResponse};
    pub use self::and::{AndError, AndResponse};
    pub use self::both::{BothError, BothResponse};
    pub use self::scopes::{ScopesError, ScopesResponse};
    pub use self::either_scope::{EitherScopeError, EitherScopeResponse};
    pub use self::openid::{OpenidError, OpenidResponse};

    /// The operations of the tag "default".
    pub trait DefaultApi: security::Authenticate {
        /// `GET /inherited`
        fn inherited(
            &self,
            context: &rt::Context,
            principal: Self::Bearer,
        ) -> impl Future<Output = Result<InheritedResponse, InheritedError>> + Send;

        /// `GET /public`
        fn public(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<PublicResponse, PublicError>> + Send;

        /// `GET /nobody`
        fn nobody(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<NobodyResponse, NobodyError>> + Send;

        /// `GET /optional`
        fn optional(
            &self,
            context: &rt::Context,
            principal: Option<Self::Bearer>,
        ) -> impl Future<Output = Result<OptionalResponse, OptionalError>> + Send;

        /// `GET /or`
        fn or(
            &self,
            context: &rt::Context,
            principal: security::BearerOrBasic<Self>,
        ) -> impl Future<Output = Result<OrResponse, OrError>> + Send;

        /// `GET /or-again`
        fn or_again(
            &self,
            context: &rt::Context,
            principal: security::BearerOrBasic<Self>,
        ) -> impl Future<Output = Result<OrAgainResponse, OrAgainError>> + Send;

        /// `GET /and`
        fn and(
            &self,
            context: &rt::Context,
            principal: (Self::HeaderKey, Self::QueryKey),
        ) -> impl Future<Output = Result<AndResponse, AndError>> + Send;

        /// `GET /both`
        fn both(
            &self,
            context: &rt::Context,
            principal: security::HeaderKeyAndQueryKeyOrCookieKey<Self>,
        ) -> impl Future<Output = Result<BothResponse, BothError>> + Send;

        /// `GET /scopes`
        fn scopes(
            &self,
            context: &rt::Context,
            principal: Self::Oauth,
        ) -> impl Future<Output = Result<ScopesResponse, ScopesError>> + Send;

        /// `GET /either-scope`
        fn either_scope(
            &self,
            context: &rt::Context,
            principal: security::OauthOrOauth<Self>,
        ) -> impl Future<Output = Result<EitherScopeResponse, EitherScopeError>> + Send;

        /// `GET /openid`
        fn openid(
            &self,
            context: &rt::Context,
            principal: Self::Openid,
        ) -> impl Future<Output = Result<OpenidResponse, OpenidError>> + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: DefaultApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([
            rt::Route::of::<inherited::Inherited, S>(server),
            rt::Route::of::<public::Public, S>(server),
            rt::Route::of::<nobody::Nobody, S>(server),
            rt::Route::of::<optional::Optional, S>(server),
            rt::Route::of::<or::Or, S>(server),
            rt::Route::of::<or_again::OrAgain, S>(server),
            rt::Route::of::<and::And, S>(server),
            rt::Route::of::<both::Both, S>(server),
            rt::Route::of::<scopes::Scopes, S>(server),
            rt::Route::of::<either_scope::EitherScope, S>(server),
            rt::Route::of::<openid::Openid, S>(server),
        ])
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;

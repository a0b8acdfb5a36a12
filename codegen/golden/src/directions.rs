// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Directions 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r##"{"openapi":"3.0.3","info":{"title":"Directions","version":"1.0.0"},"paths":{"/users":{"post":{"operationId":"createUser","requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/User"}}}},"responses":{"201":{"description":"Made.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/User"}}}},"default":{"description":"Failed."}}},"get":{"operationId":"listUsers","responses":{"200":{"description":"All.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/UserPage"}}}},"default":{"description":"Failed."}}}},"/teams":{"post":{"operationId":"createTeam","requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Team"}}}},"responses":{"201":{"description":"Made.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Team"}}}},"default":{"description":"Failed."}}}},"/login":{"post":{"operationId":"login","requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Login"}}}},"responses":{"default":{"description":"Anything."}}}}},"components":{"schemas":{"User":{"type":"object","required":["id","name","password"],"properties":{"id":{"type":"string","format":"uuid","readOnly":true},"name":{"type":"string"},"password":{"type":"string","format":"password","writeOnly":true},"role":{"$ref":"#/components/schemas/Role"}}},"Role":{"type":"object","properties":{"name":{"type":"string"}}},"UserPage":{"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"$ref":"#/components/schemas/User"}}}},"Team":{"type":"object","properties":{"members":{"type":"array","items":{"$ref":"#/components/schemas/User"}}}},"Login":{"type":"object","properties":{"name":{"type":"string"},"secret":{"type":"string","writeOnly":true},"token":{"type":"string","readOnly":true}}},"Unused":{"type":"object","properties":{"made":{"type":"string","readOnly":true},"secret":{"type":"string","writeOnly":true}}},"UserRequest":{"type":"object","properties":{"takesTheName":{"type":"string"}}}}}}"##;

    /// All of the contract's traits.
    pub trait Api: super::default::DefaultApi {}

    impl<T: super::default::DefaultApi> Api for T {}

    /// Every operation of the contract.
    pub static OPERATIONS: &[&rt::Descriptor] = &[
        &super::default::create_user::DESCRIPTOR,
        &super::default::list_users::DESCRIPTOR,
        &super::default::create_team::DESCRIPTOR,
        &super::default::login::DESCRIPTOR,
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
        super::CONTRACT; super::types::Login => "Login", super::types::Role => "Role",
        super::types::Team => "Team", super::types::TeamRequest => "Team",
        super::types::Unused => "Unused", super::types::User => "User",
        super::types::UserPage => "UserPage", super::types::UserRequest => "UserRequest",
        super::types::UserRequest2 => "User",
    }
}
#[rustfmt::skip]
pub mod schemas {
    //! The rules of the contract's schemas, as data that is there when the program starts.

    use super::rt;

    /// `/components/schemas/Login`
    pub static LOGIN: rt::Schema = rt::Schema::object()
        .properties(
            &[
                rt::Property::new("name", &rt::Schema::string()),
                rt::Property::new("secret", &rt::Schema::string()).write_only(),
                rt::Property::new("token", &rt::Schema::string()).read_only(),
            ],
        );

    /// `/components/schemas/Role`
    pub static ROLE: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("name", &rt::Schema::string())]);

    /// `/components/schemas/Team`
    pub static TEAM: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("members", &rt::Schema::array().items(&USER))]);

    /// `/components/schemas/User`
    pub static USER: rt::Schema = rt::Schema::object()
        .properties(
            &[
                rt::Property::new("id", &rt::Schema::string().format(rt::Format::Uuid))
                    .read_only(),
                rt::Property::new("name", &rt::Schema::string()),
                rt::Property::new(
                        "password",
                        &rt::Schema::string().format(rt::Format::Password),
                    )
                    .write_only(),
                rt::Property::new("role", &ROLE),
            ],
        )
        .required(&["id", "name", "password"]);
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
    pub struct Login {
        /// `name`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
        /// `secret`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub secret: Option<String>,
    }

    impl rt::Decode for Login {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                name: members.optional("name")?,
                secret: members.optional("secret")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Role {
        /// `name`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
    }

    impl rt::Decode for Role {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                name: members.optional("name")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Team {
        /// `members`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub members: Option<Vec<User>>,
    }

    impl rt::Decode for Team {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                members: members.optional("members")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct TeamRequest {
        /// `members`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub members: Option<Vec<UserRequest2>>,
    }

    impl rt::Decode for TeamRequest {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                members: members.optional("members")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Unused {
        /// `made`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub made: Option<String>,
    }

    impl rt::Decode for Unused {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                made: members.optional("made")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct User {
        /// `id`.
        pub id: rt::Uuid,
        /// `name`.
        pub name: String,
        /// `role`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub role: Option<Role>,
    }

    impl rt::Decode for User {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                id: members.required("id")?,
                name: members.required("name")?,
                role: members.optional("role")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct UserPage {
        /// `items`.
        pub items: Vec<User>,
    }

    impl rt::Decode for UserPage {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                items: members.required("items")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct UserRequest {
        /// `takesTheName`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub takes_the_name: Option<String>,
    }

    impl rt::Decode for UserRequest {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                takes_the_name: members.optional("takesTheName")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct UserRequest2 {
        /// `name`.
        pub name: String,
        /// `password`.
        pub password: rt::Password,
        /// `role`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub role: Option<Role>,
    }

    impl rt::Decode for UserRequest2 {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                name: members.required("name")?,
                password: members.required("password")?,
                role: members.optional("role")?,
            })
        }
    }

    rt::deserialize_decoded! {
        Login, Role, Team, TeamRequest, Unused, User, UserPage, UserRequest, UserRequest2
    }
}
#[rustfmt::skip]
pub mod default {
    //! The operations of the tag "default".

    pub mod create_user {
        //! `POST /users`.

        use super::super::{rt, schemas, types};

        /// The request of `POST /users`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct CreateUserRequest {
            /// The body.
            pub body: types::UserRequest2,
        }

        /// The answer of `POST /users`: 201.
        #[derive(Debug, Clone, PartialEq)]
        pub struct CreateUserResponse {
            /// The body.
            pub body: types::User,
        }

        impl rt::IntoAnswer for CreateUserResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { body } = self;
                rt::Answer::json(rt::StatusCode::CREATED, "application/json", &body)
            }
        }

        /// What ends `POST /users` early.
        ///
        /// - any other status, [`CreateUserDefault`]: Failed.
        pub type CreateUserError = rt::OperationError<CreateUser>;

        /// Failed.
        #[derive(Debug, Clone, PartialEq)]
        pub struct CreateUserDefault {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl From<CreateUserDefault> for CreateUserError {
            fn from(CreateUserDefault { status }: CreateUserDefault) -> Self {
                Self::of(
                    rt::Answer::declared(
                        status,
                        &[rt::Status::Default],
                        || rt::Answer::empty(status),
                    ),
                )
            }
        }

        /// The operation `createUser`.
        #[derive(Debug)]
        pub struct CreateUser;

        impl<S: super::DefaultApi> rt::Operation<S> for CreateUser {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = CreateUserRequest;
            type Response = CreateUserResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let body = input.json(&schemas::USER);
                Some(CreateUserRequest { body: body? })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: CreateUserRequest,
            ) -> Result<CreateUserResponse, CreateUserError> {
                super::DefaultApi::create_user(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "createUser",
            method: rt::Method::POST,
            path: "/users",
            parameters: &[],
            body: Some(rt::RequestBody {
                required: true,
                media_types: &["application/json"],
            }),
            produces: &["application/json"],
            response_headers: &[],
            challenges: &[],
        };
    }

    pub mod list_users {
        //! `GET /users`.

        use super::super::{rt, types};

        /// The answer of `GET /users`: 200.
        #[derive(Debug, Clone, PartialEq)]
        pub struct ListUsersResponse {
            /// The body.
            pub body: types::UserPage,
        }

        impl rt::IntoAnswer for ListUsersResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { body } = self;
                rt::Answer::json(rt::StatusCode::OK, "application/json", &body)
            }
        }

        /// What ends `GET /users` early.
        ///
        /// - any other status, [`ListUsersDefault`]: Failed.
        pub type ListUsersError = rt::OperationError<ListUsers>;

        /// Failed.
        #[derive(Debug, Clone, PartialEq)]
        pub struct ListUsersDefault {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl From<ListUsersDefault> for ListUsersError {
            fn from(ListUsersDefault { status }: ListUsersDefault) -> Self {
                Self::of(
                    rt::Answer::declared(
                        status,
                        &[rt::Status::Default],
                        || rt::Answer::empty(status),
                    ),
                )
            }
        }

        /// The operation `listUsers`.
        #[derive(Debug)]
        pub struct ListUsers;

        impl<S: super::DefaultApi> rt::Operation<S> for ListUsers {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = ();
            type Response = ListUsersResponse;

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
            ) -> Result<ListUsersResponse, ListUsersError> {
                super::DefaultApi::list_users(server, context).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "listUsers",
            method: rt::Method::GET,
            path: "/users",
            parameters: &[],
            body: None,
            produces: &["application/json"],
            response_headers: &[],
            challenges: &[],
        };
    }

    pub mod create_team {
        //! `POST /teams`.

        use super::super::{rt, schemas, types};

        /// The request of `POST /teams`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct CreateTeamRequest {
            /// The body.
            pub body: types::TeamRequest,
        }

        /// The answer of `POST /teams`: 201.
        #[derive(Debug, Clone, PartialEq)]
        pub struct CreateTeamResponse {
            /// The body.
            pub body: types::Team,
        }

        impl rt::IntoAnswer for CreateTeamResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { body } = self;
                rt::Answer::json(rt::StatusCode::CREATED, "application/json", &body)
            }
        }

        /// What ends `POST /teams` early.
        ///
        /// - any other status, [`CreateTeamDefault`]: Failed.
        pub type CreateTeamError = rt::OperationError<CreateTeam>;

        /// Failed.
        #[derive(Debug, Clone, PartialEq)]
        pub struct CreateTeamDefault {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl From<CreateTeamDefault> for CreateTeamError {
            fn from(CreateTeamDefault { status }: CreateTeamDefault) -> Self {
                Self::of(
                    rt::Answer::declared(
                        status,
                        &[rt::Status::Default],
                        || rt::Answer::empty(status),
                    ),
                )
            }
        }

        /// The operation `createTeam`.
        #[derive(Debug)]
        pub struct CreateTeam;

        impl<S: super::DefaultApi> rt::Operation<S> for CreateTeam {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = CreateTeamRequest;
            type Response = CreateTeamResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let body = input.json(&schemas::TEAM);
                Some(CreateTeamRequest { body: body? })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: CreateTeamRequest,
            ) -> Result<CreateTeamResponse, CreateTeamError> {
                super::DefaultApi::create_team(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "createTeam",
            method: rt::Method::POST,
            path: "/teams",
            parameters: &[],
            body: Some(rt::RequestBody {
                required: true,
                media_types: &["application/json"],
            }),
            produces: &["application/json"],
            response_headers: &[],
            challenges: &[],
        };
    }

    pub mod login {
        //! `POST /login`.

        use super::super::{rt, schemas, types};

        /// The request of `POST /login`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct LoginRequest {
            /// The body.
            pub body: types::Login,
        }

        /// The answer of `POST /login`: any other status.
        #[derive(Debug, Clone, PartialEq)]
        pub struct LoginResponse {
            /// The status; it must be one that the contract declares with this response.
            pub status: rt::StatusCode,
        }

        impl rt::IntoAnswer for LoginResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { status } = self;
                rt::Answer::declared(
                    status,
                    &[rt::Status::Default],
                    || rt::Answer::empty(status),
                )
            }
        }

        /// What ends `POST /login` early.
        pub type LoginError = rt::OperationError<Login>;

        /// The operation `login`.
        #[derive(Debug)]
        pub struct Login;

        impl<S: super::DefaultApi> rt::Operation<S> for Login {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = ();
            type Request = LoginRequest;
            type Response = LoginResponse;

            async fn authenticate(
                _server: &S,
                _context: &rt::Context,
                _credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                Ok(())
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let body = input.json(&schemas::LOGIN);
                Some(LoginRequest { body: body? })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                (): (),
                request: LoginRequest,
            ) -> Result<LoginResponse, LoginError> {
                super::DefaultApi::login(server, context, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "login",
            method: rt::Method::POST,
            path: "/login",
            parameters: &[],
            body: Some(rt::RequestBody {
                required: true,
                media_types: &["application/json"],
            }),
            produces: &[],
            response_headers: &[],
            challenges: &[],
        };
    }


    use super::rt;
    pub use self::create_user::{CreateUserError, CreateUserRequest, CreateUserResponse};
    pub use self::list_users::{ListUsersError, ListUsersResponse};
    pub use self::create_team::{CreateTeamError, CreateTeamRequest, CreateTeamResponse};
    pub use self::login::{LoginError, LoginRequest, LoginResponse};

    /// The operations of the tag "default".
    pub trait DefaultApi: Sized + Send + Sync + 'static {
        /// `POST /users`
        fn create_user(
            &self,
            context: &rt::Context,
            request: CreateUserRequest,
        ) -> impl Future<Output = Result<CreateUserResponse, CreateUserError>> + Send;

        /// `GET /users`
        fn list_users(
            &self,
            context: &rt::Context,
        ) -> impl Future<Output = Result<ListUsersResponse, ListUsersError>> + Send;

        /// `POST /teams`
        fn create_team(
            &self,
            context: &rt::Context,
            request: CreateTeamRequest,
        ) -> impl Future<Output = Result<CreateTeamResponse, CreateTeamError>> + Send;

        /// `POST /login`
        fn login(
            &self,
            context: &rt::Context,
            request: LoginRequest,
        ) -> impl Future<Output = Result<LoginResponse, LoginError>> + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: DefaultApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([
            rt::Route::of::<create_user::CreateUser, S>(server),
            rt::Route::of::<list_users::ListUsers, S>(server),
            rt::Route::of::<create_team::CreateTeam, S>(server),
            rt::Route::of::<login::Login, S>(server),
        ])
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;

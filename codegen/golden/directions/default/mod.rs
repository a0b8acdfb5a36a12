// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "default".

pub mod create_user;
pub mod list_users;
pub mod create_team;
pub mod login;

use civicforge_runtime::context::Context;
use std::sync::Arc;
use civicforge_runtime::operation::Route;
pub use self::create_user::{CreateUserError, CreateUserRequest, CreateUserResponse};
pub use self::list_users::{ListUsersError, ListUsersResponse};
pub use self::create_team::{CreateTeamError, CreateTeamRequest, CreateTeamResponse};
pub use self::login::{LoginError, LoginRequest, LoginResponse};

/// The operations of the tag "default".
pub trait DefaultApi: Sized + Send + Sync + 'static {
    /// `POST /users`
    fn create_user(
        &self,
        context: &Context,
        request: CreateUserRequest,
    ) -> impl Future<Output = Result<CreateUserResponse, CreateUserError>> + Send;

    /// `GET /users`
    fn list_users(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<ListUsersResponse, ListUsersError>> + Send;

    /// `POST /teams`
    fn create_team(
        &self,
        context: &Context,
        request: CreateTeamRequest,
    ) -> impl Future<Output = Result<CreateTeamResponse, CreateTeamError>> + Send;

    /// `POST /login`
    fn login(
        &self,
        context: &Context,
        request: LoginRequest,
    ) -> impl Future<Output = Result<LoginResponse, LoginError>> + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: DefaultApi>(server: &Arc<S>) -> Vec<Route> {
    Vec::from([
        Route::of::<create_user::CreateUser, S>(server),
        Route::of::<list_users::ListUsers, S>(server),
        Route::of::<create_team::CreateTeam, S>(server),
        Route::of::<login::Login, S>(server),
    ])
}

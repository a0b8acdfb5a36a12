// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /me`.

use civicforge_runtime::values::Uuid;
use civicforge_runtime::schema::{Format, Schema};
use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use civicforge_runtime::parameter::{Parameter, Shape, Style};
use super::DefaultApi;
use super::super::{schemas, security, types};

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
    pub seen: Option<Vec<Uuid>>,
}

/// The answer of `GET /me`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct GetMeResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for GetMeResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /me` early.
pub type GetMeError = OperationError<GetMe>;

/// The operation `getMe`.
#[derive(Debug)]
pub struct GetMe;

impl<S: DefaultApi> Operation<S> for GetMe {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = S::Session;
    type Request = GetMeRequest;
    type Response = GetMeResponse;

    async fn authenticate(
        server: &S,
        context: &Context,
        credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        let principal = security::session(server, context, credentials, &[]).await?;
        context.require(principal)
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let theme = input.parameter(&THEME);
        let seen = input.parameter(&SEEN);
        Some(GetMeRequest {
            theme: theme.unwrap_or(types::GetMeTheme::Light),
            seen,
        })
    }

    async fn call(
        server: &S,
        context: &Context,
        principal: S::Session,
        request: GetMeRequest,
    ) -> Result<GetMeResponse, GetMeError> {
        DefaultApi::get_me(server, context, principal, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "getMe",
    method: Method::GET,
    path: "/me",
    parameters: &[&THEME, &SEEN],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &["ApiKey in=\"cookie\", name=\"SESSION\""],
};

static THEME: Parameter = Parameter::cookie("theme", &schemas::GET_ME_THEME);

static SEEN: Parameter = Parameter::cookie(
        "seen",
        &Schema::array().items(&Schema::string().format(Format::Uuid)),
    )
    .style(Style::Form, false, Shape::Array);

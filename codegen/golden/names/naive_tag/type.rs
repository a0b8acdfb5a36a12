// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /type/{fn}`.

use civicforge_runtime::schema::Schema;
use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use civicforge_runtime::parameter::Parameter;
use super::NaiveTagApi;
use super::super::parameters;

/// The request of `GET /type/{fn}`.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeRequest {
    /// A parameter.
    ///
    /// Path parameter `fn`.
    pub r#fn: String,
    /// A parameter.
    ///
    /// Query parameter `self`.
    pub self_: Option<String>,
    /// A parameter.
    ///
    /// Query parameter `3d`.
    pub n3d: Option<String>,
    /// A parameter.
    ///
    /// Query parameter `filter[name]`.
    pub filter_name: Option<String>,
    /// A parameter.
    ///
    /// Query parameter `filter_name`.
    pub filter_name_query: Option<String>,
    /// A parameter.
    ///
    /// Query parameter `$top`.
    pub top: Option<i64>,
    /// A parameter.
    ///
    /// Query parameter `名前`.
    pub u540d_u524d: Option<String>,
}

/// The answer of `GET /type/{fn}`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for TypeResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /type/{fn}` early.
pub type TypeError = OperationError<Type>;

/// The operation `type`.
#[derive(Debug)]
pub struct Type;

impl<S: NaiveTagApi> Operation<S> for Type {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = TypeRequest;
    type Response = TypeResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let r#fn = input.parameter(&parameters::FN);
        let self_ = input.parameter(&SELF_);
        let n3d = input.parameter(&N3D);
        let filter_name = input.parameter(&FILTER_NAME);
        let filter_name_query = input.parameter(&FILTER_NAME_QUERY);
        let top = input.parameter(&TOP);
        let u540d_u524d = input.parameter(&U540D_U524D);
        Some(TypeRequest {
            r#fn: r#fn?,
            self_,
            n3d,
            filter_name,
            filter_name_query,
            top,
            u540d_u524d,
        })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: TypeRequest,
    ) -> Result<TypeResponse, TypeError> {
        NaiveTagApi::r#type(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "type",
    method: Method::GET,
    path: "/type/{fn}",
    parameters: &[
        &parameters::FN,
        &SELF_,
        &N3D,
        &FILTER_NAME,
        &FILTER_NAME_QUERY,
        &TOP,
        &U540D_U524D,
    ],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};

static SELF_: Parameter = Parameter::query("self", &Schema::string());

static N3D: Parameter = Parameter::query("3d", &Schema::string());

static FILTER_NAME: Parameter = Parameter::query("filter[name]", &Schema::string());

static FILTER_NAME_QUERY: Parameter = Parameter::query("filter_name", &Schema::string());

static TOP: Parameter = Parameter::query("$top", &Schema::integer());

static U540D_U524D: Parameter = Parameter::query("名前", &Schema::string());

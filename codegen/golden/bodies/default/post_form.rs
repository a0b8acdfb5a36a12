// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /form`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, RequestBody};
use civicforge_runtime::parameter::{Encoding, FormField, Shape, Style};
use super::DefaultApi;
use super::super::{schemas, types};

/// The request of `POST /form`.
#[derive(Debug, Clone, PartialEq)]
pub struct PostFormRequest {
    /// The body.
    pub body: types::PostFormBody,
}

/// The answer of `POST /form`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct PostFormResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for PostFormResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `POST /form` early.
pub type PostFormError = OperationError<PostForm>;

/// The operation `postForm`.
#[derive(Debug)]
pub struct PostForm;

impl<S: DefaultApi> Operation<S> for PostForm {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = PostFormRequest;
    type Response = PostFormResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let body = input.form(BODY__FIELDS_0, &schemas::POST_FORM_BODY);
        Some(PostFormRequest { body: body? })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: PostFormRequest,
    ) -> Result<PostFormResponse, PostFormError> {
        DefaultApi::post_form(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "postForm",
    method: Method::POST,
    path: "/form",
    parameters: &[],
    body: Some(RequestBody {
        required: true,
        media_types: &["application/x-www-form-urlencoded"],
    }),
    produces: &[],
    response_headers: &[],
    challenges: &[],
};

static BODY__FIELDS_0: &[FormField] = &[
    FormField {
        name: "name",
        encoding: Encoding::Style {
            style: Style::Form,
            explode: true,
            shape: Shape::Scalar,
        },
    },
    FormField {
        name: "tags",
        encoding: Encoding::Style {
            style: Style::Form,
            explode: true,
            shape: Shape::Array,
        },
    },
    FormField {
        name: "codes",
        encoding: Encoding::Style {
            style: Style::PipeDelimited,
            explode: false,
            shape: Shape::Array,
        },
    },
    FormField {
        name: "address",
        encoding: Encoding::Json,
    },
    FormField {
        name: "spread",
        encoding: Encoding::Style {
            style: Style::Form,
            explode: true,
            shape: Shape::Object {
                properties: &["a"],
                open: false,
            },
        },
    },
];

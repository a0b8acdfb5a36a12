// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `PATCH /pets/{petId}/toys`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use super::DefaultApi;
use super::super::parameters;

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
    pub status: StatusCode,
}

impl IntoAnswer for PatchPetsByPetIdToysResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `PATCH /pets/{petId}/toys` early.
pub type PatchPetsByPetIdToysError = OperationError<PatchPetsByPetIdToys>;

/// The operation `patchPetsByPetIdToys`.
#[derive(Debug)]
pub struct PatchPetsByPetIdToys;

impl<S: DefaultApi> Operation<S> for PatchPetsByPetIdToys {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = PatchPetsByPetIdToysRequest;
    type Response = PatchPetsByPetIdToysResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let pet_id = input.parameter(&parameters::PET_ID);
        Some(PatchPetsByPetIdToysRequest {
            pet_id: pet_id?,
        })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: PatchPetsByPetIdToysRequest,
    ) -> Result<PatchPetsByPetIdToysResponse, PatchPetsByPetIdToysError> {
        DefaultApi::patch_pets_by_pet_id_toys(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "patchPetsByPetIdToys",
    method: Method::PATCH,
    path: "/pets/{petId}/toys",
    parameters: &[&parameters::PET_ID],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};

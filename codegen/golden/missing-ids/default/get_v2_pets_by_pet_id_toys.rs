// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /v2/pets/{petId}/toys`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use super::DefaultApi;
use super::super::parameters;

/// The request of `GET /v2/pets/{petId}/toys`.
#[derive(Debug, Clone, PartialEq)]
pub struct GetV2PetsByPetIdToysRequest {
    /// A parameter.
    ///
    /// Path parameter `petId`.
    pub pet_id: String,
}

/// The answer of `GET /v2/pets/{petId}/toys`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct GetV2PetsByPetIdToysResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for GetV2PetsByPetIdToysResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /v2/pets/{petId}/toys` early.
pub type GetV2PetsByPetIdToysError = OperationError<GetV2PetsByPetIdToys>;

/// The operation `getV2PetsByPetIdToys`.
#[derive(Debug)]
pub struct GetV2PetsByPetIdToys;

impl<S: DefaultApi> Operation<S> for GetV2PetsByPetIdToys {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = GetV2PetsByPetIdToysRequest;
    type Response = GetV2PetsByPetIdToysResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let pet_id = input.parameter(&parameters::PET_ID);
        Some(GetV2PetsByPetIdToysRequest {
            pet_id: pet_id?,
        })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: GetV2PetsByPetIdToysRequest,
    ) -> Result<GetV2PetsByPetIdToysResponse, GetV2PetsByPetIdToysError> {
        DefaultApi::get_v2_pets_by_pet_id_toys(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "getV2PetsByPetIdToys",
    method: Method::GET,
    path: "/v2/pets/{petId}/toys",
    parameters: &[&parameters::PET_ID],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};

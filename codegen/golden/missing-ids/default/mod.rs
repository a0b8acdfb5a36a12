// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "default".

pub mod get_v1;
pub mod get_v2_pets_by_pet_id_toys;
pub mod patch_pets_by_pet_id_toys;
pub mod get_v1_ab2;
pub mod get_v1_ab3;
pub mod get_v1_ab;
pub mod head_v1_c;
pub mod options_v1_c;
pub mod trace_v1_c;

use civicforge_runtime::context::Context;
use std::sync::Arc;
use civicforge_runtime::operation::Route;
pub use self::get_v1::{GetV1Error, GetV1Response};
pub use self::get_v2_pets_by_pet_id_toys::{
    GetV2PetsByPetIdToysError, GetV2PetsByPetIdToysRequest, GetV2PetsByPetIdToysResponse,
};
pub use self::patch_pets_by_pet_id_toys::{
    PatchPetsByPetIdToysError, PatchPetsByPetIdToysRequest, PatchPetsByPetIdToysResponse,
};
pub use self::get_v1_ab2::{GetV1Ab2Error, GetV1Ab2Response};
pub use self::get_v1_ab3::{GetV1Ab3Error, GetV1Ab3Response};
pub use self::get_v1_ab::{GetV1AbError, GetV1AbResponse};
pub use self::head_v1_c::{HeadV1CError, HeadV1CResponse};
pub use self::options_v1_c::{OptionsV1CError, OptionsV1CResponse};
pub use self::trace_v1_c::{TraceV1CError, TraceV1CResponse};

/// The operations of the tag "default".
pub trait DefaultApi: Sized + Send + Sync + 'static {
    /// `GET /v1/`
    fn get_v1(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<GetV1Response, GetV1Error>> + Send;

    /// `GET /v2/pets/{petId}/toys`
    fn get_v2_pets_by_pet_id_toys(
        &self,
        context: &Context,
        request: GetV2PetsByPetIdToysRequest,
    ) -> impl Future<
        Output = Result<GetV2PetsByPetIdToysResponse, GetV2PetsByPetIdToysError>,
    > + Send;

    /// `PATCH /pets/{petId}/toys`
    fn patch_pets_by_pet_id_toys(
        &self,
        context: &Context,
        request: PatchPetsByPetIdToysRequest,
    ) -> impl Future<
        Output = Result<PatchPetsByPetIdToysResponse, PatchPetsByPetIdToysError>,
    > + Send;

    /// `GET /v1/a-b`
    fn get_v1_ab2(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<GetV1Ab2Response, GetV1Ab2Error>> + Send;

    /// `GET /v1/a_b`
    fn get_v1_ab3(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<GetV1Ab3Response, GetV1Ab3Error>> + Send;

    /// `GET /v1/c`
    fn get_v1_ab(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<GetV1AbResponse, GetV1AbError>> + Send;

    /// `HEAD /v1/c`
    fn head_v1_c(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<HeadV1CResponse, HeadV1CError>> + Send;

    /// `OPTIONS /v1/c`
    fn options_v1_c(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<OptionsV1CResponse, OptionsV1CError>> + Send;

    /// `TRACE /v1/c`
    fn trace_v1_c(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<TraceV1CResponse, TraceV1CError>> + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: DefaultApi>(server: &Arc<S>) -> Vec<Route> {
    Vec::from([
        Route::of::<get_v1::GetV1, S>(server),
        Route::of::<get_v2_pets_by_pet_id_toys::GetV2PetsByPetIdToys, S>(server),
        Route::of::<patch_pets_by_pet_id_toys::PatchPetsByPetIdToys, S>(server),
        Route::of::<get_v1_ab2::GetV1Ab2, S>(server),
        Route::of::<get_v1_ab3::GetV1Ab3, S>(server),
        Route::of::<get_v1_ab::GetV1Ab, S>(server),
        Route::of::<head_v1_c::HeadV1C, S>(server),
        Route::of::<options_v1_c::OptionsV1C, S>(server),
        Route::of::<trace_v1_c::TraceV1C, S>(server),
    ])
}

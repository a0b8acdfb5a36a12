//! A small generated server, which each program of `src/bin` has on another host.

use std::sync::Arc;

use civicforge_runtime::context::Context;
use civicforge_runtime::router::RouteConflict;
use civicforge_runtime::service::Service;
use civicforge_runtime::status::NotFound;

use self::petstore::pets::{PetsApi, ShowPetError, ShowPetRequest, ShowPetResponse};
use self::petstore::security::Authenticate;
use self::petstore::types::Pet;

/// What the generator writes.
pub mod petstore {
    include!(concat!(env!("OUT_DIR"), "/petstore.rs"));
}

/// A store with one pet.
#[derive(Debug)]
pub struct Store;

impl Authenticate for Store {}

impl PetsApi for Store {
    async fn show_pet(
        &self,
        _: &Context,
        request: ShowPetRequest,
    ) -> Result<ShowPetResponse, ShowPetError> {
        match request.pet_id {
            1 => Ok(ShowPetResponse {
                body: Pet {
                    id: 1,
                    name: "Rex".to_owned(),
                },
            }),
            _ => Err(NotFound::default().detail("There is no such pet."))?,
        }
    }
}

/// The service that every host has.
///
/// # Errors
/// Two paths of the document cannot be told apart.
pub fn service() -> Result<Service, RouteConflict> {
    Service::builder()
        .routes(petstore::routes(&Arc::new(Store)))
        .build()
}

/// The address to listen on: the first argument of the program, or port 8080 of this machine.
#[must_use]
pub fn address() -> String {
    std::env::args()
        .nth(1)
        .unwrap_or_else(|| "127.0.0.1:8080".to_owned())
}

//! A failed call to the table, or to anything else that requests depend on, as the answer of an operation: 503 where trying again may help, else 500.
//!
//! The rules that an operation enforces by conditions are looked at before: a condition that failed and that nobody looked at
//! is a defect, and a 500.

use civicforge_runtime::error::{Declares, OperationError};
use civicforge_runtime::status::{InternalServerError, ServiceUnavailable};

use crate::keys::KeysUnavailable;
use crate::table::error::StoreError;
use crate::table::outbox::DeliveryError;

/// What a failed call to the table is to a caller.
#[derive(Debug)]
pub enum Failure {
    /// It may work in a while.
    Unavailable(ServiceUnavailable),
    /// It will not.
    Internal(InternalServerError),
}

/// For what is done without a caller, and so tried again later.
impl From<Failure> for DeliveryError {
    fn from(failure: Failure) -> Self {
        let why = match failure {
            Failure::Unavailable(_) => "something that it needs does not answer right now",
            Failure::Internal(_) => "something went wrong, of which the log says more",
        };
        Self::Later(why.to_owned())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error.retry_after() {
            Some(wait) => {
                tracing::warn!(%error, "the table cannot be used right now");
                // Retry-After is in whole seconds, and 0 would invite a storm.
                Failure::Unavailable(
                    ServiceUnavailable::default()
                        .detail("The database does not answer right now.")
                        .retry_after(wait.as_secs().max(1)),
                )
            }
            None => {
                tracing::error!(%error, "a call to the table failed in a way that it must not");
                Failure::Internal(InternalServerError::default())
            }
        }
    }
}

impl Failure {
    /// A mistake of ours: what it is goes to the log and not to the caller.
    pub fn internal(what: &'static str, error: impl std::fmt::Display) -> Self {
        tracing::error!(%error, "{what}");
        Self::Internal(InternalServerError::default())
    }

    /// Too many at once; it may work in a second.
    pub fn overloaded(detail: &'static str) -> Self {
        Self::Unavailable(ServiceUnavailable::default().detail(detail).retry_after(1))
    }
}

/// Lets `?` turn a failed call to whatever an operation depends on into its error.
impl<O> From<Failure> for OperationError<O>
where
    O: Declares<ServiceUnavailable> + Declares<InternalServerError>,
{
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Unavailable(status) => status.into(),
            Failure::Internal(status) => status.into(),
        }
    }
}

impl<O> From<KeysUnavailable> for OperationError<O>
where
    O: Declares<ServiceUnavailable>,
{
    fn from(error: KeysUnavailable) -> Self {
        ServiceUnavailable::from(error).into()
    }
}

impl<O> From<StoreError> for OperationError<O>
where
    O: Declares<ServiceUnavailable> + Declares<InternalServerError>,
{
    fn from(error: StoreError) -> Self {
        Failure::from(error).into()
    }
}

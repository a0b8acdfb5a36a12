//! Changing an item that others change too: read it, decide, write under the condition that it is still as it was read.
//!
//! Where the condition fails somebody was faster, and everything is decided anew on what they left: a rival's claim gives 409,
//! the other party's attestation makes one's own the second. Each round that is lost is one that somebody else has won, so
//! rounds need no waits between them; conflicts between transactions do, and the table does those.

use super::StoreError;

/// How often an item is read and decided on for one request. Every round but the last was lost to another change of the item,
/// and there are few changes that leave the same decision possible.
pub const ROUNDS: usize = 32;

/// What became of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revision<T> {
    /// It was written, or there was nothing to write.
    Done(T),
    /// What was read is not as it was: read again.
    Stale,
    /// Others kept getting in the way of the transaction. They may have decided the matter: then that is the outcome, and not an
    /// error.
    Contended,
}

impl<T> Revision<T> {
    /// What became of a round whose transaction ended like this. A condition that fails says that something is not as it was read.
    ///
    /// # Errors
    ///
    /// The table's own.
    pub fn of(transaction: Result<(), StoreError>, done: T) -> Result<Self, StoreError> {
        match transaction {
            Ok(()) => Ok(Self::Done(done)),
            Err(StoreError::ConditionFailed(_)) => Ok(Self::Stale),
            Err(StoreError::Contended { .. }) => Ok(Self::Contended),
            Err(error) => Err(error),
        }
    }
}

/// Does rounds until one is done.
///
/// # Errors
///
/// Whatever a round ends with, and [`StoreError::Contended`] after [`ROUNDS`] of them, or the second one that was contended.
pub async fn revise<T, E, F>(mut round: impl FnMut() -> F) -> Result<T, E>
where
    E: From<StoreError>,
    F: Future<Output = Result<Revision<T>, E>>,
{
    let mut contended = false;
    for _ in 0..ROUNDS {
        match round().await? {
            Revision::Done(outcome) => return Ok(outcome),
            Revision::Stale => {}
            Revision::Contended if !contended => contended = true,
            Revision::Contended => break,
        }
    }
    Err(StoreError::contended("a change under a version").into())
}

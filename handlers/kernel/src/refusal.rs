//! What the rules of a feature refuse, as the answer of an operation.

use std::fmt::Display;

use civicforge_runtime::error::{Listed, OperationError};
use civicforge_runtime::problem::Problem;
use civicforge_runtime::status::{Conflict, Forbidden};

/// Why a command is refused. As a text it is half a sentence.
pub trait Refusal: Display {
    /// Its code in the contract.
    fn code(&self) -> &'static str;

    /// Whether somebody else might, and so the state is no matter: a 403. Else nobody may now: a 409.
    fn is_forbidden(&self) -> bool;
}

/// The answer. Which refusals an operation can come to, only the rules know; a test holds what they say against what the operations
/// list.
pub fn refused<O: Listed>(refusal: &impl Refusal) -> OperationError<O> {
    let status = match refusal.is_forbidden() {
        true => Forbidden::STATUS,
        false => Conflict::STATUS,
    };
    OperationError::listed(Problem::new(status, refusal.code()).detail(sentence(refusal)))
}

/// A sentence for people.
fn sentence(refusal: &impl Display) -> String {
    let text = refusal.to_string();
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), characters.as_str()),
        None => text,
    }
}

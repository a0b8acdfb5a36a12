//! What may happen to a property, and by whom. Pure: no table, no clock.
//!
//! ```text
//!   active ◄────► pending
//!      │             │
//!      └───► sold ◄──┘
//! ```
//!
//! A property that is sold stays sold: a sale that falls through does so while the property is pending. Everything else of it may still
//! be changed. Who does not own it learns only that, whatever the status is.

use civicforge_api::types::PropertyStatus;
use civicforge_kernel::refusal::Refusal;
use uuid::Uuid;

/// Why an owner's change is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ChangeRefusal {
    /// Another owns it.
    #[error("only the property's owner can do this")]
    NotOwner,
    /// It is sold.
    #[error("a property that is sold stays sold")]
    Sold,
}

impl Refusal for ChangeRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotOwner => "not_owner",
            Self::Sold => "property_sold",
        }
    }

    fn is_forbidden(&self) -> bool {
        matches!(self, Self::NotOwner)
    }
}

/// Whether a member may change or delete a property of this owner.
///
/// # Errors
///
/// The member is another.
pub fn owned(owner: Uuid, member: Uuid) -> Result<(), ChangeRefusal> {
    match owner == member {
        true => Ok(()),
        false => Err(ChangeRefusal::NotOwner),
    }
}

/// Whether an owner may have a property go from one status to another, or stay.
///
/// # Errors
///
/// It is sold.
pub fn moved(from: PropertyStatus, to: PropertyStatus) -> Result<(), ChangeRefusal> {
    match (from, to) {
        (PropertyStatus::Sold, PropertyStatus::Active | PropertyStatus::Pending) => {
            Err(ChangeRefusal::Sold)
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_of_the_table_of_moves() {
        use PropertyStatus::{Active, Pending, Sold};
        const SOLD: Result<(), ChangeRefusal> = Err(ChangeRefusal::Sold);
        #[rustfmt::skip]
        let cells = [
            (Active, Active, Ok(())), (Active, Pending, Ok(())), (Active, Sold, Ok(())),
            (Pending, Active, Ok(())), (Pending, Pending, Ok(())), (Pending, Sold, Ok(())),
            (Sold, Active, SOLD), (Sold, Pending, SOLD), (Sold, Sold, Ok(())),
        ];
        assert_eq!(cells.len(), PropertyStatus::ALL.len().pow(2));
        for (from, to, outcome) in cells {
            assert_eq!(moved(from, to), outcome, "{from} {to}");
        }
    }

    #[test]
    fn only_the_owner_changes_it() {
        let (owner, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(owned(owner, owner), Ok(()));
        assert_eq!(owned(owner, other), Err(ChangeRefusal::NotOwner));
    }
}

//! What may happen to an inquiry, and by whom. Pure: no table, no clock.
//!
//! ```text
//!   new ──respond──► responded ──close──► closed
//!    │                                      ▲
//!    └─────────────────close────────────────┘
//! ```
//!
//! Decisions that the diagram does not show:
//! - **Forbidden or conflict.** Who has no part in it learns only that (403), and so does the inquirer who would answer: only the owner
//!   could. A closed inquiry is a conflict (409), because nobody can go on with it.
//! - **Responding again** replaces the answer while the inquiry is not closed.
//! - **What is so already** stays so: closing what is closed changes nothing, and neither does the same answer.

use civicforge_api::types::InquiryStatus;
use civicforge_kernel::refusal::Refusal;
use uuid::Uuid;

/// What the rules need to know of an inquiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InquiryState<'a> {
    /// Where it is.
    pub status: InquiryStatus,
    /// Whose property it is about.
    pub owner: Uuid,
    /// Who has sent it.
    pub inquirer: Uuid,
    /// What the owner has answered.
    pub reply: Option<&'a str>,
}

/// What a party wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command<'a> {
    /// Answer it.
    Respond(&'a str),
    /// End it.
    Close,
}

/// What happens to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transition {
    /// The owner has answered.
    Responded,
    /// Somebody has closed it.
    Closed,
}

/// Why a command is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum CommandRefusal {
    /// Another's.
    #[error("only the two parties of the inquiry can do this")]
    NotParticipant,
    /// The inquirer cannot answer.
    #[error("only the owner of the property can answer")]
    NotOwner,
    /// Nothing happens to it any more.
    #[error("the inquiry is closed")]
    Closed,
}

impl Refusal for CommandRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotParticipant => "not_participant",
            Self::NotOwner => "not_owner",
            Self::Closed => "inquiry_closed",
        }
    }

    fn is_forbidden(&self) -> bool {
        matches!(self, Self::NotParticipant | Self::NotOwner)
    }
}

/// Whether a member has a part in an inquiry, and so may read it.
///
/// # Errors
///
/// The member has none.
pub fn readable(inquiry: InquiryState<'_>, member: Uuid) -> Result<(), CommandRefusal> {
    match [inquiry.owner, inquiry.inquirer].contains(&member) {
        true => Ok(()),
        false => Err(CommandRefusal::NotParticipant),
    }
}

/// What a member's command leads to; nothing where it is so already.
///
/// # Errors
///
/// The rule that it breaks.
pub fn decide(
    inquiry: InquiryState<'_>,
    command: Command<'_>,
    member: Uuid,
) -> Result<Option<Transition>, CommandRefusal> {
    readable(inquiry, member)?;
    match command {
        Command::Respond(_) if member != inquiry.owner => Err(CommandRefusal::NotOwner),
        Command::Respond(_) if inquiry.status == InquiryStatus::Closed => {
            Err(CommandRefusal::Closed)
        }
        Command::Respond(reply) if inquiry.reply == Some(reply) => Ok(None),
        Command::Respond(_) => Ok(Some(Transition::Responded)),
        Command::Close => Ok(close(inquiry.status)),
    }
}

/// What closing leads to that nobody has to be asked for: the property is gone.
pub fn close(status: InquiryStatus) -> Option<Transition> {
    (status != InquiryStatus::Closed).then_some(Transition::Closed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWNER: Uuid = Uuid::from_u128(1);
    const INQUIRER: Uuid = Uuid::from_u128(2);
    const OTHER: Uuid = Uuid::from_u128(3);

    #[test]
    fn every_cell_of_the_table_of_moves() {
        use CommandRefusal::{Closed, NotOwner, NotParticipant};
        use InquiryStatus::{Closed as IsClosed, New, Responded};
        type Outcome = Result<Option<Transition>, CommandRefusal>;
        const ANSWERED: Outcome = Ok(Some(Transition::Responded));
        const ENDED: Outcome = Ok(Some(Transition::Closed));
        const SAME: Outcome = Ok(None);
        // The owner, the inquirer, somebody else.
        #[rustfmt::skip]
        let cells: [(InquiryStatus, Command<'_>, [Outcome; 3]); 9] = [
            (New, Command::Respond("a"), [ANSWERED, Err(NotOwner), Err(NotParticipant)]),
            (New, Command::Respond("b"), [ANSWERED, Err(NotOwner), Err(NotParticipant)]),
            (New, Command::Close, [ENDED, ENDED, Err(NotParticipant)]),
            (Responded, Command::Respond("a"), [SAME, Err(NotOwner), Err(NotParticipant)]),
            (Responded, Command::Respond("b"), [ANSWERED, Err(NotOwner), Err(NotParticipant)]),
            (Responded, Command::Close, [ENDED, ENDED, Err(NotParticipant)]),
            (IsClosed, Command::Respond("a"), [Err(Closed), Err(NotOwner), Err(NotParticipant)]),
            (IsClosed, Command::Respond("b"), [Err(Closed), Err(NotOwner), Err(NotParticipant)]),
            (IsClosed, Command::Close, [SAME, SAME, Err(NotParticipant)]),
        ];
        assert_eq!(cells.len(), InquiryStatus::ALL.len() * 3);
        for (status, command, outcomes) in cells {
            let inquiry = InquiryState {
                status,
                owner: OWNER,
                inquirer: INQUIRER,
                reply: (status != New).then_some("a"),
            };
            for (member, outcome) in [OWNER, INQUIRER, OTHER].into_iter().zip(outcomes) {
                let decided = decide(inquiry, command, member);
                assert_eq!(decided, outcome, "{inquiry:?} {command:?} {member}");
            }
        }
    }
}

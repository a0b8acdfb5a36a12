//! What may happen to a task, and by whom. Pure: no table, no clock.
//!
//! ```text
//!          claim                complete
//!   OPEN ─────────► IN_PROGRESS ────────► DONE
//!         ◄─────────
//!          release
//! ```
//!
//! Decisions that the diagram does not show:
//! - **Forbidden or conflict.** Forbidden (403) means that somebody else may do it, conflict (409) that nobody may now. Who is not
//!   entitled learns only that, whatever the status is. A task that nobody has cannot be given back or completed, so that is a conflict.
//! - **Only active volunteers claim.** Whoever has a task may give it back or complete it, also when the volunteer's membership has
//!   ended since: the task would be stuck otherwise.
//! - **IN_PROGRESS without a volunteer.** Somebody has it who is no member. No member can give it back or complete it here.

use civicforge_kernel::refusal::Refusal;

/// Where a task is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TaskStatus {
    /// An active volunteer may claim it.
    Open,
    /// Somebody does it.
    InProgress,
    /// It is done.
    Done,
}

impl TaskStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::InProgress, Self::Done];

    /// As it is in the contract and in the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::InProgress => "IN_PROGRESS",
            Self::Done => "DONE",
        }
    }

    /// The inverse of [`TaskStatus::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

/// What the rules need to know of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskState<'a> {
    /// Where it is.
    pub status: TaskStatus,
    /// The user id of the member who has it, or has done it.
    pub volunteer: Option<&'a str>,
}

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor<'a> {
    /// The user id of the authenticated member.
    pub user: &'a str,
    /// Whether the member is an active volunteer.
    pub is_volunteer: bool,
}

/// What a member asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Take the task.
    Claim,
    /// Give it back.
    Release,
    /// Say that it is done.
    Complete,
}

impl Command {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Claim, Self::Release, Self::Complete];
}

/// What happens to a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Transition {
    /// A volunteer takes it.
    Claimed,
    /// Its volunteer gives it back.
    Released,
    /// Its volunteer has done it.
    Completed,
}

impl Transition {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Claimed, Self::Released, Self::Completed];

    /// The status afterwards.
    pub const fn to(self) -> TaskStatus {
        match self {
            Self::Claimed => TaskStatus::InProgress,
            Self::Released => TaskStatus::Open,
            Self::Completed => TaskStatus::Done,
        }
    }
}

/// Why a command is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum TransitionError {
    /// The member is no active volunteer.
    #[error("only active volunteers can do this")]
    NotVolunteer,
    /// Another has the task.
    #[error("only the volunteer who has the task can do this")]
    NotAssigned,
    /// The task can be claimed no more.
    #[error("the task is {}, not OPEN", .0.as_str())]
    NotOpen(TaskStatus),
    /// Nobody is at work on it.
    #[error("the task is {}, not IN_PROGRESS", .0.as_str())]
    NotInProgress(TaskStatus),
}

impl Refusal for TransitionError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotVolunteer => "not_volunteer",
            Self::NotAssigned => "not_assigned",
            Self::NotOpen(_) => "task_not_open",
            Self::NotInProgress(_) => "task_not_in_progress",
        }
    }

    fn is_forbidden(&self) -> bool {
        matches!(self, Self::NotVolunteer | Self::NotAssigned)
    }
}

/// What a command leads to.
///
/// # Errors
///
/// The rule that it breaks.
pub fn decide(
    state: TaskState<'_>,
    command: Command,
    actor: Actor<'_>,
) -> Result<Transition, TransitionError> {
    let status = state.status;
    let transition = match command {
        Command::Claim if !actor.is_volunteer => return Err(TransitionError::NotVolunteer),
        Command::Claim if status == TaskStatus::Open => return Ok(Transition::Claimed),
        Command::Claim => return Err(TransitionError::NotOpen(status)),
        Command::Release => Transition::Released,
        Command::Complete => Transition::Completed,
    };
    match state.volunteer {
        Some(volunteer) if volunteer != actor.user => Err(TransitionError::NotAssigned),
        None if status == TaskStatus::InProgress => Err(TransitionError::NotAssigned),
        _ if status != TaskStatus::InProgress => Err(TransitionError::NotInProgress(status)),
        _ => Ok(transition),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: &str = "me";
    const OTHER: &str = "other";

    /// Every status, of whoever has the task, for whoever asks, and every command.
    #[test]
    fn every_cell_of_the_table_of_moves() {
        use TaskStatus::{Done, InProgress, Open};
        use TransitionError::{NotAssigned, NotInProgress, NotOpen, NotVolunteer};
        type Outcome = Result<Transition, TransitionError>;
        const CLAIMED: Outcome = Ok(Transition::Claimed);
        const RELEASED: Outcome = Ok(Transition::Released);
        const COMPLETED: Outcome = Ok(Transition::Completed);
        // Claim as a volunteer, release, complete. Claiming as somebody else is in the loop.
        #[rustfmt::skip]
        let cells: [(TaskStatus, Option<&str>, [Outcome; 3]); 9] = [
            (Open, None, [CLAIMED, Err(NotInProgress(Open)), Err(NotInProgress(Open))]),
            (Open, Some(ME), [CLAIMED, Err(NotInProgress(Open)), Err(NotInProgress(Open))]),
            (Open, Some(OTHER), [CLAIMED, Err(NotAssigned), Err(NotAssigned)]),
            (InProgress, None, [Err(NotOpen(InProgress)), Err(NotAssigned), Err(NotAssigned)]),
            (InProgress, Some(ME), [Err(NotOpen(InProgress)), RELEASED, COMPLETED]),
            (InProgress, Some(OTHER), [Err(NotOpen(InProgress)), Err(NotAssigned), Err(NotAssigned)]),
            (Done, None, [Err(NotOpen(Done)), Err(NotInProgress(Done)), Err(NotInProgress(Done))]),
            (Done, Some(ME), [Err(NotOpen(Done)), Err(NotInProgress(Done)), Err(NotInProgress(Done))]),
            (Done, Some(OTHER), [Err(NotOpen(Done)), Err(NotAssigned), Err(NotAssigned)]),
        ];
        assert_eq!(cells.len(), TaskStatus::ALL.len() * 3);
        for (status, volunteer, outcomes) in cells {
            let state = TaskState { status, volunteer };
            for (command, outcome) in Command::ALL.into_iter().zip(outcomes) {
                for is_volunteer in [true, false] {
                    let actor = Actor {
                        user: ME,
                        is_volunteer,
                    };
                    let expected = match command {
                        Command::Claim if !is_volunteer => Err(NotVolunteer),
                        _ => outcome,
                    };
                    let decided = decide(state, command, actor);
                    assert_eq!(decided, expected, "{state:?} {command:?} {actor:?}");
                }
            }
        }
    }
}

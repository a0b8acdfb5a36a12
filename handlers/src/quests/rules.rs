//! What may happen to a quest, by whom and when. Pure: no table, no clock of its own.
//!
//! ```text
//!            claim            submit             both attest
//!   OPEN ──────────► CLAIMED ───────► SUBMITTED ─────────────► COMPLETE
//!    │ ▲  ◄──────────  │                  │ dispute               ▲
//!    │ │    unclaim    │                  ▼        resolve        │
//!    │ └───────────────┼────────────── DISPUTED ──────────────────┘
//!    │ delete          │      reopen
//!    ▼                 ▼ expire (also from OPEN)
//!  (gone)           EXPIRED
//! ```
//!
//! Decisions that the diagram does not show:
//! - **Forbidden or conflict.** Forbidden (403) means that somebody else may do it, conflict (409)
//!   that nobody may now. Who is not entitled learns only that, whatever the status is. On a quest that
//!   nobody has claimed there is no performer that one could fail to be, so submit and unclaim
//!   conflict.
//! - **Overdue.** From `expires_at` on, an OPEN or CLAIMED quest counts as expired: everything but
//!   `expire` is refused with `quest_expired`, even before the job has marked the quest. Once work
//!   has been submitted `expires_at` has no effect.
//! - **Attesting twice** is `already_attested` for as long as the first attestation stands, also after
//!   completion, so that a retry can tell that it had worked.
//! - **Disputing** is open to both parties until completion, to one that has attested too.
//! - **Resolve to complete** rewards the performer exactly as two attestations would, and leaves the
//!   attestations as they are. **Reopen** makes the quest as it was when created: no performer, no
//!   submission, no attestations, no dispute; nothing is refunded. If `expires_at` has passed in the meantime,
//!   the quest expires, and that refunds the creator's point.
//! - **An arbiter who is a party** to the quest is not its arbiter.
//! - **An expired quest keeps its performer**, who would otherwise not know what became of it.

use chrono::{DateTime, Utc};
use civicforge_kernel::refusal::Refusal;

/// The quest-creation points that posting a quest costs, and that come back when it is deleted or expires.
pub const QUEST_COST: u32 = 1;

/// The quest-creation points that completing a quest earns its performer, besides the quest's own experience and reputation.
pub const COMPLETION_POINTS: u32 = 2;

/// Where a quest is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuestStatus {
    /// Anybody but its creator may claim it.
    Open,
    /// Its performer is at work.
    Claimed,
    /// The work has been handed in, and is to be attested.
    Submitted,
    /// Done and rewarded. Final.
    Complete,
    /// An arbiter decides.
    Disputed,
    /// Not done in time; the creator has the point back. Final.
    Expired,
}

impl QuestStatus {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Open,
        Self::Claimed,
        Self::Submitted,
        Self::Complete,
        Self::Disputed,
        Self::Expired,
    ];

    /// As it is in the contract and in the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::Claimed => "CLAIMED",
            Self::Submitted => "SUBMITTED",
            Self::Complete => "COMPLETE",
            Self::Disputed => "DISPUTED",
            Self::Expired => "EXPIRED",
        }
    }

    /// The inverse of [`QuestStatus::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

/// In which role a party attests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AttestationRole {
    /// The creator.
    Requestor,
    /// The performer.
    Performer,
}

impl AttestationRole {
    /// As it is in the contract, in the table and in the message that wallets sign.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requestor => "requestor",
            Self::Performer => "performer",
        }
    }
}

/// What the rules need to know of a quest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuestState<'a> {
    /// Where it is.
    pub status: QuestStatus,
    /// The user id of the member who posted it.
    pub creator: &'a str,
    /// The user id of the member who claimed it.
    pub performer: Option<&'a str>,
    /// Whether the creator has attested.
    pub requestor_attested: bool,
    /// Whether the performer has attested.
    pub performer_attested: bool,
    /// From when on it counts as expired, unless it has been submitted by then.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor<'a> {
    /// The user id of the authenticated member.
    pub user: &'a str,
    /// Whether the member has the role `arbiter`.
    pub is_arbiter: bool,
}

/// What a member asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CommandKind {
    /// Take the quest.
    Claim,
    /// Give it back.
    Unclaim,
    /// Hand in the work.
    Submit,
    /// Confirm that it was done.
    Attest,
    /// Ask for an arbiter.
    Dispute,
    /// Decide a dispute in the performer's favor.
    ResolveComplete,
    /// Decide a dispute by letting somebody do the work again.
    ResolveReopen,
    /// Take the quest back.
    Delete,
}

impl CommandKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Claim,
        Self::Unclaim,
        Self::Submit,
        Self::Attest,
        Self::Dispute,
        Self::ResolveComplete,
        Self::ResolveReopen,
        Self::Delete,
    ];
}

/// What is to be written. Each variant is one transaction, whose condition is that the quest is
/// still as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Transition {
    /// OPEN → CLAIMED: the actor becomes the performer, `claimedAt` is set.
    Claimed,
    /// CLAIMED → OPEN: performer and `claimedAt` are cleared.
    Unclaimed,
    /// CLAIMED → SUBMITTED: the submission and `submittedAt` are set.
    Submitted,
    /// Stays SUBMITTED: the actor's attestation is added, the other party's is missing.
    Attested(AttestationRole),
    /// SUBMITTED → COMPLETE by the second attestation, which is added: `completedAt` is set, the
    /// performer rewarded.
    Completed(AttestationRole),
    /// SUBMITTED → DISPUTED: the reason is set.
    Disputed,
    /// DISPUTED → COMPLETE by an arbiter: `completedAt` is set, the performer rewarded.
    ResolvedComplete,
    /// DISPUTED → OPEN by an arbiter: everything since the creation is cleared.
    Reopened,
    /// OPEN → gone: the creator's point is refunded.
    Deleted,
    /// OPEN or CLAIMED → EXPIRED: the creator's point is refunded.
    Expired,
}

impl Transition {
    /// The status afterwards; none if the quest is gone.
    pub const fn to(self) -> Option<QuestStatus> {
        Some(match self {
            Self::Claimed => QuestStatus::Claimed,
            Self::Unclaimed | Self::Reopened => QuestStatus::Open,
            Self::Submitted | Self::Attested(_) => QuestStatus::Submitted,
            Self::Completed(_) | Self::ResolvedComplete => QuestStatus::Complete,
            Self::Disputed => QuestStatus::Disputed,
            Self::Expired => QuestStatus::Expired,
            Self::Deleted => return None,
        })
    }

    /// Whether the performer gets experience, reputation and points, in the same transaction.
    pub const fn rewards_performer(self) -> bool {
        matches!(self, Self::Completed(_) | Self::ResolvedComplete)
    }

    /// The attestation that is added.
    pub const fn attestation(self) -> Option<AttestationRole> {
        match self {
            Self::Attested(role) | Self::Completed(role) => Some(role),
            _ => None,
        }
    }
}

/// Why an action is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum TransitionError {
    /// One cannot claim one's own quest.
    #[error("you cannot claim your own quest")]
    OwnQuest,
    /// Only the creator may.
    #[error("only the quest's creator may do this")]
    NotCreator,
    /// Only the performer may.
    #[error("only the member who claimed the quest may do this")]
    NotPerformer,
    /// Only the two parties may.
    #[error("only the quest's creator and its performer may do this")]
    NotParticipant,
    /// Only an arbiter may who is not a party.
    #[error("only an arbiter who is not a party to the quest may do this")]
    NotArbiter,
    /// It would have to be OPEN.
    #[error("the quest is not open")]
    QuestNotOpen,
    /// It would have to be CLAIMED.
    #[error("the quest is not claimed")]
    QuestNotClaimed,
    /// It would have to be SUBMITTED.
    #[error("the quest is not submitted")]
    QuestNotSubmitted,
    /// It would have to be DISPUTED.
    #[error("the quest is not disputed")]
    QuestNotDisputed,
    /// Its time is up.
    #[error("the quest has expired")]
    QuestExpired,
    /// The actor's attestation is there already.
    #[error("you have already attested this quest")]
    AlreadyAttested,
}

impl TransitionError {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::OwnQuest,
        Self::NotCreator,
        Self::NotPerformer,
        Self::NotParticipant,
        Self::NotArbiter,
        Self::QuestNotOpen,
        Self::QuestNotClaimed,
        Self::QuestNotSubmitted,
        Self::QuestNotDisputed,
        Self::QuestExpired,
        Self::AlreadyAttested,
    ];
}

impl Refusal for TransitionError {
    fn code(&self) -> &'static str {
        match self {
            Self::OwnQuest => "own_quest",
            Self::NotCreator => "not_creator",
            Self::NotPerformer => "not_performer",
            Self::NotParticipant => "not_participant",
            Self::NotArbiter => "not_arbiter",
            Self::QuestNotOpen => "quest_not_open",
            Self::QuestNotClaimed => "quest_not_claimed",
            Self::QuestNotSubmitted => "quest_not_submitted",
            Self::QuestNotDisputed => "quest_not_disputed",
            Self::QuestExpired => "quest_expired",
            Self::AlreadyAttested => "already_attested",
        }
    }

    fn is_forbidden(&self) -> bool {
        matches!(
            self,
            Self::OwnQuest
                | Self::NotCreator
                | Self::NotPerformer
                | Self::NotParticipant
                | Self::NotArbiter
        )
    }
}

/// Whether the quest counts as expired although it is not marked so yet.
pub fn is_overdue(quest: &QuestState<'_>, now: DateTime<Utc>) -> bool {
    matches!(quest.status, QuestStatus::Open | QuestStatus::Claimed)
        && quest.expires_at.is_some_and(|expires_at| expires_at <= now)
}

/// The transition that a command by `actor` causes.
///
/// # Errors
///
/// Why it is refused.
pub fn decide(
    quest: &QuestState<'_>,
    action: CommandKind,
    actor: Actor<'_>,
    now: DateTime<Utc>,
) -> Result<Transition, TransitionError> {
    let is_creator = actor.user == quest.creator;
    let is_performer = quest.performer == Some(actor.user);
    let is_party = is_creator || is_performer;
    let in_status = |status, otherwise| match quest.status {
        _ if is_overdue(quest, now) => Err(TransitionError::QuestExpired),
        QuestStatus::Expired => Err(TransitionError::QuestExpired),
        actual if actual == status => Ok(()),
        _ => Err(otherwise),
    };
    match action {
        CommandKind::Claim => {
            allow(!is_creator, TransitionError::OwnQuest)?;
            in_status(QuestStatus::Open, TransitionError::QuestNotOpen)?;
            Ok(Transition::Claimed)
        }
        CommandKind::Unclaim | CommandKind::Submit => {
            allow(
                is_performer || quest.performer.is_none(),
                TransitionError::NotPerformer,
            )?;
            in_status(QuestStatus::Claimed, TransitionError::QuestNotClaimed)?;
            // Only a damaged item is CLAIMED by nobody; nobody can go on with it.
            allow(is_performer, TransitionError::NotPerformer)?;
            Ok(match action {
                CommandKind::Unclaim => Transition::Unclaimed,
                _ => Transition::Submitted,
            })
        }
        CommandKind::Attest => {
            allow(is_party, TransitionError::NotParticipant)?;
            let (role, done, other_done) = match is_creator {
                true => {
                    let (own, other) = (quest.requestor_attested, quest.performer_attested);
                    (AttestationRole::Requestor, own, other)
                }
                false => {
                    let (own, other) = (quest.performer_attested, quest.requestor_attested);
                    (AttestationRole::Performer, own, other)
                }
            };
            allow(!done, TransitionError::AlreadyAttested)?;
            in_status(QuestStatus::Submitted, TransitionError::QuestNotSubmitted)?;
            Ok(match other_done {
                true => Transition::Completed(role),
                false => Transition::Attested(role),
            })
        }
        CommandKind::Dispute => {
            allow(is_party, TransitionError::NotParticipant)?;
            in_status(QuestStatus::Submitted, TransitionError::QuestNotSubmitted)?;
            Ok(Transition::Disputed)
        }
        CommandKind::ResolveComplete | CommandKind::ResolveReopen => {
            allow(actor.is_arbiter && !is_party, TransitionError::NotArbiter)?;
            in_status(QuestStatus::Disputed, TransitionError::QuestNotDisputed)?;
            Ok(match action {
                CommandKind::ResolveComplete => Transition::ResolvedComplete,
                _ => Transition::Reopened,
            })
        }
        CommandKind::Delete => {
            allow(is_creator, TransitionError::NotCreator)?;
            in_status(QuestStatus::Open, TransitionError::QuestNotOpen)?;
            Ok(Transition::Deleted)
        }
    }
}

/// What the job that looks for overdue quests should do about this one. It may have been claimed,
/// submitted or expired since the job read the list, and then there is nothing to do.
pub fn expire(quest: &QuestState<'_>, now: DateTime<Utc>) -> Option<Transition> {
    is_overdue(quest, now).then_some(Transition::Expired)
}

fn allow(condition: bool, otherwise: TransitionError) -> Result<(), TransitionError> {
    if condition { Ok(()) } else { Err(otherwise) }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;

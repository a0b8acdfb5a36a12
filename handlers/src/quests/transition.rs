//! A quest on its way from one state to the next.
//!
//! A change is worked out as a whole ([`Quest::after`]) before anything is written, because the answer to a request is
//! stored in the same transaction as its effect: the quest that is answered and the one that is written must be
//! one and the same. The write itself is the difference of the two ([`Quest::update_to`]), so no field can be in one and
//! not in the other.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::{Condition, Shards, StoreError, Write, attr};
use uuid::Uuid;

use super::item::{Attestation, Quest, Resolution};
use super::keys;
use super::rules::{CommandKind, Transition};

/// What a member wants done to a quest, with the texts as they are to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Take it.
    Claim,
    /// Give it back.
    Unclaim,
    /// Hand in the work.
    Submit {
        /// What was done.
        text: String,
    },
    /// Attest that it was done.
    Attest {
        /// A few words.
        notes: Option<String>,
        /// The wallet's signature, as it was sent.
        signature: Option<String>,
    },
    /// Ask for an arbiter.
    Dispute {
        /// Why.
        reason: String,
    },
    /// Decide a dispute in the performer's favor.
    Complete {
        /// Why.
        notes: Option<String>,
    },
    /// Decide a dispute by opening the quest again.
    Reopen {
        /// Why.
        notes: Option<String>,
    },
}

impl Command {
    /// What the rules call it.
    pub fn kind(&self) -> CommandKind {
        match self {
            Self::Claim => CommandKind::Claim,
            Self::Unclaim => CommandKind::Unclaim,
            Self::Submit { .. } => CommandKind::Submit,
            Self::Attest { .. } => CommandKind::Attest,
            Self::Dispute { .. } => CommandKind::Dispute,
            Self::Complete { .. } => CommandKind::ResolveComplete,
            Self::Reopen { .. } => CommandKind::ResolveReopen,
        }
    }
}

/// The attributes that a change may touch. Everything else is as it was created.
const CHANGING: [&str; 12] = [
    "status",
    "performerId",
    "attestations",
    "submissionText",
    "disputeReason",
    "resolution",
    "claimedAt",
    "submittedAt",
    "completedAt",
    "updatedAt",
    attr::VERSION,
    attr::GSI2PK,
];

impl Quest {
    /// The quest after a transition by somebody; none if it is gone. `command` is absent for the transitions that nobody asks
    /// for by a command: deletion and expiry.
    pub fn after(
        &self,
        transition: Transition,
        command: Option<&Command>,
        by: Uuid,
        now: DateTime<Utc>,
    ) -> Option<Self> {
        let mut after = Self {
            status: transition.to()?,
            updated_at: now,
            version: self.version.saturating_add(1),
            ..self.clone()
        };
        match transition {
            Transition::Claimed => {
                after.performer_id = Some(by);
                after.claimed_at = Some(now);
            }
            Transition::Submitted => after.submitted_at = Some(now),
            Transition::Completed(_) | Transition::ResolvedComplete => {
                after.completed_at = Some(now);
            }
            Transition::Unclaimed | Transition::Reopened => {
                after.performer_id = None;
                after.claimed_at = None;
                after.submission_text = None;
                after.submitted_at = None;
                after.attestations.clear();
                after.dispute_reason = None;
            }
            Transition::Attested(_)
            | Transition::Disputed
            | Transition::Expired
            | Transition::Deleted => {}
        }
        let resolved = |outcome: &str, notes: &Option<String>| Resolution {
            user_id: by,
            outcome: outcome.to_owned(),
            resolved_at: now,
            notes: notes.clone(),
        };
        match command {
            Some(Command::Submit { text }) => after.submission_text = Some(text.clone()),
            Some(Command::Dispute { reason }) => after.dispute_reason = Some(reason.clone()),
            Some(Command::Attest { notes, signature }) => {
                if let Some(role) = transition.attestation() {
                    after.attestations.push(Attestation {
                        user_id: by,
                        role,
                        attested_at: now,
                        notes: notes.clone(),
                        signature: signature.clone(),
                    });
                }
            }
            Some(Command::Complete { notes }) => {
                after.resolution = Some(resolved("complete", notes))
            }
            Some(Command::Reopen { notes }) => after.resolution = Some(resolved("reopen", notes)),
            Some(Command::Claim | Command::Unclaim) | None => {}
        }
        Some(after)
    }

    /// The write that makes this quest the one that it is to be, if it is as it was read.
    pub fn update_to(&self, after: &Self, shards: Shards) -> Result<Write, StoreError> {
        let write = Write::update(keys::key(self.quest_id)).when(Condition::version(self.version));
        Ok(write.difference(self.item(shards)?, after.item(shards)?, &CHANGING))
    }
}

#[cfg(test)]
#[path = "transition_tests.rs"]
mod tests;

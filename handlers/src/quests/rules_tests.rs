//! The rules as a table, cell by cell, and as invariants of random histories.

use chrono::TimeDelta;
use civicforge_api::quests::attest_quest::AttestQuest;
use civicforge_api::quests::claim_quest::ClaimQuest;
use civicforge_api::quests::delete_quest::DeleteQuest;
use civicforge_api::quests::dispute_quest::DisputeQuest;
use civicforge_api::quests::resolve_quest::ResolveQuest;
use civicforge_api::quests::submit_quest::SubmitQuest;
use civicforge_api::quests::unclaim_quest::UnclaimQuest;
use civicforge_runtime::error::Listed;
use proptest::prelude::*;

use super::*;
use CommandKind::*;
use QuestStatus::*;

/// What transitions come to, as histories are checked against.
impl Transition {
    /// Whether the creator gets the quest-creation point back, in the same transaction.
    fn refunds_creator(self) -> bool {
        matches!(self, Self::Deleted | Self::Expired)
    }

    /// Whether the performer and all that came of the claim is cleared: `claimedAt`, and what a
    /// reopened quest has besides (submission, attestations, dispute and their times).
    fn clears_performer(self) -> bool {
        matches!(self, Self::Unclaimed | Self::Reopened)
    }

    /// The quest afterwards; none if it is gone. `actor` is who acted.
    pub(crate) fn apply<'a>(
        self,
        quest: &QuestState<'a>,
        actor: &'a str,
    ) -> Option<QuestState<'a>> {
        let mut after = QuestState {
            status: self.to()?,
            ..*quest
        };
        if self == Self::Claimed {
            after.performer = Some(actor);
        }
        if self.clears_performer() {
            after.performer = None;
            after.requestor_attested = false;
            after.performer_attested = false;
        }
        match self.attestation() {
            Some(AttestationRole::Requestor) => after.requestor_attested = true,
            Some(AttestationRole::Performer) => after.performer_attested = true,
            None => {}
        }
        Some(after)
    }
}

/// Everybody who could act. The party who is an arbiter is the one that the rules must not trust.
const ROLES: [(&str, Actor<'static>); 6] = [
    (
        "creator",
        Actor {
            user: "ada",
            is_arbiter: false,
        },
    ),
    (
        "performer",
        Actor {
            user: "bob",
            is_arbiter: false,
        },
    ),
    (
        "stranger",
        Actor {
            user: "eve",
            is_arbiter: false,
        },
    ),
    (
        "arbiter",
        Actor {
            user: "ida",
            is_arbiter: true,
        },
    ),
    (
        "creator-arbiter",
        Actor {
            user: "ada",
            is_arbiter: true,
        },
    ),
    (
        "performer-arbiter",
        Actor {
            user: "bob",
            is_arbiter: true,
        },
    ),
];

/// Status × action × role → the code of the refusal, or the status afterwards. Columns: creator,
/// performer, stranger. Arbiters differ from them only in resolve, which has its own table.
#[rustfmt::skip]
const TABLE: [(QuestStatus, CommandKind, [&str; 3]); 36] = [
    (Open, Claim,        ["own_quest",           "CLAIMED",             "CLAIMED"]),
    (Open, Unclaim,      ["quest_not_claimed",   "quest_not_claimed",   "quest_not_claimed"]),
    (Open, Submit,       ["quest_not_claimed",   "quest_not_claimed",   "quest_not_claimed"]),
    (Open, Attest,       ["quest_not_submitted", "not_participant",     "not_participant"]),
    (Open, Dispute,      ["quest_not_submitted", "not_participant",     "not_participant"]),
    (Open, Delete,       ["gone",                "not_creator",         "not_creator"]),
    (Claimed, Claim,     ["own_quest",           "quest_not_open",      "quest_not_open"]),
    (Claimed, Unclaim,   ["not_performer",       "OPEN",                "not_performer"]),
    (Claimed, Submit,    ["not_performer",       "SUBMITTED",           "not_performer"]),
    (Claimed, Attest,    ["quest_not_submitted", "quest_not_submitted", "not_participant"]),
    (Claimed, Dispute,   ["quest_not_submitted", "quest_not_submitted", "not_participant"]),
    (Claimed, Delete,    ["quest_not_open",      "not_creator",         "not_creator"]),
    (Submitted, Claim,   ["own_quest",           "quest_not_open",      "quest_not_open"]),
    (Submitted, Unclaim, ["not_performer",       "quest_not_claimed",   "not_performer"]),
    (Submitted, Submit,  ["not_performer",       "quest_not_claimed",   "not_performer"]),
    (Submitted, Attest,  ["SUBMITTED",           "SUBMITTED",           "not_participant"]),
    (Submitted, Dispute, ["DISPUTED",            "DISPUTED",            "not_participant"]),
    (Submitted, Delete,  ["quest_not_open",      "not_creator",         "not_creator"]),
    (Complete, Claim,    ["own_quest",           "quest_not_open",      "quest_not_open"]),
    (Complete, Unclaim,  ["not_performer",       "quest_not_claimed",   "not_performer"]),
    (Complete, Submit,   ["not_performer",       "quest_not_claimed",   "not_performer"]),
    (Complete, Attest,   ["quest_not_submitted", "quest_not_submitted", "not_participant"]),
    (Complete, Dispute,  ["quest_not_submitted", "quest_not_submitted", "not_participant"]),
    (Complete, Delete,   ["quest_not_open",      "not_creator",         "not_creator"]),
    (Disputed, Claim,    ["own_quest",           "quest_not_open",      "quest_not_open"]),
    (Disputed, Unclaim,  ["not_performer",       "quest_not_claimed",   "not_performer"]),
    (Disputed, Submit,   ["not_performer",       "quest_not_claimed",   "not_performer"]),
    (Disputed, Attest,   ["quest_not_submitted", "quest_not_submitted", "not_participant"]),
    (Disputed, Dispute,  ["quest_not_submitted", "quest_not_submitted", "not_participant"]),
    (Disputed, Delete,   ["quest_not_open",      "not_creator",         "not_creator"]),
    (Expired, Claim,     ["own_quest",           "quest_expired",       "quest_expired"]),
    (Expired, Unclaim,   ["not_performer",       "quest_expired",       "not_performer"]),
    (Expired, Submit,    ["not_performer",       "quest_expired",       "not_performer"]),
    (Expired, Attest,    ["quest_expired",       "quest_expired",       "not_participant"]),
    (Expired, Dispute,   ["quest_expired",       "quest_expired",       "not_participant"]),
    (Expired, Delete,    ["quest_expired",       "not_creator",         "not_creator"]),
];

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn quest(status: QuestStatus) -> QuestState<'static> {
    QuestState {
        status,
        creator: "ada",
        performer: (status != Open).then_some("bob"),
        requestor_attested: false,
        performer_attested: false,
        expires_at: None,
    }
}

fn outcome(quest: &QuestState<'_>, action: CommandKind, actor: Actor<'_>) -> &'static str {
    match decide(quest, action, actor, now()) {
        Ok(transition) => transition.to().map_or("gone", QuestStatus::as_str),
        Err(refusal) => refusal.code(),
    }
}

/// A code that the contract does not list for the operation would be sent as a 500.
#[test]
fn operations_list_every_refusal_that_their_action_can_come_to() {
    let expires = [None, Some(now())];
    let flags = [(false, false), (true, false), (false, true), (true, true)];
    for action in CommandKind::ALL {
        let listed = match action {
            Claim => ClaimQuest::PROBLEMS,
            Unclaim => UnclaimQuest::PROBLEMS,
            Submit => SubmitQuest::PROBLEMS,
            Attest => AttestQuest::PROBLEMS,
            Dispute => DisputeQuest::PROBLEMS,
            ResolveComplete | ResolveReopen => ResolveQuest::PROBLEMS,
            Delete => DeleteQuest::PROBLEMS,
        };
        for status in QuestStatus::ALL {
            let roles = ROLES.iter().map(|(_, actor)| *actor);
            let cases = roles.flat_map(|actor| flags.map(|flags| (actor, flags)));
            let cases = cases.flat_map(|case| expires.map(|expires_at| (case, expires_at)));
            for ((actor, (requestor_attested, performer_attested)), expires_at) in cases {
                let state = QuestState {
                    requestor_attested,
                    performer_attested,
                    expires_at,
                    ..quest(status)
                };
                let Err(refusal) = decide(&state, action, actor, now()) else {
                    continue;
                };
                let expected = if refusal.is_forbidden() { 403 } else { 409 };
                let is_listed = listed.iter().any(|(status, codes)| {
                    *status == expected && codes.is_none_or(|codes| codes.contains(&refusal.code()))
                });
                assert!(
                    is_listed,
                    "{action:?} {state:?} {actor:?}: {}",
                    refusal.code()
                );
            }
        }
    }
}

#[test]
fn every_status_action_and_role() {
    let mut cells = 0;
    for status in QuestStatus::ALL {
        for action in CommandKind::ALL {
            for (index, (role, actor)) in ROLES.into_iter().enumerate() {
                let expected = match action {
                    ResolveComplete | ResolveReopen => match (role, status, action) {
                        ("arbiter", Disputed, ResolveComplete) => "COMPLETE",
                        ("arbiter", Disputed, _) => "OPEN",
                        ("arbiter", Expired, _) => "quest_expired",
                        ("arbiter", _, _) => "quest_not_disputed",
                        // On an open quest bob has no part yet.
                        ("performer-arbiter", Open, _) => "quest_not_disputed",
                        _ => "not_arbiter",
                    },
                    _ => {
                        let row = TABLE.iter().find(|row| (row.0, row.1) == (status, action));
                        row.unwrap().2[[0, 1, 2, 2, 0, 1][index]]
                    }
                };
                assert_eq!(
                    outcome(&quest(status), action, actor),
                    expected,
                    "{role} {action:?} {status:?}"
                );
                cells += 1;
            }
        }
    }
    assert_eq!(cells, 6 * 8 * 6);
}

#[test]
fn overdue_quests_can_only_expire() {
    for status in QuestStatus::ALL {
        for offset in [-1, 0, 1] {
            let expires_at = Some(now() + TimeDelta::seconds(offset));
            let quest = QuestState {
                expires_at,
                ..quest(status)
            };
            let overdue = offset <= 0 && matches!(status, Open | Claimed);
            assert_eq!(is_overdue(&quest, now()), overdue);
            assert_eq!(expire(&quest, now()).is_some(), overdue);
            for action in CommandKind::ALL {
                for (role, actor) in ROLES {
                    let decided = decide(&quest, action, actor, now());
                    if overdue {
                        let expired = decided == Err(TransitionError::QuestExpired);
                        assert!(
                            expired || decided.is_err_and(|error| error.is_forbidden()),
                            "{role} {action:?}"
                        );
                    } else {
                        let same = decide(
                            &QuestState {
                                expires_at: None,
                                ..quest
                            },
                            action,
                            actor,
                            now(),
                        );
                        assert_eq!(decided, same);
                    }
                }
            }
        }
    }
}

#[test]
fn attestations() {
    let [creator, performer] = [ROLES[0].1, ROLES[1].1];
    for status in [Submitted, Complete, Disputed] {
        let one = QuestState {
            requestor_attested: true,
            ..quest(status)
        };
        assert_eq!(
            decide(&one, Attest, creator, now()),
            Err(TransitionError::AlreadyAttested)
        );
        let one = QuestState {
            performer_attested: true,
            ..quest(status)
        };
        assert_eq!(
            decide(&one, Attest, performer, now()),
            Err(TransitionError::AlreadyAttested)
        );
    }
    let requested = QuestState {
        requestor_attested: true,
        ..quest(Submitted)
    };
    let completed = Transition::Completed(AttestationRole::Performer);
    assert_eq!(decide(&requested, Attest, performer, now()), Ok(completed));
    let performed = QuestState {
        performer_attested: true,
        ..quest(Submitted)
    };
    let completed = Transition::Completed(AttestationRole::Requestor);
    assert_eq!(decide(&performed, Attest, creator, now()), Ok(completed));
    assert_eq!(
        decide(&performed, Dispute, performer, now()),
        Ok(Transition::Disputed)
    );
}

#[test]
fn a_quest_claimed_by_nobody_is_refused_and_does_not_panic() {
    let damaged = QuestState {
        performer: None,
        ..quest(Claimed)
    };
    for (_, actor) in ROLES {
        assert_eq!(
            decide(&damaged, Submit, actor, now()),
            Err(TransitionError::NotPerformer)
        );
    }
}

#[test]
fn codes_and_statuses_are_distinct_and_round_trip() {
    let codes: std::collections::HashSet<_> = TransitionError::ALL.map(|error| error.code()).into();
    assert_eq!(codes.len(), TransitionError::ALL.len());
    assert_eq!(
        TransitionError::ALL
            .into_iter()
            .filter(|refusal| refusal.is_forbidden())
            .count(),
        5
    );
    for status in QuestStatus::ALL {
        assert_eq!(QuestStatus::parse(status.as_str()), Some(status));
    }
    assert_eq!(QuestStatus::parse("open"), None);
}

/// One step of a random history: who does what, and how much time passes before.
fn steps() -> impl Strategy<Value = Vec<(usize, usize, i64)>> {
    // One action more than there are stands for the expiry job.
    prop::collection::vec(
        (0..ROLES.len(), 0..=CommandKind::ALL.len(), 0..40_i64),
        1..60,
    )
}

proptest! {
    #[test]
    fn histories_keep_the_invariants(steps in steps(), deadline in prop::option::of(0..400_i64)) {
        let mut now = now();
        let mut quest = QuestState {
            expires_at: deadline.map(|seconds| now + TimeDelta::seconds(seconds)),
            ..quest(Open)
        };
        let (mut refunds, mut rewards) = (0, 0);
        for (role, action, seconds) in steps {
            now += TimeDelta::seconds(seconds);
            let actor = ROLES[role].1;
            let decided = match CommandKind::ALL.get(action) {
                Some(action) => decide(&quest, *action, actor, now).ok(),
                None => expire(&quest, now),
            };
            let Some(transition) = decided else { continue };
            refunds += u32::from(transition.refunds_creator());
            rewards += u32::from(transition.rewards_performer());

            let before = quest;
            let Some(after) = transition.apply(&before, actor.user) else {
                prop_assert_eq!((before.status, refunds, rewards), (Open, 1, 0));
                break;
            };
            quest = after;
            prop_assert!(!matches!(before.status, Complete | Expired), "final statuses are final");
            prop_assert_eq!(quest.creator, before.creator);
            prop_assert_ne!(quest.performer, Some(quest.creator));
            match quest.status {
                Open => prop_assert_eq!(quest.performer, None),
                Expired => {}
                _ => prop_assert!(quest.performer.is_some()),
            }
            let attested = (quest.requestor_attested, quest.performer_attested);
            match quest.status {
                Open | Claimed | Expired => prop_assert_eq!(attested, (false, false)),
                Submitted => prop_assert_ne!(attested, (true, true)),
                Complete | Disputed => {}
            }
            // A quest costs its creator one point, which either comes back or becomes a reward.
            prop_assert_eq!(refunds, u32::from(quest.status == Expired));
            prop_assert_eq!(rewards, u32::from(quest.status == Complete));
        }
    }
}

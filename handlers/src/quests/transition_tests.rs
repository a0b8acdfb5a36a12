//! The quest after a transition is what the rules say, whatever it is made of; and a write changes just that.

use chrono::TimeDelta;
use civicforge_api::types;
use civicforge_api::types::UserRole;
use civicforge_kernel::table::from_item;

use super::*;
use crate::members::Member;
use crate::quests::rules::{AttestationRole, QuestStatus};

const STATUSES: [QuestStatus; 6] = QuestStatus::ALL;

fn time() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 5_000_000).unwrap()
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// A quest as it can be in a status, with these attestations.
fn quest(status: QuestStatus, attested: &[AttestationRole], expires: Option<TimeDelta>) -> Quest {
    use QuestStatus::{Complete, Disputed, Expired, Open, Submitted};
    let claimed = status != Open && status != Expired;
    let submitted = matches!(status, Submitted | Disputed | Complete);
    let attestation = |role: &AttestationRole| Attestation {
        user_id: if *role == AttestationRole::Requestor {
            id(1)
        } else {
            id(2)
        },
        role: *role,
        attested_at: time(),
        notes: Some("Well done.".to_owned()),
        signature: None,
    };
    Quest {
        quest_id: id(9),
        title: "Chairs to the garden".to_owned(),
        description: "All of them.".to_owned(),
        status,
        creator_id: id(1),
        performer_id: claimed.then_some(id(2)),
        reward_xp: 100,
        reward_reputation: 10,
        attestations: if submitted {
            attested.iter().map(attestation).collect()
        } else {
            Vec::new()
        },
        submission_text: submitted.then(|| "Done.".to_owned()),
        dispute_reason: (status == Disputed).then(|| "Not done.".to_owned()),
        resolution: None,
        created_at: time(),
        claimed_at: claimed.then(time),
        submitted_at: submitted.then(time),
        completed_at: (status == Complete).then(time),
        expires_at: expires.map(|by| time() + by),
        updated_at: time(),
        version: 7,
    }
}

fn commands() -> Vec<Command> {
    let text = || "Some words.".to_owned();
    vec![
        Command::Claim,
        Command::Unclaim,
        Command::Submit { text: text() },
        Command::Attest {
            notes: Some(text()),
            signature: Some("0x".to_owned()),
        },
        Command::Dispute { reason: text() },
        Command::Complete {
            notes: Some(text()),
        },
        Command::Reopen { notes: None },
    ]
}

/// Every quest that there can be, as far as the rules tell them apart.
fn quests() -> Vec<Quest> {
    use AttestationRole::{Performer, Requestor};
    let mut quests = Vec::new();
    for status in STATUSES {
        for attested in [&[][..], &[Requestor], &[Performer]] {
            for expires in [None, Some(TimeDelta::hours(-1)), Some(TimeDelta::hours(1))] {
                quests.push(quest(status, attested, expires));
            }
        }
    }
    quests
}

/// What the rules know of a quest, in a form that can be compared.
fn state(quest: &Quest) -> String {
    quest.with_state(|state| format!("{state:?}"))
}

#[test]
fn a_change_is_what_the_rules_say_it_is() {
    let mut transitions = std::collections::HashSet::new();
    for before in quests() {
        for user in [1, 2, 3] {
            let member = Member {
                user_id: id(user),
                roles: vec![UserRole::Member, UserRole::Arbiter],
                session: None,
            };
            for command in commands() {
                let Ok(transition) = before.decide(command.kind(), &member, time()) else {
                    continue;
                };
                transitions.insert(transition);
                let after = before
                    .after(transition, Some(&command), member.user_id, time())
                    .unwrap();
                let by = member.user_id.to_string();
                let expected = before.with_state(|state| {
                    let after = transition.apply(&state, &by).unwrap();
                    format!("{after:?}")
                });
                assert_eq!(state(&after), expected, "{transition:?} of {before:?}");
                assert_eq!(after.version, 8);
            }
        }
    }
    // All but the two that nobody asks for by an command.
    assert_eq!(transitions.len(), 10, "{transitions:?}");
}

#[test]
fn deleted_quests_are_gone_and_expired_ones_keep_all_else() {
    let before = quest(QuestStatus::Claimed, &[], Some(TimeDelta::hours(-1)));
    assert_eq!(before.after(Transition::Deleted, None, id(1), time()), None);
    assert_eq!(before.expire(time()), Some(Transition::Expired));
    let after = before.after(Transition::Expired, None, id(1), time());
    let expected = Quest {
        status: QuestStatus::Expired,
        version: 8,
        ..before
    };
    assert_eq!(after, Some(expected));
}

#[test]
fn a_quest_survives_the_table() {
    for quest in quests() {
        let item = quest.item(Shards::new(4)).unwrap();
        assert!(item.values().all(|value| !value.is_null()));
        assert_eq!(from_item::<Quest>(item).unwrap(), quest);
    }
}

#[test]
fn a_reopened_quest_is_a_posted_one_with_a_record() {
    let disputed = quest(
        QuestStatus::Disputed,
        &[AttestationRole::Performer],
        Some(TimeDelta::hours(1)),
    );
    let command = Command::Reopen { notes: None };
    let after = disputed.after(Transition::Reopened, Some(&command), id(3), time());
    let mut expected = quest(QuestStatus::Open, &[], Some(TimeDelta::hours(1)));
    expected.version = 8;
    expected.resolution = Some(Resolution {
        user_id: id(3),
        outcome: "reopen".to_owned(),
        resolved_at: time(),
        notes: None,
    });
    assert_eq!(after, Some(expected));
    let shown = serde_json::to_value(types::Quest::from(disputed)).unwrap();
    assert_eq!(shown.get("resolution"), None);
}

#[test]
fn no_change_forgets_an_attribute() {
    // `changes` says in debug builds if an attribute differs that it does not write.
    for before in quests() {
        for after in quests() {
            if before.expires_at == after.expires_at {
                before.update_to(&after, Shards::ONE).unwrap();
            }
        }
    }
}

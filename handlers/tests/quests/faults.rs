//! A faulty database: a clean 503 or a correct answer, and the invariants hold.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use civicforge_testing::fault::Fault;
use civicforge_testing::{Call, Reply, TestApp, TestMember};
use futures::future::join_all;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use uuid::Uuid;

use super::audit::audit;
use super::support::{
    IMPATIENT, QUESTS, crowd, draft, expire_quests, faulty, faulty_setup, id,
    reprocess_failed_rewards, submitted, with,
};

const VERBS: [&str; 7] = [
    "delete", "claim", "unclaim", "submit", "attest", "dispute", "resolve",
];

/// What anybody may be answered, whatever they do and whatever goes wrong.
fn clean(reply: &Reply) {
    assert!(
        [200, 201, 204, 403, 404, 409, 412, 503].contains(&reply.status),
        "{reply:?}"
    );
    if reply.status == 503 {
        assert_eq!(reply.code(), "service_unavailable");
        assert!(reply.header("retry-after").is_some());
    }
}

/// Send it until it is answered with something else than a 503, as a good client does.
async fn patiently(call: Call<'_>) -> Reply {
    for _ in 0..50 {
        let reply = call.clone().send().await;
        clean(&reply);
        if reply.status != 503 {
            return reply;
        }
    }
    panic!("unavailable fifty times");
}

/// Quests that many know of. Most of what is done is done to the newest, so that members meet there.
type Shared = Arc<Mutex<Vec<String>>>;

fn one_of(quests: &Shared, dice: &mut StdRng) -> Option<String> {
    let quests = quests.lock().unwrap();
    let newest = quests.len().saturating_sub(6);
    let some = if dice.random_bool(0.9) {
        &quests[newest..]
    } else {
        &quests[..]
    };
    some.choose(dice).cloned()
}

/// What would make sense for a member to do to a quest.
fn sensible(
    quest: &Value,
    member: &TestMember,
    is_arbiter: bool,
    dice: &mut StdRng,
) -> &'static str {
    let id = member.id.to_string();
    let (creator, performer) = (
        quest["creatorId"] == id.as_str(),
        quest["performerId"] == id.as_str(),
    );
    let often = dice.random_bool(0.85);
    match quest["status"].as_str() {
        Some("OPEN") if !creator => "claim",
        Some("OPEN") if !often => "delete",
        Some("CLAIMED") if performer => {
            if often {
                "submit"
            } else {
                "unclaim"
            }
        }
        Some("SUBMITTED") if creator || performer => {
            if often {
                "attest"
            } else {
                "dispute"
            }
        }
        Some("DISPUTED") if is_arbiter && !creator && !performer => "resolve",
        _ => "nothing",
    }
}

/// Somebody who does this and that to the quests that everybody shares, most of it sensible.
async fn play(
    app: TestApp,
    member: TestMember,
    quests: Shared,
    seed: u64,
    moves: usize,
) -> BTreeMap<String, usize> {
    let mut dice = StdRng::seed_from_u64(seed);
    let mut tally = BTreeMap::new();
    let is_arbiter = member.email.starts_with("judge");
    for _ in 0..moves {
        let player = with(&app, &member);
        let key = Uuid::now_v7().to_string();
        let Some(quest) = one_of(&quests, &mut dice).filter(|_| dice.random_bool(0.92)) else {
            let mut body = draft("Chairs to the garden");
            if dice.random_bool(0.5) {
                let date = app.clock.now() + TimeDelta::seconds(dice.random_range(1..40));
                body["expiresAt"] = json!(date);
            }
            let call = app.post(QUESTS).member(&member).key(&key).json(&body);
            let reply = patiently_or_late(call).await;
            if reply.status == 201 {
                quests.lock().unwrap().push(id(&reply));
            }
            *tally.entry(format!("create {}", reply.status)).or_insert(0) += 1;
            continue;
        };
        let read = app.get(&format!("{QUESTS}/{quest}")).member(&member);
        let seen = patiently(read).await.json();
        let mut verb = sensible(&seen, &member, is_arbiter, &mut dice);
        if verb == "nothing" && dice.random_bool(0.2) {
            verb = VERBS.choose(&mut dice).unwrap();
        }
        let reply = match verb {
            "nothing" => continue,
            "delete" => {
                let mut call = player.deletes(&quest);
                if dice.random_bool(0.3) {
                    call = call.header("if-match", "\"1\"");
                }
                patiently(call).await
            }
            verb => {
                let mut call = player.action(&quest, verb).key(&key);
                if verb == "resolve" {
                    let outcome = ["complete", "reopen"].choose(&mut dice).unwrap();
                    call = call.json(&json!({"outcome": outcome}));
                } else if let Some(body) = super::support::body(verb) {
                    call = call.json(&body);
                }
                let reply = patiently(call.clone()).await;
                if reply.status == 200 {
                    // It has happened, and says so as often as it is asked.
                    let again = patiently(call).await;
                    assert_eq!((again.status, &again.body), (200, &reply.body));
                    assert_eq!(again.header("idempotency-replayed"), Some("true"));
                }
                reply
            }
        };
        *tally.entry(format!("{verb} {}", reply.status)).or_insert(0) += 1;
    }
    tally
}

/// As [`patiently`], for a draft whose date may pass meanwhile.
async fn patiently_or_late(call: Call<'_>) -> Reply {
    for _ in 0..50 {
        let reply = call.clone().send().await;
        if reply.status != 503 {
            return reply;
        }
    }
    panic!("unavailable fifty times");
}

/// Many members, both jobs and a moving clock, with faults.
async fn storm(seed: u64, rate: f64, kinds: &[Fault]) {
    let f = faulty_setup(TestApp::setup().shards(2)).await;
    let mut members = crowd(&f.app, "member", 5).await;
    members.push(f.app.register_arbiter("judge").await);
    let quests = Arc::new(Mutex::new(Vec::new()));
    f.faults.random(seed, rate, kinds.iter().copied());
    let players = members.iter().enumerate().flat_map(|(n, member)| {
        let n = u64::try_from(n).unwrap();
        // Each member in two places at once.
        [2 * n, 2 * n + 1].map(|n| {
            let (app, member, quests) = (f.app.clone(), member.clone(), quests.clone());
            tokio::spawn(play(app, member, quests, seed * 1_000 + n, 50))
        })
    });
    let players: Vec<_> = players.collect();
    let jobs = {
        let app = f.app.clone();
        tokio::spawn(async move {
            loop {
                let soon = Instant::now() + Duration::from_secs(20);
                // Where the table cannot be read, the next round does it.
                let _ = expire_quests(&app.app, 50, soon).await;
                let _ = reprocess_failed_rewards(&app.app, 50, soon).await;
                app.advance(TimeDelta::milliseconds(500));
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        })
    };
    let mut tally = BTreeMap::new();
    for player in join_all(players).await {
        for (what, count) in player.unwrap() {
            *tally.entry(what).or_insert(0) += count;
        }
    }
    jobs.abort();
    let _ = jobs.await;
    let injected = f.faults.injected();
    f.faults.stop();

    let members: Vec<_> = members.iter().collect();
    let found = audit(&f.table, &members).await;
    let known: BTreeSet<_> = quests.lock().unwrap().iter().cloned().collect();
    assert!(
        found
            .quests
            .iter()
            .all(|q| known.contains(&q.quest_id.to_string())),
        "a quest that nobody was told of"
    );
    println!(
        "{seed}: {tally:?}\n  faults {injected:?}, {} quests, {} rewards, {} owed",
        found.quests.len(),
        found.rewards,
        found.owed
    );

    // When all is well again, what is left to do gets done, and nothing is lost.
    f.app.advance(TimeDelta::minutes(5));
    let soon = Instant::now() + Duration::from_secs(20);
    expire_quests(&f.app.app, 1_000, soon).await.unwrap();
    for _ in 0..3 {
        reprocess_failed_rewards(&f.app.app, 1_000, soon)
            .await
            .unwrap();
        f.app.advance(TimeDelta::hours(2));
    }
    let after = audit(&f.table, &members).await;
    assert_eq!(
        after.rewards,
        found.rewards + found.owed,
        "every reward that was owed was given"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn points_are_conserved_without_faults() {
    storm(1, 0.0, &[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn points_are_conserved_under_every_fault() {
    for seed in 2..4 {
        storm(seed, 0.15, &Fault::ALL).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn points_are_conserved_under_conflicts_and_lost_answers() {
    let mostly = [
        Fault::Conflict,
        Fault::Conflict,
        Fault::Conflict,
        Fault::TimeoutAfter,
    ];
    storm(7, 0.6, &mostly).await;
}

#[tokio::test]
async fn a_lost_answer_is_found_again_by_the_retry() {
    let f = faulty().await;
    let (ada, bob) = (f.app.register("ada").await, f.app.register("bob").await);
    for fault in [
        Fault::TimeoutAfter,
        Fault::ErrorAfter,
        Fault::TimeoutBefore,
        Fault::Throttle,
        Fault::Refused,
    ] {
        // Twice in a row, and the third try gets through: the client sees nothing of it.
        let twice = [Some(fault), Some(fault)];
        f.faults.script("TransactWriteItems", twice);
        let quest = with(&f.app, &ada).quest().await;
        for (who, verb) in [
            (&bob, "claim"),
            (&bob, "submit"),
            (&ada, "attest"),
            (&bob, "attest"),
        ] {
            f.faults.script("TransactWriteItems", twice);
            with(&f.app, who).does(&quest, verb).await;
        }
        f.faults.stop();
        audit(&f.table, &[&ada, &bob]).await;
    }
}

#[tokio::test]
async fn where_it_does_not_end_the_answer_is_a_503_and_the_key_finds_out() {
    let f = faulty().await;
    let (ada, bob) = (f.app.register("ada").await, f.app.register("bob").await);
    let quest = submitted(&f.app, &ada, &bob).await;
    with(&f.app, &ada).does(&quest, "attest").await;
    f.faults
        .script("TransactWriteItems", [Some(Fault::TimeoutAfter); 3]);
    let attest = || with(&f.app, &bob).action(&quest, "attest").key("k");
    let lost = attest().send().await;
    clean(&lost);
    assert_eq!(lost.status, 503);
    let found = attest().send().await;
    assert_eq!(
        (found.status, found.header("idempotency-replayed")),
        (200, Some("true"))
    );
    assert_eq!(found.json()["status"], "COMPLETE");
    // Without a key the code tells.
    assert_eq!(
        with(&f.app, &bob).act(&quest, "attest").await.code(),
        "already_attested"
    );

    f.faults.script("GetItem", [Some(Fault::Throttle); 3]);
    let reply = with(&f.app, &bob).reads(&quest).await;
    clean(&reply);
    assert_eq!(reply.status, 503);
    f.faults.script("Query", [Some(Fault::Refused); 3]);
    let reply = with(&f.app, &bob)
        .list(&format!("{QUESTS}?status=OPEN"))
        .await;
    clean(&reply);
    assert_eq!(reply.status, 503);
    f.faults.stop();
    let found = audit(&f.table, &[&ada, &bob]).await;
    assert_eq!((found.rewards, found.owed), (1, 0));
}

#[tokio::test]
async fn conflicts_that_do_not_end_are_a_503_and_those_that_do_are_waited_for() {
    let f = faulty().await;
    let (ada, bob) = (f.app.register("ada").await, f.app.register("bob").await);
    let quest = with(&f.app, &ada).quest().await;
    let round = 1 + usize::try_from(IMPATIENT.retries).unwrap();
    f.faults
        .script("TransactWriteItems", vec![Some(Fault::Conflict); 2 * round]);
    let reply = with(&f.app, &bob).act(&quest, "claim").await;
    clean(&reply);
    assert_eq!(reply.status, 503);
    // One round of them may be lost: the quest is read again, and nobody else has taken it.
    f.faults
        .script("TransactWriteItems", vec![Some(Fault::Conflict); round]);
    with(&f.app, &bob).does(&quest, "claim").await;
    let other = with(&f.app, &ada).quest().await;
    f.faults
        .script("TransactWriteItems", vec![Some(Fault::Conflict); round]);
    assert_eq!(with(&f.app, &ada).deletes(&other).send().await.status, 204);
    f.faults
        .script("TransactWriteItems", vec![Some(Fault::Conflict); round]);
    let reply = with(&f.app, &ada)
        .post(&draft("Chairs to the garden"))
        .await;
    clean(&reply);
    assert_eq!(reply.status, 503);
    f.faults.stop();
    audit(&f.table, &[&ada, &bob]).await;
}

//! Everybody at once.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use civicforge_handlers::quests::rules::QuestStatus;
use civicforge_testing::{Reply, TestApp};
use futures::future::join_all;
use serde_json::json;

use super::audit::audit;
use super::support::{crowd, draft, expire_quests, submitted, with};

/// How often each answer was given.
fn tally(replies: &[Reply]) -> BTreeMap<(u16, String), usize> {
    let mut tally = BTreeMap::new();
    for reply in replies {
        *tally.entry(reply.problem()).or_insert(0) += 1;
    }
    tally
}

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(30)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_claims_have_one_winner() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let others = crowd(&app, "member", 200).await;
    let quest = with(&app, &ada).quest().await;
    let started = Instant::now();
    let claims = others.iter().cloned().map(|member| {
        let (app, quest) = (app.clone(), quest.clone());
        tokio::spawn(async move { with(&app, &member).act(&quest, "claim").await })
    });
    let replies: Vec<_> = join_all(claims)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    println!("200 claims at once: {:?}", started.elapsed());
    let expected = [
        ((200, String::new()), 1),
        ((409, "quest_not_open".to_owned()), 199),
    ];
    assert_eq!(tally(&replies), expected.into());
    let winner = replies
        .iter()
        .position(|reply| reply.status == 200)
        .unwrap();
    let quest = with(&app, &ada).reads(&quest).await.json();
    assert_eq!(quest["performerId"], others[winner].id.to_string());
    assert_eq!(quest["version"], 2);
    let members: Vec<_> = others.iter().chain([&ada]).collect();
    audit(&app.app.table, &members).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_posts_with_ten_points_are_ten_quests() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let posts = (0..200).map(|n| {
        let (app, ada) = (app.clone(), ada.clone());
        tokio::spawn(async move { with(&app, &ada).post(&draft(&format!("Quest {n}"))).await })
    });
    let replies: Vec<_> = join_all(posts)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let expected = [
        ((201, String::new()), 10),
        ((409, "insufficient_points".to_owned()), 190),
    ];
    assert_eq!(tally(&replies), expected.into());
    assert_eq!(with(&app, &ada).points().await, 0);
    assert_eq!(audit(&app.app.table, &[&ada]).await.quests.len(), 10);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn both_attest_at_once_and_there_is_one_reward_each_time() {
    let app = TestApp::new().await;
    let creators = crowd(&app, "creator", 4).await;
    let bob = app.register("bob").await;
    let mut rounds = 0;
    for creator in &creators {
        for _ in 0..8 {
            let quest = submitted(&app, creator, &bob).await;
            let attest = |who| with(&app, who);
            let (mine, theirs) = (attest(creator), attest(&bob));
            // Twice each: the second of one's own is refused, whatever the other's does.
            let (a, b, c, d) = tokio::join!(
                mine.act(&quest, "attest"),
                theirs.act(&quest, "attest"),
                mine.act(&quest, "attest"),
                theirs.act(&quest, "attest"),
            );
            let expected = [
                ((200, String::new()), 2),
                ((409, "already_attested".to_owned()), 2),
            ];
            assert_eq!(tally(&[a, b, c, d]), expected.into());
            rounds += 1;
        }
    }
    let account = with(&app, &bob).account().await;
    assert_eq!(account["experience"], 100 * rounds);
    assert_eq!(account["questCreationPoints"], 10 + 2 * rounds);
    let members: Vec<_> = creators.iter().chain([&bob]).collect();
    let found = audit(&app.app.table, &members).await;
    assert_eq!((found.rewards, found.owed), (rounds, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_claim_or_a_deletion_but_not_both() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let (mut deleted, mut claimed) = (0, 0);
    for round in 0..60 {
        if with(&app, &ada).points().await == 0 {
            break;
        }
        let quest = with(&app, &ada).quest().await;
        let delete = async {
            // Both ways round, or one of them would nearly always be first.
            if round % 2 == 0 {
                tokio::task::yield_now().await;
            }
            with(&app, &ada).deletes(&quest).send().await
        };
        let claim = async {
            if round % 2 == 1 {
                tokio::task::yield_now().await;
            }
            with(&app, &bob).act(&quest, "claim").await
        };
        let (delete, claim) = tokio::join!(delete, claim);
        match (delete.status, claim.status) {
            (204, 404) => deleted += 1,
            (409, 200) => claimed += 1,
            other => panic!("{other:?}: {delete:?} {claim:?}"),
        }
    }
    println!("deleted {deleted}, claimed {claimed}");
    let found = audit(&app.app.table, &[&ada, &bob]).await;
    assert_eq!(found.quests.len(), claimed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_claim_or_an_expiry_but_not_both() {
    // The claim decides at a time before the date, and the job at the date: what counts is whose write is first.
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let (mut claimed, mut refused) = (0, 0);
    for round in 0..12 {
        let mut posted = draft("Chairs to the garden");
        posted["expiresAt"] = json!(app.clock.now() + TimeDelta::milliseconds(10));
        let quest = with(&app, &ada).posted(&posted).await;
        let claim = async {
            // Both ways round, or one of them would always be first.
            if round % 2 == 1 {
                tokio::task::yield_now().await;
            }
            with(&app, &bob).act(&quest, "claim").await
        };
        let expire = async {
            app.advance(TimeDelta::milliseconds(10));
            expire_quests(&app.app, 10, soon()).await.unwrap()
        };
        let (claim, round) = tokio::join!(claim, expire);
        match claim.problem() {
            (200, _) => claimed += 1,
            (409, code) if code == "quest_expired" => refused += 1,
            other => panic!("{other:?}"),
        }
        // The claimed one is overdue as well, so the job that was too early gets it now.
        let again = expire_quests(&app.app, 10, soon()).await.unwrap();
        assert_eq!(round["expired"] + again["expired"], 1);
        let found = audit(&app.app.table, &[&ada, &bob]).await;
        assert!(
            found
                .quests
                .iter()
                .all(|quest| quest.status == QuestStatus::Expired)
        );
        assert_eq!(found.points, 20);
    }
    println!("claimed {claimed}, refused {refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_submission_or_an_expiry_but_not_both() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    for _ in 0..10 {
        let mut posted = draft("Chairs to the garden");
        posted["expiresAt"] = json!(app.clock.now() + TimeDelta::milliseconds(10));
        let quest = with(&app, &ada).posted(&posted).await;
        with(&app, &bob).does(&quest, "claim").await;
        let player = with(&app, &bob);
        let submit = player.act(&quest, "submit");
        let expire = async {
            app.advance(TimeDelta::milliseconds(10));
            expire_quests(&app.app, 10, soon()).await.unwrap()
        };
        let (submit, round) = tokio::join!(submit, expire);
        let expired =
            round["expired"] + expire_quests(&app.app, 10, soon()).await.unwrap()["expired"];
        match submit.status {
            200 => assert_eq!(expired, 0),
            409 => assert_eq!(expired, 1),
            other => panic!("{other}"),
        }
        audit(&app.app.table, &[&ada, &bob]).await;
    }
}

//! The typed client, over a real port.

use chrono::TimeDelta;
use civicforge_client::types::{self, ProblemCode, QuestStatus};
use civicforge_client::{Client, Error, RetryPolicy};
use civicforge_testing::PASSWORD;
use futures::TryStreamExt;
use uuid::Uuid;

use crate::harness::Suite;
use crate::tap::Tap;
use crate::transport::{Host, Transport};

pub fn cases(suite: &mut Suite) {
    suite.once("client::from_posting_to_reward", reward);
    suite.once("client::errors_are_typed", errors);
    suite.once("client::pages_are_a_stream", pages);
    suite.once("client::sessions_renew_themselves", renewal);
    suite.once("client::what_is_known_and_what_has_changed", conditions);
    suite.once("client::a_dispute", dispute);
}

async fn start() -> (Host, Tap) {
    let host = Transport::Dropshot.host().await;
    let tap = Tap::before(&host).await;
    (host, tap)
}

fn client(tap: &Tap) -> Client {
    Client::builder(&tap.url())
        .retry(RetryPolicy::none())
        .build()
        .expect("a client")
}

async fn member(tap: &Tap, name: &str) -> (Client, types::User) {
    let client = client(tap);
    let registration = types::Registration::builder()
        .email(format!("{name}@example.org"))
        .password(PASSWORD)
        .name(name);
    let user = client.register(registration).await.expect("an account");
    (client, user)
}

fn draft() -> types::builder::QuestDraft {
    types::QuestDraft::builder()
        .title("Chairs to the garden")
        .description("Carry the chairs from the cellar to the garden.")
}

async fn submitted(ada: &Client, bob: &Client) -> types::QuestId {
    let posted = ada
        .create_quest()
        .body(draft())
        .send()
        .await
        .expect("a quest");
    let id = posted.quest_id;
    bob.claim_quest()
        .quest_id(id)
        .send()
        .await
        .expect("a claim");
    let work = types::QuestSubmission::builder().submission_text("All chairs are in the garden.");
    let submitted = bob.submit_quest().quest_id(id).body(work).send().await;
    assert_eq!(
        submitted.expect("a submission").status,
        QuestStatus::Submitted
    );
    id
}

async fn reward() {
    let (host, tap) = start().await;
    let (ada, _) = member(&tap, "ada").await;
    let (bob, before) = member(&tap, "bob").await;
    let id = submitted(&ada, &bob).await;
    let first = ada
        .attest_quest()
        .quest_id(id)
        .send()
        .await
        .expect("an attestation");
    assert_eq!(first.status, QuestStatus::Submitted);
    let second = bob
        .attest_quest()
        .quest_id(id)
        .send()
        .await
        .expect("an attestation");
    assert_eq!(second.status, QuestStatus::Complete);
    assert_eq!(second.attestations.len(), 2);
    let after = bob.get_current_user().send().await.expect("an account");
    assert_eq!(after.experience - before.experience, 100);
    assert_eq!(
        after.quest_creation_points - before.quest_creation_points,
        2
    );
    let profile = ada
        .get_user_profile()
        .user_id(after.user_id)
        .send()
        .await
        .expect("a profile");
    assert_eq!(profile.quest_counts.completed, 1);
    ada.get_health().send().await.expect("health");
    ada.get_readiness().send().await.expect("readiness");
    ada.get_jwks().send().await.expect("keys");
    ada.logout().await.expect("an end");
    assert!(ada.tokens().is_none());
    assert_eq!(tap.check(&host), 13);
}

async fn errors() {
    let (host, tap) = start().await;
    let (ada, _) = member(&tap, "ada").await;
    let nobody = client(&tap);
    let error = nobody
        .get_current_user()
        .send()
        .await
        .expect_err("no session");
    assert_eq!(error.code(), Some(&ProblemCode::Unauthenticated));
    let error = nobody
        .login("ada@example.org", "4-Loud-Gardens")
        .await
        .expect_err("wrong");
    assert_eq!(error.code(), Some(&ProblemCode::InvalidCredentials));

    let posted = ada
        .create_quest()
        .body(draft())
        .send()
        .await
        .expect("a quest");
    let error = ada
        .claim_quest()
        .quest_id(posted.quest_id)
        .send()
        .await
        .expect_err("one's own");
    assert_eq!(error.code(), Some(&ProblemCode::OwnQuest));
    let error = ada
        .get_quest()
        .quest_id(Uuid::now_v7())
        .send()
        .await
        .expect_err("no quest");
    assert_eq!(error.code(), Some(&ProblemCode::NotFound));
    let short = types::QuestDraft::builder()
        .title("abc")
        .description("short")
        .reward_xp(5);
    let error = ada
        .create_quest()
        .body(short)
        .send()
        .await
        .expect_err("violations");
    assert_eq!(error.code(), Some(&ProblemCode::InvalidRequest));
    assert_eq!(error.violations().len(), 3, "{error}");
    assert!(error.request_id().is_some());
    let body = || draft().reward_xp(20);
    ada.create_quest()
        .idempotency_key("k")
        .body(body())
        .send()
        .await
        .expect("a quest");
    let error = ada
        .create_quest()
        .idempotency_key("k")
        .body(draft())
        .send()
        .await;
    assert_eq!(
        error.expect_err("used").code(),
        Some(&ProblemCode::IdempotencyKeyReused)
    );
    for _ in 0..8 {
        ada.create_quest()
            .body(draft())
            .send()
            .await
            .expect("a quest");
    }
    let error = ada
        .create_quest()
        .body(draft())
        .send()
        .await
        .expect_err("no points");
    assert_eq!(error.code(), Some(&ProblemCode::InsufficientPoints));
    tap.check(&host);
}

async fn pages() {
    let (host, tap) = start().await;
    let (ada, _) = member(&tap, "ada").await;
    let mut posted = Vec::new();
    for _ in 0..5 {
        host.advance(TimeDelta::seconds(1));
        let quest = ada
            .create_quest()
            .body(draft())
            .send()
            .await
            .expect("a quest");
        posted.insert(0, quest.quest_id);
    }
    let all: Vec<_> = ada
        .list_quests()
        .limit(2)
        .stream()
        .try_collect()
        .await
        .expect("pages");
    assert_eq!(
        all.iter().map(|quest| quest.quest_id).collect::<Vec<_>>(),
        posted
    );
    let own = ada
        .list_my_quests()
        .role(types::QuestRole::Creator)
        .limit(3)
        .stream();
    let own: Vec<_> = own.try_collect().await.expect("pages");
    assert_eq!(own.len(), 5);
    tap.check(&host);
}

async fn renewal() {
    let (host, tap) = start().await;
    let (ada, _) = member(&tap, "ada").await;
    let before = ada.tokens().expect("tokens");
    host.advance(TimeDelta::minutes(40));
    let call = || ada.get_current_user().send();
    let all = futures::future::join_all((0..5).map(|_| call())).await;
    assert!(all.iter().all(Result::is_ok), "{all:?}");
    let after = ada.tokens().expect("tokens");
    assert_ne!(after.refresh_token, before.refresh_token);
    host.advance(TimeDelta::days(8));
    assert!(matches!(call().await, Err(Error::Renewal(_))));
    assert!(ada.tokens().is_none(), "the session has ended");
    tap.check(&host);
}

async fn conditions() {
    let (host, tap) = start().await;
    let (ada, _) = member(&tap, "ada").await;
    let read = ada.get_current_user().send().await.expect("an account");
    let etag = read.headers()["etag"].to_str().expect("a tag").to_owned();
    let again = ada
        .get_current_user()
        .if_none_match(etag.as_str())
        .send()
        .await;
    assert!(matches!(again, Err(Error::NotModified)));
    let update = || {
        types::UserUpdate::builder()
            .name("Ada")
            .user_type(types::UserType::Agent)
    };
    let change = || {
        ada.update_current_user()
            .if_match(etag.as_str())
            .body(update())
            .send()
    };
    change().await.expect("a change");
    let error = change().await.expect_err("somebody was faster");
    assert_eq!(error.code(), Some(&ProblemCode::PreconditionFailed));
    let wallet = "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf".to_owned();
    let wallet = types::WalletUpdate::builder().wallet_address(Some(wallet));
    ada.update_wallet()
        .body(wallet)
        .send()
        .await
        .expect("a wallet");
    tap.check(&host);
}

async fn dispute() {
    let (host, tap) = start().await;
    let ((ada, _), (bob, _)) = (member(&tap, "ada").await, member(&tap, "bob").await);
    host.app.register_arbiter("judge").await;
    let judge = client(&tap);
    judge
        .login("judge@example.org", PASSWORD)
        .await
        .expect("a session");
    let id = submitted(&ada, &bob).await;
    let reason = types::QuestDispute::builder().reason("Half of the chairs are still there.");
    ada.dispute_quest()
        .quest_id(id)
        .body(reason)
        .send()
        .await
        .expect("a dispute");
    let decision = types::QuestResolution::builder().outcome(types::ResolutionOutcome::Reopen);
    let open = judge
        .resolve_quest()
        .quest_id(id)
        .body(decision)
        .send()
        .await;
    assert_eq!(open.expect("a decision").status, QuestStatus::Open);
    bob.claim_quest()
        .quest_id(id)
        .send()
        .await
        .expect("a claim");
    bob.unclaim_quest()
        .quest_id(id)
        .send()
        .await
        .expect("a way back");
    ada.delete_quest()
        .quest_id(id)
        .send()
        .await
        .expect("a deletion");
    tap.check(&host);
}

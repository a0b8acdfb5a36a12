//! Attestations that a wallet vouches for.

use civicforge_handlers::quests::rules::{AttestationRole, Transition};
use civicforge_handlers::quests::store::{Credit, TransitionWrite};
use civicforge_handlers::quests::transition::Command;
use civicforge_handlers::users::wallet::{Address, attestation_message};
use civicforge_testing::{Reply, TestApp, TestMember};
use k256::ecdsa::SigningKey;
use serde_json::json;
use sha3::{Digest, Keccak256};

use super::audit::audit;
use super::support::{submitted, with};

fn key(byte: u8) -> SigningKey {
    SigningKey::from_slice(&[byte; 32]).unwrap()
}

/// What a wallet makes of a message.
fn sign(key: &SigningKey, message: &str) -> String {
    let mut hash = Keccak256::new();
    hash.update(format!(
        "\x19Ethereum Signed Message:\n{}{message}",
        message.len()
    ));
    let (signature, id) = key.sign_prehash_recoverable(&hash.finalize());
    let hex: String = signature
        .to_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("0x{hex}{:02x}", id.to_byte() + 27)
}

async fn set_wallet(app: &TestApp, member: &TestMember, key: &SigningKey) {
    let address = Address::of(key.verifying_key()).to_string();
    let body = json!({"walletAddress": address});
    let reply = app
        .put("/api/v1/users/me/wallet")
        .member(member)
        .json(&body)
        .send()
        .await;
    assert_eq!(reply.status, 200, "{reply:?}");
}

async fn attest(app: &TestApp, member: &TestMember, quest: &str, signature: &str) -> Reply {
    let body = json!({"signature": signature});
    with(app, member)
        .action(quest, "attest")
        .json(&body)
        .send()
        .await
}

#[tokio::test]
async fn both_parties_may_sign() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let quest = submitted(&app, &ada, &bob).await;
    for (member, byte, role) in [(&ada, 1, "requestor"), (&bob, 2, "performer")] {
        set_wallet(&app, member, &key(byte)).await;
        let signature = sign(
            &key(byte),
            &attestation_message(&quest, &member.id.to_string(), role),
        );
        let reply = attest(&app, member, &quest, &signature).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        let body = reply.json();
        let last = body["attestations"].as_array().unwrap().last().unwrap();
        assert_eq!(
            (&last["role"], &last["signature"]),
            (&json!(role), &json!(signature))
        );
    }
    assert_eq!(with(&app, &bob).account().await["experience"], 100);
    audit(&app.app.table, &[&ada, &bob]).await;
}

#[tokio::test]
async fn a_signature_must_be_the_member_s_over_this_quest_in_this_role() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let quest = submitted(&app, &ada, &bob).await;
    let other = submitted(&app, &ada, &bob).await;
    let ada_id = ada.id.to_string();
    let right = sign(&key(1), &attestation_message(&quest, &ada_id, "requestor"));
    assert_eq!(
        attest(&app, &ada, &quest, &right).await.problem(),
        (409, "wallet_required".to_owned())
    );
    set_wallet(&app, &ada, &key(1)).await;
    set_wallet(&app, &bob, &key(2)).await;
    let upper = attestation_message(&quest.to_uppercase(), &ada_id, "requestor");
    let wrong = [
        sign(&key(3), &attestation_message(&quest, &ada_id, "requestor")),
        sign(&key(1), &attestation_message(&other, &ada_id, "requestor")),
        sign(
            &key(1),
            &attestation_message(&quest, &bob.id.to_string(), "requestor"),
        ),
        sign(&key(1), &attestation_message(&quest, &ada_id, "performer")),
        sign(
            &key(1),
            &(attestation_message(&quest, &ada_id, "requestor") + "\n"),
        ),
        sign(&key(1), &upper),
        format!("0x{}", "0".repeat(130)),
        format!("0x{}1b", "f".repeat(128)),
        format!("{}ff", &right[..130]),
    ];
    for signature in &wrong {
        let reply = attest(&app, &ada, &quest, signature).await;
        assert_eq!(
            reply.problem(),
            (409, "signature_mismatch".to_owned()),
            "{signature}"
        );
    }
    // Somebody else's genuine one does not help either.
    let reply = attest(&app, &bob, &quest, &right).await;
    assert_eq!(reply.problem(), (409, "signature_mismatch".to_owned()));
    assert_eq!(
        with(&app, &ada).reads(&quest).await.json()["attestations"],
        json!([])
    );
    assert_eq!(attest(&app, &ada, &quest, &right).await.status, 200);
    // That it was attested comes before what is wrong with the signature.
    assert_eq!(
        attest(&app, &ada, &quest, &wrong[0]).await.code(),
        "already_attested"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_wallet_that_changes_meanwhile_vouches_for_nothing() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    for round in 0..10 {
        let quest = submitted(&app, &ada, &bob).await;
        // The performer's is the second attestation in half of the rounds, and then one with a credit.
        if round % 2 == 0 {
            with(&app, &ada).does(&quest, "attest").await;
        }
        let (before, after) = (key(10 + round), key(11 + round));
        set_wallet(&app, &bob, &before).await;
        let message = attestation_message(&quest, &bob.id.to_string(), "performer");
        let signature = sign(&before, &message);
        let (reply, ()) = tokio::join!(
            attest(&app, &bob, &quest, &signature),
            set_wallet(&app, &bob, &after)
        );
        let mismatch = (409, "signature_mismatch".to_owned());
        assert!(
            reply.status == 200 || reply.problem() == mismatch,
            "{reply:?}"
        );
        audit(&app.app.table, &[&ada, &bob]).await;
    }
}

#[tokio::test]
async fn an_attestation_is_written_only_while_the_wallet_is_the_one_that_signed() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let id = submitted(&app, &ada, &bob).await;
    let (table, now) = (&app.app.table, app.clock.now());
    // As if the wallet had changed between the look at it and the write. The performer's own is the item that is credited
    // with the second attestation, so the condition stands at another place then.
    for (member, role) in [
        (&ada, AttestationRole::Requestor),
        (&bob, AttestationRole::Performer),
    ] {
        set_wallet(&app, member, &key(5)).await;
        let before = app
            .app
            .quests
            .quest(id.parse().unwrap())
            .await
            .unwrap()
            .unwrap();
        let transition = match role {
            AttestationRole::Requestor => Transition::Attested(role),
            AttestationRole::Performer => Transition::Completed(role),
        };
        let act = Command::Attest {
            notes: None,
            signature: Some("0x".to_owned()),
        };
        let after = before.after(transition, Some(&act), member.id, now);
        let shards = app.app.shards.now().await.unwrap().writers;
        let change = |wallet| TransitionWrite {
            before: &before,
            after: after.as_ref(),
            transition,
            by: Some(member.id),
            wallet: Some(wallet),
            now,
            shards,
            outbox: app.app.table.outbox(),
        };
        let old = Address::of(key(4).verifying_key()).to_string();
        for credit in [Credit::Given, Credit::Deferred] {
            let built = change(&old).build(credit).unwrap();
            let slot = built.wallet.or(built.member).unwrap();
            let refused = table.transact(built.transaction).await.unwrap_err();
            assert!(
                refused
                    .failed_conditions()
                    .unwrap()
                    .at(slot)
                    .unwrap()
                    .item
                    .is_some()
            );
        }
        let new = Address::of(key(5).verifying_key()).to_string();
        let built = change(&new).build(Credit::Given).unwrap();
        table.transact(built.transaction).await.unwrap();
    }
    assert_eq!(audit(table, &[&ada, &bob]).await.rewards, 1);
}

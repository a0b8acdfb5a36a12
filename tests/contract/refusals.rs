//! What the rules of quests refuse, code by code: each 403 and each 409 that the contract names.

use chrono::TimeDelta;
use civicforge_handlers::users::wallet::{Address, attestation_message};
use civicforge_testing::TestMember;
use k256::ecdsa::SigningKey;
use serde_json::json;
use sha3::{Digest, Keccak256};

use crate::harness::Suite;
use crate::transport::{Host, Transport};
use crate::world::{
    ME, QUESTS, account, action, claimed, disputed, does, draft, id, open, path, submitted,
};

pub fn cases(suite: &mut Suite) {
    suite.each("refusals::points_run_out", points_run_out);
    suite.each("refusals::one_s_own_quest", own_quest);
    suite.each("refusals::at_another_stage", another_stage);
    suite.each("refusals::when_it_is_too_late", too_late);
    suite.each("refusals::attestations", attestations);
    suite.each("refusals::signatures", signatures);
    suite.each("refusals::dates_in_the_past", past);
}

#[track_caller]
fn assert_refused(reply: &civicforge_testing::Reply, status: u16, code: &str) {
    assert_eq!(reply.problem(), (status, code.to_owned()), "{reply:?}");
}

async fn points_run_out(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    for _ in 0..10 {
        open(&host, &ada).await;
    }
    let reply = host.post(QUESTS).member(&ada).json(&draft()).send().await;
    assert_refused(&reply, 409, "insufficient_points");
    assert_eq!(account(&host, &ada).await["questCreationPoints"], 0);
}

async fn own_quest(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let quest = open(&host, &ada).await;
    let reply = action(&host, &quest, "claim").member(&ada).send().await;
    assert_refused(&reply, 403, "own_quest");
    // An arbiter has no say where they have a part.
    let judge = host.app.register_arbiter("judge").await;
    let quest = disputed(&host, &judge, &ada).await;
    let reply = action(&host, &quest, "resolve").member(&judge).send().await;
    assert_refused(&reply, 403, "not_arbiter");
}

async fn another_stage(transport: Transport) {
    let host = transport.host().await;
    let (ada, bob) = (host.member("ada").await, host.member("bob").await);
    let judge = host.app.register_arbiter("judge").await;
    let taken = claimed(&host, &ada, &bob).await;
    let handed_in = submitted(&host, &ada, &bob).await;
    for (quest, who, verb, code) in [
        (&taken, &judge, "claim", "quest_not_open"),
        (&handed_in, &bob, "unclaim", "quest_not_claimed"),
        (&handed_in, &bob, "submit", "quest_not_claimed"),
        (&taken, &ada, "attest", "quest_not_submitted"),
        (&taken, &bob, "dispute", "quest_not_submitted"),
        (&handed_in, &judge, "resolve", "quest_not_disputed"),
    ] {
        let reply = action(&host, quest, verb).member(who).send().await;
        assert_refused(&reply, 409, code);
    }
    let reply = host.delete(path(&taken)).member(&ada).send().await;
    assert_refused(&reply, 409, "quest_not_open");
}

async fn too_late(transport: Transport) {
    let host = transport.host().await;
    let (ada, bob) = (host.member("ada").await, host.member("bob").await);
    let judge = host.app.register_arbiter("judge").await;
    let mut draft = draft();
    draft["expiresAt"] = json!(host.app.clock.now() + TimeDelta::minutes(5));
    let mut quests = Vec::new();
    for _ in 0..2 {
        let reply = host.post(QUESTS).member(&ada).json(&draft).send().await;
        quests.push(id(&reply));
    }
    does(&host, &bob, &quests[0], "claim").await;
    host.advance(TimeDelta::minutes(5));
    for (quest, who, verb) in [
        (&quests[0], &bob, "unclaim"),
        (&quests[0], &bob, "submit"),
        (&quests[0], &bob, "attest"),
        (&quests[0], &bob, "dispute"),
        (&quests[0], &judge, "resolve"),
        (&quests[1], &bob, "claim"),
    ] {
        let reply = action(&host, quest, verb).member(who).send().await;
        assert_refused(&reply, 409, "quest_expired");
    }
    let reply = host.delete(path(&quests[1])).member(&ada).send().await;
    assert_refused(&reply, 409, "quest_expired");
}

async fn attestations(transport: Transport) {
    let host = transport.host().await;
    let (ada, bob) = (host.member("ada").await, host.member("bob").await);
    let quest = submitted(&host, &ada, &bob).await;
    does(&host, &ada, &quest, "attest").await;
    let again = action(&host, &quest, "attest").member(&ada);
    assert_refused(&again.clone().send().await, 409, "already_attested");
    does(&host, &bob, &quest, "attest").await;
    assert_refused(&again.send().await, 409, "already_attested");
}

/// What a wallet makes of a message (EIP-191).
fn sign(key: &SigningKey, message: &str) -> String {
    let mut hash = Keccak256::new();
    hash.update(format!(
        "\x19Ethereum Signed Message:\n{}{message}",
        message.len()
    ));
    let (signature, id) = key.sign_prehash_recoverable(&hash.finalize());
    let mut bytes = signature.to_bytes().to_vec();
    bytes.push(id.to_byte() + 27);
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("0x{hex}")
}

async fn attest_signed(
    host: &Host,
    quest: &str,
    (who, role): (&TestMember, &str),
    key: &SigningKey,
) -> (u16, String) {
    let message = attestation_message(quest, &who.id.to_string(), role);
    let body = json!({"signature": sign(key, &message)});
    let call = host.post(format!("{QUESTS}/{quest}/attest")).member(who);
    call.json(&body).send().await.problem()
}

async fn signatures(transport: Transport) {
    let host = transport.host().await;
    let (ada, bob) = (host.member("ada").await, host.member("bob").await);
    let quest = submitted(&host, &ada, &bob).await;
    let [mine, other] = [1, 2].map(|byte| SigningKey::from_slice(&[byte; 32]).expect("a key"));
    let refused = |code: &str| (409, code.to_owned());
    let (creator, performer) = ((&ada, "requestor"), (&bob, "performer"));
    assert_eq!(
        attest_signed(&host, &quest, creator, &mine).await,
        refused("wallet_required")
    );
    for (member, key) in [(&ada, &mine), (&bob, &other)] {
        let wallet = json!({"walletAddress": Address::of(key.verifying_key()).to_string()});
        let call = host.put(format!("{ME}/wallet")).member(member);
        let reply = call.json(&wallet).send().await;
        assert_eq!(reply.status, 200, "{reply:?}");
    }
    assert_eq!(
        attest_signed(&host, &quest, creator, &other).await,
        refused("signature_mismatch")
    );
    assert_eq!(attest_signed(&host, &quest, creator, &mine).await.0, 200);
    assert_eq!(attest_signed(&host, &quest, performer, &other).await.0, 200);
    let reply = host.get(path(&quest)).member(&ada).send().await;
    assert_eq!(reply.json()["status"], "COMPLETE");
}

async fn past(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let mut draft = draft();
    draft["expiresAt"] = json!(host.app.clock.now());
    let reply = host.post(QUESTS).member(&ada).json(&draft).send().await;
    crate::world::violates(&reply, "body", "/expiresAt");
    assert_eq!(account(&host, &ada).await["questCreationPoints"], 10);
}

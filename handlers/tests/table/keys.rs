//! Every kind of key beside every other: no two features may make the same key, or mix their items in one list.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use chrono::{DateTime, Utc};
use civicforge_handlers::properties::keys::{Order, Scope as ListScope};
use civicforge_handlers::tasks::rules::TaskStatus;
use civicforge_handlers::{auth, inquiries, mail, properties, quests, sync, tasks, users};
use civicforge_kernel::destinations::subscriptions;
use civicforge_kernel::table::idempotency::Scope;
use civicforge_kernel::table::key::{IndexKey, idempotency, meta, outbox};
use civicforge_kernel::table::{Keys, Shards};
use uuid::Uuid;

/// An item of every kind. The ids are all the same, so that only what a kind's keys are made of keeps it apart from others.
fn all() -> Vec<Keys> {
    let (id, now, shards) = (Uuid::nil(), DateTime::<Utc>::UNIX_EPOCH, Shards::ONE);
    let mut counts = tasks::keys::counts("shop");
    let sent = now.date_naive();
    let listing = |scope, order| {
        properties::keys::listing_keys(id, "active", scope, order, String::new(), shards)
    };
    vec![
        properties::keys::keys(id, id, now),
        listing(ListScope::City("active"), Order::Price("USD")),
        properties::keys::deleted_keys(id, now),
        properties::images::keys::removed_keys(id, id, now),
        inquiries::keys::keys(id, id, id, now),
        inquiries::keys::owner_keys(id, id, now),
        inquiries::keys::sent_on_keys(id, sent, now),
        tasks::keys::keys(id, "shop", TaskStatus::Open, now, shards),
        tasks::keys::history_keys(id, 1),
        tasks::keys::claimed_keys(id, id),
        tasks::keys::volunteer_keys(id),
        tasks::keys::shop_keys("shop"),
        tasks::mapping::keys(),
        tasks::keys::click_up_keys("id"),
        sync::webhooks::keys(),
        sync::state::keys(sync::state::System::ClickUp),
        sync::reconciled::keys(),
        sync::neon::account_keys("1"),
        sync::neon::term_keys("1"),
        outbox::keys(id, Some("from:x"), Some(now)),
        outbox::keys(id, Some(outbox::MAIL), Some(now)),
        counts.next().unwrap(),
        meta::config_keys(),
        meta::probe_keys(),
        idempotency::keys(Scope::Member(id), &id.to_string(), now),
        outbox::keys(id, None, Some(now)),
        subscriptions::keys(id),
        users::keys::keys(id),
        users::keys::audit_keys(id, id, now),
        users::keys::closed_keys(id, now),
        users::keys::listed_keys(id, "name"),
        auth::keys::credential_keys(id),
        auth::keys::email_keys(&id.to_string()),
        auth::keys::lockout_keys(&id.to_string(), now),
        auth::keys::mail_token_keys(&id.to_string(), now),
        auth::keys::mails_to_keys(&id.to_string(), now),
        auth::keys::mails_for_keys(Ipv4Addr::LOCALHOST.into(), now),
        mail::addresses::keys(&id.to_string()),
        auth::keys::identity_keys(&id.to_string(), &id.to_string(), id),
        auth::keys::refused_keys(id, Some(now)),
        auth::keys::session_keys(id, id, now, now),
        quests::keys::keys(id, id, "OPEN", now, shards),
        quests::keys::performed_keys(id, id),
        quests::keys::expiry_keys(id, now, shards),
        quests::keys::reward_keys(id),
        quests::keys::failed_reward_keys(id, now),
    ]
}

#[test]
fn no_two_kinds_of_items_have_one_key() {
    let (mut keys, mut kinds) = (BTreeSet::new(), BTreeSet::new());
    for item in all() {
        assert!(kinds.insert(item.entity), "{} twice", item.entity);
        assert!(keys.insert(item.primary.clone()), "{}", item.primary);
    }
}

/// Of each kind, how its sort key in a partition begins: up to what is the same for all items of that kind.
#[test]
fn kinds_that_share_a_partition_of_an_index_have_prefixes_of_their_own() {
    let mut partitions: BTreeMap<(&str, String), Vec<(&str, String)>> = BTreeMap::new();
    for item in all() {
        for (index, place) in [("GSI1", &item.gsi1), ("GSI2", &item.gsi2)] {
            if let Some(IndexKey { pk, sk }) = place {
                let kinds = partitions.entry((index, pk.clone())).or_default();
                kinds.push((item.entity, sk.clone()));
            }
        }
    }
    for (partition, kinds) in partitions {
        let prefixes: BTreeSet<_> = kinds
            .iter()
            .map(|(_, sk)| sk.split_once('#').map_or(&**sk, |(prefix, _)| prefix))
            .collect();
        assert_eq!(prefixes.len(), kinds.len(), "{partition:?}: {kinds:?}");
    }
}

/// A kind that is not in the list above is not held against the others.
#[test]
fn the_list_is_that_of_the_data_model() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/data-model.md");
    let page = std::fs::read_to_string(page).unwrap();
    let (_, rows) = page.split_once("| entity |").unwrap();
    let rows = rows
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let documented: BTreeSet<_> = rows.map(|row| row.split('`').nth(1).unwrap()).collect();
    let listed: BTreeSet<_> = all().iter().map(|item| item.entity).collect();
    assert_eq!(listed, documented);
}

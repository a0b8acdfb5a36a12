//! Pages of lists that are spread over partitions, held against a plain sorted list.

use super::support::faulty;
use chrono::DateTime;
use civicforge_handlers::auth;
use civicforge_handlers::quests;
use civicforge_kernel::aws::Limits;
use civicforge_kernel::table::cursor::{InvalidPageToken, PageTokens, TokenContext};
use civicforge_kernel::table::embedded::Embedded;
use civicforge_kernel::table::feed::Feed;
use civicforge_kernel::table::{Index, Key, Shards, Table, Write, attr, from_item, stamp, to_item};
use civicforge_testing::empty_table;
use civicforge_testing::record::Recorder;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Quest {
    created: i64,
    id: Uuid,
    status: String,
    rare: bool,
}

async fn post(table: &Table, quest: &Quest, shards: Shards) {
    let created = DateTime::from_timestamp_millis(quest.created).unwrap();
    let keys = quests::keys::keys(quest.id, Uuid::nil(), &quest.status, created, shards);
    table
        .write(Write::create(to_item(quest, &keys).unwrap()))
        .await
        .unwrap();
}

const BINDING: TokenContext<'static> = TokenContext {
    operation: "listQuests",
    principal: "somebody",
    filters: &[],
};

/// Everything that the feed lists, page by page through real tokens; and the pages' sizes.
async fn read_all(
    table: &Table,
    feed: &Feed,
    limit: usize,
    rare: bool,
) -> (Vec<Quest>, Vec<usize>) {
    let tokens = PageTokens::new(&[1; 32]);
    let (mut all, mut sizes, mut start) = (Vec::new(), Vec::new(), None);
    loop {
        let page = feed
            .page(table, limit, start, |item| {
                let quest: Quest = from_item(item)?;
                Ok((!rare || quest.rare).then_some(quest))
            })
            .await
            .unwrap();
        assert!(page.items.len() <= limit);
        sizes.push(page.items.len());
        all.extend(page.items);
        let Some(next) = page.next else {
            return (all, sizes);
        };
        let token = tokens.sign(&next, &BINDING).unwrap();
        start = Some(tokens.verify(&token, &BINDING).unwrap());
    }
}

fn quests() -> impl Strategy<Value = Vec<Quest>> {
    // Few times, so that many quests share one.
    let quest = (
        0i64..6,
        any::<u128>(),
        0..2u8,
        proptest::bool::weighted(0.3),
    );
    let quest = quest.prop_map(|(created, id, status, rare)| Quest {
        created: 1_767_225_600_000 + created,
        id: Uuid::from_u128(id),
        status: if status == 0 { "OPEN" } else { "CLAIMED" }.to_owned(),
        rare,
    });
    proptest::collection::vec(quest, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn pages_are_the_sorted_list_cut_up(
        quests in quests(), shards in 1u16..6, limit in 1usize..12, rare: bool, both: bool, oldest: bool, from in 0i64..6, to in 0i64..6,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let table = empty_table().await;
            let shards = Shards::new(shards);
            for quest in &quests {
                post(&table, quest, shards).await;
            }
            let statuses: &[&str] = if both { &["OPEN", "CLAIMED"] } else { &["OPEN"] };
            let partitions = statuses.iter().flat_map(|s| quests::keys::feed(s, shards)).collect();
            let bound = |created: i64| {
                stamp::format(DateTime::from_timestamp_millis(1_767_225_600_000 + created).unwrap())
            };
            let mut feed = Feed::new(Index::Gsi2, partitions);
            if oldest {
                feed = feed.oldest_first();
            }
            // The first time is left out where the list is to be whole.
            if from <= to && from > 0 {
                feed = feed.between(bound(from), format!("{}#~", bound(to)));
            }
            let (read, sizes) = read_all(&table, &feed, limit, rare).await;

            let mut expected: Vec<_> = quests
                .into_iter()
                .filter(|quest| statuses.contains(&quest.status.as_str()) && (!rare || quest.rare))
                .filter(|quest| {
                    let at = quest.created - 1_767_225_600_000;
                    from > to || from == 0 || (from..=to).contains(&at)
                })
                .collect();
            expected.sort_by_key(|quest| (quest.created, quest.id));
            if !oldest {
                expected.reverse();
            }
            assert_eq!(read, expected);
            // Every page but the last is full, and the last is not empty.
            let pages = expected.len().div_ceil(limit).max(1);
            assert_eq!(sizes.len(), pages);
            assert!(sizes[..pages - 1].iter().all(|&size| size == limit));
        });
    }

    #[test]
    fn a_bound_makes_pages_short_and_loses_nothing(quests in quests(), bound in 1usize..9, limit in 1usize..5) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let table = empty_table().await;
            let shards = Shards::new(3);
            for quest in &quests {
                post(&table, quest, shards).await;
            }
            let feed = Feed::new(Index::Gsi2, quests::keys::feed("OPEN", shards)).bound(bound);
            let (read, _) = read_all(&table, &feed, limit, true).await;
            let mut expected: Vec<_> =
                quests.into_iter().filter(|q| q.status == "OPEN" && q.rare).collect();
            expected.sort_by_key(|quest| (quest.created, quest.id));
            expected.reverse();
            assert_eq!(read, expected);
        });
    }
}

#[tokio::test]
async fn quests_posted_while_somebody_pages_neither_repeat_nor_hide_others() {
    let table = empty_table().await;
    let shards = Shards::new(4);
    let quest = |created| Quest {
        created,
        id: Uuid::now_v7(),
        status: "OPEN".to_owned(),
        rare: false,
    };
    let old: Vec<_> = (0..20).map(quest).collect();
    for quest in &old {
        post(&table, quest, shards).await;
    }
    let feed = Feed::new(Index::Gsi2, quests::keys::feed("OPEN", shards));
    let (mut all, mut start) = (Vec::new(), None);
    for round in 0.. {
        let page = feed
            .page(&table, 3, start, |item| Ok(Some(from_item(item)?)))
            .await
            .unwrap();
        all.extend::<Vec<Quest>>(page.items);
        post(&table, &quest(1_000 + round), shards).await;
        let Some(next) = page.next else { break };
        start = Some(next);
    }
    let expected: Vec<_> = old.into_iter().rev().collect();
    assert_eq!(all, expected);
}

#[tokio::test]
async fn shards_may_be_added_while_somebody_pages() {
    let table = empty_table().await;
    let mut expected = Vec::new();
    for created in 0..30 {
        let quest = Quest {
            created,
            id: Uuid::now_v7(),
            status: "OPEN".to_owned(),
            rare: false,
        };
        let shards = if created % 3 == 0 {
            Shards::new(5)
        } else {
            Shards::ONE
        };
        post(&table, &quest, shards).await;
        expected.insert(0, quest);
    }
    let feed = |shards| Feed::new(Index::Gsi2, quests::keys::feed("OPEN", shards));
    let read = |item| Ok(Some(from_item::<Quest>(item)?));
    let mut all = Vec::new();
    // The server that wrote page one knew one shard only, and so missed what is in the others.
    let one = feed(Shards::ONE).page(&table, 4, None, read).await.unwrap();
    all.extend(one.items);
    let bound = all.last().cloned().unwrap();
    let rest = feed(Shards::new(5))
        .page(&table, 100, one.next, read)
        .await
        .unwrap();
    expected.retain(|quest: &Quest| quest.created < bound.created);
    assert_eq!(rest.items, expected);
}

#[tokio::test]
async fn a_member_s_own_list_is_a_feed_of_one_partition() {
    let table = empty_table().await;
    let me = Uuid::now_v7();
    let mut expected = Vec::new();
    for i in 0..7_u32 {
        let quest = Uuid::now_v7();
        expected.push(quest);
        let marker = serde_json::json!({"questId": quest, "n": i});
        let keys = quests::keys::performed_keys(me, quest);
        table
            .write(Write::create(to_item(&marker, &keys).unwrap()))
            .await
            .unwrap();
        let created = DateTime::from_timestamp_millis(i64::from(i)).unwrap();
        let keys = quests::keys::keys(quest, me, "OPEN", created, Shards::ONE);
        table
            .write(Write::create(to_item(&marker, &keys).unwrap()))
            .await
            .unwrap();
        let keys = auth::keys::session_keys(quest, me, created, created);
        table
            .write(Write::create(to_item(&marker, &keys).unwrap()))
            .await
            .unwrap();
    }
    expected.sort();
    expected.reverse();
    let performed = quests::keys::performed_by(me);
    let created = quests::keys::created_by(me);
    for (index, (partition, prefix)) in [(Index::Main, performed), (Index::Gsi1, created)] {
        let feed = Feed::new(index, vec![partition]).prefix(prefix);
        let (mut all, mut start) = (Vec::new(), None);
        loop {
            let page = feed
                .page(&table, 3, start, |item| {
                    // The first index has keys alone, and both have the quest's id in one.
                    let key = Key::of(&item).unwrap();
                    let id = key.sk.rsplit('#').next().unwrap();
                    Ok(Some(id.parse::<Uuid>().unwrap()))
                })
                .await
                .unwrap();
            all.extend(page.items);
            start = page.next;
            if start.is_none() {
                break;
            }
        }
        assert_eq!(all.len(), 7);
        if index == Index::Main {
            assert_eq!(all, expected);
        }
    }
}

#[tokio::test]
async fn another_s_token_is_refused_before_anything_is_read() {
    let support = faulty().await;
    let shards = Shards::new(2);
    for created in 0..5 {
        let quest = Quest {
            created,
            id: Uuid::now_v7(),
            status: "OPEN".to_owned(),
            rare: false,
        };
        post(&support.table, &quest, shards).await;
    }
    let feed = Feed::new(Index::Gsi2, quests::keys::feed("OPEN", shards));
    let page = feed
        .page(&support.table, 2, None, |item| Ok(Some(item)))
        .await
        .unwrap();
    assert!(
        page.items
            .iter()
            .all(|item| item.contains_key(attr::GSI2PK))
    );
    let tokens = PageTokens::new(&[1; 32]);
    let token = tokens.sign(&page.next.unwrap(), &BINDING).unwrap();
    let other = TokenContext {
        principal: "somebody else",
        ..BINDING
    };
    assert_eq!(tokens.verify(&token, &other), Err(InvalidPageToken));
    assert!(tokens.verify(&token, &BINDING).is_ok());
}

/// Quests of six statuses in so many shards, and what a page of 20 of any status has asked the table for: the limit of each query.
async fn asked(shards: Shards, quests: impl IntoIterator<Item = (i64, &'static str)>) -> Vec<u64> {
    let embedded = Embedded::in_memory().unwrap();
    embedded.table("test").await.unwrap();
    let recorder = Recorder::default();
    let http = recorder.wrap(embedded.http_client());
    let table = embedded.table_through(http, "test", &Limits::default());
    for (created, status) in quests {
        // The shards of consecutive quests go round.
        let id = u128::from(created.unsigned_abs()) + (1 << 100);
        let quest = Quest {
            created,
            id: Uuid::from_u128(id),
            status: status.to_owned(),
            rare: false,
        };
        post(&table, &quest, shards).await;
    }
    recorder.take();
    let partitions = STATUSES
        .iter()
        .flat_map(|status| quests::keys::feed(status, shards));
    let feed = Feed::new(Index::Gsi2, partitions.collect());
    let read = |item| Ok(Some(from_item::<Quest>(item)?));
    let page = feed.page(&table, 20, None, read).await.unwrap();
    assert_eq!(page.items.len(), 20);
    assert!(
        page.items
            .windows(2)
            .all(|pair| pair[0].created > pair[1].created)
    );
    let calls = recorder.take();
    calls
        .iter()
        .map(|call| call.request["Limit"].as_u64().unwrap())
        .collect()
}

const STATUSES: [&str; 6] = [
    "OPEN",
    "CLAIMED",
    "SUBMITTED",
    "COMPLETE",
    "DISPUTED",
    "EXPIRED",
];

#[tokio::test]
async fn no_partition_is_asked_for_a_whole_page_where_each_has_a_share_of_it() {
    for (shards, partitions) in [(1, 6), (4, 24)] {
        let even = (0..600).map(|n| {
            let status = STATUSES[usize::try_from(n / i64::from(shards)).unwrap() % 6];
            (n, status)
        });
        let asked = asked(Shards::new(shards), even).await;
        assert_eq!(asked.len(), partitions, "one question for each: {asked:?}");
        let all: u64 = asked.iter().sum();
        assert!(all <= 21 + 2 * partitions as u64, "{asked:?}");
    }
}

#[tokio::test]
async fn a_partition_that_has_the_whole_page_is_asked_for_it_in_a_few_rounds() {
    let open = (0..200).map(|n| (1_000 + n, "OPEN"));
    let older = (0..200).map(|n| (n, STATUSES[1 + usize::try_from(n).unwrap() % 5]));
    let asked = asked(Shards::ONE, open.chain(older)).await;
    assert!(asked.len() <= 6 + 2, "{asked:?}");
    assert!(asked.iter().sum::<u64>() <= 6 * 6 + 2 * 21, "{asked:?}");
}

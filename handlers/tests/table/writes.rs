//! Writes under conditions and in transactions, alone and in a race.

use super::support::{count, item, key, number};
use aws_sdk_dynamodb::types::AttributeValue;
use chrono::DateTime;
use civicforge_kernel::clock::Clock;
use civicforge_kernel::table::item::text;
use civicforge_kernel::table::{Condition, Reads, Slot, StoreError, Transaction, Write};
use civicforge_testing::empty_table;
use futures::future::join_all;

#[tokio::test]
async fn an_item_is_created_once_and_read_at_once() {
    let table = empty_table().await;
    assert_eq!(table.get(&key("a")).await.unwrap(), None);
    table.write(Write::create(item("a", 1))).await.unwrap();
    assert_eq!(count(&table, "a").await, Some(1));

    let again = table.write(Write::create(item("a", 2))).await.unwrap_err();
    let failed = again.failed_conditions().unwrap();
    assert_eq!(
        number(failed.item().unwrap(), "count"),
        1,
        "the item in the way is told"
    );
    assert_eq!(again.retry_after(), None);

    let after = Write::update(key("a"))
        .add("count", 5)
        .when(Condition::eq("count", 1));
    let after = table.write(after).await.unwrap().unwrap();
    assert_eq!(number(&after, "count"), 6);

    let wrong = Write::delete(key("a")).when(Condition::eq("count", 1));
    assert!(matches!(
        table.write(wrong).await,
        Err(StoreError::ConditionFailed(_))
    ));
    table.write(Write::delete(key("a"))).await.unwrap();
    assert_eq!(count(&table, "a").await, None);
}

/// On its own and in a transaction alike, so that no feature has to think of it.
#[tokio::test]
async fn every_item_says_when_it_was_created_and_last_changed() {
    let time = |ms| DateTime::from_timestamp_millis(ms).unwrap();
    let table = empty_table().await;
    let at = |ms| table.clone().with_clock(Clock::new(move || time(ms)));
    let times = async |name| {
        let item = table.get(&key(name)).await.unwrap().unwrap();
        ["createdAt", "updatedAt"].map(|time| text(&item, time).unwrap().to_owned())
    };
    let [first, second, third] = [1, 2, 3].map(|ms| format!("1970-01-01T00:00:00.00{ms}Z"));

    let create = Write::create(item("a", 1));
    at(1).write(create).await.unwrap();
    assert_eq!(times("a").await, [first.clone(), first.clone()]);
    let update = Write::update(key("a")).add("count", 1);
    at(2).write(update.clone()).await.unwrap();
    assert_eq!(times("a").await, [first.clone(), second.clone()]);

    let mut own = item("c", 1);
    own.insert("createdAt".to_owned(), AttributeValue::S(first.clone()));
    let together = Transaction::new()
        .with(update)
        .with(Write::create(item("b", 1)))
        .with(Write::create(own));
    at(3).transact(together).await.unwrap();
    assert_eq!(times("a").await, [first.clone(), third.clone()]);
    assert_eq!(times("b").await, [third.clone(), third.clone()]);
    assert_eq!(times("c").await, [first, third], "its own time stays");
}

#[tokio::test]
async fn an_update_of_an_absent_item_can_be_refused() {
    let table = empty_table().await;
    let update = Write::update(key("none"))
        .add("count", 1)
        .when(Condition::exists());
    let error = table.write(update).await.unwrap_err();
    assert_eq!(error.failed_conditions().unwrap().item(), None);
}

#[tokio::test]
async fn a_transaction_happens_together_or_not_at_all() {
    let table = empty_table().await;
    table.write(Write::create(item("a", 1))).await.unwrap();

    let mut transaction = Transaction::new();
    let new = transaction.push(Write::create(item("b", 1)));
    let old = transaction.push(Write::create(item("a", 9)));
    let check = transaction.push(Write::check(key("c"), Condition::exists()));
    let error = table.transact(transaction).await.unwrap_err();
    let failed = error.failed_conditions().unwrap();
    assert!(!failed.contains(new));
    assert_eq!(
        number(failed.at(old).unwrap().item.as_ref().unwrap(), "count"),
        1
    );
    assert_eq!(failed.at(check).unwrap().item, None);
    assert_eq!(count(&table, "b").await, None);

    let good = Transaction::new()
        .with(Write::create(item("b", 1)))
        .with(Write::update(key("a")).add("count", 1));
    table.transact(good).await.unwrap();
    assert_eq!(
        (count(&table, "a").await, count(&table, "b").await),
        (Some(2), Some(1))
    );
}

#[tokio::test]
async fn many_items_are_read_in_the_order_of_their_keys() {
    let table = empty_table().await;
    for i in 0..120 {
        table
            .write(Write::create(item(&i.to_string(), i)))
            .await
            .unwrap();
    }
    let mut keys: Vec<_> = (0..130).rev().map(|i| key(&i.to_string())).collect();
    keys.push(key("5"));
    let found = table.get_many(&keys, Reads::Consistent).await.unwrap();
    let counts: Vec<_> = found
        .iter()
        .map(|i| i.as_ref().map(|i| number(i, "count")))
        .collect();
    let mut expected: Vec<_> = (0..130).rev().map(|i| (i < 120).then_some(i)).collect();
    expected.push(Some(5));
    assert_eq!(counts, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_claims_have_one_winner() {
    let table = empty_table().await;
    table.write(Write::create(item("quest", 0))).await.unwrap();
    let claims = (0..200_i64).map(|i| {
        let table = table.clone();
        tokio::spawn(async move {
            let claim = Transaction::new()
                .with(
                    Write::update(key("quest"))
                        .set("count", i + 1)
                        .when(Condition::eq("count", 0)),
                )
                .with(Write::create(item(&format!("claim-{i}"), i)));
            table.transact(claim).await
        })
    });
    let outcomes: Vec<_> = join_all(claims)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let winners: Vec<_> = (0..200).filter(|&i| outcomes[i].is_ok()).collect();
    assert_eq!(winners.len(), 1);
    let refused = outcomes
        .iter()
        .filter(|o| matches!(o, Err(StoreError::ConditionFailed(f)) if f.contains(Slot::ONLY)));
    assert_eq!(refused.count(), 199);
    for i in 0..200 {
        let traced = count(&table, &format!("claim-{i}")).await.is_some();
        assert_eq!(traced, winners.contains(&i), "a loser leaves nothing");
    }
}

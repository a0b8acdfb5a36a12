//! Writes over a faulty connection. The table behind it is always the embedded one.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::support::{Faulty, count, faulty, item, key, number};
use civicforge_kernel::table::{Condition, Reads, StoreError, Transaction, Value, Write};
use civicforge_testing::fault::Fault;
use futures::future::join_all;

#[tokio::test]
async fn a_request_that_can_not_be_right_is_not_retried() {
    let Faulty { table, faults } = faulty().await;
    let twice = Transaction::new()
        .with(Write::put(item("a", 1)))
        .with(Write::put(item("a", 2)));
    let error = table.transact(twice).await.unwrap_err();
    assert!(matches!(error, StoreError::Rejected { .. }), "{error:?}");
    assert_eq!(faults.requests()["TransactWriteItems"], 1);

    let huge = Write::put({
        let mut item = item("a", 1);
        item.insert("text".to_owned(), Value::from("x".repeat(410_000)).into());
        item
    });
    let error = table.write(huge).await.unwrap_err();
    assert!(matches!(error, StoreError::Rejected { .. }), "{error:?}");
}

#[tokio::test]
async fn the_sdk_retries_what_passes_by_itself() {
    let Faulty { table, faults } = faulty().await;
    for fault in [
        Fault::Throttle,
        Fault::TimeoutBefore,
        Fault::ErrorBefore,
        Fault::Refused,
    ] {
        faults.script("PutItem", [Some(fault)]);
        let name = format!("{fault:?}");
        table.write(Write::create(item(&name, 1))).await.unwrap();
        assert_eq!(count(&table, &name).await, Some(1), "{name}");
    }
}

#[tokio::test]
async fn a_write_whose_answer_was_lost_is_known_again() {
    let Faulty { table, faults } = faulty().await;
    for fault in [Fault::TimeoutAfter, Fault::ErrorAfter] {
        let name = format!("{fault:?}");
        faults.script("PutItem", [Some(fault)]);
        table.write(Write::create(item(&name, 1))).await.unwrap();

        faults.script("UpdateItem", [Some(fault)]);
        let update = Write::update(key(&name))
            .add("count", 1)
            .when(Condition::eq("count", 1));
        let after = table.write(update).await.unwrap().unwrap();
        assert_eq!(number(&after, "count"), 2);

        faults.script("TransactWriteItems", [Some(fault)]);
        let transaction = Transaction::new()
            .with(
                Write::update(key(&name))
                    .add("count", 1)
                    .when(Condition::eq("count", 2)),
            )
            .with(Write::create(item(&format!("{name}-2"), 7)));
        table.transact(transaction).await.unwrap();
        assert_eq!(count(&table, &name).await, Some(3), "done once");
    }
    // A condition that was really lost is still told.
    faults.script("PutItem", [Some(Fault::TimeoutBefore)]);
    let lost = table.write(Write::create(item("TimeoutAfter", 1))).await;
    assert!(matches!(lost, Err(StoreError::ConditionFailed(_))));
}

/// The SDK gives retries a budget, which only success fills again.
#[tokio::test]
async fn a_table_that_fails_takes_no_retries_of_another() {
    let (failing, other) = (faulty().await, faulty().await);
    failing
        .faults
        .script("GetItem", vec![Some(Fault::ErrorBefore); 1_000]);
    let key_a = key("a");
    let reads = (0..120).map(|_| failing.table.get(&key_a));
    assert!(join_all(reads).await.iter().all(Result::is_err));
    // Its budget is used up.
    let before = failing.faults.requests()["GetItem"];
    failing.table.get(&key_a).await.unwrap_err();
    assert_eq!(failing.faults.requests()["GetItem"], before + 1);
    other.faults.script(
        "GetItem",
        [Some(Fault::ErrorBefore), Some(Fault::ErrorBefore)],
    );
    assert_eq!(other.table.get(&key_a).await.unwrap(), None);
    assert_eq!(other.faults.requests()["GetItem"], 3);
}

#[tokio::test]
async fn conflicts_are_waited_out_within_a_budget() {
    let Faulty { table, faults } = faulty().await;
    faults.script("TransactWriteItems", vec![Some(Fault::Conflict); 4]);
    let transaction = || {
        Transaction::new()
            .with(Write::update(key("a")).add("count", 1))
            .with(Write::create(item("b", 1)))
    };
    table.transact(transaction()).await.unwrap();
    assert_eq!(faults.requests()["TransactWriteItems"], 5);
    assert_eq!(count(&table, "a").await, Some(1));

    faults.script("UpdateItem", vec![Some(Fault::Conflict); 4]);
    table
        .write(Write::update(key("a")).add("count", 1))
        .await
        .unwrap();
    assert_eq!(count(&table, "a").await, Some(2));

    faults.script("TransactWriteItems", vec![Some(Fault::Conflict); 1_000]);
    let begun = Instant::now();
    let error = table.transact(transaction()).await.unwrap_err();
    assert!(matches!(error, StoreError::Contended { .. }), "{error:?}");
    assert!(error.retry_after().is_some());
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_table_out_of_reach_is_unavailable_soon() {
    let Faulty { table, faults } = faulty().await;
    for fault in [
        Fault::Throttle,
        Fault::TimeoutBefore,
        Fault::TimeoutAfter,
        Fault::ErrorBefore,
        Fault::ErrorAfter,
        Fault::Refused,
    ] {
        faults.random(1, 1.0, [fault]);
        let begun = Instant::now();
        let outcomes = [
            table.get(&key("a")).await.map(|_| ()),
            table.write(Write::put(item("a", 1))).await.map(|_| ()),
            table
                .transact(Transaction::new().with(Write::put(item("a", 1))))
                .await,
            table
                .get_many(&[key("a")], Reads::Consistent)
                .await
                .map(|_| ()),
            table.get(&key("b")).await.map(|_| ()),
        ];
        for outcome in outcomes {
            let error = outcome.unwrap_err();
            assert!(
                matches!(error, StoreError::Unavailable { .. }),
                "{fault:?}: {error:?}"
            );
            assert!(error.retry_after().is_some());
        }
        assert!(begun.elapsed() < Duration::from_secs(10));
    }
    faults.stop();
    assert_eq!(count(&table, "a").await, Some(1));
}

/// Counters under every fault at once: what was acknowledged is there, and nothing is counted twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_acknowledged_is_lost_and_nothing_is_done_twice() {
    let Faulty { table, faults } = faulty().await;
    table.write(Write::create(item("sum", 0))).await.unwrap();
    faults.random(42, 0.2, Fault::ALL);
    let table = Arc::new(table);
    let workers = (0..8).map(|worker| {
        let table = table.clone();
        tokio::spawn(async move {
            let mut outcomes = Vec::new();
            for i in 0..25 {
                let name = format!("{worker}-{i}");
                let transaction = Transaction::new()
                    .with(
                        Write::update(key("sum"))
                            .add("count", 1)
                            .when(Condition::exists()),
                    )
                    .with(Write::create(item(&name, 1)));
                outcomes.push((name, table.transact(transaction).await));
            }
            outcomes
        })
    });
    let outcomes: Vec<_> = join_all(workers)
        .await
        .into_iter()
        .flat_map(Result::unwrap)
        .collect();
    faults.stop();
    let mut happened = 0;
    for (name, outcome) in &outcomes {
        let there = count(&table, name).await.is_some();
        happened += i64::from(there);
        match outcome {
            Ok(()) => assert!(there, "{name} was acknowledged"),
            Err(StoreError::Unavailable { .. }) => {}
            Err(StoreError::Contended { .. }) => assert!(!there),
            Err(other) => panic!("{name}: {other:?}"),
        }
    }
    assert_eq!(
        count(&table, "sum").await,
        Some(happened),
        "every effect is whole"
    );
    let acknowledged = outcomes
        .iter()
        .filter(|(_, outcome)| outcome.is_ok())
        .count();
    assert!(
        acknowledged > 100,
        "retries carry most of them through: {acknowledged} of 200"
    );
    assert!(faults.injected().len() >= 6, "{:?}", faults.injected());
}
